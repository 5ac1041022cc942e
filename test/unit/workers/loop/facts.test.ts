import { expect, test } from 'vitest'
import { Allowance } from '../../../../workers/loop/allowance.ts'
import { FactSource, noNeeds } from '../../../../workers/loop/facts.ts'
import { KnownUsers } from '../../../../workers/loop/known-users.ts'
import { MapDirectory } from '../map-directory.ts'

// Another worker may hold a user who came while the directory was away, and tell it only now.
test('G1 who is missing is undecided for 10 s from the first answer of a directory that was away', async () => {
  const directory = new MapDirectory()
  let nowMs = 0
  const facts = new FactSource(
    directory,
    new KnownUsers(10),
    new Allowance({
      recipientsPerMinMax: 1_000,
      recipientBytesPerSMax: 1e12,
      recipientsBurstS: 1,
      chatsPerDayMax: 1e12,
    }),
    16,
    () => nowMs,
  )
  const isBob = async (): Promise<boolean | undefined> => {
    const needs = noNeeds()
    needs.named.add('bob')
    return (await facts.gatherCalmly(needs)).exists('bob')
  }
  directory.isAway = true
  expect(await isBob()).toBeUndefined()
  // Nobody asked for ten minutes.
  nowMs = 600_000
  directory.isAway = false
  expect(await isBob()).toBeUndefined()
  nowMs += 9_000
  expect(await isBob()).toBeUndefined()
  nowMs += 2_000
  expect(await isBob()).toBe(false)
  directory.users.add('bob')
  expect(await isBob()).toBe(true)
})

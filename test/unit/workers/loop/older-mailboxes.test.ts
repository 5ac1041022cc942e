import { beforeEach, describe, expect, it } from 'vitest'
import { errorCode } from '../../../../proto/errors.ts'
import { SEQS_SKIPPED } from '../../../../workers/loop/copy/revive.ts'
import { group, type Office, talking } from '../office.ts'

const TRIP = group(7)
const UNKNOWN_CHAT = errorCode('unknown-chat')
const STALE = errorCode('stale-client-seq')

/** ann, bob and cid have a group; its mailboxes were copied; then ann removed bob and renamed it. */
let office: Office
let restore: () => void
beforeEach(async () => {
  office = await talking()
  office.up('ann', TRIP, { create: { clientSeq: 2, name: 'trip', members: ['bob', 'cid'] } })
  await office.round()
  await office.save()
  restore = office.backUp()
  office.up('ann', TRIP, { remove: { clientSeq: 3, members: ['bob'] } })
  office.up('ann', TRIP, { rename: { clientSeq: 4, name: 'without bob' } })
  await office.round()
})

const text = (clientSeq: number, words: string) => ({ message: { clientSeq, text: words } })
/** What the group's messages to somebody were, with their seqs. */
const heard = (user: string): [number, string][] =>
  office.delivered.flatMap(({ user: to, down }) =>
    to !== user
      ? []
      : down.messages.flatMap(({ seq, text: words }) =>
          words ? [[seq ?? 0, words] as [number, string]] : [],
        ),
  )

describe('mailboxes that are older than the directory', () => {
  it('do not bring a removed member back: not to send, not to be sent to (G5)', async () => {
    await office.save()
    restore()
    office.up('bob', TRIP, text(90, 'I am back'))
    office.up('ann', TRIP, text(5, 'is he gone?'))
    await office.round()
    expect(office.codes('bob')).toContain(UNKNOWN_CHAT)
    expect(office.texts('cid')).toEqual(['is he gone?'])
    expect(office.texts('bob')).not.toContain('is he gone?')
    expect(office.directory.chats.get(TRIP)?.name).toBe('without bob')
  })

  it('give no seq a second time: the chat goes on above all that were given (G3)', async () => {
    await office.save()
    restore()
    office.up('ann', TRIP, text(5, 'on'))
    await office.round()
    expect(heard('cid')).toEqual([[3 + SEQS_SKIPPED + 1, 'on']])
    await office.save()
    expect(office.directory.chats.get(TRIP)?.lastSeq).toBe(3 + SEQS_SKIPPED + 1)
  })

  it('are known as such by later owners too, for chats that nobody has touched meanwhile', async () => {
    await office.save()
    restore()
    office.up('ann', group(7, 3), { create: { clientSeq: 5, name: 'other', members: [] } })
    for (let i = 6; i < 20; i++) office.up('ann', group(7, 3), text(i, `${i}`))
    await office.round()
    await office.save()
    office.takeOver()
    office.up('bob', TRIP, text(90, 'I am back'))
    await office.round()
    expect(office.codes('bob')).toContain(UNKNOWN_CHAT)
  })

  it('wait for the directory if it is away: who is in the chat is not decided without it', async () => {
    await office.save()
    restore()
    office.up('cid', group(7, 3), { create: { clientSeq: 1, name: 'other', members: [] } })
    await office.round()
    office.directory.isAway = true
    office.up('bob', TRIP, text(90, 'I am back'))
    await office.round()
    expect([office.codes('bob'), office.parked().length]).toEqual([[], 1])
    office.directory.isAway = false
    await office.resume()
    expect(office.codes('bob')).toContain(UNKNOWN_CHAT)
  })

  it('are found out when the directory comes back, though it was away at the start', async () => {
    await office.save()
    restore()
    office.directory.isAway = true
    office.up('ann', TRIP, text(5, 'on'))
    await office.round()
    office.directory.isAway = false
    office.up('bob', TRIP, text(90, 'I am back'))
    await office.round()
    expect(office.codes('bob')).toContain(UNKNOWN_CHAT)
    await office.save()
    expect(office.directory.chats.get(TRIP)?.name).toBe('without bob')
  })

  it('are found out by a copy that the directory knows better, if by nothing else', async () => {
    await office.save()
    restore()
    office.directory.positions.clear() // written by an earlier version, which told no positions
    office.up('ann', TRIP, text(5, 'on'))
    await office.round()
    await office.save()
    office.up('bob', TRIP, text(90, 'I am back'))
    await office.round()
    expect(office.codes('bob')).toContain(UNKNOWN_CHAT)
  })

  it('take a repeat of a device that has sent since for stale, never for a new send (G4)', async () => {
    await office.save()
    restore()
    office.up('ann', TRIP, { rename: { clientSeq: 4, name: 'without bob' } })
    office.up('ann', TRIP, { create: { clientSeq: 2, name: 'trip', members: ['bob', 'cid'] } })
    await office.round()
    expect(office.codes('ann')).toEqual([STALE, STALE])
    expect(office.directory.chats.get(TRIP)?.name).toBe('without bob')
  })
})

describe('stores of the same time, or a directory that is older', () => {
  it('go on as they are when nothing was written since', async () => {
    restore()
    office.up('bob', TRIP, text(90, 'still here'))
    await office.round()
    expect(heard('cid')).toEqual([[2, 'still here']])
  })

  it('are not taken for older because of what their worker has told the directory itself (G3)', async () => {
    await office.save()
    office.takeOver()
    office.directory.isAway = true
    office.up('ann', TRIP, text(5, 'on'))
    await office.round()
    office.directory.isAway = false
    await office.save()
    office.up('ann', TRIP, text(6, 'and on'))
    await office.round()
    expect(heard('cid')).toEqual([
      [4, 'on'],
      [5, 'and on'],
    ])
  })

  it('bring the directory up to date with the next change', async () => {
    const positions = new Map(office.directory.positions)
    const before = [...office.directory.chats]
    office.up('ann', TRIP, text(5, 'on'))
    await office.round()
    office.directory.chats.clear()
    for (const [id, chat] of before) office.directory.chats.set(id, chat)
    office.directory.positions.clear()
    for (const [partition, position] of positions) office.directory.positions.set(partition, position)
    office.takeOver()
    office.up('bob', TRIP, text(90, 'I am back'))
    office.up('ann', TRIP, text(6, 'and on'))
    await office.round()
    expect(office.codes('bob')).toContain(UNKNOWN_CHAT)
    expect(heard('cid').at(-1)).toEqual([5, 'and on'])
    await office.save()
    expect(office.directory.chats.get(TRIP)).toMatchObject({ name: 'without bob', lastSeq: 5 })
  })
})

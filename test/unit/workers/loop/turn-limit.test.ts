import { expect, it } from 'vitest'
import { partitionOfUser, type UserId } from '../../../../proto/ids.ts'
import { apply } from '../../../../workers/chat/apply.ts'
import { TurnLimit } from '../../../../workers/loop/turn-limit.ts'
import { direct, group, Office } from '../office.ts'

it('a turn is over after some milliseconds, and stays so (G8)', () => {
  let nowMs = 1_000
  const limit = new TurnLimit(() => nowMs)
  expect(Array.from({ length: 100 }, () => limit.isReached())).not.toContain(true)
  nowMs += 10
  expect(Array.from({ length: 4 }, () => limit.isReached())).toContain(true)
  nowMs -= 10
  expect(limit.isReached()).toBe(true)
})

it('what takes long to decide has others’ entries between, and is decided in its order (G3, G8)', async () => {
  const office: Office = new Office({
    step: (chat, facts, entry) => {
      if (entry.user === 'mia') office.uptimeMs += 2
      return apply(chat, facts, entry)
    },
  })
  for (const user of ['ann', 'bob', 'mia']) office.connect(user)
  await office.round()
  office.up('mia', group(1), { create: { clientSeq: 1, name: 'slow', members: ['bob'] } })
  office.up('ann', direct('ann', 'bob'), { message: { clientSeq: 1, text: 'first', peer: 'bob' } })
  await office.round()
  const sent = Array.from({ length: 100 }, (_, i) => `${i}`)
  for (const [i, text] of sent.entries()) office.up('mia', group(1), { message: { clientSeq: 2 + i, text } })
  for (const n of [2, 3])
    office.up('ann', direct('ann', 'bob'), { message: { clientSeq: n, text: `ann ${n}` } })
  await office.round()
  const texts = office.texts('bob')
  expect(texts).toContain('ann 2')
  expect(texts.length).toBeLessThan(15)
  for (let rounds = 0; office.texts('bob').length < 103; rounds++) {
    await office.round()
    expect(rounds).toBeLessThan(100)
  }
  expect(office.texts('bob').filter((text) => /^\d+$/.test(text))).toEqual(sent)
})

it('what comes again because others took long is paid for once (G8)', async () => {
  // Exactly a page of chats at once, and none for a while.
  const office: Office = new Office({
    recipientsPerMinMax: 12_000,
    step: (chat, facts, entry) => {
      if (entry.user === 'mia') office.uptimeMs += 2
      return apply(chat, facts, entry)
    },
  })
  for (const user of ['ann', 'bob', 'mia']) office.connect(user)
  await office.round()
  const near = group(partitionOfUser('ann' as UserId))
  office.up('mia', near, { create: { clientSeq: 1, name: 'slow', members: ['bob'] } })
  await office.round()
  for (let i = 0; i < 20; i++) office.up('mia', near, { message: { clientSeq: 2 + i, text: `${i}` } })
  office.ask('ann', { request: 1, myChats: {} })
  const told = () =>
    office.delivered.flatMap(({ user, down }) =>
      user === 'ann' ? [...down.responses, ...down.rejected].map(({ request }) => request) : [],
    )
  for (let rounds = 0; told().length === 0; rounds++) {
    await office.round()
    expect(rounds).toBeLessThan(100)
  }
  expect([told(), office.codes('ann')]).toEqual([[1], []])
})

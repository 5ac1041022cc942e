// Who exactly has got and read one message, and does a leave let a waiting receipt go?
import { expect, test } from 'vitest'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

test('k of n and the members by number, on request; not for strangers', async () => {
  await use.users('dave')
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  const carol = await use.phone('carol/phone')
  const group = await alice.createGroup('trip', ['bob', 'carol', 'dave'])
  const seq = await alice.accepted(await alice.text(group, 'who?'))
  for (const phone of [bob, carol]) await phone.next('messages', (item) => item.seq === seq)
  await bob.up(group, { read: { upTo: seq } })
  const ask = async (request: number) => {
    await alice.up(group, { query: { request, receipts: { seq } } })
    return (await alice.response(request)).receipts
  }
  let detail = await ask(1)
  for (let request = 2; detail.delivered < 2 || detail.read < 1; request++) detail = await ask(request)
  expect(detail).toMatchObject({ seq, others: 3, delivered: 2, read: 1, deliveredTo: [1, 2], readBy: [1] })
  const mallory = await use.phone('mallory/phone')
  await mallory.up(group, { query: { request: 9, receipts: { seq } } })
  expect((await mallory.next('rejected', (item) => item.request === 9)).code).toBe(3)
})

test('G6 when the one who was missing leaves, the receipt goes out', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  await use.users('erin')
  const group = await alice.createGroup('trip', ['bob', 'erin'])
  const seq = await alice.accepted(await alice.text(group, 'waiting for erin'))
  await bob.next('messages', (item) => item.seq === seq)
  const clientSeq = Phone.nextClientSeq()
  await alice.up(group, { remove: { clientSeq, members: ['erin'] } })
  await alice.accepted(clientSeq)
  expect((await alice.receipt('delivered', group, seq)).at(-1)).toBeGreaterThanOrEqual(seq)
})

test('G6 a joiner does not hold back receipts of what was sent before', async () => {
  const alice = await use.phone('alice/phone')
  await use.phone('bob/phone')
  await use.users('frank')
  const group = await alice.createGroup('trip', ['bob'])
  const seq = await alice.accepted(await alice.text(group, 'before frank'))
  expect(await alice.receipt('delivered', group, seq)).toEqual([seq])
  const clientSeq = Phone.nextClientSeq()
  await alice.up(group, { add: { clientSeq, members: ['frank'] } })
  await alice.accepted(clientSeq)
  const next = await alice.accepted(await alice.text(group, 'with frank'))
  await use.phone('frank/phone')
  expect((await alice.receipt('delivered', group, next)).at(-1)).toBe(next)
})

// Do receipts grow, come once per change, tell the truth, and can nobody forge one?
import { expect, test } from 'vitest'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

test('G6 the PUBACK of the recipient’s device is the delivered receipt, and Read the read receipt', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone', { acks: false })
  const chat = alice.direct('bob')
  const seq = await alice.tell('bob', 'hello')
  await bob.message()
  await alice.raw.roundTrip()
  expect(alice.items().filter((one) => one.kind === 'receipts')).toEqual([])
  bob.raw.puback(bob.frames()[0]?.packetId as number)
  expect(await alice.receipt('delivered', chat, seq)).toEqual([seq])
  await bob.up(chat, { read: { upTo: seq } })
  expect(await alice.receipt('read', chat, seq)).toEqual([seq])
})

test('G6 reading says delivered too', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone', { acks: false })
  const chat = alice.direct('bob')
  const seq = await alice.tell('bob', 'seen at once')
  await bob.next('messages', (item) => item.seq === seq)
  await bob.up(chat, { read: { upTo: seq } })
  expect((await alice.receipt('delivered', chat, seq)).at(-1)).toBe(seq)
  expect((await alice.receipt('read', chat, seq)).at(-1)).toBe(seq)
})

test('G6 a group’s receipt comes when the last member has it, once, not per member', async () => {
  const alice = await use.phone('alice/phone')
  const members = ['carol', 'dave', 'erin']
  const [carol, dave] = await Promise.all([use.phone('carol/phone'), use.phone('dave/phone')])
  await use.users('erin')
  const group = await alice.createGroup('trip', members)
  const seq = await alice.accepted(await alice.text(group, 'are we all here?'))
  for (const phone of [carol, dave]) await phone.next('messages', (item) => item.seq === seq)
  await Promise.all([carol.raw.roundTrip(), dave.raw.roundTrip()])
  await alice.tell('carol', 'barrier')
  await alice.raw.roundTrip()
  expect(
    alice.items().filter((one) => one.kind === 'receipts' && (one.item as { seq?: number }).seq === seq),
  ).toEqual([])
  await use.phone('erin/phone')
  expect(await alice.receipt('delivered', group, seq)).toEqual([seq])
})

test('G6 an hour offline costs the sender one receipt per chat, not one per message', async () => {
  const alice = await use.phone('alice/phone')
  await use.users('frank')
  const chat = alice.direct('frank')
  const seq = await alice.tellAll(
    'frank',
    Array.from({ length: 200 }, (_, i) => `${i}`),
  )
  await use.phone('frank/phone')
  const marks = await alice.receipt('delivered', chat, seq)
  expect(marks.length).toBeLessThanOrEqual(10)
  expect(marks).toEqual(marks.toSorted((a, b) => a - b))
})

test('G6 only the newest receipt waits for a sender who is away', async () => {
  const alice = await use.phone('alice/phone')
  const gina = await use.phone('gina/phone')
  const chat = alice.direct('gina')
  const seqs: number[] = []
  for (let i = 0; i < 5; i++) seqs.push(await alice.tell('gina', `${i}`))
  await alice.receipt('delivered', chat, 5)
  await alice.disconnect()
  for (const upTo of seqs) await gina.up(chat, { read: { upTo } })
  await gina.tell('alice', 'barrier')
  const back = await use.phone('alice/phone')
  await back.next('messages', (item) => item.text === 'barrier')
  const reads = back
    .items()
    .filter((one) => one.kind === 'receipts' && (one.item as { read: number }).read > 0)
  expect(reads.map((one) => (one.item as { read: number }).read)).toEqual([5])
})

test('G6 a mark can’t be forged beyond the last seq, go back, or be set by a stranger', async () => {
  const alice = await use.phone('alice/phone')
  const hugo = await use.phone('hugo/phone')
  const mallory = await use.phone('mallory/phone')
  const chat = alice.direct('hugo')
  expect(await alice.tell('hugo', 'one')).toBe(1)
  await mallory.up(chat, { read: { upTo: 1 } })
  await hugo.up(chat, { read: { upTo: 1_000_000 } })
  expect(await alice.receipt('read', chat, 1)).toEqual([1])
  await hugo.up(chat, { read: { upTo: 0 } })
  expect(await alice.tell('hugo', 'two')).toBe(2)
  await hugo.up(chat, { read: { upTo: 2 } })
  expect(await alice.receipt('read', chat, 2)).toEqual([2])
})

test('the other devices of a reader learn how far they have read', async () => {
  const alice = await use.phone('alice/phone')
  const phone = await use.phone('ines/phone')
  const laptop = await use.phone('ines/laptop')
  const chat = alice.direct('ines')
  const seq = await alice.tell('ines', 'read me')
  await phone.message()
  await phone.up(chat, { read: { upTo: seq } })
  expect(await laptop.receipt('ownRead', chat, seq)).toEqual([seq])
})

test('the newest mark of a user’s devices counts: one device is enough', async () => {
  const alice = await use.phone('alice/phone')
  const phone = await use.phone('judy/phone')
  const laptop = await use.phone('judy/laptop', { acks: false })
  const seq = await alice.tell('judy', 'to either')
  await Promise.all([phone.message(), laptop.message()])
  expect(await alice.receipt('delivered', alice.direct('judy'), seq)).toEqual([seq])
})

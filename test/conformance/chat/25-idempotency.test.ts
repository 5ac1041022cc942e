// Does a send that is repeated, in whatever way, make exactly one message, and is every repeat answered?
import { expect, test } from 'vitest'
import { encodeUp } from '../../../proto/codec.ts'
import { publishPacket } from '../../support/mqtt-packets.ts'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

test('G4 a repeat with the same clientSeq gets the same seq, and nobody gets a second message', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  const chat = alice.direct('bob')
  const clientSeq = await alice.text(chat, 'once', { peer: 'bob' })
  const { seq } = await alice.next('accepted')
  for (let i = 0; i < 3; i++) {
    await alice.text(chat, 'once', { peer: 'bob', clientSeq })
    expect(await alice.next('accepted')).toMatchObject({ clientSeq, seq, more: 0 })
  }
  expect(await alice.tell('bob', 'then')).toBe(seq + 1)
  expect((await bob.message()).text).toBe('once')
  expect((await bob.message()).text).toBe('then')
})

test('G4 a repeat from another connection, and after the session was away, is the same send', async () => {
  const alice = await use.phone('alice/phone')
  const chat = alice.direct('carol')
  await use.users('carol')
  const clientSeq = await alice.text(chat, 'before the tunnel', { peer: 'carol' })
  const seq = await alice.accepted(clientSeq)
  alice.raw.cut()
  const again = await use.phone('alice/phone')
  await again.text(chat, 'before the tunnel', { peer: 'carol', clientSeq })
  expect(await again.accepted(clientSeq)).toBe(seq)
  const carol = await use.phone('carol/phone')
  await again.tell('carol', 'after')
  expect((await carol.message()).text).toBe('before the tunnel')
  expect((await carol.message()).text).toBe('after')
})

test('G4 the same number from another device is another message', async () => {
  const phone = await use.phone('alice/phone')
  const laptop = await use.phone('alice/laptop')
  await use.users('dave')
  const clientSeq = await phone.text(phone.direct('dave'), 'from the phone', { peer: 'dave' })
  await laptop.text(phone.direct('dave'), 'from the laptop', { peer: 'dave', clientSeq })
  expect(await laptop.accepted(clientSeq)).toBe((await phone.accepted(clientSeq)) + 1)
})

test('G4 repeats of a command change nothing twice', async () => {
  const alice = await use.phone('alice/phone')
  const group = await alice.createGroup('trip', ['bob'])
  const clientSeq = Phone.nextClientSeq()
  for (let i = 0; i < 3; i++) {
    await alice.up(group, { rename: { clientSeq, name: 'journey' } })
    expect(await alice.next('accepted')).toMatchObject({ clientSeq, seq: 2 })
  }
})

test('G4 a number that was overtaken long ago is Rejected stale-client-seq, never dropped in silence', async () => {
  const alice = await use.phone('alice/phone')
  const chat = alice.direct('erin')
  await use.users('erin')
  const first = await alice.text(chat, '0', { peer: 'erin' })
  await alice.accepted(first)
  await alice.tellAll(
    'erin',
    Array.from({ length: 80 }, (_, i) => `${i + 1}`),
  )
  await alice.text(chat, '0', { clientSeq: first })
  expect(await alice.rejected(first)).toBe('stale-client-seq')
  await alice.text(chat, 'older still', { clientSeq: first - 1 })
  expect(await alice.rejected(first - 1)).toBe('stale-client-seq')
})

test('G4 a burst in which everything is sent twice makes each message once, in order', async () => {
  const alice = await use.phone('alice/phone')
  const frank = await use.phone('frank/phone')
  const topic = `g/${alice.direct('frank')}`
  const payloads = Array.from({ length: 50 }, (_, i) =>
    encodeUp({ message: { clientSeq: Phone.nextClientSeq(), text: `${i}`, peer: 'frank' } }),
  )
  const twice = [...payloads, ...payloads].map((payload, i) =>
    publishPacket({ topic, payload, packetId: i + 1 }),
  )
  alice.raw.send(...twice)
  for (const _ of twice) await alice.raw.take('puback')
  for (let i = 0; i < 50; i++) expect((await frank.message()).text).toBe(`${i}`)
  await alice.tell('frank', 'end')
  expect((await frank.message()).text).toBe('end')
})

test('consecutive sends that wait together are one Accepted with a count', async () => {
  const alice = await use.phone('alice/phone')
  await use.users('gina')
  const topic = `g/${alice.direct('gina')}`
  const clientSeqs = Array.from({ length: 200 }, () => Phone.nextClientSeq())
  alice.raw.send(
    ...clientSeqs.map((clientSeq, i) =>
      publishPacket({
        topic,
        packetId: i + 1,
        payload: encodeUp({ message: { clientSeq, text: `${i}`, peer: 'gina' } }),
      }),
    ),
  )
  for (const [i, clientSeq] of clientSeqs.entries()) expect(await alice.accepted(clientSeq)).toBe(i + 1)
  expect(alice.frames().length).toBeLessThan(100)
})

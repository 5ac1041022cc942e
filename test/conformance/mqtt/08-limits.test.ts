// What happens at each limit that a client can reach, and one past it?
import { expect, test } from 'vitest'
import { encodeUp } from '../../../proto/codec.ts'
import {
  BODY_BYTES_MAX,
  DEVICE_PACKET_BYTES_MAX,
  TEXT_BYTES_MAX,
  UP_BYTES_MAX,
} from '../../../proto/limits.ts'
import { publishPacket, remainingLength, subscribePacket } from '../../support/mqtt-packets.ts'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

test('G8 text and body at the limit are messages, one byte more is Rejected too-large', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  await alice.tell('bob', 'a'.repeat(TEXT_BYTES_MAX))
  expect((await bob.message()).text).toHaveLength(TEXT_BYTES_MAX)
  expect(await alice.rejected(await alice.text(alice.direct('bob'), 'a'.repeat(TEXT_BYTES_MAX + 1)))).toBe(
    'too-large',
  )
  const clientSeq = Phone.nextClientSeq()
  await alice.up(alice.direct('bob'), { message: { clientSeq, body: new Uint8Array(BODY_BYTES_MAX + 1) } })
  expect(await alice.rejected(clientSeq)).toBe('too-large')
})

test('G8 text and content that fill a frame are a message; both at their own limit are Rejected too-large by number', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  await alice.tell('bob', 'hello')
  await bob.message()
  const send = async (contentBytes: number): Promise<number> => {
    const clientSeq = Phone.nextClientSeq()
    const text = 'a'.repeat(TEXT_BYTES_MAX)
    const message = { clientSeq, text, content: new Uint8Array(contentBytes).fill(24) }
    await alice.up(alice.direct('bob'), { message })
    return clientSeq
  }
  expect(await alice.rejected(await send(TEXT_BYTES_MAX))).toBe('too-large')
  await send(TEXT_BYTES_MAX - 100)
  expect((await bob.message()).content).toHaveLength(TEXT_BYTES_MAX - 100)
})

test('G8 a frame above the limit is Rejected too-large with the chat, and the connection goes on', async () => {
  const alice = await use.phone('alice/phone')
  const chat = alice.direct('bob')
  await alice.raw.publish({ topic: `g/${chat}`, payload: new Uint8Array(UP_BYTES_MAX + 1) })
  const refusal = await alice.next('rejected')
  expect(refusal.code).toBe(2)
  await alice.tell('bob', 'still here')
})

test('trap 17: a packet that announces more than the limit is refused from its fixed header', async () => {
  const alice = await use.phone('alice/phone')
  const before = await use.server.metric('process_resident_memory_bytes')
  // The header alone, and not one byte of the 200 MB that it announces.
  alice.raw.send(Buffer.concat([Buffer.of(0x32), remainingLength(200_000_000)]))
  await alice.raw.expectClosed()
  expect((await use.server.metric('process_resident_memory_bytes')) - before).toBeLessThan(100_000_000)
})

test('trap 17: the same for a CONNECT of 40 MB from nobody', async () => {
  const client = await use.open()
  client.send(Buffer.concat([Buffer.of(0x10), remainingLength(40_000_000)]))
  await client.expectClosed(5_000, 'connack')
})

test('G8 a packet one byte above the limit closes', async () => {
  const alice = await use.phone('alice/phone')
  const overhead = publishPacket({ topic: `g/${alice.direct('bob')}`, payload: '' }).length
  const payload = new Uint8Array(DEVICE_PACKET_BYTES_MAX - overhead + 8)
  alice.raw.send(publishPacket({ topic: `g/${alice.direct('bob')}`, payload }))
  await alice.raw.expectClosed(5_000, 'puback')
})

test('each filter of a SUBSCRIBE has its code: 0x80 for all that are not the device’s own, however many', async () => {
  const phone = await use.phone('carol/phone', { subscribes: false })
  phone.raw.send(
    subscribePacket(
      1,
      Array.from({ length: 6 }, () => ['u/carol', 1] as const),
    ),
  )
  const { codes } = await phone.raw.expect('suback')
  expect([...codes]).toEqual([1, 1, 1, 1, 1, 1])
  const many = Array.from({ length: 6 }, (_, i) => [`u/carol${i}`, 1] as const)
  phone.raw.send(subscribePacket(2, many))
  expect((await phone.raw.expect('suback')).codes).toEqual(many.map(() => 0x80))
})

test('G8 a chat name above 100 characters, a message without content, an empty group name: Rejected invalid', async () => {
  const alice = await use.phone('alice/phone')
  await use.users('bob')
  const group = await alice.createGroup('trip', ['bob'])
  const refuse = async (up: Parameters<typeof encodeUp>[0]) => {
    await alice.up(group, up)
  }
  const long = Phone.nextClientSeq()
  await refuse({ rename: { clientSeq: long, name: 'n'.repeat(101) } })
  expect(await alice.rejected(long)).toBe('invalid')
  const empty = Phone.nextClientSeq()
  await refuse({ message: { clientSeq: empty } })
  expect(await alice.rejected(empty)).toBe('invalid')
})

// Does anything malformed, at either level, get a refusal or a close, and never hurt anybody else? [MQTT-4.8.0-1] [MQTT-2.2.2-2] [MQTT-1.5.3-1] [MQTT-1.5.3-2]
import { expect, test } from 'vitest'
import { encodeUp } from '../../../proto/codec.ts'
import {
  connectPacket,
  packet,
  publishPacket,
  pubackPacket,
  subscribePacket,
  uint16,
  unsubscribePacket,
} from '../../support/mqtt-packets.ts'
import { Random } from '../../support/random.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer({ RESTANTE_CONNECT_TIMEOUT_MS: '1500' })

const PACKETS: [string, Buffer][] = [
  ['packet type 0', packet(0x00, Buffer.alloc(0))],
  ['packet type 15', packet(0xf0, Buffer.alloc(0))],
  ['a CONNACK from a client', packet(0x20, Buffer.of(0, 0))],
  ['a SUBACK from a client', packet(0x90, Buffer.of(0, 1, 0))],
  ['a PINGRESP from a client', packet(0xd0, Buffer.alloc(0))],
  ['a remaining length of five bytes', Buffer.of(0x30, 0xff, 0xff, 0xff, 0xff, 0x7f)],
  ['a PUBLISH shorter than its topic', packet(0x32, Buffer.of(0, 50, 65))],
  ['a PUBLISH without a packet id', packet(0x32, Buffer.of(0, 1, 113))],
  ['a PUBLISH with packet id 0 [MQTT-2.3.1-1]', publishPacket({ topic: 'q', payload: 'x', packetId: 0 })],
  ['a SUBSCRIBE with packet id 0 [MQTT-2.3.1-1]', subscribePacket(0, [['u/alice', 1]])],
  ['an UNSUBSCRIBE with packet id 0 [MQTT-2.3.1-1]', unsubscribePacket(0, ['u/alice'])],
  [
    'DUP at QoS 0 [MQTT-3.3.1-2]',
    publishPacket({ topic: 'g/AAAAAAAAAAAAAA', qos: 0, dup: true, payload: encodeUp({ typing: {} }) }),
  ],
  [
    'a topic that is not UTF-8 [MQTT-1.5.3-1]',
    packet(0x32, Buffer.concat([uint16(3), Buffer.of(0xff, 0xfe, 0xc0), uint16(1)])),
  ],
  ['a topic with a NUL [MQTT-1.5.3-2]', publishPacket({ topic: 'g/\0', payload: '' })],
  ['a SUBSCRIBE cut off in its filter', packet(0x82, Buffer.of(0, 1, 0, 9, 65))],
]

test.each(PACKETS)('%s closes the connection and nobody else’s', async (_, bytes) => {
  const other = await use.phone('other/phone')
  const alice = await use.phone('alice/phone')
  alice.raw.send(bytes)
  await alice.raw.expectClosed(5_000, 'puback', 'suback', 'unsuback')
  await other.raw.roundTrip()
})

test('trap 11: a PUBACK for a packet id that nobody sent is ignored', async () => {
  const alice = await use.phone('alice/phone')
  alice.raw.send(pubackPacket(1), pubackPacket(65_535), pubackPacket(77))
  await alice.tell('other', 'still connected')
})

test('G8 a connection that never sends CONNECT is closed', async () => {
  const silent = await use.open()
  await silent.expectClosed(6_000)
})

test('G8 a CONNECT that comes byte by byte and never ends is closed', async () => {
  const slow = await use.open()
  const bytes = connectPacket({
    clientId: 'alice/phone',
    username: 'alice',
    password: await use.token('alice'),
  })
  let at = 0
  const drip = setInterval(() => slow.send(bytes.subarray(at, ++at)), 100)
  await slow.expectClosed(6_000, 'connack')
  clearInterval(drip)
})

test('random bytes, before and after CONNECT, crash nothing (seed 20)', async () => {
  const random = new Random(20)
  const other = await use.phone('other/phone')
  for (let i = 0; i < 40; i++) {
    const client = i % 2 === 0 ? await use.open() : (await use.phone('alice/phone')).raw
    client.send(random.bytes(random.between(1, 400)))
    client.cut()
  }
  for (let i = 0; i < 30; i++) {
    const alice = await use.phone('alice/phone')
    // A well-formed PUBLISH of random payload: refused by the worker, not by the broker.
    await alice.raw.publish({
      topic: `g/${alice.direct('other')}`,
      payload: random.bytes(random.between(0, 60)),
    })
  }
  await other.raw.roundTrip()
  expect(await use.server.isReady()).toBe(true)
})

test('a mutated CONNECT never crashes the server (seed 21)', async () => {
  const random = new Random(21)
  const good = connectPacket({
    clientId: 'alice/phone',
    username: 'alice',
    password: await use.token('alice'),
  })
  for (let i = 0; i < 60; i++) {
    const bytes = Buffer.from(good)
    for (let flips = random.between(1, 4); flips > 0; flips--) {
      const at = random.between(0, bytes.length)
      bytes[at] = (bytes[at] as number) ^ (1 << random.between(0, 8))
    }
    const client = await use.open()
    client.send(bytes)
    client.cut()
  }
  expect(await use.server.isReady()).toBe(true)
})

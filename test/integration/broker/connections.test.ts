import { afterEach, beforeEach, expect, test } from 'vitest'
import { encodeUp } from '../../../proto/codec.ts'
import { bareToken, startBareBroker, type BareBroker } from '../../support/bare-broker.ts'
import { until } from '../../support/deadline.ts'
import {
  connectPacket,
  packet,
  pingreqPacket,
  publishPacket,
  pubackPacket,
  pubrecPacket,
  remainingLength,
  subscribePacket,
  text,
  unsubscribePacket,
} from '../../support/mqtt-packets.ts'
import { Random } from '../../support/random.ts'
import { RawClient } from '../../support/raw-client.ts'

// What we rely on inside Aedes 1.2.0 and mqtt-packet 9.0: one test for each wrapped or overridden part.

const CHAT = 'g/AAAAAAAAAAAAAA'
const OTHER_CHAT = 'g/AAAAAAAAAAAAEA'

let bare: BareBroker
let open: RawClient[]
beforeEach(async () => {
  bare = await startBareBroker()
  open = []
})
afterEach(async () => {
  for (const client of open) client.cut()
  await bare.stop()
})

async function opened(): Promise<RawClient> {
  const client = await RawClient.open({ port: bare.port })
  open.push(client)
  return client
}

async function connected(clientId = 'alice/phone', clean = false, role = 'device'): Promise<RawClient> {
  const client = await opened()
  const password = await bareToken(clientId.split('/')[0] as string, { role })
  const { code } = await client.connect({ clientId, username: '', password, clean })
  expect(code).toBe(0)
  return client
}

test('the device is attached before CONNACK, its lane starts after it, and it is released when it goes', async () => {
  const client = await connected()
  expect(bare.delivery.calls).toEqual(['attach alice/phone', 'ready alice/phone'])
  expect(bare.delivery.attached[0]).toMatchObject({
    user: 'alice',
    device: 'phone',
    role: 'device',
    transient: false,
  })
  expect(bare.broker.connections).toBe(1)
  await client.disconnect()
  await until(() => bare.delivery.calls.includes('release alice/phone'), 2_000, 'release')
  expect(bare.broker.connections).toBe(0)
})

test('session present is what attach says, also for two connects of one id that overlap', async () => {
  bare.delivery.attaches = () => ({ outcome: 'attached', sessionPresent: true })
  const password = await bareToken('alice')
  const first = await opened()
  expect(await first.connect({ clientId: 'alice/phone', username: '', password })).toMatchObject({
    code: 0,
    sessionPresent: true,
  })
  bare.delivery.attaches = () => ({ outcome: 'attached', sessionPresent: false })
  const second = await opened()
  expect(await second.connect({ clientId: 'alice/phone', username: '', password })).toMatchObject({
    code: 0,
    sessionPresent: false,
  })
})

test('each way in which attach refuses has its return code', async () => {
  const codes = { 'too-many-devices': 5, removed: 5, registered: 2, unavailable: 3 } as const
  for (const [outcome, code] of Object.entries(codes)) {
    bare.delivery.attaches = () => ({ outcome: outcome as keyof typeof codes })
    const client = await opened()
    const password = await bareToken('alice')
    expect((await client.connect({ clientId: 'alice/phone', username: '', password })).code).toBe(code)
    await client.expectClosed()
  }
  expect(bare.broker.connections).toBe(0)
})

test('takeover trap: the end of the older connection leaves the newer one alone, and a third ends the second', async () => {
  const first = await connected()
  const second = await connected()
  await first.expectClosed()
  await second.roundTrip()
  const third = await connected()
  await second.expectClosed()
  await third.roundTrip()
  await until(() => bare.broker.connections === 1, 2_000, 'one connection')
})

test('a connection that is closed while it is being attached is released, and gets no CONNACK', async () => {
  let attach: () => void = () => undefined
  bare.delivery.attaches = () =>
    new Promise((resolve) => (attach = () => resolve({ outcome: 'attached', sessionPresent: false })))
  const client = await opened()
  client.send(connectPacket({ clientId: 'alice/phone', username: '', password: await bareToken('alice') }))
  await until(() => bare.delivery.calls.length === 1, 2_000, 'attach')
  await bare.broker.closeAll(100)
  await client.expectClosed(2_000, 'connack')
  attach()
  await until(() => bare.delivery.calls.includes('release alice/phone'), 2_000, 'release')
  expect(bare.delivery.calls).not.toContain('ready alice/phone')
})

test('what comes behind CONNECT waits for CONNACK, however much it is', async () => {
  let attach: () => void = () => undefined
  bare.delivery.attaches = () =>
    new Promise((resolve) => (attach = () => resolve({ outcome: 'attached', sessionPresent: false })))
  const client = await opened()
  const publishes = Array.from({ length: 500 }, (_, i) =>
    publishPacket({ topic: CHAT, payload: `${i}`, packetId: i + 1 }),
  )
  client.send(
    connectPacket({ clientId: 'alice/phone', username: '', password: await bareToken('alice') }),
    ...publishes,
    publishPacket({ topic: CHAT, payload: 'x'.repeat(100_000), packetId: 1_000 }),
  )
  await until(() => bare.delivery.calls.length === 1, 2_000, 'attach')
  expect(bare.delivery.taken).toEqual([])
  attach()
  expect((await client.expect('connack')).code).toBe(0)
  for (let i = 1; i <= 500; i++) expect((await client.expect('puback')).packetId).toBe(i)
  expect((await client.expect('puback')).packetId).toBe(1_000)
})

test('trap 11: PUBACKs reach the lane, known or not', async () => {
  const client = await connected()
  client.send(pubackPacket(7), pubackPacket(65_535))
  await client.roundTrip()
  expect(bare.delivery.calls.slice(2)).toEqual(['acknowledge alice 7', 'acknowledge alice 65535'])
})

test('trap 7: each filter of a SUBSCRIBE gets its own code, repeated ones too; QoS 2 is granted as 1', async () => {
  const client = await connected()
  client.send(
    subscribePacket(5, [
      ['u/alice', 2],
      ['g/#', 1],
      ['u/alice', 1],
      ['u/alice', 0],
      ['g/#', 0],
    ]),
  )
  expect(await client.expect('suback')).toMatchObject({ packetId: 5, codes: [1, 0x80, 1, 0, 0x80] })
  expect(bare.delivery.calls.slice(2)).toEqual([
    'subscribe u/alice 1',
    'subscribe g/# 1',
    'subscribe u/alice 1',
    'subscribe u/alice 0',
    'subscribe g/# 0',
  ])
})

test('a filter with NUL closes [MQTT-1.5.3-2]', async () => {
  const client = await connected()
  client.send(subscribePacket(5, [['u/alice\0', 1]]))
  await client.expectClosed(2_000, 'suback')
  expect(bare.delivery.calls.filter((call) => call.startsWith('subscribe'))).toEqual([])
})

test('UNSUBSCRIBE reaches the lane, also of a session whose SUBSCRIBE was in an earlier connection', async () => {
  const client = await connected()
  client.send(unsubscribePacket(3, ['u/alice', 'x']))
  expect((await client.expect('unsuback')).packetId).toBe(3)
  expect(bare.delivery.calls.slice(2)).toEqual(['unsubscribe u/alice', 'unsubscribe x'])
})

test('a session that is present is not asked for its filters again', async () => {
  bare.delivery.attaches = () => ({ outcome: 'attached', sessionPresent: true })
  await connected()
  expect(bare.delivery.calls).toEqual(['attach alice/phone', 'ready alice/phone'])
})

test.each([
  ['QoS 2', publishPacket({ topic: CHAT, payload: 'x', qos: 2 }), 'qos-2-refused'],
  ['retained', publishPacket({ topic: CHAT, payload: 'x', retain: true }), 'retained-refused'],
  ['PUBREC', pubrecPacket(1), 'packet-type-refused'],
  ['a PUBACK that is too long', packet(0x40, Buffer.of(0, 1, 0)), 'packet-too-large'],
  ['a PUBACK without id', packet(0x40, Buffer.alloc(0)), 'packet-too-short'],
  ['a PINGREQ with a payload', packet(0xc0, Buffer.of(1)), 'packet-too-large'],
  ['an UNSUBSCRIBE without filters', packet(0xa2, Buffer.of(0, 1)), 'packet-too-short'],
  ['a topic of nobody', publishPacket({ topic: 'x', payload: 'x' }), 'topic-refused'],
  ['a worker topic', publishPacket({ topic: 'f', payload: 'x' }), 'topic-refused'],
  ['packet id 0', publishPacket({ topic: CHAT, payload: 'x', packetId: 0 }), 'malformed-publish'],
  [
    'a packet id cut off, with the next packet behind it',
    Buffer.concat([packet(0x32, text(CHAT)), pingreqPacket()]),
    'malformed-publish',
  ],
])(
  'trap 2: only what no client of ours sends is closed without an answer, and counted: %s',
  async (_, bytes, reason) => {
    const client = await connected()
    client.send(bytes)
    await client.expectClosed(2_000, 'puback', 'pingresp')
    expect(bare.delivery.taken).toEqual([])
    expect(bare.metrics.read('broker_connections_closed_total', reason)).toBe(1)
  },
)

test('trap 17: a packet is refused from its fixed header: before CONNECT, as a device, as a worker', async () => {
  const limits = { stranger: 8 * 1024, device: 256 * 1024, worker: 32 * 1024 * 1024 }
  const headers = (first: number, length: number) =>
    Buffer.concat([Buffer.of(first), remainingLength(length)])
  const stranger = await opened()
  stranger.send(headers(0x10, limits.stranger + 1))
  await stranger.expectClosed()
  const device = await connected('alice/phone')
  device.send(headers(0x32, limits.device + 1))
  await device.expectClosed()
  const worker = await connected('worker/1', true, 'worker')
  worker.send(headers(0x32, limits.worker + 1))
  await worker.expectClosed()
  // At the limit they are waited for.
  const patient = await opened()
  patient.send(headers(0x10, limits.stranger))
  const calm = await connected('alice/phone')
  calm.send(headers(0x32, limits.device))
  const busy = await connected('worker/1', true, 'worker')
  busy.send(headers(0x32, limits.worker))
  const later = await connected('bob/phone')
  await later.roundTrip()
  expect([patient.isClosed, calm.isClosed, busy.isClosed]).toEqual([false, false, false])
})

test('a publish of the largest size arrives whole', async () => {
  const client = await connected()
  const overhead = 2 + CHAT.length + 2
  const payload = 'y'.repeat(256 * 1024 - overhead)
  await client.publish({ topic: CHAT, payload })
  expect(bare.delivery.taken[0]?.texts).toEqual([payload])
})

test('a PINGREQ makes the lane look, many in a row make it look once', async () => {
  const client = await connected()
  client.send(pingreqPacket(), pingreqPacket(), pingreqPacket())
  for (let i = 0; i < 3; i++) await client.expect('pingresp')
  expect(bare.delivery.pings).toHaveLength(1)
})

test('publishes make the lane look too, and by far not each: who publishes sends no PINGREQ (G7)', async () => {
  const client = await connected()
  for (const payload of ['a', 'b', 'c']) await client.publish({ topic: CHAT, payload })
  expect(bare.delivery.pings).toHaveLength(1)
})

test('QoS 0 is handed on without an answer; a request must be of QoS 1', async () => {
  const client = await connected()
  client.send(publishPacket({ topic: CHAT, payload: encodeUp({ typing: {} }), qos: 0 }))
  await client.roundTrip()
  expect(bare.delivery.ephemeral).toHaveLength(1)
  client.send(publishPacket({ topic: 'q', payload: 'x', qos: 0 }))
  await client.expectClosed()
})

test('a worker publishes Fanout and nothing else', async () => {
  const worker = await connected('worker/1', true, 'worker')
  await worker.publish({ topic: 'f', payload: 'decided' })
  worker.send(publishPacket({ topic: OTHER_CHAT, payload: 'x' }))
  await worker.expectClosed(2_000, 'puback')
})

test('the parser reads on when nothing is left of a chunk, and after many small chunks', async () => {
  const client = await connected()
  const bytes = Buffer.concat(
    Array.from({ length: 40 }, (_, i) => publishPacket({ topic: CHAT, payload: `${i}`, packetId: i + 1 })),
  )
  for (let at = 0; at < bytes.length; at += 7) {
    client.send(bytes.subarray(at, at + 7))
    if (at % 70 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  for (let i = 1; i <= 40; i++) expect((await client.take('puback')).packetId).toBe(i)
  const taken = bare.delivery.taken.flatMap((one) => one.texts)
  expect(taken).toEqual(Array.from({ length: 40 }, (_, i) => `${i}`))
})

test('broken packets of every kind, before and behind CONNECT, hurt nobody else (seed 7)', async () => {
  const random = new Random(7)
  const other = await connected('other/phone')
  const connect = connectPacket({ clientId: 'alice/phone', username: '', password: await bareToken('alice') })
  const packets = [
    connect,
    publishPacket({ topic: CHAT, payload: 'x', packetId: 3 }),
    publishPacket({ topic: CHAT, payload: 'x', qos: 0 }),
    subscribePacket(4, [
      ['u/alice', 1],
      ['#', 2],
    ]),
    unsubscribePacket(5, ['u/alice']),
    pubackPacket(6),
    pingreqPacket(),
  ]
  for (let i = 0; i < 300; i++) {
    const bytes = Buffer.from(random.pick(packets))
    for (let flips = random.between(1, 5); flips > 0; flips--)
      bytes[random.between(0, bytes.length)] = random.between(0, 256)
    const client = await opened()
    client.send(
      ...(random.chance(0.7) ? [connect] : []),
      bytes.subarray(0, random.between(1, bytes.length + 1)),
    )
    if (i % 10 === 0) await other.roundTrip()
    client.cut()
  }
  await other.roundTrip()
})

test('G8 a mistake of ours in a hook ends the connection whose packet it was, and nobody else’s', async () => {
  const [bad, good] = [await connected('alice/phone'), await connected('bob/phone')]
  bare.delivery.takeEphemeral = () => {
    throw new Error('a mistake')
  }
  bad.send(publishPacket({ topic: CHAT, payload: encodeUp({ typing: {} }), qos: 0 }))
  await bad.expectClosed()
  bare.delivery.ping = () => {
    throw new Error('another')
  }
  const pinging = await connected('carol/phone')
  pinging.send(pingreqPacket())
  await pinging.expectClosed()
  bare.delivery.ping = () => undefined
  good.send(publishPacket({ topic: CHAT, payload: text('hello'), packetId: 7 }))
  expect(await good.expect('puback')).toMatchObject({ packetId: 7 })
  expect(bare.metrics.read('broker_hooks_failed_total')).toBe(2)
})

test('G8 one user has so many connections, clean ones too; more are told to come later', async () => {
  await bare.stop()
  bare = await startBareBroker({ connectionsPerUserMax: 2 })
  await connected('alice/phone')
  await connected('alice/watch', true)
  const third = await opened()
  const login = { clientId: 'alice/tv', username: '', password: await bareToken('alice') }
  expect(await third.connect({ ...login, clean: true })).toMatchObject({ code: 3 })
  await connected('bob/phone')
  // Whoever comes back may, though the server does not know yet that it had gone.
  const again = await connected('alice/watch', true)
  expect(bare.delivery.attached.map(({ user, device }) => `${user}/${device}`)).not.toContain('alice/tv')
  await again.disconnect()
  await until(() => bare.broker.connections === 2, 5_000, 'the one that left')
  await connected('alice/tv', true)
})

test('G8 a linked device is let in where clean sessions have all places: one of them is closed', async () => {
  await bare.stop()
  bare = await startBareBroker({ connectionsPerUserMax: 2 })
  const quiet = await connected('alice/send-1', true)
  await connected('alice/send-2', true)
  const third = await opened()
  const login = { clientId: 'alice/send-3', username: '', password: await bareToken('alice') }
  expect(await third.connect({ ...login, clean: true })).toMatchObject({ code: 3 })
  await connected('alice/phone')
  await quiet.expectClosed()
  expect(bare.metrics.read('broker_connections_closed_total', 'gave-place')).toBe(1)
})

test('G1 of publishes that are still to be read when their client says that it has ended, none is acknowledged that is not stored', async () => {
  const client = await connected('alice/phone')
  const sent = Array.from({ length: 2_000 }, (_, i) => `${i}`)
  client.send(
    ...sent.map((each, i) => publishPacket({ topic: CHAT, payload: Buffer.from(each), packetId: i + 1 })),
  )
  client.end()
  await client.expectClosed()
  const acknowledged = client.received.flatMap((each) => (each.type === 'puback' ? [each.packetId - 1] : []))
  const stored = bare.delivery.taken.flatMap(({ texts }) => texts)
  // Stored is what came first, without holes; the client sends again whatever has no PUBACK.
  expect(stored).toEqual(sent.slice(0, stored.length))
  expect(acknowledged.map((i) => sent[i])).toEqual(stored.slice(0, acknowledged.length))
})

test('G8 a flood of packets behind CONNECT is read after CONNACK, whole and in order', async () => {
  const client = await opened()
  const password = await bareToken('alice')
  const pings = Array.from({ length: 1_000 }, () => pingreqPacket())
  client.send(connectPacket({ clientId: 'alice/phone', username: '', password }), ...pings)
  await until(() => client.received.length === 1_001, 10_000, 'all answers')
  expect(client.received[0]).toMatchObject({ type: 'connack', code: 0 })
})

import { expect, test, vi } from 'vitest'
import { PacketReader, type PacketTaker } from '../../../../broker/engine/packet-reader.ts'
import {
  connectPacket,
  pingreqPacket,
  pubackPacket,
  publishPacket,
  remainingLength,
  subscribePacket,
} from '../../../support/mqtt-packets.ts'
import { chatTopic, parseTopic, REQUEST_TOPIC, type Topic } from '../../../../proto/topics.ts'
import { Random } from '../../../support/random.ts'

const TOPIC = 'g/AAAAAAAAAAAAAA'
const CONNECT = connectPacket({ clientId: 'alice/phone', username: '', password: 'x' })

function nameOf(topic: Topic | undefined): string | undefined {
  return topic?.kind === 'chat' ? chatTopic(topic.chat) : topic?.kind
}

/** What comes of packets, one line for each. */
function reading(role: 'device' | 'worker' = 'device') {
  const lines: string[] = []
  const allowed = { packets: Number.POSITIVE_INFINITY, isGone: false }
  const taker: PacketTaker = {
    mayRead: () => allowed.packets-- > 0,
    role: () => role,
    get isGone() {
      return allowed.isGone
    },
    publish: ({ topic, payload, qos, packetId }) =>
      lines.push(`publish ${nameOf(topic)} ${qos} ${packetId} ${Buffer.from(payload).toString()}`),
    acknowledge: (packetId) => lines.push(`puback ${packetId}`),
    other: (type, packet) => lines.push(`${type} ${packet.toString('hex')}`),
    refuse: (reason) => lines.push(`refused ${reason}`),
    wasRead: (publishes, pubacks) => lines.push(`${publishes} + ${pubacks}`),
  }
  return { reader: new PacketReader(taker), lines, allowed, taker }
}

const SENT = [
  CONNECT,
  publishPacket({ topic: TOPIC, payload: 'hello', packetId: 7 }),
  pubackPacket(65_535),
  publishPacket({ topic: REQUEST_TOPIC, payload: '', packetId: 1, dup: true }),
  pingreqPacket(),
  publishPacket({ topic: TOPIC, payload: 'x'.repeat(20_000), qos: 0 }),
  subscribePacket(5, [['u/alice', 1]]),
]
const READ = [
  `connect ${CONNECT.toString('hex')}`,
  `publish ${TOPIC} 1 7 hello`,
  'puback 65535',
  'publish request 1 1 ',
  'pingreq c000',
  `publish ${TOPIC} 0 0 ${'x'.repeat(20_000)}`,
  `subscribe ${subscribePacket(5, [['u/alice', 1]]).toString('hex')}`,
]
const packetsIn = (lines: readonly string[]): string[] => lines.filter((line) => !/^\d+ \+ \d+$/.test(line))

test('packets are the same however their bytes are cut (seed 4)', () => {
  const random = new Random(4)
  const bytes = Buffer.concat(SENT)
  for (const longest of [1, 2, 7, 300, bytes.length]) {
    const { reader, lines } = reading()
    for (let at = 0; at < bytes.length; ) {
      const end = Math.min(bytes.length, at + random.between(1, longest + 1))
      reader.read(bytes.subarray(at, end))
      at = end
    }
    expect(packetsIn(lines)).toEqual(READ)
  }
})

test('of a chunk it is told once how many packets were read that nobody else hears of', () => {
  const { reader, lines } = reading()
  reader.read(Buffer.concat(SENT))
  expect(lines.filter((line) => / \+ /.test(line))).toEqual(['3 + 1'])
  reader.read(pingreqPacket())
  expect(lines.at(-1)).toBe('pingreq c000')
})

test('G8 a packet that may not be read yet is kept, asked for once, and read when it may', () => {
  const { reader, lines, allowed } = reading()
  allowed.packets = 2
  const bytes = Buffer.concat(SENT)
  reader.read(bytes.subarray(0, bytes.length - 3))
  expect(packetsIn(lines)).toEqual(READ.slice(0, 2))
  reader.read(bytes.subarray(bytes.length - 3))
  expect(packetsIn(lines)).toEqual(READ.slice(0, 2))
  allowed.packets = READ.length - 2
  reader.read(Buffer.alloc(0))
  expect(packetsIn(lines)).toEqual(READ)
  expect(allowed.packets).toBe(0)
})

test('what is done with a packet may read on: what comes then is behind what is there', () => {
  const { reader, lines, taker } = reading()
  const acknowledge = taker.acknowledge.bind(taker)
  taker.acknowledge = (packetId) => {
    acknowledge(packetId)
    if (packetId === 1) reader.read(pubackPacket(3))
  }
  reader.read(Buffer.concat([CONNECT, pubackPacket(1), pubackPacket(2)]))
  expect(packetsIn(lines).slice(1)).toEqual(['puback 1', 'puback 2', 'puback 3'])
})

test('a topic is that of its own packet, whatever the one before had', () => {
  const { reader, lines } = reading()
  const topics = [TOPIC, TOPIC, 'g/AAAAAAAAAAAABA', 'g/AAAAAAAAAAAAB', '', TOPIC, `${TOPIC}A`, '', 'q', TOPIC]
  reader.read(Buffer.concat([CONNECT, ...topics.map((topic) => publishPacket({ topic, payload: 'x' }))]))
  expect(packetsIn(lines).slice(1)).toEqual(
    topics.map((topic) => `publish ${nameOf(parseTopic(topic))} 1 1 x`),
  )
})

test('nothing is read behind what is refused, nor of a client that is gone', () => {
  const refused = reading()
  refused.reader.read(Buffer.concat([CONNECT, publishPacket({ topic: TOPIC, payload: '', qos: 2 })]))
  refused.reader.read(pubackPacket(1))
  expect(packetsIn(refused.lines).slice(1)).toEqual(['refused qos-2-refused'])
  const gone = reading()
  gone.reader.read(CONNECT)
  gone.allowed.isGone = true
  gone.reader.read(pubackPacket(1))
  expect(packetsIn(gone.lines)).toHaveLength(1)
})

const MIB = 1024 * 1024
test.each([
  ['anything but CONNECT first', pingreqPacket(), [], 'no-connect'],
  [
    'a remaining length of five bytes',
    Buffer.of(0x30, 0xff, 0xff, 0xff, 0xff, 0x7f),
    [CONNECT],
    'protocol-error',
  ],
  ['QoS 3', publishPacket({ topic: TOPIC, payload: '', qos: 3 }), [CONNECT], 'protocol-error'],
  ['a PUBACK with flags [MQTT-2.2.2-2]', Buffer.of(0x42, 2, 0, 1), [CONNECT], 'protocol-error'],
  ['a SUBSCRIBE without its flag [MQTT-2.2.2-2]', Buffer.of(0x80, 6), [CONNECT], 'protocol-error'],
  ['a PUBLISH shorter than its topic', Buffer.of(0x32, 3, 0, 50, 65), [CONNECT], 'malformed-publish'],
  ['a PUBLISH whose packet id is cut off', Buffer.of(0x32, 3, 0, 1, 65), [CONNECT], 'malformed-publish'],
  [
    'the header of a PUBLISH that is too large',
    Buffer.concat([Buffer.of(0x32), remainingLength(33 * MIB)]),
    [CONNECT],
    'packet-too-large',
  ],
])('%s is refused', (_, bytes, before, reason) => {
  const { reader, lines } = reading()
  reader.read(Buffer.concat([...before, bytes]))
  expect(packetsIn(lines).at(-1)).toBe(`refused ${reason}`)
})

test('a large frame that comes in many pieces is put together once', () => {
  const { reader, taker } = reading('worker')
  let length = 0
  taker.publish = ({ payload }) => (length = payload.length)
  const payload = Buffer.alloc(4 * MIB)
  const bytes = Buffer.concat([CONNECT, publishPacket({ topic: 'f', payload, packetId: 1 })])
  const concat = vi.spyOn(Buffer, 'concat')
  for (let at = 0; at < bytes.length; at += 1_024) reader.read(bytes.subarray(at, at + 1_024))
  expect(length).toBe(payload.length)
  // Of the first piece with its header, and of all.
  expect(concat.mock.calls.length).toBeLessThanOrEqual(2)
  concat.mockRestore()
})

test('G8 bytes that come one by one are not kept one by one: their pieces would be hundreds of times their size', () => {
  const { reader, lines } = reading()
  const payload = 'x'.repeat(20_000)
  reader.read(CONNECT)
  const concat = vi.spyOn(Buffer, 'concat')
  for (const byte of publishPacket({ topic: TOPIC, payload, packetId: 1 })) reader.read(Buffer.of(byte))
  const pieces = concat.mock.calls.map(([list]) => list.length)
  concat.mockRestore()
  expect(packetsIn(lines).at(-1)).toBe(`publish ${TOPIC} 1 1 ${payload}`)
  expect(Math.max(...pieces)).toBeLessThan(200)
})

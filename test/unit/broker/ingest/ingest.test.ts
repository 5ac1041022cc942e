import { type UserShare, Users } from '../../../../broker/ingest/users.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readBrokerConfig } from '../../../../broker/config.ts'
import { DeviceIngest, WorkerIngest, type IngestParts } from '../../../../broker/ingest/ingest.ts'
import { Turn } from '../../../../kit/turn.ts'
import { Wire, type Transport } from '../../../../broker/listeners/wire.ts'
import { BrokerMetrics } from '../../../../broker/metrics.ts'
import { MqttConnection } from '../../../../broker/listeners/mqtt-connection.ts'
import { createLog } from '../../../../kit/log.ts'
import { Settings } from '../../../../kit/settings.ts'
import type { ChatId, DeviceId, UserId } from '../../../../proto/ids.ts'
import type { Topic } from '../../../../proto/topics.ts'
import { ScriptedDelivery } from '../../../support/bare-broker.ts'

const A: Topic = { kind: 'chat', chat: 'AAAAAAAAAAAAAA' as ChatId }
const B: Topic = { kind: 'chat', chat: 'AAAAAAAAAAAAAQ' as ChatId }
const FANOUT: Topic = { kind: 'fanout' }
const limits = { ...readBrokerConfig(new Settings({})).connections, publishesWaitingMax: 4 }

class NoTransport implements Transport {
  readonly sent: Uint8Array[] = []
  isPaused = false
  /** The peer does not read. */
  isFull = false
  send(bytes: Uint8Array): boolean {
    this.sent.push(bytes)
    return !this.isFull
  }
  pause(): void {
    this.isPaused = true
  }
  resume(): void {
    this.isPaused = false
  }
  end(): void {}
}

let transport: NoTransport
let wire: Wire
let parts: IngestParts & { node: ScriptedDelivery }
beforeEach(() => {
  transport = new NoTransport()
  wire = new Wire(transport, '', new Turn(() => undefined))
  wire.queue(new Uint8Array(4)) // CONNACK
  wire.flush()
  transport.sent.length = 0
  const connection = new MqttConnection(wire, {
    user: 'alice' as UserId,
    device: 'phone' as DeviceId,
    role: 'device',
    transient: false,
    tokenIssuedAtMs: undefined,
    log: createLog('silent'),
  })
  const node = new ScriptedDelivery()
  node.takesAtOnce = false
  const metrics = new BrokerMetrics({
    connectionsOpen: () => 1,
    isReady: () => true,
    serversAway: () => 0,
    unserved: () => ({ partitions: 0, ms: 0 }),
  })
  const uptime = (): number => performance.now()
  const share = new Users(limits, uptime).enter('alice', false) as UserShare
  parts = { connection, share, wire, node, limits, metrics, uptime }
})
afterEach(() => {
  wire.destroy()
  vi.useRealTimers()
})

/** With rates by its limits. */
function ingestWith(of: IngestParts): DeviceIngest {
  return new DeviceIngest({
    ...of,
    share: new Users(of.limits, of.uptime).enter('alice', false) as UserShare,
  })
}

const bytes = (text: string) => new TextEncoder().encode(text)
/** Two turns: what the first one decides, the second one writes. */
const settle = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
/** The packet ids that were acknowledged so far, in order. */
function acknowledged(): number[] {
  const all = Buffer.concat(transport.sent)
  return Array.from({ length: all.length / 4 }, (_, i) => {
    expect(all.readUInt16BE(i * 4)).toBe(0x4002)
    return all.readUInt16BE(i * 4 + 2)
  })
}
const takes = () => parts.node.taken.map((one) => one.texts)

test('G1 a publish is acknowledged when it is stored, and not before', async () => {
  const ingest = ingestWith(parts)
  ingest.take(A, bytes('1'), 600)
  await settle()
  expect([takes(), acknowledged()]).toEqual([[['1']], []])
  parts.node.taken[0]?.resolve()
  await settle()
  expect(acknowledged()).toEqual([600])
})

test('G8 a client that publishes and never reads its PUBACKs is closed; one that reads late is not', async () => {
  const unlimited = { ...limits, publishesPerSMax: 1_000_000, publishesWaitingMax: 1_000_000 }
  const ingest = ingestWith({ ...parts, limits: unlimited })
  parts.node.takesAtOnce = true
  const publish = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) ingest.take(A, bytes(''), (i % 65_535) + 1)
    while (!wire.destroyed && parts.node.taken.flatMap(({ texts }) => texts).length < count) await settle()
    parts.node.taken.length = 0
  }
  transport.isFull = true
  await publish(60_000)
  transport.isFull = false
  wire.drained()
  await publish(60_000)
  transport.isFull = true
  await publish(60_000)
  expect(wire.destroyed).toBe(false)
  await publish(60_000)
  expect(wire.destroyed).toBe(true)
  expect(parts.connection.closeReason).toBe('not-reading')
})

test('hooks trap: one group at a time, in arrival order, grouped by mailbox, acknowledged in order', async () => {
  const ingest = ingestWith(parts)
  ingest.take(A, bytes('1'), 1)
  ingest.take(A, bytes('2'), 2)
  await settle()
  for (const [topic, text, id] of [
    [A, '3', 3],
    [A, '4', 4],
    [B, '5', 5],
    [A, '6', 6],
  ] as const)
    ingest.take(topic, bytes(text), id)
  await settle()
  expect(takes()).toEqual([['1', '2']])
  for (let i = 0; i < 4; i++) {
    parts.node.taken[i]?.resolve()
    await settle()
  }
  expect(takes()).toEqual([['1', '2'], ['3', '4'], ['5'], ['6']])
  expect(acknowledged()).toEqual([1, 2, 3, 4, 5, 6])
})

test('G1 hooks trap: after a failure nothing is taken, nothing acknowledged, and the connection closes', async () => {
  const ingest = ingestWith(parts)
  ingest.take(A, bytes('1'), 1)
  await settle()
  ingest.take(A, bytes('2'), 2)
  parts.node.taken[0]?.reject(new Error('disk full'))
  await settle()
  ingest.take(A, bytes('3'), 3)
  await settle()
  expect([takes(), acknowledged()]).toEqual([[['1']], []])
  expect([parts.connection.isClosed, parts.connection.closeReason]).toEqual([true, 'publish-failed'])
})

test('G1 hooks trap: a store that does not answer within the deadline closes the connection; a late answer changes nothing', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  const ingest = ingestWith(parts)
  ingest.take(A, bytes('1'), 1)
  await settle()
  parts.node.taken[0]?.resolve()
  await settle()
  vi.advanceTimersByTime(6_000)
  ingest.take(A, bytes('2'), 2)
  await settle()
  ingest.take(A, bytes('3'), 3)
  vi.advanceTimersByTime(9_999)
  expect(parts.connection.isClosed).toBe(false)
  vi.advanceTimersByTime(2)
  expect([parts.connection.isClosed, parts.connection.closeReason]).toEqual([true, 'publish-deadline'])
  parts.node.taken[1]?.resolve()
  await settle()
  expect([takes(), acknowledged()]).toEqual([[['1'], ['2']], [1]])
})

test('G8 the socket is not read at the limit of waiting publishes, and again at half', async () => {
  const ingest = ingestWith(parts)
  transport.isPaused = false
  ingest.take(A, bytes('1'), 1)
  await settle()
  for (let i = 2; i <= 4; i++) ingest.take(i % 2 ? A : B, bytes(`${i}`), i)
  expect(transport.isPaused).toBe(false)
  ingest.take(A, bytes('5'), 5)
  expect(transport.isPaused).toBe(true)
  for (let i = 0; i < 2; i++) {
    parts.node.taken[i]?.resolve()
    await settle()
  }
  expect(transport.isPaused).toBe(true)
  parts.node.taken[2]?.resolve()
  await settle()
  expect(transport.isPaused).toBe(false)
})

test('G8 above the publish rate publishes wait, are then taken in order, and meanwhile the socket is not read', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
  parts.node.takesAtOnce = true
  const ingest = ingestWith({
    ...parts,
    limits: { ...limits, publishesPerSMax: 2, publishesWaitingMax: 99 },
  })
  for (let i = 1; i <= 6; i++) ingest.take(A, bytes(`${i}`), i)
  await settle()
  expect([takes(), transport.isPaused]).toEqual([[['1', '2']], true])
  for (let i = 0; i < 4; i++) {
    await vi.advanceTimersByTimeAsync(500)
    await settle()
  }
  expect(takes()).toEqual([['1', '2'], ['3'], ['4'], ['5'], ['6']])
  expect([acknowledged(), transport.isPaused]).toEqual([[1, 2, 3, 4, 5, 6], false])
})

test('G8 who is further ahead of the publish rate than the deadline is closed; ephemeral ones are dropped', async () => {
  const ingest = ingestWith({
    ...parts,
    limits: { ...limits, publishesPerSMax: 1, publishDeadlineMs: 2_000 },
  })
  expect(ingest.mayTakeEphemeral()).toBe(true)
  expect(ingest.mayTakeEphemeral()).toBe(false)
  ingest.take(A, bytes('1'), 1)
  expect(parts.connection.isClosed).toBe(false)
  ingest.take(A, bytes('2'), 2)
  expect(parts.connection.closeReason).toBe('publish-rate')
})

test('G8 who is closed for being too far ahead while earlier publishes wait for their rate takes nothing down', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
  const unhandled: unknown[] = []
  const note = (reason: unknown): void => void unhandled.push(reason)
  process.on('unhandledRejection', note)
  const ingest = ingestWith({
    ...parts,
    limits: { ...limits, publishesPerSMax: 1, publishDeadlineMs: 2_000, publishesWaitingMax: 99 },
  })
  parts.node.takesAtOnce = true
  ingest.take(A, bytes('1'), 1)
  ingest.take(A, bytes('2'), 2)
  await settle() // the second one waits for its time
  for (let i = 3; i <= 6; i++) ingest.take(A, bytes(`${i}`), i)
  expect(parts.connection.closeReason).toBe('publish-rate')
  await vi.advanceTimersByTimeAsync(5_000)
  await settle()
  process.off('unhandledRejection', note)
  expect([takes(), unhandled]).toEqual([[['1']], []])
})

test('G8 what of a connection that was closed was not stored, the user’s other connections do not pay for', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
  const rated = { ...limits, publishesPerSMax: 1, publishDeadlineMs: 2_000, publishesWaitingMax: 99 }
  const share = new Users(rated, parts.uptime).enter('alice', false) as UserShare
  parts.node.takesAtOnce = true
  const ingest = new DeviceIngest({ ...parts, limits: rated, share })
  for (let i = 1; i <= 6; i++) ingest.take(A, bytes(`${i}`), i)
  await settle()
  expect([parts.connection.closeReason, takes()]).toEqual(['publish-rate', []])
  expect([share.publishes.has(performance.now()), share.publishBytes.wait(performance.now())]).toEqual([
    true,
    0,
  ])
})

test('G8 a mistake in taking a publish ends its connection alone', async () => {
  const ingest = ingestWith(parts)
  parts.node.takesAtOnce = true
  vi.spyOn(parts.metrics, 'publishStored').mockImplementation(() => {
    throw new Error('a mistake')
  })
  ingest.take(A, bytes('1'), 1)
  await settle()
  expect(parts.connection.closeReason).toBe('internal')
})

test('a worker’s Fanout frames are carried out side by side and acknowledged in order [MQTT-4.6.0-2]', async () => {
  const ingest = new WorkerIngest(parts)
  for (let i = 1; i <= 3; i++) ingest.take(FANOUT, bytes(`${i}`), i)
  expect(takes()).toEqual([['1'], ['2'], ['3']])
  parts.node.taken[2]?.resolve()
  parts.node.taken[1]?.resolve()
  await settle()
  expect(acknowledged()).toEqual([])
  parts.node.taken[0]?.resolve()
  await settle()
  expect(acknowledged()).toEqual([1, 2, 3])
})

test('a Fanout that fails closes its worker, and what follows is not acknowledged', async () => {
  const ingest = new WorkerIngest(parts)
  for (let i = 1; i <= 3; i++) ingest.take(FANOUT, bytes(`${i}`), i)
  parts.node.taken[0]?.resolve()
  parts.node.taken[1]?.reject(new Error('malformed'))
  parts.node.taken[2]?.resolve()
  await settle()
  ingest.take(FANOUT, bytes('4'), 4)
  expect(takes()).toHaveLength(3)
  expect(acknowledged()).toEqual([1])
  expect(parts.connection.closeReason).toBe('publish-failed')
})

import { describe, expect, it } from 'vitest'
import type { ChatMark } from '../../../broker/lane-frame.ts'
import { Lane } from '../../../broker/lane.ts'
import type { Append, MailboxLimits, MailboxStore } from '../../../broker/mailbox/store.ts'
import { NODE_LIMITS, type NodeLimits } from '../../../broker/node-limits.ts'
import { Turn } from '../../../broker/turn.ts'
import type { UserId } from '../../../proto/ids.ts'
import { until } from '../../support/deadline.ts'
import {
  acceptedEntry,
  endOfTurn,
  freshStore,
  messageEntry,
  TestConnection,
  TestMetrics,
} from './delivery-support.ts'

/** One lane of alice's phone on a mailbox of its own; the test plays the dispatcher, the marks and the clock. */
class LaneBench {
  readonly store: MailboxStore
  readonly metrics = new TestMetrics()
  readonly connection: TestConnection
  readonly lane: Lane
  readonly passed: { position: number; marks: readonly ChatMark[] }[] = []
  readonly watched: Lane[] = []
  nowMs = 1_000_000
  #seq = 0

  constructor(store: MailboxStore, connection: TestConnection, limits: Partial<NodeLimits>) {
    this.store = store
    this.connection = connection
    this.lane = new Lane(
      {
        store,
        turn: new Turn(),
        limits: { ...NODE_LIMITS, ...limits },
        metrics: this.metrics.metrics,
        uptime: () => this.nowMs,
        acknowledged: (_, position, marks) => this.passed.push({ position, marks }),
        watch: (lane) => {
          lane.isWatched = true
          this.watched.push(lane)
        },
      },
      connection,
    )
  }

  async attach(repeatUpTo = 0): Promise<void> {
    const { user, device, transient } = this.connection
    const [outcome] = await this.store.attach([
      { mailbox: `u/${user}`, reader: device, node: 'n', ttlMs: 0, transient, tokenIssuedAtMs: Date.now() },
    ])
    if (outcome?.outcome !== 'attached') throw new Error(`attach: ${outcome?.outcome}`)
    this.lane.attached(outcome, repeatUpTo)
  }

  /** Appends and tells, as the dispatcher does. */
  async put(...items: Partial<Append>[]): Promise<void> {
    for (const entry of await this.append(...items)) this.lane.tell(entry)
  }

  /** Appends without telling. @returns what was not told */
  async append(...items: Partial<Append>[]): Promise<(Append & { position: number })[]> {
    const appends = items.map((item) => ({
      mailbox: `u/${this.connection.user}`,
      bytes: messageEntry(++this.#seq),
      ...item,
    }))
    const outcomes = await this.store.append(appends)
    return appends.flatMap((append, i) => {
      const outcome = outcomes[i]
      return outcome?.outcome === 'stored' ? [{ ...append, position: outcome.position }] : []
    })
  }

  ack(...frames: number[]): void {
    for (const frame of frames) this.lane.acknowledge(this.connection.sent[frame]?.packetId as number)
  }
}

interface BenchOptions {
  limits?: Partial<NodeLimits>
  mailboxes?: Partial<MailboxLimits>
  connection?: TestConnection
}

async function openLane({ limits = {}, mailboxes = {}, connection }: BenchOptions = {}): Promise<LaneBench> {
  const store = await freshStore(mailboxes)
  const bench = new LaneBench(store, connection ?? new TestConnection('alice'), limits)
  await bench.attach()
  if (!bench.connection.transient) bench.lane.open(1)
  await endOfTurn()
  return bench
}

const many = (count: number): Partial<Append>[] => Array.from({ length: count }, () => ({}))
const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `m${from + i}`)

describe('a lane', () => {
  it('sends what it is told straight from memory, a turn in one frame (G3)', async () => {
    const { connection, put, metrics } = bound(await openLane())
    await put({}, {}, {})
    await connection.gets('m1', 'm2', 'm3')
    expect(connection.sent).toHaveLength(1)
    expect(connection.sent[0]).toMatchObject({ topic: 'u/alice', qos: 1, packetId: 1, isDup: false })
    await put({})
    await connection.gets('m1', 'm2', 'm3', 'm4')
    expect(metrics.count('laneRead')).toBe(0)
  })

  it('reads the store when a word was lost, and loses no entry (G2, G3)', async () => {
    const bench = await openLane()
    await bench.append({}, {})
    await bench.put({})
    await bench.connection.gets('m1', 'm2', 'm3')
    expect(bench.metrics.count('laneRead')).toBe(1)
    await bench.put({})
    await bench.connection.gets('m1', 'm2', 'm3', 'm4')
    expect(bench.metrics.count('laneRead')).toBe(1)
  })

  it('needs no read when words come in another order within a turn', async () => {
    const bench = await openLane()
    const [first, second, third] = await bench.append({}, {}, {})
    for (const entry of [second, third, first]) if (entry) bench.lane.tell(entry)
    await bench.connection.gets('m1', 'm2', 'm3')
    expect(bench.metrics.count('laneRead')).toBe(0)
  })

  it('sends nothing twice when a word is repeated', async () => {
    const bench = await openLane()
    const [entry] = await bench.append({})
    if (entry) for (let i = 0; i < 3; i++) bench.lane.tell(entry)
    await endOfTurn()
    if (entry) bench.lane.tell(entry)
    await endOfTurn()
    expect(bench.connection.texts).toEqual(['m1'])
  })

  it('keeps what is told while it is attached for the moment when it opens', async () => {
    const store = await freshStore()
    const bench = new LaneBench(store, new TestConnection('alice'), {})
    await bench.append({})
    const attaching = bench.attach()
    await bench.put({})
    await attaching
    await endOfTurn()
    expect(bench.connection.sent).toHaveLength(0)
    bench.lane.open(1)
    await bench.connection.gets('m1', 'm2')
  })

  it('leaves out what is for or except other devices, and passes it (G5)', async () => {
    const bench = await openLane()
    await bench.store.attach([
      { mailbox: 'u/alice', reader: 'laptop', node: 'n', ttlMs: 0, tokenIssuedAtMs: Date.now() },
    ])
    await bench.put({ only: 'laptop' }, { only: 'phone' }, { except: 'phone' }, { except: 'laptop' })
    await bench.connection.gets('m2', 'm4')
    bench.ack(0)
    expect(bench.passed.at(-1)?.position).toBe(4)
    await bench.put({ except: 'phone' })
    await endOfTurn()
    expect(bench.passed.at(-1)).toEqual({ position: 5, marks: [] })
  })
})

describe("a lane's window", () => {
  it('stops at its frames and goes on with a PUBACK (G8)', async () => {
    const bench = await openLane({ limits: { laneFramesMax: 2 } })
    for (let i = 0; i < 4; i++) {
      await bench.put({})
      await endOfTurn()
    }
    expect(bench.connection.texts).toEqual(['m1', 'm2'])
    bench.ack(0)
    await bench.connection.gets('m1', 'm2', 'm3', 'm4')
    expect(bench.connection.sent).toHaveLength(3)
  })

  it('stops at its bytes, and reads later what it had no room for', async () => {
    const bench = await openLane({ limits: { laneBytesMax: 20_000 } })
    const text = 'x'.repeat(9_000)
    const big = (seq: number): Partial<Append> => ({ bytes: messageEntry(seq, text + seq) })
    for (let seq = 1; seq <= 9; seq++) {
      await bench.put(big(seq))
      await endOfTurn()
    }
    expect(bench.connection.texts).toHaveLength(3)
    for (let frame = 0; bench.connection.texts.length < 9; frame++) {
      await bench.connection.packets(frame + 1)
      bench.ack(frame)
    }
    expect(bench.connection.texts).toEqual(Array.from({ length: 9 }, (_, i) => text + (i + 1)))
    expect(bench.metrics.count('laneRead')).toBeGreaterThan(0)
  })

  it('waits for the socket to drain', async () => {
    const bench = await openLane()
    bench.connection.isBusy = true
    await bench.put({})
    await endOfTurn()
    await bench.put({}, {})
    await endOfTurn()
    expect(bench.connection.texts).toEqual(['m1'])
    bench.connection.drain()
    await bench.connection.gets('m1', 'm2', 'm3')
    expect(bench.connection.sent).toHaveLength(2)
  })

  it('delivers a backlog of 10,000 in order and in one connection, in few packets, while live messages go on (trap 4)', async () => {
    const store = await freshStore()
    const bench = new LaneBench(store, new TestConnection('alice'), {})
    await bench.append(...many(10_000))
    await bench.attach()
    bench.lane.open(1)
    let live = 0
    for (let frame = 0; bench.connection.texts.length < 10_000 + live; frame++) {
      await bench.connection.packets(frame + 1)
      bench.ack(frame)
      if (live < 20) {
        live++
        await bench.put({})
      }
    }
    expect(bench.connection.texts).toEqual(names(1, 10_000 + live))
    expect(bench.connection.sent.length).toBeLessThan(100)
  })
})

describe('PUBACKs', () => {
  it('may come in any order: the cursor moves over the longest acknowledged prefix (G2)', async () => {
    const bench = await openLane()
    for (let i = 0; i < 4; i++) {
      await bench.put({})
      await endOfTurn()
    }
    bench.ack(2, 1)
    expect(bench.passed).toEqual([])
    bench.ack(0)
    expect(bench.passed.map(({ position }) => position)).toEqual([3])
    expect(bench.passed[0]?.marks.at(-1)?.seq).toBe(3)
    bench.ack(3)
    expect(bench.passed.at(-1)?.position).toBe(4)
  })

  it('of unknown or repeated ids mean nothing', async () => {
    const bench = await openLane()
    bench.lane.acknowledge(1)
    await bench.put({})
    await endOfTurn()
    for (const id of [0, 2, 65_535]) bench.lane.acknowledge(id)
    expect(bench.passed).toEqual([])
    bench.ack(0, 0)
    expect(bench.passed).toHaveLength(1)
  })

  it('find their frames when packet ids begin again at 1, and 0 is never used (trap 5)', async () => {
    const bench = await openLane({ limits: { laneFramesMax: 1 } })
    for (let i = 0; i < 65_537; i++) {
      bench.lane.tell({ position: i + 1, bytes: messageEntry(i + 1) })
      bench.lane.flush()
      bench.ack(i)
    }
    expect(bench.connection.sent.slice(65_534).map(({ packetId }) => packetId)).toEqual([65_535, 1, 2])
    expect(bench.passed.at(-1)?.position).toBe(65_537)
  })

  it('that do not come for 60 s close the connection; one that comes begins the wait anew', async () => {
    const bench = await openLane()
    await bench.put({})
    await endOfTurn()
    await bench.put({})
    await endOfTurn()
    expect(bench.watched).toEqual([bench.lane])
    bench.nowMs += 59_999
    expect(bench.lane.look(bench.nowMs, 5_000)).toBe(true)
    bench.ack(0)
    bench.nowMs += 59_999
    expect(bench.lane.look(bench.nowMs, 5_000)).toBe(true)
    expect(bench.connection.isClosed).toBe(false)
    bench.nowMs += 1
    bench.lane.look(bench.nowMs, 5_000)
    expect(bench.connection.closeReason).toBe('ack-timeout')
    expect(bench.metrics.count('laneTimeout')).toBe(1)
  })

  it('are not waited for by a lane with nothing in flight', async () => {
    const bench = await openLane()
    await bench.put({})
    await endOfTurn()
    bench.ack(0)
    await endOfTurn()
    bench.nowMs += 600_000
    expect(bench.lane.look(bench.nowMs, 5_000)).toBe(false)
    expect(bench.connection.isClosed).toBe(false)
  })
})

describe('patient entries', () => {
  it('ride with the next frame', async () => {
    const bench = await openLane({ limits: { patientMs: 60_000 } })
    await bench.put({ bytes: acceptedEntry(1) })
    await endOfTurn()
    expect(bench.connection.sent).toHaveLength(0)
    await bench.put({})
    await bench.connection.packets(1)
    const [down] = bench.connection.downs
    expect(down?.accepted).toHaveLength(1)
    expect(down?.messages).toHaveLength(1)
  })

  it('leave alone when they have waited long enough', async () => {
    const bench = await openLane({ limits: { patientMs: 20 } })
    await bench.put({ bytes: acceptedEntry(1) })
    await endOfTurn()
    expect(bench.connection.sent).toHaveLength(0)
    const advance = setInterval(() => (bench.nowMs += 5), 5)
    try {
      await bench.connection.packets(1)
    } finally {
      clearInterval(advance)
    }
    expect(bench.connection.downs[0]?.accepted).toHaveLength(1)
  })
})

describe('sent again', () => {
  it('carries DUP as far as an earlier connection had it in flight, and in frames of its own [MQTT-3.3.1-1]', async () => {
    const store = await freshStore()
    const first = new LaneBench(store, new TestConnection('alice'), {})
    await first.attach()
    first.lane.open(1)
    await first.put({}, {})
    await first.connection.gets('m1', 'm2')
    const sentUpTo = first.lane.unacknowledgedUpTo
    expect(sentUpTo).toBe(2)
    await first.append({})
    const second = new LaneBench(store, new TestConnection('alice'), {})
    await second.attach(sentUpTo)
    second.lane.open(1)
    await second.connection.gets('m1', 'm2', 'm3')
    expect(second.connection.sent.map(({ isDup }) => isDup)).toEqual([true, false])
  })

  it('comes from the cursor when the reader is registered anew', async () => {
    const bench = await openLane()
    await bench.put({}, {})
    await bench.connection.gets('m1', 'm2')
    await bench.attach(bench.lane.unacknowledgedUpTo)
    await bench.connection.gets('m1', 'm2', 'm1', 'm2')
    expect(bench.connection.sent[1]).toMatchObject({ isDup: true, packetId: 2 })
    bench.ack(0)
    expect(bench.passed).toEqual([])
    bench.ack(1)
    expect(bench.passed.at(-1)?.position).toBe(2)
  })
})

describe('a gap', () => {
  it('is marked where the mailbox dropped entries before the device had them (G2)', async () => {
    const store = await freshStore({ userEntriesMax: 5 })
    const bench = new LaneBench(store, new TestConnection('alice'), {})
    await bench.attach()
    await bench.append(...many(8))
    bench.lane.headIs(8)
    bench.lane.open(1)
    await bench.connection.gets('m4', 'm5', 'm6', 'm7', 'm8')
    expect(bench.connection.downs[0]?.gaps).toMatchObject([{ dropped: 3 }])
    expect(bench.metrics.count('laneGap')).toBe(1)
    bench.ack(0)
    expect(bench.passed.at(-1)?.position).toBe(8)
  })
})

describe('a lane at rest', () => {
  it('sends nothing while unsubscribed, and everything afterwards', async () => {
    const bench = await openLane()
    await bench.put({})
    await bench.connection.gets('m1')
    bench.lane.rest()
    await bench.put({}, {})
    await endOfTurn()
    expect(bench.connection.texts).toEqual(['m1'])
    bench.lane.open(1)
    await bench.connection.gets('m1', 'm2', 'm3')
  })

  it('is woken by the head when nobody told it anything', async () => {
    const bench = await openLane()
    await bench.append({}, {})
    bench.lane.headIs(2)
    await bench.connection.gets('m1', 'm2')
  })
})

describe('a transient reader', () => {
  const transient = (): TestConnection => new TestConnection('alice', 'guest', { transient: true })

  it('begins with what comes after its SUBSCRIBE', async () => {
    const bench = await openLane({ connection: transient() })
    await bench.put({})
    await endOfTurn()
    bench.lane.open(1)
    await bench.put({})
    await bench.connection.gets('m2')
  })

  it('at QoS 0 gets each entry once, without a packet id, and moves no cursor', async () => {
    const bench = await openLane({ connection: transient() })
    bench.lane.open(0)
    for (let i = 0; i < 20; i++) {
      await bench.put({})
      await endOfTurn()
    }
    await bench.connection.gets(...names(1, 20))
    expect(bench.connection.sent.every(({ qos, packetId }) => qos === 0 && packetId === 0)).toBe(true)
    expect(bench.passed).toEqual([])
  })

  it('at QoS 1 still means a delivered mark', async () => {
    const bench = await openLane({ connection: transient() })
    bench.lane.open(1)
    await bench.put({})
    await bench.connection.gets('m1')
    bench.ack(0)
    expect(bench.passed[0]?.marks).toMatchObject([{ seq: 1 }])
  })
})

describe('the second check', () => {
  it("writes nothing on a connection whose user is not the mailbox's (G5)", async () => {
    const bench = await openLane()
    bench.connection.user = 'mallory' as UserId
    bench.lane.tell({ position: 1, bytes: messageEntry(1) })
    await until(() => bench.connection.isClosed, 1_000, 'close')
    bench.lane.live(messageEntry(2))
    expect(bench.connection.closeReason).toBe('wrong-user')
    expect(bench.connection.sent).toEqual([])
  })
})

/** The bench with `put` bound, for destructuring. */
function bound(bench: LaneBench): Pick<LaneBench, 'connection' | 'metrics' | 'put'> {
  return { connection: bench.connection, metrics: bench.metrics, put: bench.put.bind(bench) }
}

import { describe, expect, it } from 'vitest'
import type { MailboxStore } from '../../../../broker/mailbox/store.ts'
import type { UserId } from '../../../../proto/ids.ts'
import { until } from '../../../support/deadline.ts'
import { endOfTurn, freshStore, messageEntry, TestConnection } from '../delivery-support.ts'
import { bound, LaneBench, many, names, openLane } from '../lane-bench.ts'

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

  it('is counted as waiting while the store does not give its next entries, and until it ends', async () => {
    const store = await freshStore()
    let isAway = true
    const away = new Proxy(store, {
      get: (_, name: keyof MailboxStore) =>
        name === 'read' && isAway ? () => Promise.reject(new Error('away')) : store[name].bind(store),
    })
    const waiting = (): number => bench.metrics.sums.get('laneWaits') ?? 0
    const bench = new LaneBench(away, new TestConnection('alice'), {})
    await bench.append({}, {})
    await bench.attach()
    bench.lane.open(1)
    await until(() => bench.metrics.count('laneRead') > 2, 5_000, 'it to ask again')
    expect(waiting()).toBe(1)
    isAway = false
    await bench.connection.gets('m1', 'm2')
    expect(waiting()).toBe(0)
    isAway = true
    await bench.append({})
    bench.lane.headIs(3)
    await until(() => waiting() === 1, 5_000, 'it to wait')
    bench.lane.end()
    expect(waiting()).toBe(0)
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

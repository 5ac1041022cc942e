// How much is on its way to a device, and what its PUBACKs mean.
import { describe, expect, it } from 'vitest'
import type { Append } from '../../../../broker/mailbox/store.ts'
import { acceptedEntry, endOfTurn, freshStore, messageEntry, TestConnection } from '../delivery-support.ts'
import { LaneBench, many, names, openLane } from '../lane-bench.ts'

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

  it('mean the last seq of an entry that holds several messages (G6)', async () => {
    const bench = await openLane()
    await bench.put({ bytes: Buffer.concat([messageEntry(1), messageEntry(2), messageEntry(3)]) })
    await endOfTurn()
    bench.ack(0)
    expect(bench.passed).toMatchObject([{ position: 1, marks: [{ seq: 3 }] }])
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

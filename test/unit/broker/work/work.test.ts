import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { MailboxStore } from '../../../../broker/mailbox/store.ts'
import type { Batch } from '../../../../proto/server-codec.ts'
import { until } from '../../../support/deadline.ts'
import { CHAT, endOfTurn, freshStore, log, type TestConnection } from '../delivery-support.ts'
import { chatIn, publish, receivedIn, startNode, type TestNode } from '../node-support.ts'

let store: MailboxStore
let bench: TestNode
let alice: TestConnection

beforeEach(async () => {
  store = await freshStore()
  bench = await startNode(store)
  alice = await bench.device('alice')
})

const send = (clientSeq: number, chat?: Uint8Array): Promise<void> =>
  publish(bench.node, alice, clientSeq, chat)

const sendMany = (from: number, to: number, chat: Uint8Array = CHAT): Promise<unknown> =>
  Promise.all(Array.from({ length: to - from + 1 }, (_, i) => send(from + i, chat)))

const stateOf = (batch: Batch, chat: Uint8Array | string) =>
  batch.states?.find((state) => Buffer.from(state.chat ?? []).equals(Buffer.from(chat)))

describe('a worker', () => {
  it('gets every partition as soon as it has joined, with who sent what', async () => {
    const worker = bench.worker()
    await Promise.all([0, 9, 255].map((partition) => send(partition, chatIn(partition))))
    const received = await worker.entries(4) // alice's phone has come to exist, too
    const messages = received.filter(({ envelope }) => envelope.up != null)
    expect(new Set(messages.map(({ partition }) => partition))).toEqual(new Set([0, 9, 255]))
    expect(messages[0]?.envelope).toMatchObject({ user: 'alice', device: 'phone', admin: false })
    expect(Math.abs((messages[0]?.envelope.atMs ?? 0) - Date.now())).toBeLessThan(5_000)
  })

  it('gets what was published before any worker was there', async () => {
    await send(1)
    const worker = bench.worker()
    await until(() => worker.clientSeqs.includes(1), 2_000, 'the message')
  })

  it('gets what came in one turn in one frame', async () => {
    const worker = bench.worker()
    await worker.commit(await worker.nextBatch())
    await sendMany(1, 50)
    const batch = await worker.nextBatch()
    expect(batch.entries).toHaveLength(50)
  })

  it('gets the next batch of a partition after the commit of the one before, and not earlier', async () => {
    const worker = bench.worker()
    await worker.commit(await worker.nextBatch())
    await send(1)
    const first = await worker.nextBatch()
    await send(2)
    await send(3)
    await endOfTurn()
    expect(worker.clientSeqs).toEqual([1])
    await worker.commit(first)
    const second = await worker.nextBatch()
    expect(worker.clientSeqs).toEqual([1, 2, 3])
    expect(second.from).toBe((first.from ?? 0) + 1)
  })

  it('has at most two frames with batches at a time (G8)', async () => {
    const worker = bench.worker()
    await worker.commit(await worker.nextBatch())
    for (const partition of [1, 2, 3, 4]) {
      await send(partition, chatIn(partition))
      await endOfTurn()
    }
    await until(() => worker.clientSeqs.length >= 2, 2_000, 'two frames')
    await endOfTurn()
    expect(worker.clientSeqs).toEqual([1, 2])
    await worker.commit(await worker.nextBatch())
    await until(() => worker.clientSeqs.length === 4, 2_000, 'the rest in one frame')
  })

  it('gets the rest again when it commits only the beginning of a batch', async () => {
    const worker = bench.worker()
    await worker.commit(await worker.nextBatch())
    await sendMany(1, 3)
    const { partition, epoch, from } = await worker.nextBatch()
    const upTo = (from ?? 0) + 1
    await worker.publish({
      commits: [{ partition: partition ?? 0, epoch: epoch ?? 0, from: from ?? 0, upTo }],
    })
    await worker.nextBatch()
    expect(worker.clientSeqs).toEqual([1, 2, 3, 2, 3])
  })

  it('gets a backlog larger than memory, in order and without a hole (G3)', async () => {
    await sendMany(1, 6_000)
    const worker = bench.worker()
    worker.carryOut()
    await until(() => worker.clientSeqs.length >= 6_000, 5_000, 'all', 50)
    expect(worker.clientSeqs).toEqual(Array.from({ length: 6_000 }, (_, i) => i + 1))
  })
})

describe('chat state', () => {
  const value = Buffer.from('value')
  const put = { puts: [{ chat: CHAT, field: 'head', value }] }

  it('goes to the worker once under an epoch, as the last commit left it', async () => {
    const worker = bench.worker()
    await worker.commit(await worker.nextBatch())
    await send(1)
    const first = await worker.nextBatch()
    expect(stateOf(first, CHAT)?.fields).toEqual([])
    await worker.commit(first, put)
    await send(2)
    const second = await worker.nextBatch()
    expect(second.states).toEqual([])
    await worker.commit(second)
    worker.leave()
    const next = bench.worker('w2')
    await send(3)
    const third = await next.nextBatch()
    expect(third.epoch).toBeGreaterThan(second.epoch ?? 0)
    expect(Buffer.from(stateOf(third, CHAT)?.fields?.[0]?.value ?? []).toString()).toBe('value')
  })

  it('goes again when the worker has dropped it', async () => {
    const worker = bench.worker()
    await worker.commit(await worker.nextBatch())
    await send(1)
    await worker.commit(await worker.nextBatch(), { ...put, dropped: [CHAT] })
    await send(2)
    expect(stateOf(await worker.nextBatch(), CHAT)?.fields).toHaveLength(1)
  })

  it('goes without entries when the worker asks for it', async () => {
    const worker = bench.worker()
    const first = await worker.nextBatch()
    const other = chatIn(first.partition ?? 0)
    await worker.commit(first, { wanted: [other], puts: [{ chat: other, field: 'head', value }] })
    await until(() => worker.batches.some((batch) => stateOf(batch, other) !== undefined), 2_000, 'the state')
    const asked = worker.batches.find((batch) => stateOf(batch, other) !== undefined) as Batch
    expect(asked.entries).toEqual([])
    expect(stateOf(asked, other)?.fields).toHaveLength(1)
  })

  it("is the directory's backlog first, also while there are no entries", async () => {
    const worker = bench.worker()
    await worker.commit(await worker.nextBatch())
    await send(1)
    const batch = await worker.nextBatch()
    await worker.commit(batch, { puts: [{ chat: Buffer.from('~dirty'), field: 'a-chat', value }] })
    worker.leave()
    const next = bench.worker('w2')
    await until(() => next.batches.length > 0, 2_000, 'the backlog')
    expect(next.batches).toHaveLength(1)
    expect(next.batches[0]).toMatchObject({ partition: batch.partition, entries: [] })
    expect(stateOf(next.batches[0] as Batch, '~dirty')?.fields?.[0]?.name).toBe('a-chat')
  })

  it('may be committed without entries while a batch is at the worker', async () => {
    const worker = bench.worker()
    await worker.commit(await worker.nextBatch())
    await send(1)
    const batch = await worker.nextBatch()
    const { partition, epoch, from } = batch
    const here = { partition: partition ?? 0, epoch: epoch ?? 0, from: from ?? 0, upTo: from ?? 0 }
    await worker.publish({ commits: [{ ...here, ...put, wanted: [chatIn(partition ?? 0)] }] })
    await endOfTurn()
    expect(worker.clientSeqs).toEqual([1])
    await worker.commit(batch)
    await send(2)
    await worker.nextBatch()
    expect(worker.clientSeqs).toEqual([1, 2])
  })
})

describe('a lease', () => {
  it('ends when its worker leaves: the next one begins at the cursor, and the old epoch is refused (G2, G7)', async () => {
    const first = bench.worker('w1')
    await first.commit(await first.nextBatch())
    await send(1)
    await first.commit(await first.nextBatch())
    await send(2)
    const abandoned = await first.nextBatch()
    first.leave()
    const second = bench.worker('w2')
    const batch = await second.nextBatch()
    expect(second.clientSeqs).toEqual([2])
    expect(batch.epoch).toBeGreaterThan(abandoned.epoch ?? 0)
    await second.commit(abandoned)
    await until(() => second.works.some(({ refused }) => refused.length > 0), 2_000, 'the refusal')
    await second.commit(batch)
    await send(3)
    await second.nextBatch()
    expect(second.clientSeqs).toEqual([2, 3])
  })

  it('begins anew after a refused commit, and the worker is told to forget (G7)', async () => {
    const worker = bench.worker()
    await worker.commit(await worker.nextBatch())
    await send(1)
    const batch = await worker.nextBatch()
    await worker.publish({
      commits: [{ partition: batch.partition ?? 0, epoch: batch.epoch ?? 0, from: 77, upTo: 78 }],
    })
    const again = await worker.nextBatch()
    expect(worker.works.flatMap(({ refused }) => refused)).toMatchObject([
      { partition: batch.partition, epoch: batch.epoch },
    ])
    expect(again.epoch).toBeGreaterThan(batch.epoch ?? 0)
    expect(receivedIn(again).map(({ position }) => position)).toEqual(
      receivedIn(batch).map(({ position }) => position),
    )
    await worker.commit(again)
    await send(2)
    await worker.nextBatch()
  })

  it("that ends with a batch at the worker frees the batch's place there (G8)", async () => {
    const worker = bench.worker()
    await worker.commit(await worker.nextBatch())
    await send(1)
    for (let lease = 1; lease <= 3; lease++) {
      expect((await worker.nextBatch()).entries, `lease ${lease}`).toHaveLength(1)
      await bench.node.reattach()
    }
  })

  it('that are lost together are one line of the log', async () => {
    const worker = bench.worker()
    await send(1)
    await worker.commit(await worker.nextBatch())
    const warned = vi.spyOn(log, 'warn')
    await bench.node.reattach()
    const lines = warned.mock.calls.filter(([, event]) => event === 'leases.lost')
    expect(lines).toEqual([[{ partitions: Array.from({ length: 256 }, (_, i) => i) }, 'leases.lost']])
  })

  it('goes over to a worker that joins, after what is outstanding is committed', async () => {
    const first = bench.worker('w1')
    await first.commit(await first.nextBatch())
    await Promise.all(Array.from({ length: 64 }, (_, partition) => send(partition, chatIn(partition))))
    const batches = [await first.nextBatch()]
    const second = bench.worker('w2')
    await until(() => bench.metrics.count('leases') > 3, 2_000, 'rounds')
    expect(second.clientSeqs.length + first.clientSeqs.length).toBe(64)
    first.carryOut()
    second.carryOut()
    for (const batch of batches) await first.commit(batch)
    await Promise.all(Array.from({ length: 64 }, (_, i) => send(100 + i, chatIn(i))))
    await until(() => first.clientSeqs.length + second.clientSeqs.length === 128, 3_000, 'all once')
    const shared = new Set([...first.clientSeqs, ...second.clientSeqs])
    expect(shared.size).toBe(128)
    expect(second.clientSeqs.length).toBeGreaterThan(20)
    // What has gone over is forgotten by the first: its memory is for those that it has.
    const forgotten = first.works.flatMap(({ refused }) => refused.map(({ partition }) => partition ?? 0))
    const moved = second.received.map(({ partition }) => partition)
    expect(forgotten).toEqual(expect.arrayContaining(moved))
  })
})

describe('a worker that hangs', () => {
  it('is closed when it commits nothing with entries outstanding, and another gets them (G7)', async () => {
    const quick = await startNode(await freshStore(), { limits: { workerStallMs: 150 } })
    const bob = await quick.device('bob')
    const hanging = quick.worker('w1')
    await hanging.commit(await hanging.nextBatch())
    await publish(quick.node, bob, 1)
    await hanging.nextBatch()
    await until(() => hanging.connection.isClosed, 3_000, 'the close')
    expect(hanging.connection.closeReason).toBe('stalled')
    const other = quick.worker('w2')
    await other.nextBatch()
    expect(other.clientSeqs).toEqual([1])
  })

  it('is left alone while it has nothing to do', async () => {
    const quick = await startNode(await freshStore(), { limits: { workerStallMs: 50 } })
    const worker = quick.worker('w1')
    await until(() => quick.metrics.count('leases') > 5, 3_000, 'rounds')
    expect(worker.connection.isClosed).toBe(false)
  })

  it('loses a partition whose batch it never answers, while others go on', async () => {
    const quick = await startNode(await freshStore(), { limits: { workerStallMs: 100 } })
    const bob = await quick.device('bob')
    const worker = quick.worker('w1')
    await worker.commit(await worker.nextBatch())
    await publish(quick.node, bob, 1, chatIn(1))
    const forgotten = await worker.nextBatch()
    let clientSeq = 2
    await until(
      async () => {
        await publish(quick.node, bob, clientSeq++, chatIn(2))
        const batch = await worker.nextBatch()
        if (batch.partition !== 1) await worker.commit(batch)
        return batch.partition === 1 && (batch.epoch ?? 0) > (forgotten.epoch ?? 0)
      },
      4_000,
      'the entry again',
    )
  })
})

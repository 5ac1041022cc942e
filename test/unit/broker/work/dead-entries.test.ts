import { describe, expect, it } from 'vitest'
import { decodeDeadEntry } from '../../../../proto/codec.ts'
import { errorCode } from '../../../../proto/errors.ts'
import { until } from '../../../support/deadline.ts'
import { CHAT, freshStore } from '../delivery-support.ts'
import {
  clientSeqOf,
  publish,
  receivedIn,
  startNode,
  type TestNode,
  type TestWorker,
} from '../node-support.ts'

const POISON = 3

/** A worker that dies of the poisoned message: it leaves with the batch uncommitted. */
async function workUntilDead(worker: TestWorker, done: () => boolean): Promise<void> {
  while (!worker.connection.isClosed && !done()) {
    const batch = await worker.nextBatch().catch(() => undefined)
    if (batch === undefined) return
    if (receivedIn(batch).some(({ envelope }) => clientSeqOf(envelope) === POISON)) return worker.leave()
    await worker.commit(batch)
  }
}

const dead = async ({ store }: TestNode) => (await store.read('dead', 0, 10, 100_000)).entries

describe('an entry that brings workers down', () => {
  it('is set aside after so many, its sender is told, and the partition goes on', async () => {
    const takeoversMax = 3
    const bench = await startNode(await freshStore(), { limits: { takeoversMax } })
    const alice = await bench.device('alice')
    await Promise.all([1, 2, POISON, 4, 5].map((clientSeq) => publish(bench.node, alice, clientSeq)))
    const workers: TestWorker[] = []
    const isSetAside = (): boolean => bench.metrics.count('setAside') > 0
    while (!isSetAside() && workers.length < 20) {
      const worker = bench.worker(`w${workers.length}`)
      workers.push(worker)
      await workUntilDead(worker, isSetAside)
    }
    const casualties = workers.filter(({ connection }) => connection.isClosed)
    expect(casualties.length).toBeGreaterThanOrEqual(takeoversMax)
    expect(casualties.length).toBeLessThanOrEqual(takeoversMax + 3)
    const [entry] = await dead(bench)
    expect(decodeDeadEntry(entry?.bytes as Uint8Array)).toMatchObject({
      user: 'alice',
      device: 'phone',
      partition: CHAT[9],
    })
    await until(() => alice.downs.some(({ rejected }) => rejected.length > 0), 2_000, 'the refusal')
    expect(alice.downs.flatMap(({ rejected }) => rejected)).toMatchObject([
      { clientSeq: POISON, code: errorCode('internal') },
    ])
    const last = workers.at(-1) as TestWorker
    last.carryOut()
    await publish(bench.node, alice, 6)
    await until(() => last.clientSeqs.includes(6), 2_000, 'what follows')
    expect(await dead(bench)).toHaveLength(1)
    const committed = workers.flatMap((worker) => worker.clientSeqs)
    for (const clientSeq of [1, 2, 4, 5]) expect(committed).toContain(clientSeq)
  })

  it('is not looked for after owners who never sent anything to a worker, however many there were', async () => {
    const store = await freshStore()
    const bench = await startNode(store)
    const alice = await bench.device('alice')
    for (let clientSeq = 1; clientSeq <= 5; clientSeq++) await publish(bench.node, alice, clientSeq)
    const lease = { mailbox: `p/${CHAT[9]}`, reader: 'worker', node: 'gone', ttlMs: 1 }
    for (let i = 0; i < 20; i++) await store.attach([lease])
    const worker = bench.worker()
    await until(() => worker.clientSeqs.length > 0, 2_000, 'a batch')
    expect(worker.clientSeqs).toEqual([1, 2, 3, 4, 5])
  })

  it('is not taken for one that was never tried alone, however often idle leases changed', async () => {
    const bench = await startNode(await freshStore())
    for (let i = 0; i < 6; i++) {
      const worker = bench.worker(`w${i}`)
      await until(() => bench.metrics.count('leases') > i * 2, 2_000, 'a lease')
      worker.leave()
    }
    const alice = await bench.device('alice')
    const worker = bench.worker('last')
    worker.carryOut()
    for (let clientSeq = 1; clientSeq <= 5; clientSeq++) await publish(bench.node, alice, clientSeq)
    await until(() => worker.clientSeqs.length === 5, 2_000, 'all')
    expect(await dead(bench)).toEqual([])
  })
})

// Leases that one server, one partition or the registry keeps waiting: do others wait with it, and is anything left behind
// that nobody is told of?
import { expect, it } from 'vitest'
import type { Attach, MailboxStore } from '../../../../broker/mailbox/store.ts'
import { until } from '../../../support/deadline.ts'
import { faulty, freshStore, messageEntry, TestBus } from '../delivery-support.ts'
import { publish, startNode } from '../node-support.ts'
import { Flawed, LIMITS, served, WAIT_MS } from './flawed-store.ts'

const isLease = (items: unknown): boolean => JSON.stringify(items).includes('"p/')

/** One partition's lease is not answered: what its last owner left is to be finished elsewhere first. */
function withoutAnswer(store: MailboxStore, mailbox: string): MailboxStore {
  return faulty(store, {
    attach: async (items: readonly Attach[]) =>
      items.some((item) => item.mailbox === mailbox)
        ? new Promise<never>(() => undefined)
        : store.attach(items),
  })
}

it('a partition that is taken slowly keeps others neither from being taken nor from being renewed', async () => {
  const store = await freshStore()
  const bench = await startNode(withoutAnswer(store, 'p/7'), {
    limits: { ...LIMITS, storeAnswerMs: 60_000, leaseTtlMs: 400 },
  })
  bench.worker().carryOut()
  await until(() => bench.node.unserved.partitions === 1, WAIT_MS, 'the others')
  // Longer than the lease: somebody else would get those that were not renewed.
  await until(() => bench.node.unserved.ms > 1_000, WAIT_MS, 'a while')
  const lease = { mailbox: 'p/200', reader: 'worker', node: 'b', ttlMs: 1 }
  const isLeased = async (): Promise<boolean> => (await store.attach([lease]))[0]?.outcome === 'leased'
  await until(isLeased, WAIT_MS, 'the lease that is renewed')
})

it('an owner that was not heard of is looked after, also if its lease is handed back at once (G2)', async () => {
  const store = await freshStore()
  const flawed = new Flawed(store, 'attach', isLease)
  const bench = await startNode(flawed.store, { limits: { ...LIMITS, leaseTtlMs: 60_000 } })
  const bob = await bench.device('bob')
  // An owner that is gone: nobody told of what its last commit has put into bob's mailbox.
  const partitions = Array.from({ length: 256 }, (_, i) => `p/${i}`)
  await store.attach(partitions.map((mailbox) => ({ mailbox, reader: 'worker', node: 'gone', ttlMs: 1 })))
  await store.append([{ mailbox: 'u/bob', bytes: messageEntry(1, 'untold') }])
  flawed.fault = 'answers late'
  const worker = bench.worker()
  await until(() => flawed.struck > 0, WAIT_MS, 'the fault')
  worker.leave()
  await bob.gets('untold')
})

it('a lease with a commit that the store has not decided is not handed back as if nothing were left (G2)', async () => {
  const flawed = new Flawed(await freshStore(), 'commit')
  const bench = await startNode(flawed.store, { limits: LIMITS })
  const [alice, bob] = [await bench.device('alice'), await bench.device('bob')]
  const first = bench.worker('w1')
  await served(bench)
  for (let i = 0; i < 2; i++) await first.commit(await first.nextBatch()) // alice and bob have come to exist
  await publish(bench.node, alice, 1)
  const batch = await first.nextBatch()
  flawed.fault = 'answers late'
  const committed = first.commit(batch, { deliveries: [{ user: 'bob', entry: messageEntry(1, 'untold') }] })
  await until(() => flawed.struck > 0, WAIT_MS, 'the fault')
  first.leave()
  flawed.fault = undefined
  bench.worker('w2').carryOut()
  await committed
  await bob.gets('untold')
})

it('a lease with a commit under way is handed back as soon as that is decided (G7)', async () => {
  const store = await freshStore()
  let decide = (): void => undefined
  let isAsked = false
  const due = new Promise<void>((resolve) => (decide = resolve))
  const slow = faulty(store, {
    commit: async (commit) => {
      isAsked = true
      await due
      return store.commit(commit)
    },
  })
  const limits = { ...LIMITS, leaseTtlMs: 60_000, storeAnswerMs: 60_000 }
  const bench = await startNode(slow, { limits })
  await bench.device('alice')
  const first = bench.worker('w1')
  await served(bench)
  const committed = first.commit(await first.nextBatch())
  await until(() => isAsked, WAIT_MS, 'the commit')
  first.leave()
  const other = await startNode(store, { id: 'b', limits })
  other.worker('w2').carryOut()
  await until(() => other.node.unserved.partitions === 1, WAIT_MS, 'the others')
  decide()
  await committed
  await served(other)
})

it('what a slow registry says counts when it comes', async () => {
  const store = await freshStore()
  const bus = new TestBus()
  const flawed = new Flawed(store, 'announce')
  // Rounds wait for it for `renewMs` at most, which is shorter than it takes.
  const a = await startNode(flawed.store, { limits: LIMITS, bus })
  a.worker('w1').carryOut()
  await served(a)
  flawed.fault = 'answers late'
  const b = await startNode(store, { id: 'b', limits: LIMITS, bus })
  b.worker('w2').carryOut()
  await until(() => b.metrics.sums.get('leases') !== undefined, WAIT_MS, 'a round')
  await served(a, b)
})

it('a node that stops is to serve nothing any more, while it waits for its workers', async () => {
  const store = await freshStore()
  const bus = new TestBus()
  const limits = { ...LIMITS, leaseTtlMs: 60_000 }
  const a = await startNode(store, { limits, bus })
  const alice = await a.device('alice')
  const worker = a.worker('w1')
  await worker.commit(await worker.nextBatch()) // alice has come to exist
  await publish(a.node, alice, 1)
  const batch = await worker.nextBatch()
  const b = await startNode(store, { id: 'b', limits, bus })
  b.worker('w2').carryOut()
  const drained = a.node.drain(60_000)
  await until(() => b.node.unserved.partitions === 1, WAIT_MS, 'all but the one at the worker')
  expect(a.node.unserved.partitions).toBe(0)
  await worker.commit(batch)
  await drained
  await served(b)
})

it('a node that stops renews the leases of what is still at its workers, however long they take (G7)', async () => {
  const store = await freshStore()
  const bus = new TestBus()
  const limits = { ...LIMITS, leaseTtlMs: 1_500 }
  const a = await startNode(store, { limits, bus })
  const alice = await a.device('alice')
  const worker = a.worker('w1')
  await worker.commit(await worker.nextBatch()) // alice has come to exist
  await publish(a.node, alice, 1)
  const batch = await worker.nextBatch()
  const b = await startNode(store, { id: 'b', limits, bus })
  const other = b.worker('w2')
  other.carryOut()
  const drained = a.node.drain(60_000)
  // Longer than a lease lives.
  await until(() => b.node.unserved.ms > 2_500, 2 * WAIT_MS, 'the one that is still at the worker')
  // A device that is still connected goes on publishing, and is acknowledged.
  await publish(a.node, alice, 2)
  await worker.commit(batch)
  await drained
  await served(b)
  await until(() => other.clientSeqs.includes(2), WAIT_MS, 'what came meanwhile')
  expect(other.clientSeqs).toEqual([2])
})

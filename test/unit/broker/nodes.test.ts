import { beforeEach, describe, expect, it } from 'vitest'
import type { MailboxStore } from '../../../broker/mailbox/store.ts'
import { encodeUp } from '../../../proto/codec.ts'
import type { Batch } from '../../../proto/server-codec.ts'
import { until } from '../../support/deadline.ts'
import { CHAT, faulty, freshStore, messageEntry, TestBus, TestConnection } from './delivery-support.ts'
import { chatIn, chatTopicOf, publish, receivedIn, startNode, type TestNode } from './node-support.ts'

let store: MailboxStore
let bus: TestBus
let a: TestNode
let b: TestNode

beforeEach(async () => {
  store = await freshStore()
  bus = new TestBus()
  a = await startNode(store, { id: 'a', bus })
  // Nobody acknowledges anything here.
  b = await startNode(store, { id: 'b', bus, limits: { laneFramesMax: 1_000 } })
})

/** Delivers each message to bob, with its clientSeq as seq. */
const toBob = (batch: Batch) => ({
  deliveries: receivedIn(batch)
    .filter(({ envelope }) => envelope.up != null)
    .map(({ position, envelope }) => ({
      user: 'bob',
      entry: messageEntry(position, /m\d+/.exec(Buffer.from(envelope.up ?? []).toString('latin1'))?.[0]),
    })),
})

describe('two nodes', () => {
  it('pass on to each other what the other has readers for (G3)', async () => {
    const alice = await a.device('alice')
    const bob = await b.device('bob')
    a.worker().carryOut(toBob)
    for (let clientSeq = 1; clientSeq <= 50; clientSeq++) await publish(b.node, alice, clientSeq)
    await bob.gets(...Array.from({ length: 50 }, (_, i) => `m${i + 1}`))
    expect(b.metrics.count('busFrame in')).toBeGreaterThan(0)
    expect(b.metrics.count('laneRead')).toBe(0)
  })

  it('lose nothing while the bus loses everything (trap 9, G2, G3)', async () => {
    const alice = await a.device('alice')
    const bob = await b.device('bob')
    a.worker().carryOut(toBob)
    bus.isCut = true
    for (let clientSeq = 1; clientSeq <= 20; clientSeq++) await publish(b.node, alice, clientSeq)
    await until(
      async () => (await store.heads([{ mailbox: 'u/bob' }]))[0] === 20,
      3_000,
      'all in the mailbox',
    )
    expect(bob.texts).toEqual([])
    bus.isCut = false
    await publish(b.node, alice, 21)
    await bob.gets(...Array.from({ length: 21 }, (_, i) => `m${i + 1}`))
  })

  it('lose nothing that the bus does not take, also if nothing follows (trap 9, G2)', async () => {
    const alice = await a.device('alice')
    const bob = await b.device('bob')
    a.worker().carryOut(toBob)
    bus.isDown = true
    await publish(a.node, alice, 1)
    await until(async () => (await store.heads([{ mailbox: 'u/bob' }]))[0] === 1, 3_000, 'it in the mailbox')
    bus.isDown = false
    await bob.gets('m1')
  })

  it('pass typing to the worker that has the partition, wherever it is', async () => {
    const worker = b.worker()
    await until(() => b.metrics.count('leases') > 2, 2_000, 'leases')
    const alice = new TestConnection('alice')
    const payload = encodeUp({ typing: {} })
    await until(
      () => {
        a.node.takeEphemeral(alice, chatTopicOf(chatIn(7)), payload)
        return worker.works.some(({ ephemeral }) => ephemeral.length > 0)
      },
      3_000,
      'typing',
    )
    const [typing] = worker.works.flatMap(({ ephemeral }) => ephemeral)
    expect(typing).toMatchObject({ user: 'alice', device: 'phone' })
    expect(worker.received).toEqual([])
  })
})

describe('entries that nobody told of', () => {
  const bobAtB = async () => {
    const [alice, bob] = [await a.device('alice'), await b.device('bob')]
    await publish(a.node, alice, 1)
    return { alice, bob }
  }
  const partitions = Array.from({ length: 256 }, (_, partition) => partition)
  /** Leases of all partitions, by a node that is not there any more. */
  const attachAll = async (ttlMs: number) => {
    const leases = partitions.map((partition) => ({
      mailbox: `p/${partition}`,
      reader: 'worker',
      node: 'gone',
      ttlMs,
    }))
    const outcomes = await store.attach(leases)
    return outcomes.map((outcome) => (outcome.outcome === 'attached' ? outcome.epoch : 0))
  }

  it('are found by all nodes when the owner died right behind its commit (G2)', async () => {
    const { bob } = await bobAtB()
    const partition = CHAT[9] as number
    const epoch = (await attachAll(300))[partition] as number
    const appends = [{ mailbox: 'u/bob', bytes: messageEntry(1, 'hello') }]
    await store.commit({ partition, epoch, from: 0, upTo: 1, puts: [], appends })
    a.worker().carryOut()
    await bob.gets('hello')
  })

  it.each([
    ['the same node', 'c'],
    ['another node', 'a'],
  ])(
    'are found by all nodes when the answer to a commit was lost, and %s has the partition next (G2)',
    async (_, next) => {
      const { alice, bob } = await bobAtB()
      const deaf = faulty(store, {
        commit: async (commit) => {
          await store.commit(commit)
          throw new Error('no answer in time')
        },
      })
      const c = await startNode(deaf, { id: 'c', bus, limits: { leaseTtlMs: 500 } })
      const worker = c.worker()
      let batch: Batch
      do {
        batch = await worker.nextBatch()
        await worker.commit(batch, toBob(batch))
      } while (batch.partition !== CHAT[9])
      if (next === 'a') {
        worker.leave()
        a.worker('w2').carryOut()
      } else {
        // Only this lease ends: the worker stays connected, and forgets what it held of the partition.
        const isTold = () =>
          worker.works.some(({ refused }) => refused.some(({ partition }) => partition === CHAT[9]))
        await until(isTold, 2_000, 'the word that the lease is over')
      }
      await bob.gets('m1')
      expect(alice.isClosed).toBe(false)
    },
  )
})

describe('partitions between nodes', () => {
  const workAt = async (node: TestNode, name: string) => {
    const worker = node.worker(name)
    worker.carryOut()
    return worker
  }

  it('are shared out when a worker joins at another node, within 2 s, and nothing is done twice (G7)', async () => {
    const alice = await a.device('alice')
    const first = await workAt(a, 'w1')
    await Promise.all(Array.from({ length: 64 }, (_, i) => publish(a.node, alice, i, chatIn(i))))
    await until(() => first.clientSeqs.length === 64, 3_000, 'the first round')
    const second = await workAt(b, 'w2')
    let clientSeq = 100
    await until(
      async () => {
        await Promise.all(
          Array.from({ length: 64 }, (_, i) => publish(a.node, alice, clientSeq++, chatIn(i))),
        )
        return second.clientSeqs.length > 16
      },
      2_000,
      'a share at the other node',
    )
    const sent = 64 + clientSeq - 100
    const all = () => [...first.clientSeqs, ...second.clientSeqs]
    await until(() => all().length >= sent, 3_000, 'all')
    expect(new Set(all()).size).toBe(sent)
    expect(all()).toHaveLength(sent)
  })

  it('come over when a node stops in order', async () => {
    const alice = await b.device('alice')
    await workAt(a, 'w1')
    const second = await workAt(b, 'w2')
    await until(() => b.metrics.count('leases') > 3, 2_000, 'leases')
    await a.node.drain(1_000)
    await Promise.all(Array.from({ length: 64 }, (_, i) => publish(b.node, alice, i, chatIn(i))))
    await until(() => new Set(second.clientSeqs).size >= 64, 2_000, 'all partitions')
  })

  it('come over when a node dies, after its leases have run out', async () => {
    const c = await startNode(store, { id: 'c', bus, limits: { renewMs: 600_000, leaseTtlMs: 600 } })
    c.worker('dying')
    await until(() => c.metrics.count('leases') > 0, 2_000, 'leases of the one that will not renew')
    const alice = await a.device('alice')
    const survivor = await workAt(a, 'w1')
    await Promise.all(Array.from({ length: 64 }, (_, i) => publish(a.node, alice, i, chatIn(i))))
    await until(() => new Set(survivor.clientSeqs).size >= 64, 4_500, 'all partitions')
  })

  it('are not taken while their lease lives, whatever another node believes (G7)', async () => {
    const lease = { mailbox: 'p/7', reader: 'worker', node: 'stranger', ttlMs: 60_000 }
    expect((await store.attach([lease]))[0]?.outcome).toBe('attached')
    const alice = await a.device('alice')
    const worker = await workAt(a, 'w1')
    await publish(a.node, alice, 7, chatIn(7))
    await publish(a.node, alice, 8, chatIn(8))
    await until(() => worker.clientSeqs.includes(8), 2_000, 'the free partition')
    await until(() => a.metrics.count('leases') > 5, 2_000, 'rounds')
    expect(worker.clientSeqs).not.toContain(7)
  })
})

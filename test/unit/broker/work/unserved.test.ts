// A store that does not answer, or not in time: does any partition wait for ever, and do others wait with it?
import { describe, expect, it } from 'vitest'
import { until } from '../../../support/deadline.ts'
import { CHAT, cleanUp, faulty, freshStore, messageEntry } from '../delivery-support.ts'
import { chatIn, publish, receivedIn, startNode } from '../node-support.ts'
import { allGoOn, Flawed, LIMITS, served, WAIT_MS, type Call, type Fault } from './flawed-store.ts'

const FAULTS: readonly Fault[] = ['refuses', 'never answers', 'answers late']

describe.each(FAULTS)('every partition is served again when a store %s', (fault) => {
  it.each<Call>(['detach', 'attach', 'renew', 'announce', 'states'])(
    'the %s of leases that move to another worker',
    async (call) => {
      const flawed = new Flawed(await freshStore(), call)
      const bench = await startNode(flawed.store, { limits: LIMITS })
      const first = bench.worker('w1')
      first.carryOut()
      await allGoOn(bench, first)
      flawed.fault = fault
      const second = bench.worker('w2')
      second.carryOut()
      await until(() => flawed.struck >= 2, WAIT_MS, 'the fault')
      first.leave()
      const before = flawed.struck
      await until(() => flawed.struck >= before + 1, WAIT_MS, 'the fault once more')
      flawed.fault = undefined
      await served(bench)
      await allGoOn(bench, second)
    },
  )

  it('a commit: its partition goes on under another lease, and others have not waited for it (G7)', async () => {
    const isCommitOfChat = (commit: unknown) => (commit as { partition: number }).partition === CHAT[9]
    const flawed = new Flawed(await freshStore(), 'commit', isCommitOfChat)
    const bench = await startNode(flawed.store, { limits: LIMITS })
    const worker = bench.worker()
    worker.carryOut((batch) => ({
      deliveries: receivedIn(batch).flatMap(({ envelope, position }) =>
        envelope.up == null ? [] : [{ user: 'bob', entry: messageEntry(position, `${batch.partition}`) }],
      ),
    }))
    const [alice, bob] = [await bench.device('alice'), await bench.device('bob')]
    await served(bench)
    flawed.fault = fault
    let clientSeq = 0
    await publish(bench.node, alice, ++clientSeq, CHAT)
    await until(() => flawed.struck > 0, WAIT_MS, 'the fault')
    // Two frames may be at a worker: more than that go on.
    for (let i = 0; i < 6; i++) await publish(bench.node, alice, ++clientSeq, chatIn(100 + i))
    await until(() => bob.texts.includes('105'), WAIT_MS, 'the others')
    flawed.fault = undefined
    await until(() => bob.texts.includes(`${CHAT[9]}`), WAIT_MS, 'the chat itself')
    expect(bob.texts.filter((text) => text === `${CHAT[9]}`)).toHaveLength(1)
    expect(worker.connection.isClosed).toBe(false)
  })
})

it('what a partition waits for rises until it has it, on the node that is to serve it', async () => {
  const flawed = new Flawed(await freshStore(), 'attach', (items) => JSON.stringify(items).includes('"p/'))
  const bench = await startNode(flawed.store, { limits: LIMITS })
  await until(() => bench.node.unserved.partitions === 256, WAIT_MS, 'nobody serves them without a worker')
  expect(bench.node.unserved.ownMs).toBe(0)
  flawed.fault = 'never answers'
  bench.worker().carryOut()
  await until(() => bench.node.unserved.ownMs > 200, WAIT_MS, 'the wait')
  expect(bench.node.unserved.partitions).toBe(256)
  flawed.fault = undefined
  await served(bench)
  expect(bench.node.unserved).toEqual({ partitions: 0, ms: 0, ownMs: 0 })
})

it('a lease that comes too late is handed back: nobody waits until it ends', async () => {
  const store = await freshStore()
  const flawed = new Flawed(store, 'attach', (items) => JSON.stringify(items).includes('"p/'))
  const bench = await startNode(flawed.store, { limits: { ...LIMITS, leaseTtlMs: 60_000 } })
  flawed.fault = 'answers late'
  const worker = bench.worker()
  await until(() => flawed.struck > 0, WAIT_MS, 'the fault')
  worker.leave()
  const other = await startNode(store, { id: 'b', limits: { ...LIMITS, leaseTtlMs: 60_000 } })
  other.worker('w2').carryOut()
  await served(other)
})

it('a slow server of the store keeps leases of the others neither from being taken nor from being renewed', async () => {
  const store = await freshStore()
  const isSlow = (mailbox: string): boolean => mailbox.startsWith('p/') && Number(mailbox.slice(2)) < 85
  const flaw = (call: 'attach' | 'renew' | 'detach') => async (items: readonly { mailbox: string }[]) =>
    items.some(({ mailbox }) => isSlow(mailbox)) && isAway
      ? new Promise<never>(() => undefined)
      : (store[call] as (items: unknown) => Promise<never>).call(store, items)
  let isAway = true
  cleanUp(() => {
    isAway = false
  })
  const slow = faulty(store, {
    serverOf: (mailbox) => (isSlow(mailbox) ? 'slow' : 'quick'),
    attach: flaw('attach'),
    renew: flaw('renew'),
    detach: flaw('detach'),
  })
  const bench = await startNode(slow, { limits: { ...LIMITS, storeAnswerMs: 1_500, leaseTtlMs: 400 } })
  const worker = bench.worker()
  worker.carryOut()
  await until(() => bench.node.unserved.partitions === 85, WAIT_MS, 'the others')
  // Longer than the lease: somebody else would get those that were not renewed.
  await until(() => bench.node.unserved.ms > 1_000, WAIT_MS, 'a while')
  const lease = { mailbox: 'p/200', reader: 'worker', node: 'b', ttlMs: 1 }
  const isLeased = async (): Promise<boolean> => (await store.attach([lease]))[0]?.outcome === 'leased'
  await until(isLeased, WAIT_MS, 'the lease that is renewed')
  isAway = false
  await served(bench)
})

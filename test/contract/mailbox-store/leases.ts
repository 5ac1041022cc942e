import { expect, it } from 'vitest'
import type { Suite } from './suite.ts'
import { appendTexts, attachPartition, attached, entry, eventually, lease } from './support.ts'

export function leaseCases(suite: Suite): void {
  it('starts the worker group at the oldest entry of a partition', async () => {
    const { store } = await suite.fresh()
    await appendTexts(store, 'p/9', 'a', 'b')
    expect(await attachPartition(store, 9)).toMatchObject({
      cursor: 0,
      head: 2,
      droppedUpTo: 0,
      takeovers: 1,
    })
  })

  it('refuses a partition while its lease lives, except to the node that holds it (G7)', async () => {
    const { store } = await suite.fresh()
    const mine = await attachPartition(store, 9, { node: 'node-1' })
    expect(await store.attach([lease(9, { node: 'node-2' })])).toEqual([
      { outcome: 'leased', node: 'node-1' },
    ])
    const again = await attachPartition(store, 9, { node: 'node-1' })
    expect(again.epoch).toBeGreaterThan(mine.epoch)
  })

  it('gives a partition away when its lease has run out, with a later epoch (G7)', async () => {
    const { store } = await suite.fresh()
    const mine = await attachPartition(store, 9, { node: 'node-1', ttlMs: 50 })
    await eventually(async () => {
      const [outcome] = await store.attach([lease(9, { node: 'node-2' })])
      expect(attached(outcome).epoch).toBeGreaterThan(mine.epoch)
    })
    expect(await store.renew([{ mailbox: 'p/9', reader: 'worker', epoch: mine.epoch, ttlMs: 50 }])).toEqual([
      undefined,
    ])
    const commit = { partition: 9, epoch: mine.epoch, from: 0, upTo: 0, puts: [], appends: [] }
    expect(await store.commit(commit)).toEqual({ outcome: 'refused' })
  })

  it('gives a partition away at once when its owner has detached', async () => {
    const { store } = await suite.fresh()
    const mine = await attachPartition(store, 9, { node: 'node-1' })
    const release = { mailbox: 'p/9', reader: 'worker', node: 'node-1' }
    await store.detach([{ ...release, epoch: mine.epoch - 1 }])
    expect((await store.attach([lease(9, { node: 'node-2' })]))[0]?.outcome).toBe('leased')
    await store.detach([{ ...release, epoch: mine.epoch }])
    await attachPartition(store, 9, { node: 'node-2' })
  })

  it('tells append where the lease of a partition is', async () => {
    const { store } = await suite.fresh()
    await store.announce('node-2', [], 60_000)
    const nodes = async () => (await store.append([entry('p/9', 'x')]))[0]
    expect(await nodes()).toMatchObject({ outcome: 'stored', nodes: [] })
    const { epoch } = await attachPartition(store, 9, { node: 'node-2' })
    expect(await nodes()).toMatchObject({ outcome: 'stored', nodes: ['node-2'] })
    await store.detach([{ mailbox: 'p/9', reader: 'worker', node: 'node-2', epoch }])
    expect(await nodes()).toMatchObject({ outcome: 'stored', nodes: [] })
  })

  it('extends a lease by renewing it, and tells the head', async () => {
    const { store } = await suite.fresh()
    const { epoch } = await attachPartition(store, 9, { ttlMs: 400 })
    const item = { mailbox: 'p/9', reader: 'worker', epoch, ttlMs: 60_000 }
    expect(await store.renew([item])).toEqual([0])
    await appendTexts(store, 'p/9', 'a', 'b')
    expect(await store.renew([item, { ...item, epoch: epoch - 1 }, { ...item, mailbox: 'p/10' }])).toEqual([
      2,
      undefined,
      undefined,
    ])
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect((await store.attach([lease(9, { node: 'node-2' })]))[0]?.outcome).toBe('leased')
  })

  it('leases partitions independently', async () => {
    const { store } = await suite.fresh()
    const outcomes = await store.attach([
      lease(1),
      lease(2, { node: 'node-2' }),
      lease(1, { node: 'node-2' }),
    ])
    expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['attached', 'attached', 'leased'])
  })

  it('counts takeovers until a commit that gets on', async () => {
    const { store, reopen } = await suite.fresh()
    await appendTexts(store, 'p/9', 'a')
    await attachPartition(store, 9)
    const second = await attachPartition(store, 9)
    expect(second.takeovers).toBe(2)
    const idle = { partition: 9, epoch: second.epoch, from: 0, upTo: 0, puts: [], appends: [] }
    expect((await store.commit(idle)).outcome).toBe('done')
    const again = await reopen()
    const third = await attachPartition(again, 9)
    expect(third.takeovers).toBe(3)
    expect((await again.commit({ ...idle, epoch: third.epoch, upTo: 1 })).outcome).toBe('done')
    expect((await attachPartition(again, 9)).takeovers).toBe(1)
  })

  it('counts takeovers anew when nothing waits: no entry can be to blame for those before', async () => {
    const { store } = await suite.fresh()
    for (let i = 0; i < 4; i++) expect((await attachPartition(store, 9)).takeovers).toBe(1)
    await appendTexts(store, 'p/9', 'a')
    expect((await attachPartition(store, 9)).takeovers).toBe(2)
  })

  it('counts what mailboxes hold: of a partition what no worker has committed, with and without a lease', async () => {
    const { store, reopen } = await suite.fresh()
    await appendTexts(store, 'p/7', 'a', 'b', 'c')
    await appendTexts(store, 'p/9', 'a')
    await appendTexts(store, 'u/ann', 'a', 'b')
    const mailboxes = ['p/9', 'p/8', 'p/7', 'u/ann']
    expect(await store.counts(mailboxes)).toEqual([1, 0, 3, 2])
    const { epoch } = await attachPartition(store, 7)
    expect(await store.counts(mailboxes)).toEqual([1, 0, 3, 2])
    await store.commit({ partition: 7, epoch, from: 0, upTo: 2, puts: [], appends: [] })
    expect(await store.counts(mailboxes)).toEqual([1, 0, 1, 2])
    const again = await reopen()
    await appendTexts(again, 'p/7', 'd')
    expect(await again.counts(mailboxes)).toEqual([1, 0, 2, 2])
    expect(await again.counts([])).toEqual([])
  })
}

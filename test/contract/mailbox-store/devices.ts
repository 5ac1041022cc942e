import { expect, it } from 'vitest'
import type { Suite } from './suite.ts'
import { advance, appendTexts, attachDevice, entry, expectTexts, texts } from './support.ts'

const HOUR = 3_600_000

function link(user: string, reader: string, tokenIssuedAtMs?: number) {
  const item = { mailbox: `u/${user}`, reader, node: 'node-1', ttlMs: 0 }
  return tokenIssuedAtMs === undefined ? item : { ...item, tokenIssuedAtMs }
}

export function deviceCases(suite: Suite): void {
  it('registers devices up to the cap, and attaches those it has also at the cap (G8)', async () => {
    const { store } = await suite.fresh({ devicesPerUserMax: 2 })
    await attachDevice(store, 'ann', 'd1')
    await attachDevice(store, 'ann', 'd2')
    expect(await store.attach([link('ann', 'd3')])).toEqual([{ outcome: 'too-many-devices' }])
    await attachDevice(store, 'ann', 'd1')
    await attachDevice(store, 'ann', 'd3', { transient: true })
    await attachDevice(store, 'bob', 'd3')
    await store.removeDevice('ann', 'd1', Date.now())
    await attachDevice(store, 'ann', 'd3')
  })

  it('answers many attaches of one call in order, each seeing those before it', async () => {
    const { store } = await suite.fresh({ devicesPerUserMax: 2 })
    const outcomes = await store.attach(['d1', 'd2', 'd3', 'd1'].map((device) => link('ann', device)))
    expect(outcomes.map((outcome) => outcome.outcome)).toEqual([
      'attached',
      'attached',
      'too-many-devices',
      'attached',
    ])
    expect(outcomes[3]).toMatchObject({ isNew: false, previousNode: 'node-1' })
  })

  it('lists devices by link time, with their node and what waits for them', async () => {
    const { store, reopen } = await suite.fresh()
    await store.announce('node-1', [], 60_000)
    const before = Date.now()
    const phone = await attachDevice(store, 'ann', 'phone')
    await attachDevice(store, 'ann', 'laptop')
    await appendTexts(store, 'u/ann', 'a', 'b', 'c')
    await advance(store, 'u/ann', 'phone', phone.epoch, 2)
    await store.detach([{ mailbox: 'u/ann', reader: 'phone', node: 'node-1', epoch: phone.epoch }])
    const list = await store.devices('ann')
    expect(list.map(({ device, node }) => ({ device, node }))).toEqual([
      { device: 'phone', node: '' },
      { device: 'laptop', node: 'node-1' },
    ])
    for (const device of list) {
      expect(device.linkedAtMs).toBeGreaterThanOrEqual(before - 1_000)
      expect(device.linkedAtMs).toBeLessThanOrEqual(Date.now() + 1_000)
    }
    expect(await store.devices('nobody')).toEqual([])
    const again = await reopen()
    const waiting = (await again.devices('ann')).map((device) => device.waiting)
    expect(waiting).toEqual([1, 3])
  })

  it('says where a removed device was attached, and fences its connection (G7)', async () => {
    const { store } = await suite.fresh()
    await store.announce('node-2', [], 60_000)
    const { epoch } = await attachDevice(store, 'ann', 'phone', { node: 'node-2' })
    await appendTexts(store, 'u/ann', 'a')
    expect(await store.removeDevice('ann', 'phone', Date.now())).toBe('node-2')
    expect(await store.removeDevice('ann', 'phone', Date.now())).toBeUndefined()
    expect(await store.removeDevice('nobody', 'phone', Date.now())).toBeUndefined()
    expect(await advance(store, 'u/ann', 'phone', epoch, 1)).toBe(false)
    expect(await store.devices('ann')).toEqual([])
    const [outcome] = await store.append([entry('u/ann', 'x')])
    expect(outcome).toMatchObject({ outcome: 'stored', nodes: [] })
  })

  it('returns no node for a removed device that was not attached', async () => {
    const { store } = await suite.fresh()
    const { epoch } = await attachDevice(store, 'ann', 'phone')
    await store.detach([{ mailbox: 'u/ann', reader: 'phone', node: 'node-1', epoch }])
    expect(await store.removeDevice('ann', 'phone', Date.now())).toBe('')
  })

  it('deletes what only the removed device held back', async () => {
    const { store } = await suite.fresh()
    await attachDevice(store, 'ann', 'phone')
    const laptop = await attachDevice(store, 'ann', 'laptop')
    await appendTexts(store, 'u/ann', 'a', 'b')
    await store.append([entry('u/ann', 'for phone', { only: 'phone' }), entry('u/ann', 'c')])
    await advance(store, 'u/ann', 'laptop', laptop.epoch, 2)
    await store.removeDevice('ann', 'phone', Date.now())
    await expectTexts(store, 'u/ann', ['c'])
  })

  it('links a removed device again only with a token issued after the removal', async () => {
    const { store, reopen } = await suite.fresh()
    const removedAt = Date.now() + HOUR
    await attachDevice(store, 'ann', 'phone')
    await store.removeDevice('ann', 'phone', removedAt)
    const again = await reopen()
    expect(await again.attach([link('ann', 'phone')])).toEqual([{ outcome: 'removed' }])
    expect(await again.attach([link('ann', 'phone', removedAt)])).toEqual([{ outcome: 'removed' }])
    await attachDevice(again, 'ann', 'tablet', { tokenIssuedAtMs: removedAt - HOUR })
    await appendTexts(again, 'u/ann', 'a')
    const linked = await attachDevice(again, 'ann', 'phone', { tokenIssuedAtMs: removedAt + 1 })
    expect(linked).toMatchObject({ isNew: true, cursor: 1, head: 1 })
  })

  it('gives a device that is linked again a later epoch than it ever had (G7)', async () => {
    const { store } = await suite.fresh()
    await attachDevice(store, 'ann', 'phone')
    const before = await attachDevice(store, 'ann', 'phone')
    await store.removeDevice('ann', 'phone', Date.now() - HOUR)
    const after = await attachDevice(store, 'ann', 'phone')
    expect(after.epoch).toBeGreaterThan(before.epoch)
    await appendTexts(store, 'u/ann', 'a')
    expect(await advance(store, 'u/ann', 'phone', before.epoch, 1)).toBe(false)
    expect(await texts(store, 'u/ann')).toEqual(['a'])
  })

  it('starts at the oldest entry when all devices were removed', async () => {
    const { store } = await suite.fresh()
    await attachDevice(store, 'ann', 'phone')
    await store.removeDevice('ann', 'phone', Date.now())
    await appendTexts(store, 'u/ann', 'a', 'b')
    const laptop = await attachDevice(store, 'ann', 'laptop')
    expect(laptop.head - laptop.cursor).toBe(2)
  })

  it('remembers removals without growing: the oldest of many are still refused', async () => {
    const { store } = await suite.fresh()
    const now = Date.now()
    for (let i = 0; i < 40; i++) {
      await attachDevice(store, 'ann', `d${i}`, { tokenIssuedAtMs: now + i * 10 })
      await store.removeDevice('ann', `d${i}`, now + i * 10 + 5)
    }
    for (const i of [0, 5, 20, 39]) {
      expect(await store.attach([link('ann', `d${i}`, now + i * 10)])).toEqual([{ outcome: 'removed' }])
    }
    await attachDevice(store, 'ann', 'd0', { tokenIssuedAtMs: now + HOUR })
  })

  it('lets a removed device come back as a transient reader no sooner than as a durable one', async () => {
    const { store, reopen } = await suite.fresh()
    const removedAt = Date.now() + HOUR
    await attachDevice(store, 'ann', 'phone')
    await store.removeDevice('ann', 'phone', removedAt)
    const again = await reopen()
    const transient = (tokenIssuedAtMs?: number) => ({
      ...link('ann', 'phone', tokenIssuedAtMs),
      transient: true,
    })
    expect(await again.attach([transient(), transient(removedAt)])).toEqual([
      { outcome: 'removed' },
      { outcome: 'removed' },
    ])
    expect((await again.attach([transient(removedAt + 1)]))[0]).toMatchObject({ outcome: 'attached' })
  })

  it('remembers for transient readers, too, that devices were removed long ago', async () => {
    const { store } = await suite.fresh()
    const now = Date.now()
    for (let i = 0; i < 40; i++) {
      await attachDevice(store, 'ann', `d${i}`, { tokenIssuedAtMs: now + i * 10 })
      await store.removeDevice('ann', `d${i}`, now + i * 10 + 5)
    }
    for (const i of [0, 20, 39])
      expect(await store.attach([{ ...link('ann', `d${i}`, now + i * 10), transient: true }])).toEqual([
        { outcome: 'removed' },
      ])
  })

  it("refuses the old token of a removed device also when the name was taken again: it is another phone's", async () => {
    const { store, reopen } = await suite.fresh()
    const removedAt = Date.now()
    await attachDevice(store, 'ann', 'phone', { tokenIssuedAtMs: removedAt - HOUR })
    await store.removeDevice('ann', 'phone', removedAt)
    await attachDevice(store, 'ann', 'phone', { tokenIssuedAtMs: removedAt + 1 })
    const again = await reopen()
    const old = link('ann', 'phone', removedAt - HOUR)
    expect(await again.attach([old, { ...old, transient: true }])).toEqual([
      { outcome: 'removed' },
      { outcome: 'removed' },
    ])
    expect((await again.attach([link('ann', 'phone', removedAt + 1)]))[0]).toMatchObject({ isNew: false })
  })
}

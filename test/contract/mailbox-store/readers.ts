import { expect, it } from 'vitest'
import type { Suite } from './suite.ts'
import {
  advance,
  appendTexts,
  attachDevice,
  entry,
  eventually,
  expectTexts,
  positionOf,
  readAll,
  texts,
} from './support.ts'

export function readerCases(suite: Suite): void {
  it('keeps the entries of a mailbox without readers', async () => {
    const { store, reopen } = await suite.fresh()
    await appendTexts(store, 'u/ann', 'a', 'b')
    expect(await advance(store, 'u/ann', 'phone', 1, 2)).toBe(false)
    expect(await texts(await reopen(), 'u/ann')).toEqual(['a', 'b'])
  })

  it("starts a user's first device at the oldest entry and later ones at the head", async () => {
    const { store } = await suite.fresh()
    await appendTexts(store, 'u/ann', 'a', 'b')
    expect(await attachDevice(store, 'ann', 'phone')).toMatchObject({ cursor: 0, head: 2, isNew: true })
    expect(await attachDevice(store, 'ann', 'laptop')).toMatchObject({ cursor: 2, head: 2, isNew: true })
    expect(await attachDevice(store, 'ann', 'phone')).toMatchObject({ cursor: 0, head: 2, isNew: false })
  })

  it('deletes what every reader has passed, and not before (G2)', async () => {
    const { store } = await suite.fresh()
    const phone = await attachDevice(store, 'ann', 'phone')
    const laptop = await attachDevice(store, 'ann', 'laptop')
    await appendTexts(store, 'u/ann', 'a', 'b', 'c')
    expect(await advance(store, 'u/ann', 'phone', phone.epoch, 3)).toBe(true)
    await store.append([entry('u/bob', 'x')])
    expect(await texts(store, 'u/ann')).toEqual(['a', 'b', 'c'])
    expect(await advance(store, 'u/ann', 'laptop', laptop.epoch, 2)).toBe(true)
    await expectTexts(store, 'u/ann', ['c'])
    expect(await readAll(store, 'u/ann')).toMatchObject({ head: 3, droppedUpTo: 0, readUpTo: 3 })
  })

  it('moves a cursor neither backward nor past the head', async () => {
    const { store } = await suite.fresh()
    const { epoch } = await attachDevice(store, 'ann', 'phone')
    await appendTexts(store, 'u/ann', 'a', 'b')
    expect(await advance(store, 'u/ann', 'phone', epoch, 2)).toBe(true)
    expect(await advance(store, 'u/ann', 'phone', epoch, 1)).toBe(true)
    expect(await advance(store, 'u/ann', 'phone', epoch, 999)).toBe(true)
    await appendTexts(store, 'u/ann', 'c')
    await expectTexts(store, 'u/ann', ['c'])
    expect(await attachDevice(store, 'ann', 'phone')).toMatchObject({ cursor: 2, head: 3 })
  })

  it('continues a device from its cursor after it is opened again (G2)', async () => {
    const { store, reopen } = await suite.fresh()
    const { epoch } = await attachDevice(store, 'ann', 'phone')
    await appendTexts(store, 'u/ann', 'a', 'b', 'c')
    await advance(store, 'u/ann', 'phone', epoch, 2)
    const again = await reopen()
    expect(await texts(again, 'u/ann')).toEqual(['c'])
    const after = await attachDevice(again, 'ann', 'phone')
    expect(after).toMatchObject({ cursor: 2, head: 3, isNew: false })
    expect(after.epoch).toBeGreaterThan(epoch)
    expect(await advance(again, 'u/ann', 'phone', epoch, 3)).toBe(false)
  })

  it('fences the older owner of a reader by a new epoch (G7)', async () => {
    const { store } = await suite.fresh()
    const older = await attachDevice(store, 'ann', 'phone', { node: 'node-1' })
    const newer = await attachDevice(store, 'ann', 'phone', { node: 'node-2' })
    await appendTexts(store, 'u/ann', 'a')
    expect(older.previousNode).toBeUndefined()
    expect(newer.previousNode).toBe('node-1')
    expect(newer.epoch).toBeGreaterThan(older.epoch)
    expect(await advance(store, 'u/ann', 'phone', older.epoch, 1)).toBe(false)
    await store.append([entry('u/bob', 'x')])
    expect(await texts(store, 'u/ann')).toEqual(['a'])
    expect(await advance(store, 'u/ann', 'phone', newer.epoch, 1)).toBe(true)
    await expectTexts(store, 'u/ann', [])
  })

  it('tells heads only to the owner of a reader: not when it was attached anew, nor removed (G7)', async () => {
    const { store, reopen } = await suite.fresh()
    const older = await attachDevice(store, 'ann', 'phone')
    const newer = await attachDevice(store, 'ann', 'phone', { node: 'node-2' })
    await appendTexts(store, 'u/ann', 'a')
    const looks = [older, newer].map(({ epoch }) => ({
      mailbox: 'u/ann',
      owned: { reader: 'phone', epoch },
    }))
    expect(await store.heads([...looks, { mailbox: 'u/ann' }])).toEqual([undefined, 1, 1])
    const again = await reopen()
    expect(await again.heads(looks)).toEqual([undefined, 1])
    await again.removeDevice('ann', 'phone', Date.now())
    expect(await again.heads([...looks, { mailbox: 'u/ann' }])).toEqual([undefined, undefined, 1])
  })

  it('tells append where readers are attached, each node once', async () => {
    const { store } = await suite.fresh()
    for (const node of ['node-1', 'node-2']) await store.announce(node, [], 60_000)
    const phone = await attachDevice(store, 'ann', 'phone', { node: 'node-2' })
    await attachDevice(store, 'ann', 'laptop', { node: 'node-1' })
    await attachDevice(store, 'ann', 'web', { node: 'node-1', transient: true })
    const nodes = async () => {
      const [outcome] = await store.append([entry('u/ann', 'x')])
      return outcome?.outcome === 'stored' ? [...outcome.nodes].toSorted() : []
    }
    expect(await nodes()).toEqual(['node-1', 'node-2'])
    await store.detach([{ mailbox: 'u/ann', reader: 'phone', node: 'node-2', epoch: phone.epoch - 1 }])
    expect(await nodes()).toEqual(['node-1', 'node-2'])
    await store.detach([{ mailbox: 'u/ann', reader: 'phone', node: 'node-2', epoch: phone.epoch }])
    expect(await nodes()).toEqual(['node-1'])
    const [none] = await store.append([entry('u/bob', 'x')])
    expect(none).toMatchObject({ outcome: 'stored', nodes: [] })
  })

  it('keeps the cursor of a detached reader, which has no previous node then', async () => {
    const { store } = await suite.fresh()
    const { epoch } = await attachDevice(store, 'ann', 'phone')
    await appendTexts(store, 'u/ann', 'a', 'b')
    await advance(store, 'u/ann', 'phone', epoch, 1)
    await store.detach([{ mailbox: 'u/ann', reader: 'phone', node: 'node-1', epoch }])
    const again = await attachDevice(store, 'ann', 'phone', { node: 'node-2' })
    expect(again).toMatchObject({ cursor: 1, head: 2, isNew: false })
    expect(again.previousNode).toBeUndefined()
  })

  it("deletes an `only` entry with that device's advance, whatever the others have passed", async () => {
    const { store } = await suite.fresh()
    const phone = await attachDevice(store, 'ann', 'phone')
    await attachDevice(store, 'ann', 'laptop')
    await store.append([
      entry('u/ann', 'all'),
      entry('u/ann', 'phone only', { only: 'phone' }),
      entry('u/ann', 'laptop only', { only: 'laptop' }),
      entry('u/ann', 'phone later', { only: 'phone' }),
    ])
    await advance(store, 'u/ann', 'phone', phone.epoch, 3)
    await expectTexts(store, 'u/ann', ['all', 'laptop only', 'phone later'])
  })

  it('never gives a position twice, not even after the mailbox was empty', async () => {
    const { store, reopen } = await suite.fresh()
    const { epoch } = await attachDevice(store, 'ann', 'phone')
    await appendTexts(store, 'u/ann', 'a', 'b')
    await advance(store, 'u/ann', 'phone', epoch, 2)
    await store.removeDevice('ann', 'phone', Date.now() - 1_000)
    await expectTexts(store, 'u/ann', [])
    const [outcome] = await (await reopen()).append([entry('u/ann', 'c')])
    expect(positionOf(outcome)).toBeGreaterThan(2)
  })

  it('does not register a transient reader: no cursor, no entries held, no device', async () => {
    const { store } = await suite.fresh()
    await appendTexts(store, 'u/ann', 'a')
    expect(await attachDevice(store, 'ann', 'web', { transient: true })).toMatchObject({
      epoch: 0,
      cursor: 1,
      head: 1,
    })
    expect(await store.devices('ann')).toMatchObject([{ device: 'web', isTransient: true }])
    expect(await texts(store, 'u/ann')).toEqual(['a'])
    expect(await attachDevice(store, 'ann', 'phone')).toMatchObject({ cursor: 0, isNew: true })
  })

  it('refuses a transient reader under the name of a registered device', async () => {
    const { store } = await suite.fresh()
    await attachDevice(store, 'ann', 'phone')
    const item = { mailbox: 'u/ann', reader: 'phone', node: 'node-1', ttlMs: 0, transient: true }
    expect(await store.attach([item])).toEqual([{ outcome: 'registered' }])
  })

  it('names a node as long as one of two transient readers of one name is there', async () => {
    const { store } = await suite.fresh()
    await store.announce('node-1', [], 60_000)
    const web = { mailbox: 'u/ann', reader: 'web', node: 'node-1', epoch: 0, transient: true }
    await attachDevice(store, 'ann', 'web', { transient: true })
    await attachDevice(store, 'ann', 'web', { transient: true })
    const nodes = async () => (await store.append([entry('u/ann', 'x')]))[0]
    await store.detach([web])
    expect(await nodes()).toMatchObject({ nodes: ['node-1'] })
    await store.detach([web])
    await eventually(async () => expect(await nodes()).toMatchObject({ nodes: [] }))
  })
}

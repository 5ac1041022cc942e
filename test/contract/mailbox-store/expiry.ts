import { expect, it } from 'vitest'
import type { Suite } from './suite.ts'
import {
  advance,
  appendTexts,
  attachDevice,
  attachPartition,
  entry,
  eventually,
  readAll,
  texts,
} from './support.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

export function expiryCases(suite: Suite): void {
  it('leaves out of reads what has expired, but counts its position', async () => {
    const { store } = await suite.fresh()
    const soon = Date.now() + 150
    await store.append([
      entry('u/ann', 'old', { expiresAtMs: Date.now() - 1 }),
      entry('u/ann', 'soon', { expiresAtMs: soon }),
      entry('u/ann', 'later', { expiresAtMs: Date.now() + HOUR }),
      entry('u/ann', 'default'),
    ])
    await eventually(async () => expect(await texts(store, 'u/ann')).toEqual(['later', 'default']))
    expect(Date.now()).toBeGreaterThanOrEqual(soon)
    expect(await readAll(store, 'u/ann')).toMatchObject({ head: 4, readUpTo: 4 })
  })

  it('deletes expired entries in a sweep and marks the gap', async () => {
    const { store } = await suite.fresh()
    const now = Date.now()
    const { cursor } = await attachDevice(store, 'ann', 'phone')
    await store.append([
      entry('u/ann', 'a', { expiresAtMs: now + HOUR }),
      entry('u/ann', 'b', { expiresAtMs: now + HOUR }),
      entry('u/ann', 'c', { expiresAtMs: now + 10 * DAY }),
    ])
    await store.sweep(now - DAY, 100)
    expect(await texts(store, 'u/ann')).toEqual(['a', 'b', 'c'])
    await store.sweep(now + DAY, 100)
    expect(await texts(store, 'u/ann', cursor)).toEqual(['c'])
    expect((await readAll(store, 'u/ann', cursor)).droppedUpTo).toBe(2)
  })

  it('marks the gap of what has expired before any sweep comes: at an attach and in a read (G2)', async () => {
    const { store } = await suite.fresh()
    await attachDevice(store, 'ann', 'phone')
    const laptop = await attachDevice(store, 'ann', 'laptop')
    const soon = { expiresAtMs: Date.now() + 100 }
    await store.append([entry('u/ann', 'a', soon), entry('u/ann', 'b', soon), entry('u/ann', 'c')])
    await advance(store, 'u/ann', 'laptop', laptop.epoch, 1)
    await eventually(async () => expect(await texts(store, 'u/ann')).toEqual(['c']))
    expect((await readAll(store, 'u/ann')).droppedUpTo).toBe(2)
    expect(await attachDevice(store, 'ann', 'laptop')).toMatchObject({ cursor: 1, droppedUpTo: 2 })
    expect((await readAll(store, 'u/ann', 1)).droppedUpTo).toBe(2)
  })

  it("expires a user's entries after the retention, across reopening (G2)", async () => {
    const { store, reopen } = await suite.fresh({ retentionMs: 2 * DAY })
    await appendTexts(store, 'u/ann', 'a', 'b')
    await store.sweep(Date.now() + DAY, 100)
    expect(await texts(store, 'u/ann')).toEqual(['a', 'b'])
    const again = await reopen()
    expect(await again.sweep(Date.now() + 4 * DAY, 100)).toBeGreaterThanOrEqual(1)
    expect(await readAll(again, 'u/ann')).toMatchObject({ entries: [], head: 2, droppedUpTo: 2, readUpTo: 2 })
    expect(await appendTexts(again, 'u/ann', 'c')).toEqual([3])
    await again.sweep(Date.now() + 8 * DAY, 100)
    expect((await readAll(again, 'u/ann')).droppedUpTo).toBe(3)
  })

  it('never expires what stands in a partition (G2)', async () => {
    const { store } = await suite.fresh()
    await appendTexts(store, 'p/4', 'a')
    await store.sweep(Date.now() + 1_000 * DAY, 100)
    expect(await texts(store, 'p/4')).toEqual(['a'])
    expect(await attachPartition(store, 4)).toMatchObject({ cursor: 0, droppedUpTo: 0 })
  })

  it('sweeps as many mailboxes as it is told, until nothing is due', async () => {
    const { store } = await suite.fresh()
    const now = Date.now()
    const users = Array.from({ length: 25 }, (_, i) => `u/user${i}`)
    await store.append(users.map((user) => entry(user, 'x', { expiresAtMs: now + HOUR })))
    let looked = 0
    for (let calls = 0; calls < 100; calls++) {
      const count = await store.sweep(now + DAY, 10)
      expect(count).toBeLessThanOrEqual(10)
      looked += count
      if (count < 10) break
    }
    expect(looked).toBeGreaterThanOrEqual(25)
    for (const user of users) expect((await readAll(store, user)).droppedUpTo).toBe(1)
    expect(await store.sweep(now + DAY, 10)).toBe(0)
  })

  it('sweeps a mailbox again when what was appended after a sweep is due', async () => {
    const { store } = await suite.fresh()
    const now = Date.now()
    for (let round = 1; round <= 3; round++) {
      await store.append([entry('u/ann', `x${round}`, { expiresAtMs: now + round * DAY })])
      await store.sweep(now + round * DAY + 12 * HOUR, 100)
      expect(await readAll(store, 'u/ann')).toMatchObject({ entries: [], droppedUpTo: round })
    }
  })
}

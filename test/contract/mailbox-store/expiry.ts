import { expect, it } from 'vitest'
import type { Suite } from './suite.ts'
import { advance, appendTexts, attachDevice, attachPartition, entry, readAll, texts } from './support.ts'

const SECOND = 1_000
const HOUR = 3_600_000
const DAY = 24 * HOUR

export function expiryCases(suite: Suite): void {
  it('leaves out of reads what has expired, but counts its position', async () => {
    const { store, time } = await suite.fresh()
    await store.append([
      entry('u/ann', 'soon', { ttlMs: 60 * SECOND }),
      entry('u/ann', 'later', { ttlMs: HOUR }),
      entry('u/ann', 'default'),
    ])
    time.pass(50 * SECOND)
    expect(await texts(store, 'u/ann')).toEqual(['soon', 'later', 'default'])
    time.pass(20 * SECOND)
    expect(await texts(store, 'u/ann')).toEqual(['later', 'default'])
    expect(await readAll(store, 'u/ann')).toMatchObject({ head: 3, readUpTo: 3 })
  })

  it('deletes in a sweep what is too old, and marks the gap (G2)', async () => {
    const { store, time } = await suite.fresh()
    const { cursor } = await attachDevice(store, 'ann', 'phone')
    await appendTexts(store, 'u/ann', 'a', 'b')
    time.pass(20 * DAY)
    await appendTexts(store, 'u/ann', 'c')
    await store.sweep(100)
    expect(await texts(store, 'u/ann')).toEqual(['a', 'b', 'c'])
    time.pass(11 * DAY)
    await store.sweep(100)
    expect(await texts(store, 'u/ann', cursor)).toEqual(['c'])
    expect((await readAll(store, 'u/ann', cursor)).droppedUpTo).toBe(2)
  })

  it('makes no gap of what ends by its own time: nobody misses it', async () => {
    const { store, time } = await suite.fresh()
    const { cursor } = await attachDevice(store, 'ann', 'phone')
    const answer = { only: 'phone', ttlMs: 60 * SECOND }
    await store.append([entry('u/ann', 'x', answer), entry('u/ann', 'y', answer), entry('u/ann', 'message')])
    time.pass(2 * HOUR)
    expect(await readAll(store, 'u/ann', cursor)).toMatchObject({ droppedUpTo: 0, head: 3, readUpTo: 3 })
    expect(await attachDevice(store, 'ann', 'phone')).toMatchObject({ cursor, droppedUpTo: 0 })
    expect(await store.sweep(100)).toBeGreaterThanOrEqual(0)
    expect(await texts(store, 'u/ann')).toEqual(['message'])
    expect(await readAll(store, 'u/ann')).toMatchObject({ droppedUpTo: 0, head: 3, readUpTo: 3 })
    expect(await store.counts(['u/ann'])).toEqual([1])
  })

  it('makes a gap of what is too old, whatever ended by its own time before, between and behind it', async () => {
    const { store, time, reopen } = await suite.fresh()
    await attachDevice(store, 'ann', 'phone')
    const answer = { ttlMs: 60 * SECOND }
    await store.append([
      entry('u/ann', 'x', answer),
      entry('u/ann', 'old'),
      entry('u/ann', 'y', answer),
      entry('u/ann', 'old too'),
      entry('u/ann', 'z', answer),
    ])
    time.pass(31 * DAY)
    expect(await readAll(store, 'u/ann')).toMatchObject({ entries: [], droppedUpTo: 4, head: 5 })
    await store.sweep(100)
    const again = await reopen()
    expect(await readAll(again, 'u/ann')).toMatchObject({ entries: [], droppedUpTo: 4, head: 5 })
    expect(await again.counts(['u/ann'])).toEqual([0])
  })

  it('makes no gap of an answer that is dropped at a cap', async () => {
    const { store } = await suite.fresh({ userEntriesMax: 2 })
    await attachDevice(store, 'ann', 'phone')
    const answer = { ttlMs: 60 * SECOND }
    await store.append([entry('u/ann', 'x', answer), entry('u/ann', 'a'), entry('u/ann', 'b')])
    expect(await readAll(store, 'u/ann')).toMatchObject({ droppedUpTo: 0, head: 3 })
    await appendTexts(store, 'u/ann', 'c')
    expect((await readAll(store, 'u/ann')).droppedUpTo).toBe(2)
  })

  it('tells a reader of the gap behind its cursor, also while another holds older entries (G2)', async () => {
    const { store, time } = await suite.fresh()
    await attachDevice(store, 'ann', 'phone')
    const laptop = await attachDevice(store, 'ann', 'laptop')
    await appendTexts(store, 'u/ann', 'a', 'b')
    await advance(store, 'u/ann', 'laptop', laptop.epoch, 1)
    time.pass(31 * DAY)
    await appendTexts(store, 'u/ann', 'c')
    expect((await readAll(store, 'u/ann', 1)).droppedUpTo).toBe(2)
    expect((await readAll(store, 'u/ann')).droppedUpTo).toBe(2)
    expect(await attachDevice(store, 'ann', 'laptop')).toMatchObject({ cursor: 1, droppedUpTo: 2 })
  })

  it("expires a user's entries after the retention, across reopening (G2)", async () => {
    const { store, time, reopen } = await suite.fresh({ retentionMs: 2 * DAY })
    await appendTexts(store, 'u/ann', 'a', 'b')
    time.pass(DAY)
    await store.sweep(100)
    expect(await texts(store, 'u/ann')).toEqual(['a', 'b'])
    const again = await reopen()
    time.pass(3 * DAY)
    expect(await again.sweep(100)).toBeGreaterThanOrEqual(1)
    expect(await readAll(again, 'u/ann')).toMatchObject({ entries: [], head: 2, droppedUpTo: 2, readUpTo: 2 })
    expect(await appendTexts(again, 'u/ann', 'c')).toEqual([3])
    time.pass(4 * DAY)
    await again.sweep(100)
    expect((await readAll(again, 'u/ann')).droppedUpTo).toBe(3)
  })

  it('never expires what stands in a partition (G2)', async () => {
    const { store, time } = await suite.fresh()
    await store.append([entry('p/4', 'a', { ttlMs: SECOND })])
    time.pass(1_000 * DAY)
    await store.sweep(100)
    expect(await texts(store, 'p/4')).toEqual(['a'])
    expect(await attachPartition(store, 4)).toMatchObject({ cursor: 0, droppedUpTo: 0 })
  })

  it('sweeps as many mailboxes as it is told, until nothing is due', async () => {
    const { store, time } = await suite.fresh()
    const users = Array.from({ length: 25 }, (_, i) => `u/user${i}`)
    await store.append(users.map((user) => entry(user, 'x')))
    time.pass(32 * DAY)
    let looked = 0
    for (let calls = 0; calls < 100; calls++) {
      const count = await store.sweep(10)
      expect(count).toBeLessThanOrEqual(10)
      looked += count
      if (count < 10) break
    }
    expect(looked).toBeGreaterThanOrEqual(25)
    for (const user of users) expect((await readAll(store, user)).droppedUpTo).toBe(1)
    expect(await store.sweep(10)).toBe(0)
  })

  it('sweeps a mailbox again when what was appended after a sweep is due', async () => {
    const { store, time } = await suite.fresh({ retentionMs: DAY })
    for (let round = 1; round <= 3; round++) {
      await appendTexts(store, 'u/ann', `x${round}`)
      time.pass(DAY + 2 * HOUR)
      await store.sweep(100)
      expect(await readAll(store, 'u/ann')).toMatchObject({ entries: [], droppedUpTo: round })
    }
  })
}

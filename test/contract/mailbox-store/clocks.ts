import { expect, it } from 'vitest'
import type { MailboxStore } from '../../../broker/mailbox/store.ts'
import type { Suite } from './suite.ts'
import { appendTexts, attachDevice, attachPartition, entry, lease, readAll, texts } from './support.ts'
import type { TestTime } from './time.ts'

const SECOND = 1_000
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Time goes by, and the store sweeps as a broker has it do. */
async function live(
  store: MailboxStore,
  time: TestTime,
  ms: number,
  stepMs = 10 * 60 * SECOND,
): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    time.pass(Math.min(left, stepMs))
    await store.sweep(100)
  }
}

/** Retention and times to live go by time that has really passed, whatever somebody does to the clock. */
export function clockCases(suite: Suite): void {
  for (const aheadMs of [40 * DAY, HOUR])
    it(`drops nothing when the clock jumps ${aheadMs / HOUR} h ahead for 8 s (G2)`, async () => {
      const { store, time } = await suite.fresh({ retentionMs: 30 * 60 * SECOND })
      await attachDevice(store, 'ann', 'phone')
      await appendTexts(store, 'u/ann', 'before')
      time.set(aheadMs)
      await live(store, time, 8 * SECOND, SECOND)
      await attachDevice(store, 'ann', 'phone')
      await appendTexts(store, 'u/ann', 'meanwhile')
      expect(await readAll(store, 'u/ann')).toMatchObject({ droppedUpTo: 0, head: 2 })
      time.set(0)
      await live(store, time, 20 * 60 * SECOND)
      expect(await texts(store, 'u/ann')).toEqual(['before', 'meanwhile'])
    })

  it('says what time it is by its own clock, which a jump does not move for an hour, and which never goes back', async () => {
    const { store, time } = await suite.fresh()
    const beganMs = await store.now()
    for (const jumpMs of [40 * DAY, -HOUR]) {
      time.set(jumpMs)
      await live(store, time, 60 * SECOND, SECOND)
      expect(await store.now()).toBeGreaterThanOrEqual(beganMs + 60 * SECOND)
      expect(await store.now()).toBeLessThan(beganMs + HOUR)
    }
  })

  it('believes a clock that was set ahead when it has run on for an hour', async () => {
    const { store, time } = await suite.fresh()
    await appendTexts(store, 'u/ann', 'a')
    time.set(40 * DAY)
    await live(store, time, HOUR - 60 * SECOND)
    expect(await texts(store, 'u/ann')).toEqual(['a'])
    await live(store, time, 20 * 60 * SECOND)
    expect(await readAll(store, 'u/ann')).toMatchObject({ entries: [], droppedUpTo: 1 })
  })

  for (const backMs of [40 * DAY, HOUR])
    it(`keeps everything for its time when the clock is set back by ${backMs / HOUR} h, and right again (G2)`, async () => {
      const { store, time } = await suite.fresh({ retentionMs: 2 * DAY })
      await live(store, time, 10 * 60 * SECOND)
      time.set(-backMs)
      await store.append([entry('u/ann', 'answer', { ttlMs: 60 * SECOND }), entry('u/ann', 'message')])
      expect(await texts(store, 'u/ann')).toEqual(['answer', 'message'])
      await live(store, time, 3 * HOUR)
      time.set(0)
      await live(store, time, 3 * HOUR)
      expect(await texts(store, 'u/ann')).toEqual(['message'])
      await live(store, time, 2 * DAY, HOUR)
      expect(await readAll(store, 'u/ann')).toMatchObject({ entries: [], droppedUpTo: 2 })
    })

  it('waits for an hour after a start with the clock 40 days ahead (G2)', async () => {
    const { store, time, reopen } = await suite.fresh()
    await appendTexts(store, 'u/ann', 'a')
    await live(store, time, 3 * 60 * SECOND, 60 * SECOND)
    time.set(40 * DAY)
    const again = await reopen()
    await again.sweep(100)
    await attachDevice(again, 'ann', 'phone')
    expect(await texts(again, 'u/ann')).toEqual(['a'])
    await live(again, time, HOUR - 60 * SECOND)
    expect(await texts(again, 'u/ann')).toEqual(['a'])
    time.set(0)
    await live(again, time, 2 * HOUR)
    expect(await readAll(again, 'u/ann')).toMatchObject({ droppedUpTo: 0 })
  })

  it('goes on from where it was after a start with the clock 40 days behind (G2)', async () => {
    const { store, time, reopen } = await suite.fresh({ retentionMs: 2 * DAY })
    await live(store, time, 3 * 60 * SECOND, 60 * SECOND)
    time.set(-40 * DAY)
    const again = await reopen()
    await appendTexts(again, 'u/ann', 'a')
    time.set(0)
    await live(again, time, DAY, HOUR)
    expect(await texts(again, 'u/ann')).toEqual(['a'])
    await live(again, time, 2 * DAY, HOUR)
    expect(await texts(again, 'u/ann')).toEqual([])
  })

  it('lets leases and nodes end by their time, whatever the clock says (G7)', async () => {
    const { store, time } = await suite.fresh()
    await attachPartition(store, 3, { node: 'gone', ttlMs: 300 })
    await store.announce('gone', ['w'], 300)
    time.set(-HOUR)
    expect((await store.announce('here', [], 60_000)).map(({ node }) => node)).toEqual(['gone', 'here'])
    expect((await store.attach([lease(3, { node: 'here' })]))[0]).toEqual({ outcome: 'leased', node: 'gone' })
    time.pass(400)
    await expect
      .poll(async () => (await store.attach([lease(3, { node: 'here' })]))[0], { timeout: 5_000 })
      .toMatchObject({ outcome: 'attached' })
    await expect
      .poll(async () => (await store.announce('here', [], 60_000)).map(({ node }) => node), {
        timeout: 5_000,
      })
      .toEqual(['here'])
  })
}

// A write to the disk fails, and somebody sets the clock: does the embedded store go on when the disk takes writes again?
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SYSTEM_DISK } from '../../broker/mailbox/lmdb/journal/disk.ts'
import { openLmdbStore } from '../../broker/mailbox/lmdb/lmdb-store.ts'
import type { MailboxStore } from '../../broker/mailbox/store.ts'
import { LIMITS } from '../support/stores/redis-owner.ts'
import { appendTexts, attachDevice, attachPartition, texts } from './mailbox-store/support.ts'
import { TestTime } from './mailbox-store/time.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** After a failure the disk is tried again no more often than this. */
const RETRY_MS = 200
const AWAY = { code: 'store-unavailable', retryable: true }

let directory: string
let store: MailboxStore
let time: TestTime
let isFull: boolean
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'restante-disk-'))
  isFull = false
  time = new TestTime()
  const write: typeof SYSTEM_DISK.write = (file, bytes, at) =>
    isFull ? Promise.reject(new Error('no space left')) : SYSTEM_DISK.write(file, bytes, at)
  store = await openLmdbStore({ directory, limits: LIMITS, time, disk: { ...SYSTEM_DISK, write } })
})
afterEach(async () => {
  await store.close()
  await rm(directory, { recursive: true })
})

describe.each([
  { name: 'an hour back', aheadMs: -HOUR },
  { name: '40 days back', aheadMs: -40 * DAY },
  { name: '40 days ahead', aheadMs: 40 * DAY },
])('the embedded store when the clock is set $name around a failed write', ({ aheadMs }) => {
  it('goes on when that is over, with all that it acknowledged and nothing else (G1)', async () => {
    await attachDevice(store, 'ann', 'phone')
    await appendTexts(store, 'u/ann', 'a')
    isFull = true
    await expect(appendTexts(store, 'u/ann', 'b')).rejects.toMatchObject(AWAY)
    time.set(aheadMs)
    isFull = false
    time.pass(RETRY_MS)
    expect(await appendTexts(store, 'u/ann', 'c')).toEqual([2])
    expect(await texts(store, 'u/ann')).toEqual(['a', 'c'])
    expect(await attachDevice(store, 'ann', 'phone')).toMatchObject({ cursor: 0, head: 2 })
  })

  it('tries again after each failure, however many there are, for readers and leases too', async () => {
    await appendTexts(store, 'u/ann', 'a')
    isFull = true
    for (const at of [0, aheadMs, 0, aheadMs]) {
      time.set(at)
      await expect(appendTexts(store, 'u/ann', 'b')).rejects.toMatchObject(AWAY)
      time.pass(RETRY_MS)
    }
    isFull = false
    expect(await texts(store, 'u/ann')).toEqual(['a'])
    expect((await attachPartition(store, 7)).cursor).toBe(0)
  })

  it('goes on from a failure that came after the clock was set', async () => {
    time.set(aheadMs)
    isFull = true
    await expect(appendTexts(store, 'u/ann', 'a')).rejects.toMatchObject(AWAY)
    time.set(0)
    isFull = false
    time.pass(RETRY_MS)
    expect(await appendTexts(store, 'u/ann', 'b')).toEqual([1])
  })
})

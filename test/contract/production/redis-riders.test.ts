import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openRedisStore } from '../../../broker/mailbox/redis/redis-store.ts'
import type { MailboxStore } from '../../../broker/mailbox/store.ts'
import { createLog } from '../../../kit/log.ts'
import { until } from '../../support/deadline.ts'
import { LIMITS } from '../../support/stores/redis-owner.ts'
import { hasRedis, RedisServer } from '../../support/stores/redis-server.ts'
import { appendTexts, attachDevice, entry, texts } from '../mailbox-store/support.ts'

describe.skipIf(!hasRedis())('an advance of a cursor rides along', () => {
  let server: RedisServer
  let here: MailboxStore
  let there: MailboxStore
  beforeEach(async () => {
    server = await RedisServer.start()
    const open = (node: string): Promise<MailboxStore> =>
      openRedisStore({ urls: [server.url], limits: LIMITS, node, log: createLog('silent') })
    here = await open('here')
    there = await open('there')
  })
  afterEach(async () => {
    await here.close()
    await there.close()
    await server.stop()
  })

  const stat = async (section: string, pattern: RegExp): Promise<number> =>
    Number(pattern.exec(await server.client.info(section))?.[1] ?? 0)
  const calls = (): Promise<number> => stat('commandstats', /cmdstat_evalsha:calls=(\d+)/)
  const reads = (): Promise<number> => stat('stats', /total_reads_processed:(\d+)/)
  const waiting = async (store: MailboxStore): Promise<number | undefined> =>
    (await store.devices('ann'))[0]?.waiting
  const ride = (epoch: number, position: number): Promise<boolean[]> =>
    here.advance([{ mailbox: 'u/ann', reader: 'phone', epoch, position }])

  it('with what goes to its server anyway, in the same round trip', async () => {
    const { epoch } = await attachDevice(here, 'ann', 'phone')
    await appendTexts(here, 'u/ann', 'a', 'b')
    await ride(epoch, 1)
    await here.sweep(1) // what notes the mailbox's expiry goes before
    const before = await reads()
    await Promise.all([ride(epoch, 2), here.append([entry('p/1', 'x')])])
    // One of them is the next question.
    expect((await reads()) - before).toBe(2)
    expect(await waiting(there)).toBe(0)
  })

  it('by itself if nothing else goes', async () => {
    const { epoch } = await attachDevice(here, 'ann', 'phone')
    await appendTexts(here, 'u/ann', 'a', 'b')
    expect(await ride(epoch, 1)).toEqual([true])
    expect(await waiting(there)).toBe(1)
  })

  it('once for all that wait: each has the answer of the last', async () => {
    const { epoch } = await attachDevice(here, 'ann', 'phone')
    await appendTexts(here, 'u/ann', ...Array.from({ length: 100 }, (_, i) => `${i}`))
    await ride(epoch, 1)
    const before = await calls()
    const all = await Promise.all(Array.from({ length: 99 }, (_, i) => ride(epoch, i + 2)))
    expect(all.flat()).toEqual(Array.from({ length: 99 }, () => true))
    expect((await calls()) - before).toBe(1)
    expect(await texts(here, 'u/ann')).toEqual([])
  })

  it('with whatever is asked for its mailbox here, in front of it: nothing acknowledged is given again (G2)', async () => {
    const { epoch } = await attachDevice(here, 'ann', 'phone')
    await appendTexts(here, 'u/ann', 'a', 'b', 'c', 'd')
    const first = ride(epoch, 1)
    expect(await waiting(here)).toBe(3)
    const second = ride(epoch, 2)
    expect(await texts(here, 'u/ann')).toEqual(['c', 'd'])
    const third = ride(epoch, 3)
    const again = await attachDevice(here, 'ann', 'phone')
    expect(again.cursor).toBe(3)
    expect(await Promise.all([first, second, third])).toEqual([[true], [true], [true]])
    const last = ride(again.epoch, 4)
    await here.detach([{ mailbox: 'u/ann', reader: 'phone', node: 'node-1', epoch: again.epoch }])
    expect(await waiting(there)).toBe(0)
    expect(await last).toEqual([true])
  })

  it('behind the attach of another node not at all: that has the cursor, and repeats (G2, G7)', async () => {
    const { epoch } = await attachDevice(here, 'ann', 'phone')
    await appendTexts(here, 'u/ann', 'a', 'b')
    const late = ride(epoch, 2)
    const taken = await attachDevice(there, 'ann', 'phone')
    expect(taken.cursor).toBe(0)
    expect(await late).toEqual([false])
    expect(await waiting(there)).toBe(2)
  })

  it('not at all behind the detach: wherever its device comes back, what it acknowledged does not (G2)', async () => {
    const { epoch } = await attachDevice(here, 'ann', 'phone')
    await appendTexts(here, 'u/ann', 'a', 'b')
    await here.detach([{ mailbox: 'u/ann', reader: 'phone', node: 'node-1', epoch }])
    // What rides without company would never arrive.
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      const last = { mailbox: 'u/ann', reader: 'phone', epoch, position: 2, isLast: true }
      expect(await here.advance([last])).toEqual([true])
    } finally {
      vi.useRealTimers()
    }
    expect((await attachDevice(there, 'ann', 'phone')).cursor).toBe(2)
  })

  it('with the end of its store', async () => {
    const { epoch } = await attachDevice(here, 'ann', 'phone')
    await appendTexts(here, 'u/ann', 'a', 'b')
    const last = ride(epoch, 2)
    await here.close()
    expect(await last).toEqual([true])
    expect(await waiting(there)).toBe(0)
  })

  it('to where its mailbox is, and has no answer from a server that is away', async () => {
    const { epoch } = await attachDevice(here, 'ann', 'phone')
    await appendTexts(here, 'u/ann', 'a')
    await server.kill()
    await expect(ride(epoch, 1)).rejects.toMatchObject({ code: 'store-unavailable' })
    await server.restart()
    await until(() => Promise.all(here.check()).then(() => true), 20_000, 'the store to work again')
  })
})

import { afterEach, describe, expect, it, vi } from 'vitest'
import { openRedisStore, type RedisStoreOptions } from '../../../broker/mailbox/redis/redis-store.ts'
import { slotOf } from '../../../broker/mailbox/redis/slot.ts'
import type { MailboxId, MailboxStore } from '../../../broker/mailbox/store.ts'
import { createLog } from '../../../kit/log.ts'
import { until } from '../../support/deadline.ts'
import { LIMITS } from '../../support/stores/redis-owner.ts'
import {
  hasRedis,
  RedisClusterServers,
  type RedisClusterOptions,
  type RedisServer,
} from '../../support/stores/redis-server.ts'
import { appendTexts, attachDevice, attached, entry, lease, texts } from '../mailbox-store/support.ts'

const WAIT_MS = 25_000
const USERS = Array.from({ length: 60 }, (_, i): MailboxId => `u/user${i}`)

describe.skipIf(!hasRedis())('the store when its Redis Cluster changes', () => {
  const ends: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  })

  const start = async (options: RedisClusterOptions = {}, more: Partial<RedisStoreOptions> = {}) => {
    const cluster = await RedisClusterServers.start(options)
    ends.push(() => cluster.stop())
    const store = await openRedisStore({
      // One address is enough to find the others.
      urls: cluster.urls.slice(0, 1),
      limits: LIMITS,
      node: 'node-1',
      log: createLog('silent'),
      deadlineMs: 3_000,
      ...more,
    })
    ends.push(() => store.close())
    return { cluster, store }
  }

  it('trap 25: finds the slot of a mailbox where Redis has it', async () => {
    const { cluster } = await start()
    const [server] = cluster.masters as [RedisServer]
    for (const tag of [...USERS, 'p/0', 'p/255', 'dead', 'u/a.b_c@d-e']) {
      expect(slotOf(tag)).toBe(await server.client.cluster('KEYSLOT', `{${tag}}:log`))
    }
  })

  /** Appends to a mailbox, one after the other, until told to stop. */
  const write = (store: MailboxStore, mailbox: MailboxId) => {
    const acknowledged: string[] = []
    let isOver = false
    const end = (async () => {
      for (let i = 0; !isOver; i++) {
        await appendTexts(store, mailbox, `${i}`).then(
          () => acknowledged.push(`${i}`),
          () => {},
        )
      }
    })()
    return {
      acknowledged,
      stop: (): Promise<void> => {
        isOver = true
        return end
      },
    }
  }

  it('loses, doubles and reorders nothing while a slot moves to another master (G1, G3)', async () => {
    const { cluster, store } = await start()
    const mailbox = 'u/ann'
    const slot = slotOf(mailbox)
    const writer = write(store, mailbox)
    const { epoch } = await attachDevice(store, 'ann', 'phone')
    await until(() => writer.acknowledged.length > 100, WAIT_MS, 'some load')
    const target = await cluster.moveSlot(slot)
    const moved = writer.acknowledged.length
    await until(() => writer.acknowledged.length > moved + 100, WAIT_MS, 'load at the new master')
    await writer.stop()
    expect(await texts(store, mailbox)).toEqual(writer.acknowledged)
    expect(await store.advance([{ mailbox, reader: 'phone', epoch, position: 5 }])).toEqual([true])
    expect(await target.client.exists(`{${mailbox}}:log`)).toBe(1)
  })

  it('a slot that is on its way keeps nobody waiting but who needs it', async () => {
    const { cluster, store } = await start()
    const mailbox = 'u/ann'
    const slot = slotOf(mailbox)
    await appendTexts(store, mailbox, 'before')
    await attachDevice(store, 'ann', 'phone')
    const others = USERS.filter((user) => cluster.masterOf(slotOf(user)) === cluster.masterOf(slot))
    const moving = cluster.moveSlot(slot, 1_500)
    const writer = write(store, mailbox)
    let isMoving = true
    void moving.finally(() => {
      isMoving = false
    })
    let slowestMs = 0
    while (isMoving) {
      for (const user of others.slice(0, 5)) {
        const startMs = performance.now()
        await appendTexts(store, user, 'x')
        slowestMs = Math.max(slowestMs, performance.now() - startMs)
      }
    }
    const at = writer.acknowledged.length
    await until(() => writer.acknowledged.length > at + 20, WAIT_MS, 'load at the new master')
    await writer.stop()
    expect(await texts(store, mailbox)).toEqual(['before', ...writer.acknowledged])
    expect(slowestMs).toBeLessThan(1_000)
  })

  it('goes on with a promoted replica, and says which mailboxes it may have lost something of (G7)', async () => {
    const affected: ((mailbox: MailboxId) => boolean)[] = []
    const { cluster, store } = await start(
      { replicas: 1 },
      { onReset: (isAffected) => affected.push(isAffected) },
    )
    await store.append(USERS.map((user) => entry(user, 'before')))
    const epochs = new Map<MailboxId, number>()
    for (const user of USERS) epochs.set(user, (await attachDevice(store, user.slice(2), 'phone')).epoch)
    const [gone, replica] = [cluster.masters[0], cluster.replicas[0]] as [RedisServer, RedisServer]
    await until(
      async () => {
        const copies = await replica.client.dbsize()
        return copies === (await gone.client.dbsize())
      },
      WAIT_MS,
      'the replica to have everything',
    )
    await gone.kill()
    await until(() => Promise.all(store.check()).then(() => true), WAIT_MS, 'the replica to be promoted')

    const lost = USERS.filter((user) => slotOf(user) <= 5460)
    expect(lost.length).toBeGreaterThan(0)
    expect(USERS.filter((user) => affected.some((isAffected) => isAffected(user)))).toEqual(lost)
    const advances = USERS.map((mailbox) => ({
      mailbox,
      reader: 'phone',
      epoch: epochs.get(mailbox) as number,
      position: 1,
    }))
    expect(await store.advance(advances)).toEqual(USERS.map((user) => !lost.includes(user)))
    await store.append(USERS.map((user) => entry(user, 'behind')))
    for (const user of lost) expect(await texts(store, user)).toEqual(['before', 'behind'])
  })

  it('serves the mailboxes of the other masters while one is gone', async () => {
    const { cluster, store } = await start(
      // Two of three that lose touch with each other for as long as that serve nobody: on a machine with much to do.
      { settings: { 'cluster-require-full-coverage': 'no', 'cluster-node-timeout': '60000' } },
      { deadlineMs: 500 },
    )
    const attaches = (node: string) =>
      USERS.map((mailbox) => ({ mailbox, reader: 'phone', node, ttlMs: 0, tokenIssuedAtMs: 1 }))
    const before = (await store.attach(attaches('a'))).map((outcome) => attached(outcome).epoch)
    const leases = Array.from({ length: 12 }, (_, i) => lease(i))
    const leaseEpochs = (await store.attach(leases)).map((outcome) => attached(outcome).epoch)
    await store.append(USERS.map((user) => entry(user, 'x')))
    const [gone] = cluster.masters as [RedisServer]
    const isGone = (mailbox: MailboxId): boolean => cluster.masterOf(slotOf(mailbox)) === gone
    expect(await Promise.all(store.check())).toHaveLength(3)
    await gone.kill()

    /** A call that is late may be asked again: what the missing master holds up stays held up. */
    const answers = (ask: () => Promise<unknown[]>, expected: readonly unknown[]) =>
      vi.waitFor(async () => expect(await ask()).toEqual(expected), { timeout: WAIT_MS, interval: 5 })
    await answers(
      async () => (await Promise.allSettled(store.check())).map(({ status }) => status).toSorted(),
      ['fulfilled', 'fulfilled', 'rejected'],
    )
    const advances = USERS.map((mailbox, i) => ({
      mailbox,
      reader: 'phone',
      epoch: before[i] as number,
      position: 1,
    }))
    await answers(
      async () => {
        expect(await store.advance(advances)).toEqual(USERS.map(() => true))
        return store.counts(USERS)
      },
      USERS.map((user) => (isGone(user) ? undefined : 0)),
    )
    const renewals = leases.map((item, i) => ({ ...item, epoch: leaseEpochs[i] as number }))
    await answers(
      () => store.renew(renewals),
      leases.map((item) => (isGone(item.mailbox) ? undefined : 0)),
    )
    await answers(
      async () => (await store.attach(attaches('b'))).map(({ outcome }) => outcome),
      USERS.map((user) => (isGone(user) ? 'unavailable' : 'attached')),
    )
    const own = USERS.filter(isGone).map((mailbox) => ({ mailbox, reader: 'phone', node: 'b', ttlMs: 0 }))
    await expect(store.attach(own)).rejects.toMatchObject({ code: 'store-unavailable' })

    await gone.restart()
    await until(() => Promise.all(store.check()).then(() => true), WAIT_MS, 'the store to work again')
  })

  it('goes on where it was when a master was gone and is back (G1)', async () => {
    const { cluster, store } = await start({ settings: { appendonly: 'yes', appendfsync: 'always' } })
    const writers = USERS.slice(0, 12).map((user) => ({ user, ...write(store, user) }))
    await until(() => writers.every(({ acknowledged }) => acknowledged.length > 20), WAIT_MS, 'some load')
    const [gone] = cluster.masters as [RedisServer]
    await gone.kill()
    await expect(Promise.all(store.check())).rejects.toMatchObject({ code: 'store-unavailable' })
    await gone.restart()
    await until(() => Promise.all(store.check()).then(() => true), WAIT_MS, 'the store to work again')
    const before = writers.map(({ acknowledged }) => acknowledged.length)
    await until(
      () => writers.every(({ acknowledged }, i) => acknowledged.length > (before[i] as number) + 20),
      WAIT_MS,
      'load after it',
    )
    for (const { user, acknowledged, stop } of writers) {
      await stop()
      const stored = await texts(store, user)
      const expected = new Set(acknowledged)
      expect(stored.filter((name) => expected.has(name))).toEqual(acknowledged)
      expect(new Set(stored).size).toBe(stored.length)
    }
  }, 120_000)
})

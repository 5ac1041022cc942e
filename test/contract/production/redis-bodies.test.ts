import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openRedisStore } from '../../../broker/mailbox/redis/redis-store.ts'
import type { MailboxStore } from '../../../broker/mailbox/store.ts'
import { createLog } from '../../../kit/log.ts'
import { until } from '../../support/deadline.ts'
import { LIMITS } from '../../support/stores/redis-owner.ts'
import { hasRedis, RedisClusterServers, RedisServer } from '../../support/stores/redis-server.ts'
import { GROUP, messageBytes, Sender } from '../mailbox-store/bodies.ts'
import { advance, attachDevice, readAll } from '../mailbox-store/support.ts'
import { TestTime } from '../mailbox-store/time.ts'

const WAIT_MS = 20_000

const services = [
  {
    name: 'Redis',
    async start() {
      const server = await RedisServer.start()
      const flush = () => server.client.flushall()
      return { urls: [server.url], servers: [server], flush, stop: () => server.stop() }
    },
  },
  {
    name: 'Redis Cluster',
    async start() {
      const cluster = await RedisClusterServers.start()
      const flush = () => cluster.flush()
      return { urls: cluster.urls, servers: cluster.masters, flush, stop: () => cluster.stop() }
    },
  },
]

describe.skipIf(!hasRedis()).each(services)('what mailboxes share on $name', (kind) => {
  let service: Awaited<ReturnType<typeof kind.start>>
  let store: MailboxStore
  let time: TestTime
  let sender: Sender
  beforeAll(async () => {
    service = await kind.start()
  })
  beforeEach(async () => {
    time = new TestTime()
    store = await openRedisStore({
      urls: service.urls,
      limits: LIMITS,
      node: 'n',
      log: createLog('silent'),
      time,
    })
    sender = new Sender(() => store)
    await sender.attach()
  })
  afterEach(async () => {
    await store.close()
    await service.flush()
  })
  afterAll(() => service.stop())

  /** The hashes of bodies, with the server that has each. */
  const bodies = async () => {
    const keys = service.servers.map(async ({ client }) =>
      (await client.keys('*:bodies:*')).map((key) => ({ client, key })),
    )
    return (await Promise.all(keys)).flat()
  }

  it('is there once, and goes when everybody has passed it', async () => {
    const epochs: number[] = []
    for (const user of GROUP) epochs.push((await attachDevice(store, user, 'phone')).epoch)
    // Of her own message the first has nothing to read, with one device.
    const bytes = messageBytes(1)
    const appends = GROUP.map((user, i) => ({
      mailbox: `u/${user}`,
      bytes,
      ...(i === 0 ? { except: 'phone' } : {}),
    }))
    await sender.commit(appends)
    const [hash] = await bodies()
    expect(await hash?.client.hlen(hash.key)).toBe(2)
    await sender.send()
    expect(await hash?.client.hlen(hash.key)).toBe(4)
    for (const [i, user] of GROUP.entries())
      if (user !== 'm5') await advance(store, `u/${user}`, 'phone', epochs[i] ?? 0, 2)
    await advance(store, 'u/m5', 'phone', epochs[5] ?? 0, 1)
    await until(async () => (await hash?.client.hlen(hash.key)) === 2, WAIT_MS, 'the first to go')
    expect((await readAll(store, 'u/m5')).entries).toHaveLength(1)
    await advance(store, 'u/m5', 'phone', epochs[5] ?? 0, 2)
    await until(async () => (await bodies()).length === 0, WAIT_MS, 'the second to go')
  })

  it('goes when the mailboxes drop it', async () => {
    await store.close()
    const limits = { ...LIMITS, userEntriesMax: 3 }
    store = await openRedisStore({ urls: service.urls, limits, node: 'n', log: createLog('silent'), time })
    for (const user of GROUP) await attachDevice(store, user, 'phone')
    for (let i = 0; i < 8; i++) await sender.send()
    const [hash] = await bodies()
    await until(async () => (await hash?.client.hlen(hash.key)) === 6, WAIT_MS, 'five to go')
  })

  it('goes with its hour at the end of the mailboxes’ time, if nobody has counted it', async () => {
    for (const user of GROUP) await attachDevice(store, user, 'phone')
    await sender.send()
    const [hash] = await bodies()
    const fields = (await hash?.client.hkeys(hash.key)) ?? []
    await hash?.client.hset(hash.key, fields.find((field) => field.startsWith('#')) ?? '', 1_000)
    time.pass(LIMITS.retentionMs - 2 * 3_600_000)
    await store.sweep(10_000)
    expect(await bodies()).toHaveLength(1)
    await until(
      async () => {
        time.pass(3_600_000)
        await store.sweep(10_000)
        return (await bodies()).length === 0
      },
      WAIT_MS,
      'the hour to go',
    )
    expect(await readAll(store, 'u/m1')).toMatchObject({ entries: [], droppedUpTo: 1 })
  })

  it('that a failover has lost is a marked gap, and never silence (G2)', async () => {
    for (const user of GROUP) await attachDevice(store, user, 'phone')
    await sender.send()
    for (const { client, key } of await bodies()) await client.del(key)
    await sender.send()
    expect(await readAll(store, 'u/m1')).toMatchObject({
      entries: [{ position: 2 }],
      droppedUpTo: 1,
      head: 2,
      readUpTo: 2,
    })
  })
})

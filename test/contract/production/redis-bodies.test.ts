import type { Redis } from 'ioredis'
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

  /** Which entries share each body, a bit each. */
  const sharers = async (): Promise<string[]> => {
    const found = await Promise.all(
      (await bodies()).map(async ({ client, key }) => {
        const fields = (await client.hkeysBuffer(key)).filter((field) => field[0] === 0x23)
        return Promise.all(fields.map((field) => client.hgetBuffer(key, field)))
      }),
    )
    return found.flat().map((bits) => bits?.toString('hex') ?? '')
  }

  /** What a mailbox, or the bodies of a partition, are now, to be put back later as if a failover had lost the rest. */
  const copyOf = async (tag: string): Promise<() => Promise<void>> => {
    const copies: { client: Redis; key: string; dump: Buffer }[] = []
    for (const { client } of service.servers)
      for (const key of await client.keys(`{${tag}}:*`)) {
        const dump = await client.dumpBuffer(key)
        if (dump) copies.push({ client, key, dump })
      }
    expect(copies.length).toBeGreaterThan(0)
    return async () => {
      for (const { client, key, dump } of copies) await client.restore(key, 0, dump, 'REPLACE')
    }
  }

  it('stays for others when a mailbox goes back to before it had passed it, and goes with the last (G2)', async () => {
    const epochs: number[] = []
    for (const user of GROUP) epochs.push((await attachDevice(store, user, 'phone')).epoch)
    const pass = (i: number) => advance(store, `u/m${i}`, 'phone', epochs[i] ?? 0, 1)
    await sender.send()
    const all = await sharers()
    const back = await copyOf('u/m1')
    await pass(1)
    await until(async () => (await sharers())[0] !== all[0], WAIT_MS, 'the first to have passed it')
    await back()
    for (let i = 0; i < GROUP.length; i++) if (i !== 5) await pass(i)
    await until(
      async () => (await sharers())[0] === `20${'0'.repeat(28)}`,
      WAIT_MS,
      'all others to have passed it',
    )
    const whole = { entries: { length: 1 }, droppedUpTo: 0 }
    expect(await readAll(store, 'u/m5')).toMatchObject(whole)
    // Again, and from a time before the commit: the mailbox reads what others still hold.
    await back()
    expect(await readAll(store, 'u/m1')).toMatchObject(whole)
    await pass(5)
    await until(async () => (await bodies()).length === 0, WAIT_MS, 'the body to go')
    expect(await readAll(store, 'u/m1')).toMatchObject({ entries: [], droppedUpTo: 1 })
  })

  it('stays when its own server goes back to before some had passed it (G2)', async () => {
    const epochs: number[] = []
    for (const user of GROUP) epochs.push((await attachDevice(store, user, 'phone')).epoch)
    await sender.send()
    const back = await copyOf('p/0')
    const [all] = await sharers()
    for (let i = 0; i < 60; i++) await advance(store, `u/m${i}`, 'phone', epochs[i] ?? 0, 1)
    await until(
      async () => (await sharers())[0]?.startsWith('00000000000000f0'),
      WAIT_MS,
      'half to have passed',
    )
    await back()
    expect(await sharers()).toEqual([all])
    for (let i = 60; i < GROUP.length; i++)
      if (i !== 99) await advance(store, `u/m${i}`, 'phone', epochs[i] ?? 0, 1)
    await until(async () => (await sharers())[0]?.endsWith('080000'), WAIT_MS, 'the others but one to have')
    expect((await readAll(store, 'u/m99')).entries).toHaveLength(1)
  })

  it('is read by a reference of format 2, which has no number, and then stays until its hour goes', async () => {
    const users = GROUP.slice(0, 110)
    const epochs: number[] = []
    for (const user of users) epochs.push((await attachDevice(store, user, 'phone')).epoch)
    await sender.send(users)
    for (const { client } of service.servers)
      for (const key of await client.keys('{u/m*}:log'))
        await client.lset(key, 0, (await client.lindexBuffer(key, 0))?.subarray(0, -2) ?? '')
    expect((await readAll(store, 'u/m1')).entries).toHaveLength(1)
    for (const [i, user] of users.entries()) await advance(store, `u/${user}`, 'phone', epochs[i] ?? 0, 1)
    expect(await readAll(store, 'u/m1')).toMatchObject({ entries: [], droppedUpTo: 0, head: 1 })
    await sender.send(users)
    for (const [i, user] of users.entries()) await advance(store, `u/${user}`, 'phone', epochs[i] ?? 0, 2)
    // What came since goes; what came before stays.
    await until(async () => (await sharers()).length === 1, WAIT_MS, 'the second to go')
    expect(await sharers()).toEqual([`${'f'.repeat(26)}3f`])
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

  it('leaves nothing of a mailbox’s counts by chat behind when all has been passed', async () => {
    await store.close()
    const limits = { ...LIMITS, userEntriesMax: 20 }
    store = await openRedisStore({ urls: service.urls, limits, node: 'n', log: createLog('silent'), time })
    const { epoch } = await attachDevice(store, 'm1', 'phone')
    const left = async (): Promise<[tally: number, gaps: number]> => {
      const found = await Promise.all(
        service.servers.map(async ({ client }) => [
          await client.exists('{u/m1}:keys').catch(() => 0),
          await client.hexists('{u/m1}:meta', 'g').catch(() => 0),
        ]),
      )
      return [
        found.reduce((sum, [keys = 0]) => sum + keys, 0),
        found.reduce((sum, [, gaps = 0]) => sum + gaps, 0),
      ]
    }
    for (let i = 0; i < 24; i++) await sender.send()
    expect(await left()).toEqual([1, 1])
    await advance(store, 'u/m1', 'phone', epoch, 24)
    expect(await left()).toEqual([0, 0])
    await sender.send()
    expect((await readAll(store, 'u/m1')).entries).toHaveLength(1)
    // It is small again, and not counted.
    expect(await left()).toEqual([0, 0])
  })

  it('goes with its hour at the end of the mailboxes’ time, if nobody has counted it', async () => {
    for (const user of GROUP) await attachDevice(store, user, 'phone')
    await sender.send()
    const [hash] = await bodies()
    const fields = (await hash?.client.hkeys(hash.key)) ?? []
    const more = Buffer.alloc(200, 0xff)
    await hash?.client.hset(hash.key, fields.find((field) => field.startsWith('#')) ?? '', more)
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

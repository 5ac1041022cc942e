import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openRedisStore } from '../../../broker/mailbox/redis/redis-store.ts'
import type { MailboxStore } from '../../../broker/mailbox/store.ts'
import { createLog } from '../../../kit/log.ts'
import { LIMITS } from '../../support/stores/redis-owner.ts'
import { hasRedis, RedisServer } from '../../support/stores/redis-server.ts'
import { advance, attachDevice, attachPartition, entry, readAll, text } from '../mailbox-store/support.ts'

/** Counts instead of times: they do not flake. */
describe.skipIf(!hasRedis())('what the Redis store costs', () => {
  let server: RedisServer
  let store: MailboxStore
  beforeAll(async () => {
    server = await RedisServer.start()
    store = await openRedisStore({ urls: [server.url], limits: LIMITS, node: 'n', log: createLog('silent') })
  })
  afterEach(() => server.client.flushall())
  afterAll(async () => {
    await store.close()
    await server.stop()
  })

  const usedMemory = async (): Promise<number> =>
    Number(/^used_memory:(\d+)/m.exec(await server.client.info('memory'))?.[1])

  /** The commands that Redis carries out for an act, by name; EVALSHA are the calls, the others what these do. */
  const commandsOf = async (act: () => Promise<unknown>): Promise<Record<string, number>> => {
    await server.client.config('RESETSTAT')
    await act()
    const lines = (await server.client.info('commandstats')).matchAll(/cmdstat_(\w+):calls=(\d+)/g)
    const counts = Object.fromEntries([...lines].map(([, name, calls]) => [name as string, Number(calls)]))
    delete counts['info']
    return counts
  }
  const fill = async (mailbox: string, count: number): Promise<void> => {
    for (let at = 0; at < count; at += 1_000) {
      const size = Math.min(1_000, count - at)
      await store.append(Array.from({ length: size }, () => ({ mailbox, bytes: new Uint8Array(200) })))
    }
  }

  it.each([
    { users: 1_000, entries: 10 },
    { users: 400, entries: 25 },
    { users: 100, entries: 100 },
    { users: 10, entries: 1_000 },
    { users: 1, entries: 10_000 },
  ])(
    'holds $entries entries of 200 bytes for $users users in at most 300 bytes each',
    async ({ users, entries }) => {
      for (let user = 0; user < users; user++) await attachDevice(store, `user${user}`, 'phone')
      // The script itself takes memory, once.
      await fill('u/first', 1)
      const before = await usedMemory()
      for (let user = 0; user < users; user++) await fill(`u/user${user}`, entries)
      const perEntry = ((await usedMemory()) - before) / (users * entries)
      let usage = 0
      for (let user = 0; user < users; user++) {
        usage += (await server.client.memory('USAGE', `{u/user${user}}:log`, 'SAMPLES', 0)) ?? 0
        usage += (await server.client.memory('USAGE', `{u/user${user}}:meta`, 'SAMPLES', 0)) ?? 0
      }
      expect(perEntry).toBeLessThanOrEqual(300)
      expect(usage / users / entries).toBeLessThanOrEqual(300)
    },
  )

  it('holds a registered device without entries in at most 400 bytes', async () => {
    const before = await usedMemory()
    await store.attach(
      Array.from({ length: 2_000 }, (_, i) => ({
        mailbox: `u/user${i}`,
        reader: 'phone',
        node: '6f1c2a52-0f64-4f0e-9d1b-3f0a6b8f5c11',
        ttlMs: 0,
      })),
    )
    expect(((await usedMemory()) - before) / 2_000).toBeLessThanOrEqual(400)
  })

  it('gives memory back when entries have been delivered', async () => {
    const { epoch } = await attachDevice(store, 'ann', 'phone')
    await fill('u/ann', 1)
    await advance(store, 'u/ann', 'phone', epoch, 1)
    const before = await usedMemory()
    await fill('u/ann', 20_000)
    for (let position = 1_000; position <= 20_001; position += 1_000) {
      await advance(store, 'u/ann', 'phone', epoch, position)
    }
    await advance(store, 'u/ann', 'phone', epoch, 20_001)
    expect((await usedMemory()) - before).toBeLessThan(100_000)
    expect(await server.client.exists('{u/ann}:log')).toBe(0)
  })

  it('limits what replaced entries leave behind on the log while nobody passes them (G8)', async () => {
    const limits = { ...LIMITS, userEntriesMax: 10 }
    const small = await openRedisStore({ urls: [server.url], limits, node: 'n', log: createLog('silent') })
    await attachDevice(small, 'ann', 'phone')
    await small.append([entry('u/ann', 'first')])
    const replaced = (count: number): Promise<unknown> =>
      small.append(
        Array.from({ length: count }, () => entry('u/ann', 'x', { key: 'receipt', version: ++version })),
      )
    let version = 0
    const positionsMax = 8 * limits.userEntriesMax + 10_000
    await replaced(positionsMax - 1)
    expect(await server.client.llen('{u/ann}:log')).toBe(positionsMax)
    await replaced(100)
    expect(await server.client.llen('{u/ann}:log')).toBeLessThanOrEqual(positionsMax)
    // What is still wanted moves up behind the holes.
    const { entries, droppedUpTo } = await readAll(small, 'u/ann')
    expect(entries.map(text)).toEqual(['first', 'x'])
    expect(droppedUpTo).toBe(0)
    await small.close()
  })

  it('takes out holes by some thousand at once, without a look at what has no key (G8)', async () => {
    const limits = { ...LIMITS, userEntriesMax: 1_000 }
    const small = await openRedisStore({ urls: [server.url], limits, node: 'n', log: createLog('silent') })
    const positionsMax = 8 * limits.userEntriesMax + 10_000
    const { epoch } = await attachDevice(small, 'ann', 'phone')
    await attachDevice(small, 'ann', 'pad')
    let version = 0
    const replaced = (key: string, count: number): Promise<unknown> =>
      small.append(Array.from({ length: count }, () => entry('u/ann', key, { key, version: ++version })))
    await replaced('front', 1)
    await small.append(Array.from({ length: 900 }, (_, i) => entry('u/ann', `${i}`)))
    await replaced('between', 3_000)
    await replaced('x', positionsMax - 3_901)
    expect(await server.client.llen('{u/ann}:log')).toBe(positionsMax)
    const { lpos, lrem, lpop, lpush, lindex, hset } = await commandsOf(() => replaced('y', 1))
    expect({ lpos, lrem, lpop, lpush }).toEqual({ lpos: 1, lrem: 1, lpop: undefined, lpush: undefined })
    expect(Number(lindex ?? 0) + Number(hset)).toBeLessThan(10)
    expect(await server.client.llen('{u/ann}:log')).toBe(positionsMax + 1 - 5_000)
    const numbers = Array.from({ length: 900 }, (_, i) => `${i}`)
    expect((await readAll(small, 'u/ann')).entries.map(text)).toEqual([
      'front',
      ...numbers,
      'between',
      'x',
      'y',
    ])
    // What moved up is still found by its key, and by its place.
    for (const key of ['front', 'between', 'x', 'y']) await replaced(key, 1)
    const { entries, head } = await readAll(small, 'u/ann')
    expect(entries.map(text)).toEqual([...numbers, 'front', 'between', 'x', 'y'])
    await advance(small, 'u/ann', 'phone', epoch, head)
    expect((await readAll(small, 'u/ann')).entries).toHaveLength(904)
    await small.close()
  })

  it('lets commits of many partitions share calls of some hundred entries', async () => {
    const partitions = Array.from({ length: 20 }, (_, i) => i)
    const leases = await Promise.all(partitions.map((partition) => attachPartition(store, partition)))
    const commitAll = (entries: number): Promise<unknown> =>
      Promise.all(
        leases.map(({ epoch }, partition) =>
          store.commit({
            partition,
            epoch,
            from: 0,
            upTo: 0,
            puts: [{ chat: 'chat', field: 'head', value: new Uint8Array(20) }],
            appends: Array.from({ length: entries }, () => entry(`u/user${partition}`, 'x')),
          }),
        ),
      )
    await commitAll(1)
    await store.sweep(1)
    expect((await commandsOf(() => commitAll(1)))['evalsha']).toBe(1)
    expect((await readAll(store, 'u/user19')).head).toBe(2)
    // Large ones do not: others would wait long behind one call.
    expect((await commandsOf(() => commitAll(100)))['evalsha']).toBe(10)
  })

  it('appends, reads and advances with the same commands whatever the queue length', async () => {
    const costs: Record<string, number>[][] = []
    for (const [i, length] of [10, 15_000].entries()) {
      const mailbox = `u/user${i}`
      const { epoch } = await attachDevice(store, `user${i}`, 'phone')
      await fill(mailbox, length)
      // Notes for sweeping are written behind appends, a sweep waits for them; and each script is known after once.
      await store.sweep(1)
      await store.read(mailbox, 0, 1, 1)
      costs.push([
        await commandsOf(() => store.append([entry(mailbox, 'x')])),
        await commandsOf(() => store.append([entry(mailbox, 'x', { key: 'd', version: 1 })])),
        await commandsOf(() => store.append([entry(mailbox, 'x', { key: 'd', version: 2 })])),
        await commandsOf(() => store.read(mailbox, 0, 5, 100_000)),
        await commandsOf(() => store.advance([{ mailbox, reader: 'phone', epoch, position: 5 }])),
      ])
    }
    expect(costs[1]).toEqual(costs[0])
    const [append] = costs[0] as [Record<string, number>]
    expect(append).toEqual({ evalsha: 1, time: 1, hmget: 1, rpush: 1, hset: 1 })
    expect(costs[0]?.[4]).toEqual({ evalsha: 1, time: 1, hgetall: 1, llen: 1, lpop: 1, hset: 1 })
  })

  it('takes a message from one phone to another in three round trips, with its PUBACK', async () => {
    const { epoch } = await attachDevice(store, 'bob', 'phone')
    await attachDevice(store, 'ann', 'phone')
    const lease = await attachPartition(store, 7)
    let n = 0
    const message = async (): Promise<void> => {
      n++
      await store.append([entry('p/7', 'up')])
      await store.commit({
        partition: 7,
        epoch: lease.epoch,
        from: n - 1,
        upTo: n,
        puts: [{ chat: 'chat', field: 'head', value: new Uint8Array(20) }],
        appends: [entry('u/bob', 'message'), entry('u/ann', 'accepted', { only: 'phone' })],
      })
      await store.advance([{ mailbox: 'u/bob', reader: 'phone', epoch, position: n }])
    }
    await message()
    await store.sweep(1)
    expect((await commandsOf(message))['evalsha']).toBe(3)
  })

  it('shares round trips under load: far fewer than one for each append and advance', async () => {
    const epochs: number[] = []
    for (let i = 0; i < 100; i++) epochs.push((await attachDevice(store, `user${i}`, 'phone')).epoch)
    await Promise.all(epochs.map((_, i) => store.append([entry(`u/user${i}`, 'x')])))
    const { evalsha } = await commandsOf(async () => {
      for (let round = 2; round <= 11; round++) {
        await Promise.all(epochs.map((_, i) => store.append([entry(`u/user${i}`, 'x')])))
        await store.advance(
          epochs.map((epoch, i) => ({ mailbox: `u/user${i}`, reader: 'phone', epoch, position: round })),
        )
      }
    })
    expect(evalsha).toBeLessThanOrEqual(40)
  })

  it('puts what comes together for a mailbox on its log with one command', async () => {
    const { rpush } = await commandsOf(() => fill('u/alice', 100))
    expect(rpush).toBe(1)
  })

  it('cuts a large fan-out into calls of some hundred entries, so that nobody waits long for it', async () => {
    const { epoch } = await attachPartition(store, 7)
    const appends = Array.from({ length: 5_000 }, (_, i) => entry(`u/user${i}`, 'hi'))
    await store.commit({ partition: 7, epoch, from: 0, upTo: 0, puts: [], appends: appends.slice(0, 2_000) })
    const commit = { partition: 7, epoch, from: 0, upTo: 0, puts: [], appends }
    const { evalsha, rpush } = await commandsOf(() => store.commit(commit))
    expect(evalsha).toBeGreaterThanOrEqual(1 + 5_000 / 256)
    expect(rpush).toBeGreaterThanOrEqual(5_000)
  })

  it('has no key that grows with the users', async () => {
    const users = Array.from({ length: 3_000 }, (_, i) => `user${i}`)
    await store.attach(users.map((user) => ({ mailbox: `u/${user}`, reader: 'phone', node: 'n', ttlMs: 0 })))
    await store.append(users.map((user) => entry(`u/${user}`, 'x')))
    // Notes for sweeping are written behind appends; a sweep waits for them.
    await store.sweep(1)
    const { client } = server
    let largest = 0
    for (const key of await client.keys('*')) {
      const size = { hash: 'HLEN', list: 'LLEN', set: 'SCARD', zset: 'ZCARD', string: 'EXISTS' }[
        (await client.type(key)) as 'hash'
      ]
      largest = Math.max(largest, Number(await client.call(size, key)))
    }
    // Of 3,000 users some 12 share a shard of the index of sweeps.
    expect(largest).toBeLessThan(50)
    expect((await readAll(store, 'u/user7')).entries).toHaveLength(1)
  })
})

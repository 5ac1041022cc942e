import { afterEach, describe, expect, it } from 'vitest'
import { openRedisStore, type RedisStoreOptions } from '../../../broker/mailbox/redis/redis-store.ts'
import type { MailboxId, MailboxStore } from '../../../broker/mailbox/store.ts'
import { createLog } from '../../../kit/log.ts'
import { until } from '../../support/deadline.ts'
import { LIMITS } from '../../support/stores/redis-owner.ts'
import { hasRedis, RedisServer } from '../../support/stores/redis-server.ts'
import { appendTexts, attachDevice, attachPartition, entry, texts } from '../mailbox-store/support.ts'

const WAIT_MS = 20_000
const DURABLE = { appendonly: 'yes', appendfsync: 'always' }

describe.skipIf(!hasRedis())('the store when its Redis comes and goes', () => {
  const ends: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  })

  const startServer = async (settings: Record<string, string> = {}): Promise<RedisServer> => {
    const server = await RedisServer.start({ settings })
    ends.push(() => server.stop())
    return server
  }
  const open = async (server: RedisServer, more: Partial<RedisStoreOptions> = {}): Promise<MailboxStore> => {
    const store = await openRedisStore({
      urls: [server.url],
      limits: LIMITS,
      node: 'node-1',
      log: createLog('silent'),
      deadlineMs: 1_000,
      ...more,
    })
    ends.push(() => store.close())
    return store
  }
  const untilItWorks = (store: MailboxStore): Promise<unknown> =>
    until(() => Promise.all(store.check()).then(() => true), WAIT_MS, 'the store to work again')

  it('keeps what it acknowledged when Redis is killed, with appendfsync always (G1)', async () => {
    const server = await startServer(DURABLE)
    const store = await open(server)
    const acknowledged: string[] = []
    const writers = Array.from({ length: 20 }, async (_, writer) => {
      for (let i = 0; ; i++) {
        const name = `${writer}.${i}`
        try {
          await appendTexts(store, 'p/1', name)
        } catch {
          return
        }
        acknowledged.push(name)
      }
    })
    await until(() => acknowledged.length > 2_000, WAIT_MS, 'some load')
    await server.kill()
    await Promise.all(writers)
    await server.restart()
    await untilItWorks(store)
    const stored = await texts(store, 'p/1')
    expect(new Set(stored).size).toBe(stored.length)
    const found = new Set(stored)
    expect(acknowledged.filter((name) => !found.has(name))).toEqual([])
  })

  it('says so when another process answers, and refuses epochs from before (G7)', async () => {
    const server = await startServer(DURABLE)
    const affected: boolean[] = []
    const mailboxes: MailboxId[] = ['u/ann', 'p/3', 'dead']
    const store = await open(server, {
      onReset: (isAffected) => affected.push(mailboxes.every((mailbox) => isAffected(mailbox))),
    })
    const phone = await attachDevice(store, 'ann', 'phone')
    const lease = await attachPartition(store, 3)
    await appendTexts(store, 'u/ann', 'a')
    await appendTexts(store, 'p/3', 'b')
    expect(affected).toEqual([])

    await server.kill()
    await server.restart()
    await untilItWorks(store)
    expect(affected).toEqual([true])
    expect(
      await store.advance([{ mailbox: 'u/ann', reader: 'phone', epoch: phone.epoch, position: 1 }]),
    ).toEqual([false])
    const renewal = { mailbox: 'p/3', reader: 'worker', epoch: lease.epoch, ttlMs: 60_000 }
    expect(await store.renew([renewal])).toEqual([undefined])
    const commit = { partition: 3, epoch: lease.epoch, from: 0, upTo: 1, puts: [], appends: [] }
    expect(await store.commit(commit)).toEqual({ outcome: 'refused' })
    expect(await texts(store, 'u/ann')).toEqual(['a'])

    const again = await attachDevice(store, 'ann', 'phone')
    expect(again.epoch).toBeGreaterThan(phone.epoch)
    expect(
      await store.advance([{ mailbox: 'u/ann', reader: 'phone', epoch: again.epoch, position: 1 }]),
    ).toEqual([true])
    const next = await attachPartition(store, 3)
    expect(await store.commit({ ...commit, epoch: next.epoch })).toMatchObject({ outcome: 'done' })
  })

  it('takes no reader from its lane because Redis has forgotten it: it is attached anew', async () => {
    const server = await startServer()
    const store = await open(server)
    const { epoch } = await attachDevice(store, 'ann', 'phone')
    await appendTexts(store, 'u/ann', 'a')
    const look = { mailbox: 'u/ann', owned: { reader: 'phone', epoch } }
    expect(await store.heads([look])).toEqual([1])
    await server.kill()
    await server.restart()
    await untilItWorks(store)
    expect(await store.heads([look])).toEqual([0])
    const after = await attachDevice(store, 'ann', 'phone')
    expect(await store.heads([look])).toEqual([0])
    await attachDevice(store, 'ann', 'phone')
    const looks = [{ mailbox: 'u/ann', owned: { reader: 'phone', epoch: after.epoch } }]
    expect(await store.heads(looks)).toEqual([undefined])
  })

  it('never gives an epoch a second time, also when Redis has forgotten all (G7)', async () => {
    const server = await startServer()
    const store = await open(server)
    const before = await attachDevice(store, 'ann', 'phone')
    await appendTexts(store, 'u/ann', 'a', 'b')
    await server.kill()
    await server.restart()
    await untilItWorks(store)
    const after = await attachDevice(store, 'ann', 'phone')
    expect(after).toMatchObject({ isNew: true, head: 0 })
    expect(after.epoch).toBeGreaterThan(before.epoch)
    await appendTexts(store, 'u/ann', 'other a', 'other b')
    const old = { mailbox: 'u/ann', reader: 'phone', epoch: before.epoch, position: 2 }
    expect(await store.advance([old])).toEqual([false])
    expect(await texts(store, 'u/ann')).toEqual(['other a', 'other b'])
  })

  it('gives up on a Redis that does not answer after the deadline, and goes on when it does', async () => {
    const server = await startServer()
    let resets = 0
    const store = await open(server, { deadlineMs: 300, onReset: () => resets++ })
    await appendTexts(store, 'u/ann', 'a')
    server.signal('SIGSTOP')
    const start = performance.now()
    const attempts = await Promise.allSettled([
      appendTexts(store, 'u/ann', 'b'),
      store.read('u/ann', 0, 10, 1_000),
      ...store.check(),
    ])
    expect(performance.now() - start).toBeLessThan(3_000)
    for (const attempt of attempts) {
      expect(attempt).toMatchObject({ reason: { code: 'store-unavailable', retryable: true } })
    }
    server.signal('SIGCONT')
    await untilItWorks(store)
    await appendTexts(store, 'u/ann', 'c')
    const stored = await texts(store, 'u/ann')
    // What was not acknowledged may have come through, but not behind what was sent later, nor twice.
    expect(['a c', 'a b c']).toContain(stored.join(' '))
    expect(resets).toBe(0)
  })

  it('sends nothing a second time when connections are cut (G3, G4)', async () => {
    const server = await startServer()
    const store = await open(server)
    const acknowledged: string[][] = []
    let isOver = false
    const writers = Array.from({ length: 20 }, async (_, writer) => {
      const own: string[] = []
      acknowledged.push(own)
      for (let i = 0; !isOver; i++) {
        const name = `${writer}.${i}`
        await appendTexts(store, 'u/ann', name).then(
          () => own.push(name),
          () => untilItWorks(store),
        )
      }
    })
    for (let cut = 0; cut < 10; cut++) {
      const before = acknowledged.flat().length
      await until(() => acknowledged.flat().length > before + 200, WAIT_MS, 'some load')
      await server.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    }
    isOver = true
    await Promise.all(writers)
    const stored = await texts(store, 'u/ann')
    expect(new Set(stored).size).toBe(stored.length)
    for (const own of acknowledged) {
      const expected = new Set(own)
      expect(stored.filter((name) => expected.has(name))).toEqual(own)
    }
  })

  it('goes on when Redis has forgotten the scripts', async () => {
    const server = await startServer()
    const store = await open(server)
    await appendTexts(store, 'u/ann', 'a')
    await server.client.script('FLUSH')
    expect(await Promise.all([appendTexts(store, 'u/ann', 'b'), appendTexts(store, 'u/bob', 'x')])).toEqual([
      [2],
      [1],
    ])
  })

  it('refuses writes while Redis is full, and loses nothing of what it has (G1)', async () => {
    const server = await startServer()
    const store = await open(server)
    await appendTexts(store, 'u/ann', 'a')
    await server.client.config('SET', 'maxmemory', '1mb')
    await expect(appendTexts(store, 'u/ann', 'b')).rejects.toMatchObject({ code: 'store-unavailable' })
    await expect(Promise.all(store.check())).rejects.toMatchObject({ code: 'store-unavailable' })
    expect(await texts(store, 'u/ann')).toEqual(['a'])
    await server.client.config('SET', 'maxmemory', '0')
    await appendTexts(store, 'u/ann', 'c')
    expect(await texts(store, 'u/ann')).toEqual(['a', 'c'])
  })

  it('refuses at once what is too much to wait for (G8)', async () => {
    const server = await startServer()
    const store = await open(server)
    await Promise.all(store.check())
    server.signal('SIGSTOP')
    const waiting = Array.from({ length: 120 }, () =>
      store.append(Array.from({ length: 1_000 }, (_, i) => entry(`u/${i}`, 'x'))).then(
        () => 'stored',
        (error: Error) => error.message,
      ),
    )
    const outcomes = await Promise.all(waiting)
    expect(outcomes.filter((outcome) => outcome.includes('too much')).length).toBeGreaterThanOrEqual(15)
    server.signal('SIGCONT')
    await untilItWorks(store)
  })

  it('takes the results of workers though too many publishes wait (G8)', async () => {
    const server = await startServer()
    const store = await open(server, { deadlineMs: 20_000 })
    const { epoch } = await attachPartition(store, 3)
    server.signal('SIGSTOP')
    const flood = Promise.allSettled(
      Array.from({ length: 101 }, () =>
        store.append(Array.from({ length: 1_000 }, (_, i) => entry(`u/${i}`, 'x'))),
      ),
    )
    const puts = [{ chat: 'chat', field: 'head', value: new Uint8Array(20) }]
    const commit = store.commit({ partition: 3, epoch, from: 0, upTo: 0, puts, appends: [] })
    server.signal('SIGCONT')
    expect(await commit).toMatchObject({ outcome: 'done' })
    expect((await flood).filter(({ status }) => status === 'rejected')).toHaveLength(1)
  })

  it('says at once what is wrong with an address', async () => {
    const server = await startServer()
    const options = { limits: LIMITS, node: 'node-1', log: createLog('silent'), deadlineMs: 500 }
    await expect(openRedisStore({ ...options, urls: ['http://127.0.0.1'] })).rejects.toMatchObject({
      code: 'config',
    })
    await server.kill()
    await expect(openRedisStore({ ...options, urls: [server.url] })).rejects.toMatchObject({
      code: 'store-unavailable',
    })
  })
})

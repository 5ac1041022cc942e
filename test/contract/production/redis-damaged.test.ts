// Something else stands where a mailbox should, or was written by a newer version: who is harmed by that?
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openRedisStore } from '../../../broker/mailbox/redis/redis-store.ts'
import { slotOf } from '../../../broker/mailbox/redis/slot.ts'
import type { MailboxStore } from '../../../broker/mailbox/store.ts'
import { createLog } from '../../../kit/log.ts'
import { LIMITS } from '../../support/stores/redis-owner.ts'
import { hasRedis, RedisClusterServers, RedisServer } from '../../support/stores/redis-server.ts'
import { appendTexts, attachDevice, attachPartition, entry, texts } from '../mailbox-store/support.ts'

const services = [
  {
    name: 'Redis',
    async start() {
      const server = await RedisServer.start()
      const flush = async () => void (await server.client.flushall())
      const at = (): RedisServer => server
      return { urls: [server.url], at, flush, stop: () => server.stop() }
    },
  },
  {
    name: 'Redis Cluster',
    async start() {
      const cluster = await RedisClusterServers.start()
      const at = (slot: number): RedisServer => cluster.masterOf(slot)
      return { urls: cluster.urls, at, flush: () => cluster.flush(), stop: () => cluster.stop() }
    },
  },
]

describe.skipIf(!hasRedis()).each(services)('on $name', (kind) => {
  let service: Awaited<ReturnType<typeof kind.start>>
  let store: MailboxStore
  let broken = 0
  const open = (): Promise<MailboxStore> =>
    openRedisStore({
      urls: service.urls,
      limits: LIMITS,
      node: 'x',
      log: createLog('silent'),
      onBroken: () => broken++,
    })
  const run = (tag: string, command: string, ...args: string[]): Promise<unknown> =>
    service.at(slotOf(tag)).client.call(command, ...args)

  beforeAll(async () => {
    service = await kind.start()
  })
  beforeEach(async () => {
    await service.flush()
    store = await open()
    broken = 0
  })
  afterEach(() => store.close())
  afterAll(() => service.stop())

  const damage = async (mailbox: string): Promise<void> => {
    await run(mailbox, 'DEL', `{${mailbox}}:meta`, `{${mailbox}}:log`)
    await run(mailbox, 'SET', `{${mailbox}}:meta`, 'not a mailbox')
    await run(mailbox, 'SET', `{${mailbox}}:log`, 'nor its log')
  }

  it('acts on a mailbox of a wrong type fail, and no others that share their call', async () => {
    await damage('u/bad')
    const phones = await Promise.all(['ann', 'bob'].map((user) => attachDevice(store, user, 'phone')))
    const outcomes = await store.append(['ann', 'bad', 'bob'].map((user) => entry(`u/${user}`, 'x')))
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['stored', 'broken', 'stored'])
    const reads = await Promise.allSettled(['ann', 'bad', 'bob'].map((user) => texts(store, `u/${user}`)))
    expect(reads.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(reads[1]).toMatchObject({ reason: { code: 'mailbox-broken', retryable: false } })
    const advances = phones.map(({ epoch }, i) =>
      store.advance([{ mailbox: `u/${['ann', 'bob'][i]}`, reader: 'phone', epoch, position: 1 }]),
    )
    const bad = store.advance([{ mailbox: 'u/bad', reader: 'phone', epoch: 1, position: 1 }])
    await expect(bad).rejects.toMatchObject({ code: 'mailbox-broken' })
    expect(await Promise.all(advances)).toEqual([[true], [true]])
    expect(broken).toBe(3)
  })

  it('a commit gives its entries to everybody else, once, and the next one goes on (G2, G4)', async () => {
    await damage('u/bad')
    await appendTexts(store, 'p/0', 'one', 'two')
    const { epoch } = await attachPartition(store, 0)
    const commit = (seq: number) =>
      store.commit({
        partition: 0,
        epoch,
        from: seq - 1,
        upTo: seq,
        puts: [],
        appends: ['ann', 'bad', 'bob'].map((user) => entry(`u/${user}`, `${seq}`)),
      })
    for (const seq of [1, 2]) {
      expect(await commit(seq)).toMatchObject({
        outcome: 'done',
        appends: [{ outcome: 'stored' }, { outcome: 'broken' }, { outcome: 'stored' }],
      })
    }
    for (const user of ['u/ann', 'u/bob']) expect(await texts(store, user)).toEqual(['1', '2'])
    expect(broken).toBe(2)
  })

  it('a commit that meets something else where a state or its log should be writes nothing at all (G4)', async () => {
    await appendTexts(store, 'p/0', 'one')
    const { epoch } = await attachPartition(store, 0)
    const value = new Uint8Array([1])
    const puts = ['good', 'bad'].map((chat) => ({ chat, field: 'head', value }))
    const commit = (chats: typeof puts) =>
      store.commit({ partition: 0, epoch, from: 0, upTo: 1, puts: chats, appends: [entry('u/ann', 'x')] })
    const nothing = async (): Promise<void> => {
      expect((await store.states(0, ['good']))[0]?.size).toBe(0)
      expect(await texts(store, 'u/ann')).toEqual([])
    }
    await run('p/0', 'SET', '{p/0}:state:bad', 'not a state')
    for (const chats of [puts, puts.toReversed()]) {
      await expect(commit(chats)).rejects.toMatchObject({ code: 'mailbox-broken' })
      await nothing()
    }
    expect(await texts(store, 'p/0')).toEqual(['one'])

    await run('p/0', 'DEL', '{p/0}:state:bad')
    await run('p/0', 'RENAME', '{p/0}:log', '{p/0}:kept')
    await run('p/0', 'SET', '{p/0}:log', 'not its log')
    await expect(commit(puts)).rejects.toMatchObject({ code: 'mailbox-broken' })
    await nothing()

    await run('p/0', 'RENAME', '{p/0}:kept', '{p/0}:log')
    expect(await commit(puts)).toMatchObject({ outcome: 'done' })
    expect((await store.states(0, ['good', 'bad'])).map(({ size }) => size)).toEqual([1, 1])
    expect(await texts(store, 'u/ann')).toEqual(['x'])
  })

  it('the state of a chat that is something else is told as unreadable, and that of others as it is', async () => {
    await appendTexts(store, 'p/0', 'one')
    const { epoch } = await attachPartition(store, 0)
    const puts = [{ chat: 'good', field: 'head', value: new Uint8Array([1]) }]
    await store.commit({ partition: 0, epoch, from: 0, upTo: 1, puts, appends: [] })
    await run('p/0', 'SET', '{p/0}:state:bad', 'not a state')
    const [bad, good, none] = await store.states(0, ['bad', 'good', 'none'])
    expect([...(bad?.keys() ?? [])]).toEqual(['?'])
    expect([...(good?.keys() ?? [])]).toEqual(['head'])
    expect(none?.size).toBe(0)
  })

  it('a commit is not taken for a repeat because a lost history had a higher id for its mailbox (G2)', async () => {
    await appendTexts(store, 'p/0', 'one', 'two', 'three')
    const { epoch } = await attachPartition(store, 0)
    const inAnHour = String((Date.now() + 3_600_000) * 1_024)
    await appendTexts(store, 'u/ann', 'before')
    await run('u/ann', 'HSET', '{u/ann}:meta', 'a0', inAnHour)
    for (const seq of [1, 2, 3]) {
      const appends = ['u/ann', 'u/bob'].map((user) => entry(user, `${seq}`))
      const outcome = await store.commit({ partition: 0, epoch, from: seq - 1, upTo: seq, puts: [], appends })
      expect(outcome).toMatchObject({
        outcome: 'done',
        appends: [{ outcome: 'stored' }, { outcome: 'stored' }],
      })
    }
    expect(await texts(store, 'u/ann')).toEqual(['before', '1', '2', '3'])
    expect(await texts(store, 'u/bob')).toEqual(['1', '2', '3'])
  })

  it('what a newer version has written is refused with a sentence, and what has no number yet gets one', async () => {
    expect(String(await run('nodes', 'GET', '{nodes}:format'))).toBe('4')
    await (await open()).close()
    for (const older of ['1', '2', '3']) {
      await run('nodes', 'SET', '{nodes}:format', older)
      await (await open()).close()
      expect(String(await run('nodes', 'GET', '{nodes}:format'))).toBe('4')
    }
    await run('nodes', 'SET', '{nodes}:format', '5')
    await expect(open()).rejects.toMatchObject({
      code: 'redis-newer',
      retryable: false,
      message: 'Redis holds mailboxes of a newer version (format 5, this one knows up to 4)',
    })
  })

  it('brokers that start together on an empty one find it theirs, all of them', async () => {
    for (let round = 0; round < 5; round++) {
      await service.flush()
      const stores = await Promise.all(Array.from({ length: 4 }, open))
      expect(String(await run('nodes', 'GET', '{nodes}:format'))).toBe('4')
      await Promise.all(stores.map((each) => each.close()))
    }
  })

  it('brokers that could not read what this version writes have to be stopped before it starts', async () => {
    await store.announce('older', [], 60_000)
    await run('nodes', 'SET', '{nodes}:format', '2')
    await expect(open()).rejects.toMatchObject({
      code: 'redis-older-brokers',
      message:
        'Brokers of an older version run on this Redis (format 2, this one writes 4): stop all of them first',
    })
    await store.withdraw('older')
    await (await open()).close()
    expect(String(await run('nodes', 'GET', '{nodes}:format'))).toBe('4')
  })

  it('an older copy that is put back under brokers of this version is of this version again', async () => {
    await run('nodes', 'SET', '{nodes}:format', '2')
    await store.announce('n', [], 60_000)
    expect(String(await run('nodes', 'GET', '{nodes}:format'))).toBe('4')
    await (await open()).close()
    await store.withdraw('n')
  })
})

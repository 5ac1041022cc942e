// One master of three stands still: what needs it waits, and nothing else does.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openRedisStore } from '../../../broker/mailbox/redis/redis-store.ts'
import { slotOf } from '../../../broker/mailbox/redis/slot.ts'
import { OWED_ENTRIES_MAX } from '../../../broker/mailbox/redis/commits/owed.ts'
import type { AttachOutcome, Commit, MailboxStore } from '../../../broker/mailbox/store.ts'
import { messageMark } from '../../../proto/down-entry.ts'
import { createLog } from '../../../kit/log.ts'
import { until } from '../../support/deadline.ts'
import { Crashed, LIMITS, Owner } from '../../support/stores/redis-owner.ts'
import { hasRedis, RedisClusterServers, type RedisServer } from '../../support/stores/redis-server.ts'
import { GROUP, Sender } from '../mailbox-store/bodies.ts'
import { attachDevice, entry, readAll, text } from '../mailbox-store/support.ts'

const WAIT_MS = 20_000

describe.skipIf(!hasRedis())('with one master of three frozen', () => {
  let cluster: RedisClusterServers
  let store: MailboxStore
  let frozen: RedisServer | undefined
  /** Partition 0 is at one master, this user at another, which will freeze. */
  let away = ''
  /** And this one at the third. */
  let there = ''
  /** What the store has said about what it owes. */
  let owed: number[] = []
  let settled = 0
  const open = (): Promise<MailboxStore> =>
    openRedisStore({
      urls: cluster.urls,
      limits: LIMITS,
      node: 'n',
      log: createLog('silent'),
      onOwed: (entries) => owed.push(entries),
      onSettled: () => settled++,
    })
  beforeAll(async () => {
    cluster = await RedisClusterServers.start({ settings: { 'cluster-require-full-coverage': 'no' } })
    const others = GROUP.filter((user) => masterOf(`u/${user}`) !== masterOf('p/0'))
    away = others[0] ?? ''
    there = others.find((user) => masterOf(`u/${user}`) !== masterOf(`u/${away}`)) ?? ''
  })
  beforeEach(async () => {
    owed = []
    settled = 0
    store = await open()
  })
  afterEach(async () => {
    thaw()
    await until(() => Promise.all(store.check()).then(() => true), WAIT_MS, 'the store to be whole again')
    await store.close()
    await cluster.flush()
  })
  afterAll(() => cluster.stop())

  const masterOf = (tag: string): RedisServer => cluster.masterOf(slotOf(tag))
  const freeze = (server: RedisServer): void => {
    frozen = server
    server.signal('SIGSTOP')
  }
  const thaw = (): void => {
    frozen?.signal('SIGCONT')
    frozen = undefined
  }
  const lease = { mailbox: 'p/0', reader: 'worker', node: 'n', ttlMs: 1 }
  const take = (by: { attach(): Promise<AttachOutcome> }): Promise<{ epoch: number; cursor: number }> =>
    until(
      async () => {
        const outcome = await by.attach()
        return outcome.outcome === 'attached' && outcome
      },
      WAIT_MS,
      'the lease',
    )
  const of = (store: MailboxStore) => ({
    attach: async () => (await store.attach([lease]))[0] as AttachOutcome,
  })
  /** Entry `n` of the partition makes one for each of the two. */
  const commitOf = (epoch: number, n: number): Commit => ({
    partition: 0,
    epoch,
    from: n - 1,
    upTo: n,
    puts: [],
    appends: [away, there].map((user) => entry(`u/${user}`, `${n}`)),
  })
  const textsOf = async (user: string): Promise<string[]> => {
    const { entries } = await readAll(store, `u/${user}`)
    return entries.map(text)
  }
  const said = (bytes: Uint8Array): string => `${messageMark(bytes)?.seq ?? text({ bytes })}`

  it('a mailbox gives what stands in front of bytes that are there, and the rest when it is back (G2, G3)', async () => {
    const sender = new Sender(() => store)
    await sender.attach()
    const users = GROUP.filter((user) => masterOf(`u/${user}`) !== masterOf('p/0'))
    const group = Array.from({ length: 100 }, (_, i) => `more${i}`)
    const [ann = '', bob = ''] = users
    for (const user of [ann, bob]) await attachDevice(store, user, 'phone')
    await store.append(['a', 'b'].map((name) => entry(`u/${ann}`, name)))
    await sender.send([ann, ...group])
    await store.append([entry(`u/${ann}`, 'c'), entry(`u/${bob}`, 'd')])
    freeze(masterOf('p/0'))
    const page = await store.read(`u/${ann}`, 0, 100, 100_000)
    expect(page.entries.map(({ bytes }) => said(bytes))).toEqual(['a', 'b'])
    expect(page).toMatchObject({ readUpTo: 2, head: 4, droppedUpTo: 0 })
    await expect(store.read(`u/${ann}`, 2, 100, 100_000)).rejects.toMatchObject({ code: 'store-unavailable' })
    expect((await readAll(store, `u/${bob}`)).entries).toHaveLength(1)
    thaw()
    const rest = await until(
      () => store.read(`u/${ann}`, 2, 100, 100_000).catch(() => false as const),
      WAIT_MS,
      'the rest',
    )
    expect(rest.entries.map(({ bytes }) => said(bytes))).toEqual(['1', 'c'])
    expect(rest).toMatchObject({ readUpTo: 4, droppedUpTo: 0 })
  })

  it('a partition goes on with what is for others, and what is for its users comes in order (G2, G3)', async () => {
    await store.append(['1', '2', '3', '4', '5', '6'].map((name) => entry('p/0', name)))
    const { epoch } = await take(of(store))
    expect((await store.commit(commitOf(epoch, 1))).outcome).toBe('done')
    freeze(masterOf(`u/${away}`))
    for (let n = 2; n <= 5; n++)
      expect(await store.commit(commitOf(epoch, n))).toMatchObject({
        outcome: 'done',
        appends: [{ outcome: 'owed' }, { outcome: 'stored', position: n }],
      })
    expect(await textsOf(there)).toEqual(['1', '2', '3', '4', '5'])
    expect(Math.max(...owed)).toBe(4)
    expect(settled).toBe(0)
    thaw()
    await until(() => owed.at(-1) === 0 && settled > 0, WAIT_MS, 'what is owed to be made')
    expect(await textsOf(away)).toEqual(['1', '2', '3', '4', '5'])
    // From then on straight.
    expect((await store.commit(commitOf(epoch, 6))).outcome).toBe('done')
    await until(async () => (await textsOf(away)).length === 6, WAIT_MS, 'the next')
  })

  it.each([
    { act: 1, when: 'behind' as const, where: 'when it has decided' },
    { act: 4, when: 'before' as const, where: 'before it notes what is owed' },
    { act: 4, when: 'behind' as const, where: 'when it has noted what is owed' },
  ])(
    'an owner that dies $where leaves it to the next, once and in order (G2, G3, G4)',
    async ({ act, when }) => {
      await store.append(['1', '2', '3'].map((name) => entry('p/0', name)))
      const servers = await Owner.servers(cluster.urls)
      const first = await take(of(store))
      const owner = new Owner(servers, LIMITS, { act, when })
      freeze(masterOf(`u/${away}`))
      await expect(owner.commits.commit(commitOf(first.epoch, 1))).rejects.toThrow(Crashed)
      const second = await take(of(store))
      expect(second.cursor).toBe(1)
      for (const n of [2, 3]) expect((await store.commit(commitOf(second.epoch, n))).outcome).toBe('done')
      expect(await textsOf(there)).toEqual(['1', '2', '3'])
      thaw()
      await until(async () => (await textsOf(away)).length === 3, WAIT_MS, 'what is owed')
      expect(await textsOf(away)).toEqual(['1', '2', '3'])
      owner.commits.close()
      servers.close()
    },
  )

  it('a partition that owes too much waits, and loses nothing (G8)', async () => {
    await store.append(['1', '2'].map((name) => entry('p/0', name)))
    const { epoch } = await take(of(store))
    freeze(masterOf(`u/${away}`))
    const many = Array.from({ length: OWED_ENTRIES_MAX + 1 }, (_, i) => entry(`u/${away}`, `${i}`))
    const commit = { ...commitOf(epoch, 1), appends: many }
    await expect(store.commit(commit)).rejects.toMatchObject({ code: 'store-unavailable' })
    thaw()
    const next = await until(() => take(of(store)).catch(() => false as const), WAIT_MS, 'the lease')
    expect(next.cursor).toBe(1)
    expect((await store.commit(commitOf(next.epoch, 2))).outcome).toBe('done')
    const { head } = await store.read(`u/${away}`, 0, 1, 1)
    expect(head).toBe(OWED_ENTRIES_MAX + 2)
  })
})

// One master of three stands still: what needs it waits, and nothing else does.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openRedisStore } from '../../../broker/mailbox/redis/redis-store.ts'
import { slotOf } from '../../../broker/mailbox/redis/slot.ts'
import type { MailboxStore } from '../../../broker/mailbox/store.ts'
import { messageMark } from '../../../proto/down-entry.ts'
import { createLog } from '../../../kit/log.ts'
import { until } from '../../support/deadline.ts'
import { LIMITS } from '../../support/stores/redis-owner.ts'
import { hasRedis, RedisClusterServers, type RedisServer } from '../../support/stores/redis-server.ts'
import { GROUP, Sender } from '../mailbox-store/bodies.ts'
import { attachDevice, entry, readAll, text } from '../mailbox-store/support.ts'

const WAIT_MS = 20_000

describe.skipIf(!hasRedis())('with one master of three frozen', () => {
  let cluster: RedisClusterServers
  let store: MailboxStore
  let frozen: RedisServer | undefined
  beforeAll(async () => {
    cluster = await RedisClusterServers.start({ settings: { 'cluster-require-full-coverage': 'no' } })
  })
  beforeEach(async () => {
    const log = createLog('silent')
    store = await openRedisStore({ urls: cluster.urls, limits: LIMITS, node: 'n', log })
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
})

// What a partition owes to mailboxes whose server is away comes once and in order, also if more goes wrong meanwhile.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pack } from '../../../broker/mailbox/redis/commits/ledger.ts'
import type { Act } from '../../../broker/mailbox/redis/batches.ts'
import { storeUnavailable } from '../../../broker/mailbox/redis/client.ts'
import { owedKey } from '../../../broker/mailbox/redis/keys.ts'
import { APPEND_SCRIPT } from '../../../broker/mailbox/redis/lua/entries.ts'
import { OWE_SCRIPT, RENUMBER_OWED_SCRIPT, SETTLED_SCRIPT } from '../../../broker/mailbox/redis/lua/owed.ts'
import { encodeRecord } from '../../../broker/mailbox/redis/record.ts'
import { openRedisStore } from '../../../broker/mailbox/redis/redis-store.ts'
import type { RedisServers } from '../../../broker/mailbox/redis/servers.ts'
import { slotOf } from '../../../broker/mailbox/redis/slot.ts'
import type { AttachOutcome, Commit, MailboxStore } from '../../../broker/mailbox/store.ts'
import { createLog } from '../../../kit/log.ts'
import { until } from '../../support/deadline.ts'
import { Crashed, LIMITS, Owner } from '../../support/stores/redis-owner.ts'
import { hasRedis, RedisClusterServers, type RedisServer } from '../../support/stores/redis-server.ts'
import { GROUP } from '../mailbox-store/bodies.ts'
import { entry, readAll, text } from '../mailbox-store/support.ts'

const WAIT_MS = 15_000
const MINUTE_MS = 60_000
const OWED = { outcome: 'done', appends: [{ outcome: 'owed' }] }

describe.skipIf(!hasRedis())('what a partition owes', () => {
  let cluster: RedisClusterServers
  let store: MailboxStore
  let servers: RedisServers
  let owner: Owner
  const frozen = new Set<RedisServer>()
  let settled = 0
  const masterOf = (tag: string): RedisServer => cluster.masterOf(slotOf(tag))
  const homeOf = (partition: number): RedisServer => masterOf(`p/${partition}`)
  /** Partition 0 is at one master with this user; these two are at another, which is the one before that. */
  let home = ''
  let away = ''
  let moving = ''
  /** This partition is at the third. */
  let other = 0

  beforeAll(async () => {
    cluster = await RedisClusterServers.start({ settings: { 'cluster-require-full-coverage': 'no' } })
    const { masters } = cluster
    const before = masters[(masters.indexOf(homeOf(0)) + 2) % 3]
    home = GROUP.find((user) => masterOf(`u/${user}`) === homeOf(0)) ?? ''
    const [first = '', second = ''] = GROUP.filter((user) => masterOf(`u/${user}`) === before)
    away = first
    moving = second
    other = Array.from({ length: 256 }, (_, n) => n).findIndex(
      (n) => homeOf(n) !== homeOf(0) && homeOf(n) !== before,
    )
  })
  beforeEach(async () => {
    settled = 0
    servers = await Owner.servers(cluster.urls)
    owner = new Owner(servers, LIMITS)
    store = await openRedisStore({
      urls: cluster.urls,
      limits: LIMITS,
      node: 'n',
      log: createLog('silent'),
      deadlineMs: 2_000,
      onSettled: () => settled++,
    })
    await store.append(['1', '2', '3'].flatMap((name) => [entry('p/0', name), entry(`p/${other}`, name)]))
  })
  afterEach(async () => {
    for (const server of frozen) thaw(server)
    owner.commits.close()
    servers.close()
    await until(() => Promise.all(store.check()).then(() => true), WAIT_MS, 'the store to be whole again')
    await store.close()
    await cluster.flush()
  })
  afterAll(() => cluster.stop())

  const freeze = (server: RedisServer): void => {
    frozen.add(server)
    server.signal('SIGSTOP')
  }
  const thaw = (server: RedisServer): void => {
    frozen.delete(server)
    server.signal('SIGCONT')
  }
  const leaseOf = (partition: number) => ({
    mailbox: `p/${partition}`,
    reader: 'worker',
    node: 'n',
    ttlMs: 1,
  })
  const epochOf = async (outcome: Promise<AttachOutcome | undefined>): Promise<number> => {
    const taken = await outcome
    if (taken?.outcome !== 'attached') throw new Error(`not attached but ${taken?.outcome}`)
    return taken.epoch
  }
  const takenBy = (by: Owner): Promise<number> => epochOf(by.readers.attach(leaseOf(0)))
  const takenByStore = (partition: number): Promise<number> =>
    epochOf(store.attach([leaseOf(partition)]).then(([outcome]) => outcome))
  const commitOf = (partition: number, epoch: number, n: number, ...users: string[]): Commit => ({
    partition,
    epoch,
    from: n - 1,
    upTo: n,
    puts: [],
    appends: users.map((user) => entry(`u/${user}`, `${n} of ${partition}`)),
  })
  const textsOf = async (user: string): Promise<string[]> =>
    (await readAll(store, `u/${user}`)).entries.map(text)
  const untilTexts = (user: string, ...expected: string[]): Promise<unknown> => {
    let found: string[] = []
    return until(
      async () => {
        found = await textsOf(user).catch(() => [])
        return found.length >= expected.length
      },
      WAIT_MS,
      () => `${expected.join()} but ${found.join()}`,
    ).then(() => expect(found).toEqual(expected))
  }
  /** Something happens behind each act of an owner, before its answer is heard. */
  const behind = (by: Owner, happens: (act: Act) => Promise<void> | void): void => {
    const run = by.acts.run.bind(by.acts)
    by.acts.run = async (act) => {
      const reply = await run(act)
      await happens(act)
      return reply
    }
  }
  /** As a commit that was decided then would have left it. */
  const owe = async (user: string, id: number, content: string): Promise<void> => {
    const record = encodeRecord(entry(`u/${user}`, content), 0)
    await homeOf(0).client.hset(owedKey(0), `${id} u/${user}`, Buffer.from(pack([record])))
  }

  it('comes though another partition that owes to the same server is at one that is away (G2)', async () => {
    const epoch = await takenByStore(0)
    const otherEpoch = await takenByStore(other)
    freeze(masterOf(`u/${away}`))
    expect(await store.commit(commitOf(0, epoch, 1, away))).toMatchObject(OWED)
    expect(await store.commit(commitOf(other, otherEpoch, 1, moving))).toMatchObject(OWED)
    freeze(homeOf(0))
    thaw(masterOf(`u/${away}`))
    await untilTexts(moving, `1 of ${other}`)
    await until(() => settled > 0, WAIT_MS, 'lanes to be told')
  })

  it('stays with the next lease when a commit of the last one comes to its end behind it (G2, G3)', async () => {
    const first = await takenBy(owner)
    freeze(masterOf(`u/${away}`))
    expect((await owner.commits.commit(commitOf(0, first, 1, away))).outcome).toBe('done')
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    let isHeld = false
    behind(owner, async ({ script, slot }) => {
      if (isHeld || script !== APPEND_SCRIPT || slot !== slotOf(`u/${home}`)) return
      isHeld = true
      await held
    })
    const late = owner.commits.commit(commitOf(0, first, 2, home, away)).catch((error: Error) => error)
    await until(() => isHeld, WAIT_MS, 'the append')
    const second = await takenBy(owner)
    release()
    expect(await late).toMatchObject({ code: 'store-unavailable' })
    expect((await owner.commits.commit(commitOf(0, second, 3, away))).outcome).toBe('done')
    thaw(masterOf(`u/${away}`))
    await untilTexts(away, '1 of 0', '2 of 0', '3 of 0')
  })

  it('is what the store has of it when an answer was lost, and the lease goes on (G2, G3)', async () => {
    const epoch = await takenBy(owner)
    freeze(masterOf(`u/${away}`))
    let isLost = false
    behind(owner, ({ script }) => {
      if (isLost || script !== OWE_SCRIPT) return
      isLost = true
      throw storeUnavailable('closed the connection')
    })
    await expect(owner.commits.commit(commitOf(0, epoch, 1, away))).rejects.toMatchObject({
      code: 'store-unavailable',
    })
    expect((await owner.commits.commit(commitOf(0, epoch, 2, away))).outcome).toBe('done')
    thaw(masterOf(`u/${away}`))
    await untilTexts(away, '1 of 0', '2 of 0')
  })

  it('comes once if it is older than the marks of commits that a mailbox keeps, and its answer is lost (G4)', async () => {
    const now = Date.now()
    const marks = Array.from({ length: 30 }, (_, i) => [`a${i + 100}`, `${now * 1_024}`]).flat()
    await masterOf(`u/${away}`).client.hset(`{u/${away}}:meta`, ...marks)
    await owe(away, (now - 11 * MINUTE_MS) * 1_024, 'long ago')
    let isLost = false
    behind(owner, ({ script }) => {
      if (isLost || script !== APPEND_SCRIPT) return
      isLost = true
      throw storeUnavailable('closed the connection')
    })
    await takenBy(owner)
    const isOwed = (): Promise<number> => homeOf(0).client.exists(owedKey(0))
    await until(async () => (await isOwed()) === 0, WAIT_MS, 'what is owed to be made')
    expect(await textsOf(away)).toEqual(['long ago'])
  })

  it('keeps its order when it gets other ids because of a history that is lost, and the owner dies (G2, G3)', async () => {
    const now = Date.now()
    await masterOf(`u/${away}`).client.hset(`{u/${away}}:meta`, 'a0', `${(now + MINUTE_MS) * 1_024}`)
    await owe(away, now * 1_024, 'first')
    await owe(away, (now + 1) * 1_024, 'second')
    let isDead = false
    behind(owner, ({ script }) => {
      isDead ||= script === RENUMBER_OWED_SCRIPT
      if (isDead) throw new Crashed()
    })
    await takenBy(owner)
    await until(() => isDead, WAIT_MS, 'its end')
    owner.commits.close()
    await takenByStore(0)
    await untilTexts(away, 'first', 'second')
  })

  // The last one: the mailbox stays where it is then.
  it('goes before what is new when its mailbox has moved to the partition’s own server (G3)', async () => {
    const epoch = await takenBy(owner)
    freeze(masterOf(`u/${moving}`))
    for (const n of [1, 2])
      expect((await owner.commits.commit(commitOf(0, epoch, n, moving))).outcome).toBe('done')
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    behind(owner, ({ script }) => (script === SETTLED_SCRIPT ? held : undefined))
    thaw(masterOf(`u/${moving}`))
    await untilTexts(moving, '1 of 0')
    expect(await cluster.moveSlot(slotOf(`u/${moving}`))).toBe(homeOf(0))
    const key = servers.owner(slotOf('p/0'))
    const hasMoved = (): boolean => servers.owner(slotOf(`u/${moving}`)) === key
    await until(() => servers.refresh().then(hasMoved), WAIT_MS, 'the move to be known')
    expect(await owner.commits.commit(commitOf(0, epoch, 3, moving))).toMatchObject(OWED)
    release()
    await untilTexts(moving, '1 of 0', '2 of 0', '3 of 0')
  })
})

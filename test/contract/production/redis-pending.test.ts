import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { APPEND_SCRIPT } from '../../../broker/mailbox/redis/lua/entries.ts'
import { SLICE_ENTRIES_MAX } from '../../../broker/mailbox/redis/append.ts'
import { encodeRecord } from '../../../broker/mailbox/redis/record.ts'
import { openRedisStore } from '../../../broker/mailbox/redis/redis-store.ts'
import type { RedisServers } from '../../../broker/mailbox/redis/servers.ts'
import { boxPlace } from '../../../broker/mailbox/redis/keys.ts'
import type { Append, Attach, Commit, CommitOutcome, MailboxStore } from '../../../broker/mailbox/store.ts'
import { SHARED_BYTES_MIN } from '../../../broker/mailbox/shared-bodies.ts'
import { messageMark } from '../../../proto/down-entry.ts'
import { createLog } from '../../../kit/log.ts'
import { until } from '../../support/deadline.ts'
import { Crashed, LIMITS, Owner, type Stop } from '../../support/stores/redis-owner.ts'
import { hasRedis, RedisClusterServers, RedisServer } from '../../support/stores/redis-server.ts'
import { messageBytes } from '../mailbox-store/bodies.ts'
import { attached, entry, readAll, text } from '../mailbox-store/support.ts'

const WAIT_MS = 10_000
/** Of three masters each has some of them. */
const USERS = ['u/ann', 'u/bob', 'u/carol', 'u/dan']

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

/** A lease that is over at once, so that the next owner need not wait. */
const lease = (node: string): Attach => ({ mailbox: 'p/0', reader: 'worker', node, ttlMs: 1 })

/** What the entries of a mailbox say, in few words. */
async function said(store: MailboxStore, mailbox: string): Promise<string[]> {
  const { entries } = await readAll(store, mailbox)
  return entries.map((one) => {
    const seq = messageMark(one.bytes)?.seq
    return seq === undefined ? text(one) : `message ${seq}`
  })
}

/** Message `seq` to all users, who share it; the first of them gets a receipt and one more entry as well. */
function deliveries(seq: number): Append[] {
  const bytes = messageBytes(seq, SHARED_BYTES_MIN / USERS.length)
  return [
    ...USERS.map((mailbox) => ({ mailbox, bytes })),
    entry('u/ann', `receipt ${seq}`, { key: 'd', version: seq }),
    entry('u/ann', `accepted ${seq}`),
  ]
}

describe.skipIf(!hasRedis()).each(services)('a pending commit on $name', (kind) => {
  let service: Awaited<ReturnType<typeof kind.start>>
  let servers: RedisServers
  let store: MailboxStore
  const commitOf = (epoch: number, seq: number): Commit => ({
    partition: 0,
    epoch,
    from: seq - 1,
    upTo: seq,
    puts: [{ chat: 'chat', field: 'head', value: new TextEncoder().encode(`${seq}`) }],
    appends: deliveries(seq),
  })
  const isPending = async (): Promise<boolean> => {
    const found = await Promise.all(
      service.servers.map(({ client }) => client.exists('{p/0}:pending').catch(() => 0)),
    )
    return found.some((count) => count > 0)
  }

  beforeAll(async () => {
    service = await kind.start()
    servers = await Owner.servers(service.urls)
    store = await openRedisStore({ urls: service.urls, limits: LIMITS, node: 'x', log: createLog('silent') })
  })
  beforeEach(async () => {
    await store.append([entry('p/0', 'one'), entry('p/0', 'two'), entry('p/0', 'three')])
  })
  afterEach(() => service.flush())
  afterAll(async () => {
    await store.close()
    servers.close()
    await service.stop()
  })

  /** The next owner goes on from wherever the last one got to, until message `last` is committed. */
  const goOn = async (node: string, last: number): Promise<void> => {
    const owner = new Owner(servers, LIMITS)
    const taken = await until(
      async () => {
        const outcome = await owner.readers.attach(lease(node))
        return outcome.outcome === 'attached' && outcome
      },
      WAIT_MS,
      'the lease',
    )
    for (let seq = taken.cursor + 1; seq <= last; seq++) {
      expect((await owner.commits.commit(commitOf(taken.epoch, seq))).outcome).toBe('done')
    }
  }

  const expectDelivered = async (last: number): Promise<void> => {
    const seqs = Array.from({ length: last }, (_, i) => i + 1)
    for (const user of USERS.slice(1)) {
      expect(await said(store, user)).toEqual(seqs.map((seq) => `message ${seq}`))
    }
    // Of the receipts the last is left.
    expect(await said(store, 'u/ann')).toEqual(
      seqs.flatMap((seq) => [
        `message ${seq}`,
        ...(seq === last ? [`receipt ${seq}`] : []),
        `accepted ${seq}`,
      ]),
    )
    const [state] = await store.states(0, ['chat'])
    expect(new TextDecoder().decode(state?.get('head'))).toBe(`${last}`)
    await until(async () => !(await isPending()), WAIT_MS, 'pending to be removed')
  }

  /** Every place where a commit of these deliveries can be cut: the note of what is shared, its decision, its appends, its end. */
  const stops: Stop[] = Array.from({ length: USERS.length + 3 }, (_, i) => i + 1).flatMap((act) => [
    { act, when: 'before' as const },
    { act, when: 'behind' as const },
  ])

  it('has as many steps as the tests below cut between', async () => {
    const owner = new Owner(servers, LIMITS)
    const { epoch } = attached(await owner.readers.attach(lease('a')))
    owner.acts.count = 0
    await owner.commits.commit(commitOf(epoch, 1))
    await until(() => owner.acts.answered >= USERS.length + 3, WAIT_MS, 'all acts')
    expect(owner.acts.count).toBe(USERS.length + 3)
  })

  it.each(stops)(
    'is finished by the next owner, each entry once: crash $when act $act (G2, G3)',
    async (stop) => {
      const first = attached(await new Owner(servers, LIMITS).readers.attach(lease('a')))
      const crashing = new Owner(servers, LIMITS, stop)
      await crashing.commits.commit(commitOf(first.epoch, 1)).catch(() => {})
      await goOn('b', 2)
      await expectDelivered(2)
    },
  )

  it('is finished by the third owner when the second dies while finishing it, wherever (G2, G3)', async () => {
    for (const stop of stops.filter(({ act }) => act > 1)) {
      for (const second of stops) {
        const first = attached(await new Owner(servers, LIMITS).readers.attach(lease('a')))
        await new Owner(servers, LIMITS, stop).commits.commit(commitOf(first.epoch, 1)).catch(() => {})
        const finishing = new Owner(servers, LIMITS, second)
        await until(
          async () => {
            const outcome = await finishing.readers.attach(lease('b')).catch(() => 'died' as const)
            return outcome === 'died' || outcome.outcome === 'attached'
          },
          WAIT_MS,
          'the second owner',
        )
        await goOn('c', 3)
        await expectDelivered(3)
        await service.flush()
        await store.append([entry('p/0', 'one'), entry('p/0', 'two'), entry('p/0', 'three')])
      }
    }
  }, 120_000)

  it.each(stops)(
    'is not touched by an owner that wakes up after another has gone on: frozen $when act $act (G7)',
    async (stop) => {
      const first = attached(await new Owner(servers, LIMITS).readers.attach(lease('a')))
      let thaw = (): void => {}
      const thawed = new Promise<void>((resolve) => {
        thaw = resolve
      })
      const frozen = new Owner(servers, LIMITS, stop, () => thawed)
      const late: Promise<CommitOutcome | Error> = frozen.commits
        .commit(commitOf(first.epoch, 1))
        .catch((error: Error) => error)
      await until(() => frozen.acts.count >= stop.act, WAIT_MS, 'the owner to freeze')
      await goOn('b', 2)
      await expectDelivered(2)
      thaw()
      const outcome = await late
      if (stop.act === 1 && stop.when === 'before') expect(outcome).toEqual({ outcome: 'refused' })
      await expectDelivered(2)
      const again = await new Owner(servers, LIMITS).commits.commit(commitOf(first.epoch, 3))
      expect(again).toEqual({ outcome: 'refused' })
    },
  )

  it('is kept when an earlier owner is late to say that it has finished its own (G2, G7)', async () => {
    const first = attached(await new Owner(servers, LIMITS).readers.attach(lease('a')))
    let thaw = (): void => {}
    const thawed = new Promise<void>((resolve) => {
      thaw = resolve
    })
    // The note, the decision, one append per user, and then it says that they are made.
    const last = USERS.length + 3
    const late = new Owner(servers, LIMITS, { act: last, when: 'before' }, () => thawed)
    await late.commits.commit(commitOf(first.epoch, 1))
    await until(() => late.acts.count >= last, WAIT_MS, 'the owner to freeze')
    const next = new Owner(servers, LIMITS)
    const { epoch } = await until(
      async () => {
        const outcome = await next.readers.attach(lease('b'))
        return outcome.outcome === 'attached' && outcome
      },
      WAIT_MS,
      'the lease',
    )
    await until(async () => !(await isPending()), WAIT_MS, 'pending to be removed')
    const crashing = new Owner(servers, LIMITS, { act: 2, when: 'behind' })
    await crashing.commits.commit(commitOf(epoch, 2)).catch(() => {})
    expect(await isPending()).toBe(true)
    thaw()
    await until(() => late.acts.answered >= last, WAIT_MS, 'what the late one had to say')
    expect(await isPending()).toBe(true)
    await goOn('c', 3)
    await expectDelivered(3)
  })

  it('is finished by the next owner, each entry once, also between the slices of one mailbox (G2, G3)', async () => {
    const contents = Array.from({ length: 2 * SLICE_ENTRIES_MAX + 1 }, (_, i) => `${i}`)
    const appends = contents.map((content) => entry('u/ann', content))
    // The decision, three slices, the end.
    const acts = [1, 2, 3, 4, 5]
    for (const stop of acts.flatMap((act) =>
      (['before', 'behind'] as const).map((when) => ({ act, when })),
    )) {
      const first = attached(await new Owner(servers, LIMITS).readers.attach(lease('a')))
      const crashing = new Owner(servers, LIMITS, stop)
      await crashing.commits.commit({ ...commitOf(first.epoch, 1), appends }).catch(() => {})
      const owner = new Owner(servers, LIMITS)
      const next = await until(
        async () => {
          const outcome = await owner.readers.attach(lease('b'))
          return outcome.outcome === 'attached' && outcome
        },
        WAIT_MS,
        'the lease',
      )
      const again = { ...commitOf(next.epoch, 1), appends }
      if (next.cursor === 0) expect((await owner.commits.commit(again)).outcome).toBe('done')
      expect(await said(store, 'u/ann'), `crash ${stop.when} act ${stop.act}`).toEqual(contents)
      await service.flush()
      await store.append([entry('p/0', 'one'), entry('p/0', 'two'), entry('p/0', 'three')])
    }
  })

  it('is finished by its own owner before the next commit, when its appends did not come through', async () => {
    const { epoch } = attached(await new Owner(servers, LIMITS).readers.attach(lease('a')))
    const failing = new Owner(servers, LIMITS, { act: 4, when: 'before' })
    await expect(failing.commits.commit(commitOf(epoch, 1))).rejects.toThrow(Crashed)
    expect(await isPending()).toBe(true)
    const healed = new Owner(servers, LIMITS)
    expect(await healed.commits.commit(commitOf(epoch, 1))).toEqual({ outcome: 'done', appends: [] })
    expect((await healed.commits.commit(commitOf(epoch, 2))).outcome).toBe('done')
    await expectDelivered(2)
  })

  it('refuses appends that come after their time, and forgets old marks when there are many', async () => {
    const owner = new Owner(servers, LIMITS)
    const record = encodeRecord(entry('u/ann', 'late'), 0)
    const append = (field: string, id: number, notAfter: number) =>
      owner.acts.run({
        ...boxPlace('u/ann'),
        script: APPEND_SCRIPT,
        args: ['1 10 1000 20', `${field} ${id} ${notAfter}`, record],
      })
    const now = Date.now()
    expect(await append('a0', now * 1024, now - 1_000)).toBe(-3)
    expect(await said(store, 'u/ann')).toEqual([])

    const old = (now - 3_600_000) * 1024
    for (let partition = 1; partition <= 40; partition++) await append(`a${partition}`, old, now + 60_000)
    await append('a99', now * 1024, now + 60_000)
    expect(await append('a99', now * 1024, now + 60_000)).toBe(-now * 1024)
    const fields = await until(
      async () => {
        const all = await Promise.all(
          service.servers.map(({ client }) => client.hkeys('{u/ann}:meta').catch(() => [])),
        )
        return all.find((keys) => keys.length > 0)
      },
      WAIT_MS,
      'the fields',
    )
    const marks = fields.filter((field) => /^a\d/.test(field))
    expect(marks).toContain('a99')
    expect(marks).not.toContain('a1')
    expect(marks.length).toBeLessThanOrEqual(25)
  })
})

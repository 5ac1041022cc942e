// Who has the partitions when workers come, go, die and hang? On real processes and Redis, by the brokers' own figures.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, memoryStore, type Client } from '../../clients/index.ts'
import { until } from '../support/deadline.ts'
import { hasPostgres } from '../support/stores/postgres-server.ts'
import { hasRedis } from '../support/stores/redis-server.ts'
import { Cluster } from './cluster.ts'
import type { RoleProcess } from './role-process.ts'

const PARTITIONS = 256
/** Of two workers each has about a half. */
const SHARE_MIN = 64
const IN_ORDER_MS = 2_000
const DEAD_MS = 10_000
/** 5 s without a commit, a round until that is seen, and the work itself. */
const HANGING_MS = 12_000
const START_MS_MAX = 20_000

describe.skipIf(!hasRedis() || !hasPostgres())('G7 partitions', () => {
  let cluster: Cluster
  let near: RoleProcess
  let far: RoleProcess
  const clients: Client[] = []
  beforeAll(async () => {
    cluster = await Cluster.start({ workers: 1 })
    ;[near, far] = cluster.brokers as [RoleProcess, RoleProcess]
    await held([PARTITIONS, 0], START_MS_MAX)
  })
  afterAll(async () => {
    for (const client of clients) await client.close({ drainMs: 0 })
    await cluster?.stop()
  })

  const leases = async (broker: RoleProcess): Promise<number> =>
    broker.isRunning ? Number(/^restante_work_leases_held (\d+)/m.exec(await broker.metricsText())?.[1]) : 0

  /** Waits until the brokers hold at least so many, and all of them together. */
  const held = async (least: readonly [near: number, far: number], withinMs: number): Promise<void> => {
    let seen: number[] = []
    await until(
      async () => {
        seen = await Promise.all(cluster.brokers.map(leases))
        const isWhole = seen.reduce((sum, count) => sum + count, 0) === PARTITIONS
        return isWhole && seen.every((count, i) => count >= (least[i] as number))
      },
      withinMs,
      () => `leases at ${seen.join(' and ')}`,
    )
  }

  const open = async (user: string): Promise<Client> => {
    const url = `mqtt://127.0.0.1:${near.port}`
    const client = await connect({
      url,
      token: () => cluster.token(user),
      device: 'phone',
      store: memoryStore(),
    })
    clients.push(client)
    return client
  }

  test('are shared out within 2 s when a worker joins, and come back within 2 s when it leaves in order', async () => {
    const worker = await cluster.addWorker(far)
    await held([SHARE_MIN, SHARE_MIN], IN_ORDER_MS)
    const left = cluster.remove(worker)
    await held([PARTITIONS, 0], IN_ORDER_MS)
    await left
  })

  test('come over within 10 s when a broker and its worker die', async () => {
    const worker = await cluster.addWorker(far)
    await held([SHARE_MIN, SHARE_MIN], IN_ORDER_MS)
    await Promise.all([far.end('SIGKILL'), worker.end('SIGKILL')])
    // Nobody takes a living lease, not even of a dead one.
    expect(await leases(near)).toBeLessThan(PARTITIONS)
    await held([PARTITIONS, 0], DEAD_MS)
    await far.start()
    await worker.start()
    await held([SHARE_MIN, SHARE_MIN], START_MS_MAX)
  })

  test('go to another when their worker hangs, connected, with entries outstanding; it has a share again when it goes on', async () => {
    const worker = cluster.workers.at(-1) as RoleProcess
    const [alice] = [await open('alice'), await open('bob')]
    // As soon as somebody has heard of bob.
    await until(() => alice.createGroup({ name: 'first', members: ['bob'] }), START_MS_MAX, 'a group')
    worker.signal('SIGSTOP')
    try {
      const groups = Array.from({ length: 64 }, (_, i) =>
        alice.createGroup({ name: `${i}`, members: ['bob'] }),
      )
      const all = Promise.all(groups)
      const isLate = new Promise((resolve) => setTimeout(resolve, HANGING_MS, 'late'))
      expect(await Promise.race([all, isLate])).toHaveLength(groups.length)
      await held([PARTITIONS, 0], IN_ORDER_MS)
    } finally {
      worker.signal('SIGCONT')
    }
    await held([SHARE_MIN, SHARE_MIN], START_MS_MAX)
  })
})

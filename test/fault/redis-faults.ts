import type { Cluster } from '../cluster/cluster.ts'
import type { RoleProcess } from '../cluster/role-process.ts'
import { PARTITIONS } from '../../proto/limits.ts'
import { slotOf } from '../../broker/mailbox/redis/slot.ts'
import { until } from '../support/deadline.ts'
import { FaultProxy } from '../support/fault-proxy.ts'
import type { Random } from '../support/random.ts'
import { rowsOf } from '../support/stores/postgres-server.ts'
import type { RedisClusterServers, RedisServer } from '../support/stores/redis-server.ts'
import type { Observation } from './observation.ts'
import type { Topology } from './topology.ts'

/** Longer than any lease or deadline: slow is not dead, and who was taken for dead must find its writes refused. */
const FROZEN_MS = 15_000
/** Longer than any call's deadline, and not as long as a connection's. */
const STALLED_MS = 7_000
const PROMOTION_MS_MAX = 20_000
/** After the last of a fault until every partition is served. */
const WHOLE_MS_MAX = 10_000
/** Until workers have written what they know to a directory that answers, and have said so a few times. */
const WRITTEN_MS_MAX = 30_000
const WRITTEN_TIMES = 3
/** Slots that move to another master, and how long each is on its way. */
const MOVED = 3
const SLOT_MS = 2_000

export function redisFaults(cluster: Cluster, redis: RedisServer): Topology['faults'] {
  return {
    'Redis killed': async (random) => {
      await redis.kill()
      await pause(random.between(0, 2_000))
      await redis.restart()
    },
    'Redis frozen': () => frozen((signal) => redis.signal(signal)),
    'Redis stalled for 7 s during a rolling restart': async () => {
      for (const [i, broker] of cluster.brokers.entries()) {
        const worker = cluster.workers[i] as RoleProcess
        const stall = frozen((signal) => redis.signal(signal), STALLED_MS)
        await Promise.all([broker.end('SIGTERM'), worker.end('SIGTERM')])
        await stall
        await Promise.all([broker.start(), worker.start()])
        await wholeAgain(cluster)
      }
      // The others kept running while it stood still.
      await frozen((signal) => redis.signal(signal), STALLED_MS)
      await wholeAgain(cluster)
    },
    'pub/sub cut every second': async () => {
      for (let i = 0; i < 8; i++) {
        await redis.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
        await pause(1_000)
      }
    },
    'two brokers that see different workers': () => disagreeing(cluster, redis),
    'Redis put back to a copy': (random, _plan, log) => putBackToCopy(cluster, redis, random, log),
  }
}

/**
 * A broker with a worker of its own joins, and then hears nothing of Redis for longer than any lease. It goes on with
 * the workers that it knew, while the others see neither it nor its worker. When it hears again, both leave in order.
 */
async function disagreeing(cluster: Cluster, redis: RedisServer): Promise<void> {
  const proxy = await FaultProxy.start({ port: redis.port })
  try {
    const broker = await cluster.addBroker({ REDIS_URL: `redis://127.0.0.1:${proxy.port}` })
    const worker = await cluster.addWorker(broker)
    await pause(3_000)
    proxy.freeze()
    await pause(FROZEN_MS)
    proxy.thaw()
    await pause(3_000)
    await cluster.remove(worker)
    await cluster.remove(broker)
  } finally {
    await proxy.stop()
  }
}

export function redisClusterFaults(cluster: Cluster, redis: RedisClusterServers): Topology['faults'] {
  const gone: Topology['faults'] = {
    'a master gone and back': async (random) => {
      const master = random.pick(redis.masters)
      await master.kill()
      await pause(random.between(500, 3_000))
      await master.restart()
    },
    'a master frozen': async (random) => {
      const master = random.pick(redis.masters)
      await frozen((signal) => master.signal(signal))
      await wholeAgain(cluster)
    },
    'slots moving': async () => {
      for (let partition = 0; partition < MOVED; partition++) {
        await redis.moveSlot(slotOf(`p/${partition}`), SLOT_MS)
      }
      await wholeAgain(cluster)
    },
  }
  if (redis.replicas.length === 0) return gone
  return {
    'a replica promoted': async () => {
      const [master] = redis.masters as readonly [RedisServer]
      const [replica] = redis.replicas as readonly [RedisServer]
      // What a replica has not got yet is lost with its master, on a busy machine: that is Redis' own word (ADR 0014).
      await master.client.call('CLIENT', 'PAUSE', PROMOTION_MS_MAX, 'WRITE')
      const written = await offsetOf(master, 'master_repl_offset')
      await until(
        async () => (await offsetOf(replica, 'slave_repl_offset')) >= written,
        PROMOTION_MS_MAX,
        () => 'the replica to have what its master has',
      )
      await master.kill()
      await until(
        async () => (await replica.client.info('replication')).includes('role:master'),
        PROMOTION_MS_MAX,
        () => 'the promotion',
      )
      await master.restart()
    },
  }
}

async function offsetOf({ client }: RedisServer, field: string): Promise<number> {
  return Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(await client.info('replication'))?.[1])
}

/**
 * Mailboxes are put back to a copy as docs/production.md says: clients are kept out until the directory knows how far each
 * chat has come, which is what the chats go on from.
 */
async function putBackToCopy(
  cluster: Cluster,
  redis: RedisServer,
  random: Random,
  log: Observation[],
): Promise<void> {
  const everywhere = { user: '', device: '', chat: '' }
  const balancers = [cluster.mqtt, cluster.http]
  log.push({ ...everywhere, what: 'copied' })
  const putBack = await redis.backUp()
  await pause(random.between(1_000, 3_000))
  for (const balancer of balancers) balancer.shut()
  let times = 0
  await until(
    async () => {
      times = (await isWrittenDown(cluster)) ? times + 1 : 0
      return times === WRITTEN_TIMES
    },
    WRITTEN_MS_MAX,
    () => 'the directory to know all',
    1_000,
  )
  const members = await membersOf(cluster)
  await putBack(() => log.push({ ...everywhere, what: 'put-back', members }))
  for (const balancer of balancers) balancer.open()
  await wholeAgain(cluster)
}

/** By chat, as the directory has them. */
async function membersOf({ postgres }: Cluster): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await rowsOf<{ chat_id: Buffer; user_id: string }>(
    postgres.url,
    'select chat_id, user_id from members where leave_seq = 0',
  )
  const members = new Map<string, string[]>()
  for (const { chat_id: bytes, user_id: user } of rows) {
    const chat = bytes.toString('base64url')
    members.set(chat, [...(members.get(chat) ?? []), user])
  }
  return members
}

async function isWrittenDown({ workers }: Cluster): Promise<boolean> {
  const texts = await Promise.all(workers.map((worker) => worker.metricsText()))
  return texts.every((text) => /^restante_worker_directory_unsaved 0$/m.test(text))
}

/** Every partition is held by one of the brokers, and served. */
export async function wholeAgain({ brokers }: Cluster): Promise<void> {
  const sum = async (metric: string): Promise<number> => {
    const texts = await Promise.all(brokers.map((broker) => broker.metricsText()))
    const values = texts.map((text) => Number(new RegExp(`^${metric} (\\S+)`, 'm').exec(text)?.[1]))
    return values.reduce((total, value) => total + value, 0)
  }
  let seen = ''
  await until(
    async () => {
      const held = await sum('restante_work_leases_held')
      const unserved = await sum('restante_work_partitions_unserved')
      seen = `${held} leases, ${unserved} partitions not served`
      return held === PARTITIONS && unserved === 0
    },
    WHOLE_MS_MAX,
    () => seen,
    100,
  )
}

export async function frozen(signal: (signal: NodeJS.Signals) => void, ms = FROZEN_MS): Promise<void> {
  signal('SIGSTOP')
  await pause(ms)
  signal('SIGCONT')
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

import { readFileSync } from 'node:fs'
import { Cluster, type ClusterOptions } from '../cluster/cluster.ts'
import type { RoleProcess } from '../cluster/role-process.ts'
import { until } from '../support/deadline.ts'
import { FaultProxy } from '../support/fault-proxy.ts'
import type { Random } from '../support/random.ts'
import { RedisServer, type RedisClusterServers } from '../support/stores/redis-server.ts'
import type { Topology } from './topology.ts'

/** All devices come from one address here, and all come back at once. */
const UNHURRIED = {
  RESTANTE_CONNECTS_PER_S_MAX: '100000',
  RESTANTE_UNAUTHENTICATED_PER_ADDRESS_MAX: '0',
  RESTANTE_CONNECTS_PER_S_PER_ADDRESS_MAX: '0',
}
/** Longer than any lease or deadline: slow is not dead, and who was taken for dead must find its writes refused. */
const FROZEN_MS = 15_000
const PROMOTION_MS_MAX = 20_000

/**
 * Two brokers behind a balancer, two workers, Redis and PostgreSQL, as many processes. Devices know the balancer's
 * address alone, which takes the brokers in turns: whoever reconnects finds itself on the other node.
 */
export async function startCluster(redis: NonNullable<ClusterOptions['redis']>): Promise<Topology> {
  const cluster = await Cluster.start({ redis, env: UNHURRIED })
  return {
    name: redis === 'single' ? 'cluster' : `cluster on a Redis ${redis}`,
    endpoints: [{ port: cluster.mqtt.port, httpPort: cluster.http.port }],
    token: (user) => cluster.token(user),
    faults: {
      ...roleFaults(cluster),
      ...(cluster.redis instanceof RedisServer
        ? redisFaults(cluster, cluster.redis)
        : redisClusterFaults(cluster.redis)),
      'PostgreSQL killed': async () => {
        await cluster.postgres.kill()
        await pause(3_000)
        await cluster.postgres.restart()
      },
      'devices bouncing between two nodes': async (random) => {
        for (let i = 0; i < 12; i++) {
          for (const balancer of [cluster.mqtt, cluster.http]) balancer.cut()
          await pause(random.between(200, 1_000))
        }
      },
      'PostgreSQL frozen': () => frozen((signal) => signalFamily(cluster.postgres.pid, signal)),
    },
    output: () =>
      [...cluster.brokers, ...cluster.workers]
        .map(({ role, port, httpPort, output }) => `${role} ${port || httpPort}\n${output}`)
        .join('\n'),
    stop: () => cluster.stop(),
  }
}

function roleFaults({ brokers, workers }: Cluster): Topology['faults'] {
  const killed = async (role: RoleProcess, random: Random): Promise<void> => {
    await role.end('SIGKILL')
    await pause(random.between(0, 2_000))
    await role.start()
  }
  return {
    'a broker killed': (random) => killed(random.pick(brokers), random),
    'a worker killed': (random) => killed(random.pick(workers), random),
    'a broker frozen': (random) => frozenRole(random.pick(brokers)),
    'a worker frozen': (random) => frozenRole(random.pick(workers)),
    'a rolling restart': async () => {
      for (const role of [...brokers, ...workers]) {
        const code = await role.end('SIGTERM')
        if (code !== 0) throw new Error(`a ${role.role} ended with ${code}: ${role.output.slice(-2_000)}`)
        await role.start()
      }
    },
  }
}

function redisFaults(cluster: Cluster, redis: RedisServer): Topology['faults'] {
  return {
    'Redis killed': async (random) => {
      await redis.kill()
      await pause(random.between(0, 2_000))
      await redis.restart()
    },
    'Redis frozen': () => frozen((signal) => redis.signal(signal)),
    'pub/sub cut every second': async () => {
      for (let i = 0; i < 8; i++) {
        await redis.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
        await pause(1_000)
      }
    },
    'two brokers that see different workers': () => disagreeing(cluster, redis),
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

function redisClusterFaults(redis: RedisClusterServers): Topology['faults'] {
  const gone: Topology['faults'] = {
    'a master gone and back': async (random) => {
      const master = random.pick(redis.masters)
      await master.kill()
      await pause(random.between(500, 3_000))
      await master.restart()
    },
  }
  if (redis.replicas.length === 0) return gone
  return {
    'a replica promoted': async () => {
      const [master] = redis.masters as readonly [RedisServer]
      const [replica] = redis.replicas as readonly [RedisServer]
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

async function frozenRole(role: RoleProcess): Promise<void> {
  role.isFrozen = true // the balancer's health check
  await frozen((signal) => role.signal(signal))
  role.isFrozen = false
}

async function frozen(signal: (signal: NodeJS.Signals) => void): Promise<void> {
  signal('SIGSTOP')
  await pause(FROZEN_MS)
  signal('SIGCONT')
}

/** A process and its children: PostgreSQL has one for each connection. */
function signalFamily(pid: number, signal: NodeJS.Signals): void {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  for (const member of [pid, ...children.map(Number)]) process.kill(member, signal)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

import { readFileSync } from 'node:fs'
import { Cluster, type ClusterOptions } from '../cluster/cluster.ts'
import type { RoleProcess } from '../cluster/role-process.ts'
import type { Random } from '../support/random.ts'
import { RedisServer } from '../support/stores/redis-server.ts'
import { frozen, pause, redisClusterFaults, redisFaults } from './redis-faults.ts'
import type { Topology } from './topology.ts'

/** All devices come from one address here, and all come back at once. */
const UNHURRIED = {
  RESTANTE_CONNECTS_PER_S_MAX: '100000',
  RESTANTE_UNAUTHENTICATED_PER_ADDRESS_MAX: '0',
  RESTANTE_CONNECTS_PER_S_PER_ADDRESS_MAX: '0',
}
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
        : redisClusterFaults(cluster, cluster.redis)),
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

async function frozenRole(role: RoleProcess): Promise<void> {
  role.isFrozen = true // the balancer's health check
  await frozen((signal) => role.signal(signal))
  role.isFrozen = false
}

/** A process and its children: PostgreSQL has one for each connection. */
function signalFamily(pid: number, signal: NodeJS.Signals): void {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  for (const member of [pid, ...children.map(Number)]) process.kill(member, signal)
}

import { readFileSync } from 'node:fs'
import { Cluster, type ClusterOptions } from '../cluster/cluster.ts'
import type { RoleProcess } from '../cluster/role-process.ts'
import type { Random } from '../support/random.ts'
import { RedisServer } from '../support/stores/redis-server.ts'
import { FakeTime } from '../support/fake-time.ts'
import { RawClient } from '../support/raw-client.ts'
import type { Plan } from './observation.ts'
import { frozen, pause, redisClusterFaults, redisFaults, wholeAgain } from './redis-faults.ts'
import type { Topology } from './topology.ts'

/** All devices come from one address here, and all come back at once. */
const UNHURRIED = {
  RESTANTE_CONNECTS_PER_S_MAX: '100000',
  RESTANTE_UNAUTHENTICATED_PER_ADDRESS_MAX: '0',
  RESTANTE_CONNECTS_PER_S_PER_ADDRESS_MAX: '0',
}
/** A question and its answer, each way half of it. */
const DIRECTORY_MS = 3_000
/** Devices of which a second process runs, and for how long. */
const SECONDS = 4
const SECOND_MS = 4_000
const HOUR_S = 3_600
/** What clocks are set to, in seconds ahead of the right time, and for how long. */
const CLOCKS_S = [HOUR_S, -HOUR_S, 40 * 24 * HOUR_S, 0]
const CLOCK_MS = 1_500

/**
 * Two brokers behind a balancer, two workers, Redis and PostgreSQL, as many processes. Devices know the balancer's
 * address alone, which takes the brokers in turns: whoever reconnects finds itself on the other node.
 */
export async function startCluster(redis: NonNullable<ClusterOptions['redis']>): Promise<Topology> {
  const cluster = await Cluster.start({ redis, env: UNHURRIED, hasFaultyDirectory: true })
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
      'a directory that answers after 3 s': async () => {
        const { directory } = cluster
        if (directory === undefined) throw new Error('the directory is reached directly')
        directory.delayMs = DIRECTORY_MS / 2
        await pause(3 * DIRECTORY_MS)
        directory.delayMs = 0
        await wholeAgain(cluster)
      },
      'PostgreSQL put back to a copy': async (random) => {
        const putBack = await cluster.postgres.backUp()
        await pause(random.between(1_000, 3_000))
        await putBack()
        // As docs/production.md says of a directory that is older.
        for (const worker of cluster.workers) {
          await worker.end('SIGTERM')
          await worker.start()
        }
        await wholeAgain(cluster)
      },
      'two processes of one device': (random, plan) => secondProcesses(cluster, random, plan),
      'clocks that are set': () => setClocks(cluster),
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

/**
 * Some devices run twice, with one client id: each process takes the session away from the other. The second reads and
 * acknowledges nothing, as one that has no store of its own must not.
 */
async function secondProcesses(cluster: Cluster, random: Random, plan: Plan): Promise<void> {
  const untilMs = performance.now() + SECOND_MS
  const seconds = random.sample(plan.devices, SECONDS).map(async ({ user, device }) => {
    const password = await cluster.token(user)
    while (performance.now() < untilMs) {
      const raw = await RawClient.open({ port: cluster.mqtt.port })
      const closed = new Promise<void>((resolve) => (raw.onClosed = resolve))
      raw.onPacket = ({ type }) => type === 'publish'
      await raw.connect({ clientId: `${user}/${device}`, username: user, password }).catch(() => undefined)
      await Promise.race([closed, pause(untilMs - performance.now())])
      raw.cut()
      await pause(random.between(10, 200))
    }
  })
  await Promise.all(seconds)
  await wholeAgain(cluster)
}

/** A broker and its worker join whose clock somebody sets while they run, and leave again. */
async function setClocks(cluster: Cluster): Promise<void> {
  const time = new FakeTime('clock')
  const broker = await cluster.addBroker(time.env)
  const worker = await cluster.addWorker(broker, time.env)
  for (const aheadS of CLOCKS_S) {
    time.set(aheadS)
    await pause(CLOCK_MS)
  }
  await cluster.remove(worker)
  await cluster.remove(broker)
  await wholeAgain(cluster)
}

/** A process and its children: PostgreSQL has one for each connection. */
function signalFamily(pid: number, signal: NodeJS.Signals): void {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  for (const member of [pid, ...children.map(Number)]) process.kill(member, signal)
}

// Many processes on Redis and PostgreSQL: does anything get lost, doubled, reordered or misdirected when one of them
// is killed or frozen, under load, with devices that bounce between two nodes?
import { afterAll, beforeAll, describe, test } from 'vitest'
import { startCluster } from '../fault/cluster-topology.ts'
import { runFault } from '../fault/fault-run.ts'
import { FakeTime } from '../support/fake-time.ts'
import { hasPostgres } from '../support/stores/postgres-server.ts'
import { hasRedis } from '../support/stores/redis-server.ts'
import type { Topology } from '../fault/topology.ts'

const SIZES = { single: 14, double: 4, bridges: 6, doors: 2, directChats: 24, groups: 5, groupMembersMax: 10 }
const SHAPE = { pauseMs: [60, 240], readShare: 0.1, cutShare: 0.02, restartShare: 0.01 } as const
const SEED = Number(process.env['FAULT_SEED'] ?? 1)
const IDLE_MS_MAX = 40_000
const FAULT_MS_MAX = 300_000

const SUITES = [
  {
    redis: 'single',
    faults: [
      'a broker killed',
      'a worker killed',
      'Redis killed',
      'PostgreSQL killed',
      'a broker frozen',
      'a worker frozen',
      'Redis frozen',
      'PostgreSQL frozen',
      'a directory that answers after 3 s',
      'PostgreSQL put back to a copy',
      'two processes of one device',
      'clocks that are set',
      'pub/sub cut every second',
      'devices bouncing between two nodes',
      'two brokers that see different workers',
      'a rolling restart',
      'Redis stalled for 7 s during a rolling restart',
      'Redis put back to a copy',
    ],
  },
  { redis: 'cluster-with-replicas', faults: ['a broker killed', 'a replica promoted'] },
  { redis: 'cluster', faults: ['a master gone and back', 'a master frozen', 'slots moving'] },
] as const

describe.each(SUITES)('Redis: $redis', ({ redis, faults }) => {
  let topology: Topology | undefined
  beforeAll(async () => {
    if (hasRedis() && hasPostgres()) topology = await startCluster(redis)
  })
  afterAll(() => topology?.stop())

  for (const fault of faults)
    test(
      `G1 G2 G3 G4 G5 G6 G7 trap 9, trap 24: nothing is lost, doubled or reordered with ${fault}`,
      async (context) => {
        if (!topology) return context.skip('redis-server or PostgreSQL is not here')
        if (fault === 'clocks that are set') new FakeTime('clock').needed(context)
        const run = { seed: SEED, sizes: SIZES, shape: SHAPE, idleMsMax: IDLE_MS_MAX }
        await runFault(topology, fault, run)
      },
      FAULT_MS_MAX,
    )
})

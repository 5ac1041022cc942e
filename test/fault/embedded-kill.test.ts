// Is anything that was acknowledged lost, doubled, reordered or misdirected when the process is killed under load?
import { afterAll, beforeAll, test } from 'vitest'
import { startEmbedded } from './embedded-topology.ts'
import { runFault } from './fault-run.ts'
import { SEEDS } from './seeds.ts'
import type { Topology } from './topology.ts'

const RUN = {
  // 52 devices.
  sizes: { single: 26, double: 8, bridges: 10, directChats: 40, groups: 8, groupMembersMax: 12, doors: 3 },
  shape: { pauseMs: [40, 160], readShare: 0.1, cutShare: 0.02, restartShare: 0.01 },
  times: [1, 3],
  pauseMs: [100, 1_500],
  idleMsMax: 30_000,
} as const

let topology: Topology
beforeAll(async () => {
  topology = await startEmbedded()
})
afterAll(() => topology.stop())

test.each(SEEDS)(
  'G1 G2 G3 G4 G5 G6 trap 20, trap 23: SIGKILL under load loses, doubles and reorders nothing (seed %i)',
  (seed) => runFault(topology, 'kill', { ...RUN, seed }),
)

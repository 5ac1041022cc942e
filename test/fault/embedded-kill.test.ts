// Is anything that was acknowledged lost, doubled, reordered or misdirected when the process is killed under load?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEmbedded } from './embedded-topology.ts'
import type { Topology } from './topology.ts'
import { LOAD, runTrial, SIZES, type TrialShape } from './trial.ts'

const SEEDS =
  process.env['FAULT_SEEDS']?.split(',').map(Number) ?? Array.from({ length: 20 }, (_, i) => 1_000 + i)
const SHAPE: TrialShape = {
  sizes: SIZES,
  load: LOAD,
  faults: ['kill'],
  count: [1, 3],
  pauseMs: [100, 1_500],
  settleMsMax: 30_000,
}

let topology: Topology
beforeAll(async () => {
  topology = await startEmbedded()
})
afterAll(() => topology.stop())

test.each(SEEDS)(
  'G1 G2 G3 G4 G5 G6 trap 20, trap 23: SIGKILL under load loses, doubles and reorders nothing (seed %i)',
  async (seed) => {
    const trial = await runTrial(topology, seed, SHAPE)
    expect(trial.violations.slice(0, 20)).toEqual([])
    expect(trial.devices).toBeGreaterThanOrEqual(50)
    expect(trial.acknowledged).toBeGreaterThan(100)
    expect(trial.arrivals).toBeGreaterThan(trial.acknowledged)
  },
)

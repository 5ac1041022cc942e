import type { Random } from '../../support/random.ts'
import type { Process } from '../world/world.ts'
import { later, type Faults, type Scene } from './fault.ts'

const DAY_MS = 86_400_000

interface Machine {
  readonly process: Process
}

function someMachine({ redis, servers, workers, phones, gateways }: Scene, random: Random): Machine {
  const ours = [...servers, ...servers, ...workers, ...workers, ...(redis === undefined ? [] : [redis])]
  return random.pick<Machine>([...ours, ...phones, ...gateways.map((process) => ({ process }))])
}

/** Processes that stand still, and clocks that are wrong. */
export const TIME_FAULTS: Faults = {
  'process frozen': {
    weight: 4,
    strike: (scene, random) => {
      const { process } = someMachine(scene, random)
      const ms = random.pick([50, 500, 3_000, 20_000, 70_000])
      process.freeze(ms)
      return `${process.name} for ${ms} ms`
    },
  },
  'clock leaps': {
    weight: 1,
    strike: (scene, random) => {
      const machine = someMachine(scene, random)
      machine.process.clockAheadMs = 40 * DAY_MS
      // Whatever has been started there meanwhile has it from its machine.
      later(scene, 8_000, 'sets a clock right', () => {
        machine.process.clockAheadMs = 0
      })
      return `${machine.process.name}: 40 days ahead for 8 s`
    },
  },
  'clock drifts': {
    weight: 1,
    strike: (scene, random) => {
      const { process } = someMachine(scene, random)
      process.clockDrift = random.pick([-0.1, -0.001, 0.001, 0.1])
      return `${process.name}: ${process.clockDrift} s a second`
    },
  },
  'clock jumps': {
    weight: 2,
    strike: (scene, random) => {
      const { process } = someMachine(scene, random)
      const ms = random.pick([-86_400_000, -3_600_000, -5_000, 5_000, 3_600_000, 86_400_000])
      process.clockAheadMs = process.clockAheadMs === 0 ? ms : 0
      return `${process.name}: ${process.clockAheadMs} ms ahead`
    },
  },
}

import { ACTS, type Act } from './people/habits.ts'
import { FAULTS } from './faults/faults.ts'

/** What happens in a life, and how often in proportion. */
export interface Scenario {
  readonly says: string
  /** By kind, what its weight is multiplied by; of a kind that is not here: `otherFaults`. */
  readonly faults: Readonly<Record<string, number>>
  readonly otherFaults: number
  readonly acts: Readonly<Record<Act, number>>
  /** How likely it is that somebody hostile is there. */
  readonly hostile: number
  /** Whether there are several brokers, over Redis; undefined: in every fifth life. */
  readonly isShared?: boolean
  /** Whether faults come when messages get on, as well. */
  readonly isAimed: boolean
}

const only = (says: string, kinds: readonly string[], more: Partial<Scenario> = {}): Scenario => ({
  says,
  faults: Object.fromEntries(kinds.map((kind) => [kind, 1])),
  otherFaults: 0,
  acts: ACTS,
  hostile: 0,
  isAimed: false,
  ...more,
})

const ALL: Scenario = {
  says: 'everything, in another mixture each time',
  faults: {},
  otherFaults: 1,
  acts: ACTS,
  hostile: 0.3,
  isAimed: false,
}

export const SCENARIOS = {
  all: ALL,
  aimed: { ...ALL, says: 'everything, and faults when messages get on', isAimed: true },
  calm: only('nothing breaks', []),
  network: only('connections break, stick and are slow', [
    'connection cut',
    'connection half open',
    'connection stuck',
    'network slow',
  ]),
  servers: only('brokers, workers and disks fail', [
    'broker killed',
    'power cut',
    'worker killed',
    'process frozen',
    'disk slow',
    'disk failing',
    'disk full',
  ]),
  redis: only(
    'brokers, workers and what they share fail',
    [
      'broker killed',
      'worker killed',
      'process frozen',
      'owner late',
      'worker back too soon',
      'redis killed',
      'redis failed over',
      'redis slow',
      'bus losing',
      'app killed',
    ],
    { isShared: true },
  ),
  directory: only('the database is slow or away', ['directory away', 'directory slow', 'worker killed']),
  apps: only('apps are killed, restored and run twice', [
    'app killed',
    'last word',
    'backup restored',
    'run twice',
    'flash slow',
    'connection cut',
  ]),
  clocks: only('clocks jump, leap and drift', [
    'clock jumps',
    'clock leaps',
    'clock drifts',
    'app killed',
    'broker killed',
  ]),
  groups: only('people come and go', ['connection cut', 'worker killed', 'broker killed'], {
    acts: { ...ACTS, write: 40, members: 40, role: 10 },
  }),
  hostile: only('somebody is up to no good', ['connection cut', 'broker killed'], { hostile: 1 }),
} as const satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof SCENARIOS

/** The weight of each kind of fault in a scenario, of those that come by themselves. */
export function weightsOf({ faults, otherFaults }: Scenario): [kind: string, weight: number][] {
  const kinds = Object.entries(FAULTS).filter(([, { weight }]) => weight > 0)
  return kinds.map(([kind, { weight }]) => [kind, weight * (faults[kind] ?? otherFaults)])
}

import { parseArgs } from 'node:util'
import { SCENARIOS } from './scenarios.ts'

export const HELP = `npm run -s sim -- [options]

Which lives:
  --minutes N      new seeds for so long (3)
  --seeds N        no more than so many
  --from N         the first of them; each next one is one higher
  --first          ends at the first failure
  --kept           those in test/sim/seeds.json, and then --seeds more if that is given
  --seed N         this one, with its story
  --scenario NAME  what happens in them (all); --scenario list tells which there are

What is told:
  --trace          with --seed: everything that happens
  --shrink         of a life that fails, the shortest story that still fails the same way (of one seed, or of the
                   first failure), and the line for test/sim/seeds.json
  --json           only the last line: what all of them were, as JSON

A life that fails ends this with exit code 1; what cannot be understood, with 2.
`

export interface Options {
  readonly seed: number | undefined
  readonly from: number | undefined
  readonly seeds: number | undefined
  readonly minutes: number | undefined
  readonly scenario: string | undefined
  readonly isKept: boolean
  readonly endsAtFirst: boolean
  readonly isTraced: boolean
  readonly isShrunk: boolean
  readonly isJson: boolean
  readonly isHelp: boolean
}

/** @throws Error that says what cannot be understood */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      from: { type: 'string' },
      seeds: { type: 'string' },
      minutes: { type: 'string' },
      scenario: { type: 'string' },
      kept: { type: 'boolean', default: false },
      first: { type: 'boolean', default: false },
      trace: { type: 'boolean', default: false },
      shrink: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const { scenario } = values
  if (scenario !== undefined && scenario !== 'list' && !Object.hasOwn(SCENARIOS, scenario))
    throw new Error(`there is no scenario "${scenario}": ${Object.keys(SCENARIOS).join(', ')}`)
  const options = {
    seed: whole('seed', values.seed, 0),
    from: whole('from', values.from, 0),
    seeds: whole('seeds', values.seeds, 1),
    minutes: positive('minutes', values.minutes),
    scenario,
    isKept: values.kept,
    endsAtFirst: values.first || values.shrink,
    isTraced: values.trace,
    isShrunk: values.shrink,
    isJson: values.json,
    isHelp: values.help,
  }
  if (options.isTraced && options.seed === undefined) throw new Error('--trace is of one life: --seed N')
  if (options.isTraced && options.isShrunk) throw new Error('--trace is of one life, --shrink of many')
  if (options.seed !== undefined && (options.from ?? options.seeds ?? options.minutes) !== undefined)
    throw new Error('--seed is one life: --from, --seeds and --minutes are of many')
  return options
}

const SEED_MAX = 2 ** 32 - 1

function whole(name: string, text: string | undefined, min: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min || value > SEED_MAX)
    throw new Error(`--${name} is "${text}", not a whole number from ${min} to ${SEED_MAX}`)
  return value
}

function positive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isFinite(value) || value <= 0 || text.trim() === '')
    throw new Error(`--${name} is "${text}", not a number above 0`)
  return value
}

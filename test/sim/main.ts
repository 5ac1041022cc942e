// The simulator: many lives of the whole system, each drawn from a seed, in one thread without timers, files or sockets.
import './world/globals.ts'
import { parseArgs } from 'node:util'
import { realNow } from './world/globals.ts'
import { simulate, type Outcome } from './run.ts'
import KEPT from './seeds.json' with { type: 'json' }

const HELP = `npm run -s sim -- [options]

  --minutes N   new seeds for so long (3)
  --seeds N     no more than so many
  --from N      the first of them; each next one is one higher
  --first       ends at the first failure
  --kept        those in test/sim/seeds.json, and then --seeds more if that is given
  --seed N      this one, with its story
  --trace       with it: everything that happens
  --json        only the last line: what all of them were, as JSON
`

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    from: { type: 'string' },
    seeds: { type: 'string' },
    minutes: { type: 'string' },
    kept: { type: 'boolean', default: false },
    first: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function tell({ seed, violations, story, ms, steps, digest }: Outcome): void {
  for (const line of story) say(line)
  say(`seed ${seed}: ${Math.round(ms / 1000)} s, ${steps} steps, trace ${digest}`)
  for (const violation of violations.slice(0, TOLD_MAX)) say(`  ${violation}`)
  if (violations.length > TOLD_MAX) say(`  and ${violations.length - TOLD_MAX} more`)
  if (violations.length === 0) say('  nothing is wrong')
}

const TOLD_MAX = 20

async function one(seed: number): Promise<void> {
  const outcome = await simulate(seed, values.trace ? say : undefined)
  tell(outcome)
  if (outcome.violations.length > 0) process.exitCode = 1
}

function* seeds(): Generator<number> {
  if (values.kept) for (const { seed } of KEPT) yield seed
  if (values.kept && values.seeds === undefined) return
  const first = values.from === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.from)
  const count = Number(values.seeds ?? Infinity)
  for (let i = 0; i < count; i++) yield first + i
}

async function many(): Promise<void> {
  const startedMs = realNow()
  const minutesMax = values.minutes ?? (values.seeds === undefined && !values.kept ? 3 : Infinity)
  const untilMs = startedMs + Number(minutesMax) * 60_000
  const sums = { seeds: 0, failures: 0, messages: 0, deliveries: 0, steps: 0 }
  const faults: Record<string, number> = {}
  const failed: number[] = []
  let ms = 0
  for (const seed of seeds()) {
    if (realNow() >= untilMs) break
    const outcome = await simulate(seed)
    if (!values.json) say(`seed ${seed}: ${Math.round(outcome.ms / 1000)} s, ${outcome.steps} steps`)
    sums.seeds++
    sums.messages += outcome.messages
    sums.deliveries += outcome.arrivals
    sums.steps += outcome.steps
    ms += outcome.ms
    for (const [kind, count] of Object.entries(outcome.faults)) faults[kind] = (faults[kind] ?? 0) + count
    if (outcome.violations.length === 0) continue
    sums.failures++
    failed.push(seed)
    if (!values.json) tell(outcome)
    if (values.first) break
  }
  const minutes = (realNow() - startedMs) / 60_000
  const count = Object.values(faults).reduce((sum, each) => sum + each, 0)
  const hours = ms / 3_600_000
  const rates = {
    minutes: rounded(minutes),
    hours: rounded(hours),
    faults_per_minute: Math.round(count / minutes),
    hours_per_minute: rounded(hours / minutes),
  }
  say(JSON.stringify({ ...sums, ...rates, faults, failed }))
  if (failed.length > 0) process.exitCode = 1
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

if (values.help) say(HELP)
else if (values.seed !== undefined) await one(Number(values.seed))
else await many()
// What a life has left unfinished would keep the thread waiting for ever; what was said to a pipe is read before.
process.stdout.write('', () => process.exit())

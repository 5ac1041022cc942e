// The simulator: many lives of the whole system, each drawn from a seed, in one thread without timers, files or sockets.
import './world/globals.ts'
import type { Life, Outcome } from './life.ts'
import { HELP, readOptions, type Options } from './options.ts'
import { simulate } from './run.ts'
import { SCENARIOS } from './scenarios.ts'
import { shrink } from './shrink.ts'
import { Tally } from './tally.ts'
import { realNow } from './world/globals.ts'
import KEPT from './seeds.json' with { type: 'json' }

const TOLD_MAX = 20

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** On a terminal, a line that the next one replaces. */
function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`)
}

function tell({ life, violations, story, ms, steps, digest }: Outcome): void {
  for (const line of story) say(line)
  say(`seed ${life.seed}: ${Math.round(ms / 1000)} s, ${steps} steps, trace ${digest}`)
  for (const violation of violations.slice(0, TOLD_MAX)) say(`  ${violation}`)
  if (violations.length > TOLD_MAX) say(`  and ${violations.length - TOLD_MAX} more`)
  if (violations.length === 0) return say('  nothing is wrong')
  const scenario = life.scenario === undefined ? '' : ` --scenario ${life.scenario}`
  say(`  npm run -s sim -- --seed ${life.seed}${scenario} --shrink`)
}

/** A story that a person reads, and what to keep of it. */
async function tellShrunk(outcome: Outcome): Promise<void> {
  const best = await shrink(outcome, simulate, (lives, { faults, people, days, minutes }) =>
    progress(`life ${lives}: ${faults.length} faults, ${people} people, ${days} days of ${minutes} minutes`),
  )
  progress('')
  say('')
  const { people, days, minutes, faults } = best
  say(`shrunk to ${people} people, ${days} days of ${minutes} minutes, ${faults.length} faults:`)
  tell(best)
  const { seed, scenario } = best.life
  const [shows = ''] = best.violations
  const kept = { people, days, minutes, faults, shows }
  say(JSON.stringify({ seed, ...(scenario !== undefined && { scenario }), ...kept }))
}

async function one(life: Life, { isTraced, isShrunk }: Options): Promise<void> {
  const outcome = await simulate(life, isTraced ? say : undefined)
  tell(outcome)
  if (outcome.violations.length === 0) return
  process.exitCode = 1
  if (isShrunk) await tellShrunk(outcome)
}

function* lives({ isKept, seeds, from, scenario }: Options): Generator<Life> {
  if (isKept) yield* KEPT as readonly Life[]
  if (isKept && seeds === undefined) return
  const first = from ?? Math.floor(Math.random() * 2 ** 31)
  for (let i = 0; i < (seeds ?? Infinity); i++)
    yield { seed: first + i, ...(scenario !== undefined && { scenario }) }
}

async function many(options: Options): Promise<void> {
  const { isJson, endsAtFirst } = options
  const startedMs = realNow()
  const isEndless = options.seeds === undefined && !options.isKept
  const untilMs = startedMs + (options.minutes ?? (isEndless ? 3 : Infinity)) * 60_000
  const tally = new Tally()
  const { failed } = tally
  for (const life of lives(options)) {
    if (realNow() >= untilMs) break
    progress(`${tally.lives} lives, ${failed.length} failed; now seed ${life.seed}`)
    const outcome = await simulate(life)
    progress('')
    if (!isJson) say(`seed ${life.seed}: ${Math.round(outcome.ms / 1000)} s, ${outcome.steps} steps`)
    tally.add(outcome)
    if (outcome.violations.length === 0) continue
    if (!isJson) tell(outcome)
    if (endsAtFirst) break
  }
  const line = JSON.stringify(tally)
  const [first] = failed
  if (options.isShrunk && first !== undefined) await tellShrunk(first)
  say(line)
  if (first !== undefined) process.exitCode = 1
}

async function main(options: Options): Promise<void> {
  if (options.isHelp) process.stdout.write(HELP)
  else if (options.scenario === 'list')
    for (const [name, { says }] of Object.entries(SCENARIOS)) say(`${name.padEnd(12)}${says}`)
  else if (options.seed === undefined) await many(options)
  else {
    const { seed, scenario } = options
    const kept = (KEPT as readonly Life[]).find((life) => options.isKept && life.seed === seed)
    await one(kept ?? { seed, ...(scenario !== undefined && { scenario }) }, options)
  }
}

let options: Options | undefined
try {
  options = readOptions(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`sim: ${(error as Error).message}\nnpm run -s sim -- --help tells what there is.\n`)
  process.exitCode = 2
}
if (options !== undefined) await main(options)
// What a life has left unfinished would keep the thread waiting for ever; what was said to a pipe is read before.
process.stdout.write('', () => process.exit())

import { pino } from 'pino'
import { check } from '../fault/checker.ts'
import { Random } from '../support/random.ts'
import { Cast } from './cast.ts'
import type { Scene } from './faults/fault.ts'
import { FAULTS, heal } from './faults/faults.ts'
import { wrongIn } from './judge.ts'
import { bytesKept } from './kept.ts'
import type { Life, Outcome, Struck } from './life.ts'
import { manyMachines, twoMachines } from './machines.ts'
import { SCENARIOS, weightsOf, type Scenario, type ScenarioName } from './scenarios.ts'
import { enter } from './world/globals.ts'
import { Network } from './world/network.ts'
import { World } from './world/world.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Everybody gets to know everybody in peace. */
const PEACE_MS = 15_000
/** Things break for so long beyond what people have to say. */
const AFTERMATH_MS = 20_000
/** Once faults are over, so long at most until everybody has everything: half-open connections must be noticed first. */
const SETTLE_MS_MAX = 20 * MINUTE_MS
const LOOK_MS = 5_000
const LOOKS_WITHOUT_JUDGING = 12
/** What strikes when a message has got on, how likely it does, and how soon. */
const AIMED = 'message caught'
const AIMED_AT = 0.1
const AIMED_MS_MAX = 10
/** When all who go to sleep have done so. */
const BEDTIME_MS = 5 * MINUTE_MS
/** At night something breaks every so often. */
const NIGHT_FAULT_MS = 20 * MINUTE_MS
/** In some lives people come to the end of what they may cost others. */
const POOR = { RESTANTE_RECIPIENTS_PER_MIN_MAX: '120' }

/**
 * A life of one or some days, drawn from the seed: people gather, talk for minutes while things break, sleep for hours, and
 * are left in peace at the end.
 */
export async function simulate(life: Life, listener?: (line: string) => void): Promise<Outcome> {
  const run = new Run(life, listener)
  const uncaught = (error: unknown): void => run.world.threw(error)
  process.on('uncaughtException', uncaught)
  process.on('unhandledRejection', uncaught)
  try {
    return await run.outcome()
  } finally {
    process.off('uncaughtException', uncaught)
    process.off('unhandledRejection', uncaught)
  }
}

class Run {
  readonly world: World
  readonly #life: Life
  readonly #scenario: Scenario
  readonly #cast: Cast
  readonly #scene: Scene
  readonly #struck: Struck[] = []
  readonly #story: string[] = []
  readonly #days: number
  readonly #random: Random

  constructor(life: Life, listener?: (line: string) => void) {
    this.#life = life
    this.#scenario = SCENARIOS[(life.scenario ?? 'all') as ScenarioName]
    this.world = new World(life.seed, listener)
    const { world } = this
    enter(world)
    const random = world.random.fork()
    const network = new Network(world)
    // What the product logs belongs to the story of a run, and not to its trace: it names files of this machine.
    const log = pino(
      { level: listener ? 'info' : 'silent', base: null, timestamp: false },
      { write: (line: string) => listener?.(`  log ${world.running.name} ${line.trimEnd()}`) },
    )
    const settings = random.chance(0.3) ? POOR : {}
    const days = random.pick([1, 1, 2, 3])
    // Many brokers are dear to have about while nothing happens.
    const isShared = this.#scenario.isShared ?? life.seed % 5 === 3
    this.#days = isShared ? 1 : Math.min(days, life.days ?? Infinity)
    const machines = isShared
      ? manyMachines(world, network, log, settings)
      : twoMachines(world, network, log, settings, days > 1)
    this.#cast = new Cast(world, network, this.#scenario, life.people ?? Infinity)
    const { phones } = this.#cast
    const gateways = this.#cast.gateways.map((gateway) => gateway.process)
    this.#scene = { world, network, ...machines, phones, gateways, twins: new Map() }
    this.#random = world.random.fork()
  }

  async outcome(): Promise<Outcome> {
    const { world } = this
    const { redis, servers, workers, phones } = this.#scene
    const random = this.#random
    enter(world)
    redis?.start()
    for (const server of servers) server.start()
    await world.run(1_000)
    for (const worker of workers) worker.start()
    for (const phone of phones) phone.start()
    for (const { bridge, process } of this.#cast.gateways)
      world.after(0, process, 'starts', () => bridge.run())
    await world.run(PEACE_MS / 3)
    this.#cast.makeGroups()
    await world.run(PEACE_MS)
    const drawn = random.pick([0.5, 1, 2, 4])
    const minutes = this.#life.minutes ?? drawn
    for (const fault of this.#life.faults ?? []) this.#strikeThen(fault)
    for (let day = 1; day <= this.#days; day++) {
      await this.#day(minutes)
      if (day < this.#days) await this.#night()
    }
    heal(this.#scene)
    this.#tell('peace')
    const violations = await this.#settle(world.nowMs + SETTLE_MS_MAX)
    const { arrivals, messages } = check(this.#cast.plan, this.#cast.log)
    return {
      life: this.#life,
      violations,
      faults: this.#struck,
      messages,
      arrivals,
      people: this.#cast.users.length,
      minutes,
      days: this.#days,
      cuts: world.passage.cuts,
      ms: world.nowMs,
      steps: world.steps,
      digest: world.traceDigest,
      story: this.#story,
    }
  }

  /** People talk while things break. */
  async #day(minutes: number): Promise<void> {
    const { world } = this
    const endMs = world.nowMs + minutes * MINUTE_MS
    this.#cast.live(world.nowMs, endMs, Math.max(minutes, 1))
    this.#strikeUntil(endMs + AFTERMATH_MS, this.#random.pick([50, 200, 500, 2_000, 10_000]))
    await world.run(endMs + AFTERMATH_MS)
  }

  /** They sleep, and little breaks. */
  async #night(): Promise<void> {
    const { world } = this
    const areMachinesOff = this.#random.chance(0.6)
    const hours = this.#random.pick(areMachinesOff ? [10, 48, 200] : [1, 4, 10])
    const endMs = world.nowMs + hours * HOUR_MS
    this.#tell(areMachinesOff ? 'night, in which machines are suspended' : 'night')
    this.#cast.sleep()
    if (areMachinesOff) world.after(BEDTIME_MS, world.nobody, 'suspends all', () => this.#suspend(endMs))
    else this.#strikeUntil(endMs, NIGHT_FAULT_MS)
    await world.run(endMs)
    this.#tell('day')
  }

  #suspend(untilMs: number): void {
    const { world } = this
    const { servers, workers, phones, gateways } = this.#scene
    const processes = [...servers, ...workers, ...phones].map(({ process }) => process)
    for (const process of [...processes, ...gateways]) process.freeze(untilMs - world.nowMs)
  }

  /** @param everyMs on average */
  #strikeUntil(endMs: number, everyMs: number): void {
    if (this.#life.faults !== undefined) return
    const { world } = this
    const random = this.#random
    // Each day has its own mixture, so that some have only a few kinds and much of these.
    const weights = weightsOf(this.#scenario).map(
      ([kind, weight]) => [kind, random.chance(0.5) ? weight * random.next() : 0] as const,
    )
    const strike = (kind: string): void => {
      if (world.nowMs < endMs) this.#strike({ atMs: world.nowMs, kind, dice: random.between(0, 2 ** 32) })
    }
    const { isAimed } = this.#scenario
    world.passage.moved = () => {
      if (isAimed && random.chance(AIMED_AT))
        world.after(AIMED_MS_MAX * random.next(), world.nobody, 'strikes', () => strike(AIMED))
    }
    const next = (): void => {
      world.after(-Math.log(1 - random.next()) * everyMs, world.nobody, 'strikes', () => {
        if (world.nowMs >= endMs) return
        let left = random.next() * weights.reduce((sum, [, weight]) => sum + weight, 0)
        const drawn = weights.find(([, weight]) => (left -= weight) < 0)
        if (drawn !== undefined) strike(drawn[0])
        next()
      })
    }
    next()
  }

  #strikeThen(fault: Struck): void {
    const { world } = this
    world.after(fault.atMs - world.nowMs, world.nobody, 'strikes', () => this.#strike(fault))
  }

  #strike(fault: Struck): void {
    const { kind, dice } = fault
    const told = FAULTS[kind]?.strike(this.#scene, new Random(dice))
    if (told === undefined) return
    this.#struck.push(fault)
    this.#tell(`${kind}: ${told}`)
  }

  #tell(what: string): void {
    const line = `${(this.world.nowMs / 1000).toFixed(3).padStart(9)} s  ${what}`
    this.#story.push(line)
    this.world.note(what)
  }

  /** @returns what is wrong when everybody has everything, or time is up */
  async #settle(untilMs: number): Promise<string[]> {
    const { world } = this
    const { log } = this.#cast
    let wrong: string[] = []
    let seen = -1
    for (let looks = 0; world.nowMs < untilMs; looks++) {
      await world.run(world.nowMs + LOOK_MS)
      if (world.uncaught.length > 0) break
      // Only what has come to rest is judged, and again now and then: that costs more than minutes of their lives.
      const isNews = log.length !== seen
      seen = log.length
      if ((isNews || wrong.length > 0) && looks % LOOKS_WITHOUT_JUDGING !== 0) continue
      wrong = await wrongIn(world, this.#cast, this.#scene)
      if (wrong.length === 0) break
    }
    if (wrong.length === 0 && world.uncaught.length === 0 && this.#scene.redis?.setBackAtMs === undefined)
      wrong = await bytesKept(world, this.#cast, this.#scene)
    return [...wrong, ...world.uncaught]
  }
}

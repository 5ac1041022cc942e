import { pino } from 'pino'
import { check } from '../fault/checker.ts'
import { Random } from '../support/random.ts'
import { Cast } from './cast.ts'
import { FAULTS, heal, type Scene } from './faults.ts'
import { wrongIn } from './judge.ts'
import type { Life, Outcome, Struck } from './life.ts'
import { manyMachines, twoMachines } from './machines.ts'
import { SCENARIOS, weightsOf, type Scenario, type ScenarioName } from './scenarios.ts'
import { enter } from './world/globals.ts'
import { Network } from './world/network.ts'
import { World } from './world/world.ts'

const MINUTE_MS = 60_000
/** Everybody gets to know everybody in peace. */
const PEACE_MS = 15_000
/** Things break for so long beyond what people have to say. */
const AFTERMATH_MS = 20_000
/** Once faults are over, so long at most until everybody has everything: half-open connections must be noticed first. */
const SETTLE_MS_MAX = 20 * MINUTE_MS
const LOOK_MS = 5_000
const LOOKS_WITHOUT_JUDGING = 12
/** In some lives people come to the end of what they may cost others. */
const POOR = { RESTANTE_RECIPIENTS_PER_MIN_MAX: '120' }

/** A life of some minutes, drawn from the seed: people gather, talk while things break, and are left in peace. */
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
    const machines =
      life.seed % 5 === 3
        ? manyMachines(world, network, log, settings)
        : twoMachines(world, network, log, settings)
    this.#cast = new Cast(world, network, this.#scenario, life.people ?? Infinity)
    const { phones } = this.#cast
    const gateways = this.#cast.gateways.map((gateway) => gateway.process)
    this.#scene = { world, network, ...machines, phones, gateways, twins: new Map() }
  }

  async outcome(): Promise<Outcome> {
    const { world } = this
    const { redis, servers, workers, phones } = this.#scene
    const random = world.random.fork()
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
    const drawn = random.pick([1, 2, 5, 10])
    const minutes = this.#life.minutes ?? drawn
    const endMs = PEACE_MS + minutes * MINUTE_MS
    this.#cast.live(PEACE_MS, endMs, minutes)
    if (this.#life.faults === undefined) this.#strikeUntil(endMs + AFTERMATH_MS, random)
    else for (const fault of this.#life.faults) this.#strikeThen(fault)
    await world.run(endMs + AFTERMATH_MS)
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
      ms: world.nowMs,
      steps: world.steps,
      digest: world.traceDigest,
      story: this.#story,
    }
  }

  #strikeUntil(endMs: number, random: Random): void {
    const { world } = this
    const everyMs = random.pick([500, 2_000, 10_000, 30_000])
    // Each run has its own mixture, so that some have only a few kinds and much of these.
    const weights = weightsOf(this.#scenario).map(
      ([kind, weight]) => [kind, random.chance(0.5) ? weight * random.next() : 0] as const,
    )
    const next = (): void => {
      world.after(-Math.log(1 - random.next()) * everyMs, world.nobody, 'strikes', () => {
        if (world.nowMs >= endMs) return
        let left = random.next() * weights.reduce((sum, [, weight]) => sum + weight, 0)
        const drawn = weights.find(([, weight]) => (left -= weight) < 0)
        const dice = random.between(0, 2 ** 32)
        if (drawn !== undefined) this.#strike({ atMs: world.nowMs, kind: drawn[0], dice })
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
      wrong = await wrongIn(world, this.#cast, this.#scene.servers)
      if (wrong.length === 0) break
    }
    return [...wrong, ...world.uncaught]
  }
}

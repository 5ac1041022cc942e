import { pino } from 'pino'
import { directChatId, type UserId } from '../../proto/ids.ts'
import { Bridge } from '../fault/bridge.ts'
import { check } from '../fault/checker.ts'
import type { Observation, Plan } from '../fault/observation.ts'
import { RawClient } from '../support/raw-client.ts'
import { FAULTS, heal, type Scene } from './faults.ts'
import { Gateway } from './people/gateway.ts'
import { Habits } from './people/habits.ts'
import { Phone } from './people/phone.ts'
import { Server, tokenOf } from './people/server.ts'
import { SimDirectory } from './people/sim-directory.ts'
import { Worker } from './people/worker.ts'
import { enter } from './world/globals.ts'
import { Network } from './world/network.ts'
import { Process, World } from './world/world.ts'

const MINUTE_MS = 60_000
/** Everybody gets to know everybody in peace. */
const PEACE_MS = 15_000
/** Once faults are over, so long at most until everybody has everything: half-open connections must be noticed first. */
const SETTLE_MS_MAX = 20 * MINUTE_MS
const LOOK_MS = 5_000
const LOOKS_WITHOUT_JUDGING = 12

export interface Outcome {
  readonly seed: number
  /** What is wrong: the promises that were broken. Empty: nothing. */
  readonly violations: readonly string[]
  readonly faults: Readonly<Record<string, number>>
  readonly messages: number
  readonly arrivals: number
  /** Of the virtual time. */
  readonly ms: number
  readonly steps: number
  /** Of all that happened. */
  readonly digest: string
  /** What was done to whom when, in a few lines. */
  readonly story: readonly string[]
}

/** A life of some minutes, drawn from the seed: people gather, talk while things break, and are left in peace. */
export async function simulate(seed: number, listener?: (line: string) => void): Promise<Outcome> {
  const run = new Run(seed, listener)
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
  readonly #seed: number
  readonly #scene: Scene
  readonly #log: Observation[] = []
  readonly #plan: { devices: { user: string; device: string }[]; chats: Map<string, readonly string[]> }
  readonly #gateways: Gateway[] = []
  readonly #habits: Habits[] = []
  readonly #faults: Record<string, number> = {}
  readonly #story: string[] = []

  constructor(seed: number, listener?: (line: string) => void) {
    this.#seed = seed
    this.world = new World(seed, listener)
    const { world } = this
    enter(world)
    const random = world.random.fork()
    const network = new Network(world)
    // What the product logs belongs to the story of a run, and not to its trace: it names files of this machine.
    const log = pino(
      { level: listener ? 'info' : 'silent', base: null, timestamp: false },
      { write: (line: string) => listener?.(`  log ${world.running.name} ${line.trimEnd()}`) },
    )
    const server = new Server(world, network, log)
    const directory = new SimDirectory(world)
    const worker = new Worker(world, network, directory, log)
    this.#plan = { devices: [], chats: new Map() }
    const names = ['ann', 'ben', 'cleo', 'dan', 'eve', 'fay'].slice(0, random.between(3, 7))
    const habits = new Map(names.map((user) => [user, new Habits(world)]))
    this.#habits = [...habits.values()]
    const peers = new Map(names.map((user) => [user, new Map<string, string>()]))
    for (const [i, a] of names.entries())
      for (const b of names.slice(i + 1)) {
        if (!random.chance(0.5)) continue
        const id = directChatId(a as UserId, b as UserId)
        this.#plan.chats.set(id, [a, b])
        for (const [user, other] of [
          [a, b],
          [b, a],
        ] as const) {
          habits.get(user)?.chats.push({ id, peerOf: () => other })
          peers.get(user)?.set(id, other)
        }
      }
    const phones: Phone[] = []
    for (const user of names) {
      const devices =
        user === names.at(-1) ? ['gateway'] : random.pick([['phone'], ['phone'], ['phone', 'laptop']])
      for (const device of devices) {
        this.#plan.devices.push({ user, device })
        const own = habits.get(user) as Habits
        if (device !== 'gateway')
          phones.push(new Phone({ world, network, log: this.#log, user, device, habits: own }))
        else this.#gateways.push(this.#gateway(network, user, device, peers.get(user) ?? new Map()))
      }
    }
    const gateways = this.#gateways.map((gateway) => gateway.process)
    this.#scene = { world, network, server, worker, directory, phones, gateways }
  }

  #gateway(network: Network, user: string, device: string, peers: ReadonlyMap<string, string>): Gateway {
    const process = new Process(`${user}/${device}`, this.world)
    const bridge = new Bridge({
      user,
      device,
      log: this.#log,
      random: this.world.random.fork(),
      peers,
      dial: async () => new RawClient(network.dial(process)),
      token: async () => tokenOf(user, 'device', Math.floor(Date.now() / 1000) - 60),
    })
    return new Gateway(bridge, process)
  }

  async outcome(): Promise<Outcome> {
    const { world } = this
    const { server, worker, phones } = this.#scene
    const random = world.random.fork()
    enter(world)
    server.start()
    await world.run(1_000)
    worker.start()
    for (const phone of phones) phone.start()
    for (const { bridge, process } of this.#gateways) world.after(0, process, 'starts', () => bridge.run())
    await world.run(PEACE_MS / 3)
    this.#makeGroups(random)
    await world.run(PEACE_MS)
    const minutes = random.pick([1, 2, 5, 10])
    const endMs = PEACE_MS + minutes * MINUTE_MS
    for (const habits of this.#habits) habits.pauseMs *= minutes
    for (const habits of this.#habits) habits.untilMs = endMs
    for (const phone of phones) this.#habitsOf(phone.user).live(phone.process, phone)
    for (const gateway of this.#gateways) gateway.live(this.#habitsOf(gateway.bridge.user))
    this.#strikeUntil(endMs, random)
    await world.run(endMs)
    heal(this.#scene)
    this.#tell('peace')
    const violations = await this.#settle(endMs + SETTLE_MS_MAX)
    const { arrivals, messages } = check(this.#plan, this.#log)
    return {
      seed: this.#seed,
      violations,
      faults: this.#faults,
      messages,
      arrivals,
      ms: world.nowMs,
      steps: world.steps,
      digest: world.traceDigest,
      story: this.#story,
    }
  }

  #habitsOf(user: string): Habits {
    const users = [...new Set(this.#plan.devices.map((device) => device.user))]
    return this.#habits[users.indexOf(user)] as Habits
  }

  #makeGroups(random: World['random']): void {
    const users = [...new Set(this.#plan.devices.map(({ user }) => user))]
    for (let i = random.between(1, 3); i > 0; i--) {
      const creator = random.pick(this.#scene.phones)
      const others = users.filter((user) => user !== creator.user)
      const invited = random.sample(others, random.between(1, others.length + 1))
      this.world.after(0, creator.process, 'makes a group', () => {
        const made = (id: string): void => {
          this.#plan.chats.set(id, [])
          for (const user of users) this.#habitsOf(user).chats.push({ id })
          this.#habitsOf(creator.user).doors.push({ chat: { id }, guests: others })
        }
        void creator.createGroup(`group ${i}`, invited, made).catch(() => undefined)
      })
    }
  }

  #strikeUntil(endMs: number, random: World['random']): void {
    const { world } = this
    const everyMs = random.pick([500, 2_000, 10_000, 30_000])
    const kinds = Object.entries(FAULTS)
    // Each run has its own mixture, so that some have only a few kinds and much of these.
    const weights = kinds.map(([, { weight }]) => (random.chance(0.5) ? weight * random.next() : 0))
    const next = (): void => {
      world.after(-Math.log(1 - random.next()) * everyMs, world.nobody, 'strikes', () => {
        if (world.nowMs >= endMs) return
        let dice = random.next() * weights.reduce((sum, weight) => sum + weight, 0)
        const at = weights.findIndex((weight) => (dice -= weight) < 0)
        const kind = kinds[at]
        const told = kind?.[1].strike(this.#scene, random)
        if (kind && told !== undefined) {
          this.#faults[kind[0]] = (this.#faults[kind[0]] ?? 0) + 1
          this.#tell(`${kind[0]}: ${told}`)
        }
        next()
      })
    }
    next()
  }

  #tell(what: string): void {
    const line = `${(this.world.nowMs / 1000).toFixed(3).padStart(9)} s  ${what}`
    this.#story.push(line)
    this.world.note(what)
  }

  /** @returns what is wrong when everybody has everything, or time is up */
  async #settle(untilMs: number): Promise<string[]> {
    const { world } = this
    let wrong: string[] = []
    let seen = -1
    for (let looks = 0; world.nowMs < untilMs; looks++) {
      await world.run(world.nowMs + LOOK_MS)
      if (world.uncaught.length > 0) break
      // Only what has come to rest is judged, and again now and then: that costs more than minutes of their lives.
      const isNews = this.#log.length !== seen
      seen = this.#log.length
      if ((isNews || wrong.length > 0) && looks % LOOKS_WITHOUT_JUDGING !== 0) continue
      wrong = this.#wrong()
      if (wrong.length === 0) break
    }
    return [...wrong, ...world.uncaught]
  }

  #wrong(): string[] {
    const { phones } = this.#scene
    const isLate = [...phones, ...this.#gateways.map(({ bridge }) => bridge)].flatMap((one) => {
      const name = `${one.user}/${one.device}`
      if (!one.isConnected) return [`late: ${name} is not connected`]
      return one.waiting > 0 ? [`late: ${name} has ${one.waiting} sends without an answer`] : []
    })
    if (isLate.length > 0) return isLate
    return check(this.#plan as Plan, this.#log).violations.map(({ rule, says }) => `${rule}: ${says}`)
  }
}

import { directChatId, type ChatId, type UserId } from '../../proto/ids.ts'
import { Bridge } from '../fault/bridge.ts'
import type { Observation, Plan } from '../fault/observation.ts'
import type { Random } from '../support/random.ts'
import { RawClient } from '../support/raw-client.ts'
import { Gateway } from './people/gateway.ts'
import { Habits, type ChatToUse } from './people/habits.ts'
import { Mallory } from './people/mallory.ts'
import { Phone } from './people/phone.ts'
import { tokenOf } from './people/server.ts'
import { Tablet } from './people/tablet.ts'
import type { Scenario } from './scenarios.ts'
import type { Network } from './world/network.ts'
import { Process, type World } from './world/world.ts'

const NAMES = ['ann', 'ben', 'cleo', 'dan', 'eve', 'fay']
/** How many names one may be given so that chats meet in a partition. */
const NAMES_TRIED = 40

/** How likely an app is closed for the night. */
const ASLEEP = 0.8
const FALLING_ASLEEP_MS = 60_000

type Alive = { sinceMs: number; untilMs: number }

/** Who lives in a world: people with their devices and chats, and who is up to no good. */
export class Cast {
  readonly log: Observation[] = []
  readonly plan: Plan & { readonly chats: Map<string, readonly string[]> }
  readonly phones: Phone[] = []
  readonly gateways: Gateway[] = []
  readonly users: readonly string[]
  readonly #world: World
  readonly #network: Network
  readonly #random: Random
  readonly #habits: ReadonlyMap<string, Habits>
  readonly #alive: Alive[] = []
  readonly #mallory: Mallory | undefined
  readonly tablet: Tablet | undefined

  /** @param people how many at most */
  constructor(world: World, network: Network, scenario: Scenario, people: number) {
    this.#world = world
    this.#network = network
    const random = world.random.fork()
    this.#random = random
    this.users = named(Math.min(people, random.between(3, 7)))
    this.#habits = new Map(this.users.map((user) => [user, new Habits(world, scenario.acts)]))
    const devices = this.users.map((user) => ({
      user,
      names:
        user === this.users.at(-1) ? ['gateway'] : random.pick([['phone'], ['phone'], ['phone', 'laptop']]),
    }))
    this.plan = {
      devices: devices.flatMap(({ user, names }) => names.map((device) => ({ user, device }))),
      chats: new Map(),
    }
    const peers = this.#makeDirectChats()
    for (const { user, device } of this.plan.devices) {
      if (device === 'gateway') this.gateways.push(this.#gateway(user, device, peers.get(user) ?? new Map()))
      else
        this.phones.push(
          new Phone({
            world,
            network,
            log: this.log,
            user,
            device,
            habits: this.habitsOf(user),
            handlesInMs: random.pick([0, 0, 0, 500, 3_000]),
          }),
        )
    }
    const { log } = this
    const owner = random.pick(this.phones)
    if (random.chance(0.3)) this.tablet = new Tablet(world, network, owner, log)
    const chats = (): readonly string[] => [...this.plan.chats.keys()]
    if (random.chance(scenario.hostile))
      this.#mallory = new Mallory({ world, network, log, chats, victims: this.plan.devices })
  }

  habitsOf(user: string): Habits {
    return this.#habits.get(user) as Habits
  }

  /** People wake up and begin to talk. Some chats begin late, and fall silent at some time. */
  live(sinceMs: number, untilMs: number, pace: number): void {
    const random = this.#random
    for (const alive of this.#alive) {
      alive.sinceMs = random.chance(0.6) ? sinceMs : sinceMs + (untilMs - sinceMs) * random.next()
      alive.untilMs = sinceMs + (untilMs - sinceMs) * Math.max(random.next(), random.next())
    }
    for (const habits of this.#habits.values()) {
      habits.pace = pace
      habits.untilMs = untilMs
    }
    for (const phone of this.phones)
      if (phone.process.isDead) phone.start()
      else phone.live()
    for (const gateway of this.gateways) gateway.live(this.habitsOf(gateway.bridge.user))
    this.#mallory?.live(random.pick([500, 3_000]), untilMs)
    this.tablet?.live(untilMs)
  }

  /** Most apps are closed, sooner or later. */
  sleep(): void {
    for (const phone of this.phones) {
      const { process } = phone
      if (!this.#random.chance(ASLEEP)) continue
      this.#world.after(FALLING_ASLEEP_MS * this.#random.next(), process, 'is closed for the night', () => {
        void phone.close()
      })
    }
  }

  makeGroups(): void {
    const random = this.#random
    for (let i = random.between(1, 3); i > 0; i--) {
      const creator = random.pick(this.phones)
      const others = this.users.filter((user) => user !== creator.user)
      const invited = random.sample(others, random.between(1, others.length + 1))
      this.#world.after(0, creator.process, 'makes a group', () => {
        const made = (id: string): void => {
          this.plan.chats.set(id, [])
          for (const user of this.users) this.habitsOf(user).chats.push({ id, alive: this.#aliveChat() })
          this.habitsOf(creator.user).doors.push({ chat: { id }, guests: others })
        }
        void creator.createGroup(`group ${i}`, invited, made).catch(() => undefined)
      })
    }
  }

  #aliveChat(): Alive {
    const alive = { sinceMs: 0, untilMs: Infinity }
    this.#alive.push(alive)
    return alive
  }

  /** @returns by user, whom each chat is with */
  #makeDirectChats(): ReadonlyMap<string, Map<string, string>> {
    const peers = new Map(this.users.map((user) => [user, new Map<string, string>()]))
    for (const [i, a] of this.users.entries())
      for (const b of this.users.slice(i + 1)) {
        if (!this.#random.chance(0.5)) continue
        const id = directChatId(a as UserId, b as UserId)
        this.plan.chats.set(id, [a, b])
        const alive = this.#aliveChat()
        for (const [user, other] of [
          [a, b],
          [b, a],
        ] as const) {
          this.habitsOf(user).chats.push({ id, peerOf: () => other, alive } satisfies ChatToUse)
          peers.get(user)?.set(id, other)
        }
      }
    return peers
  }

  #gateway(user: string, device: string, peers: ReadonlyMap<string, string>): Gateway {
    const process = new Process(`${user}/${device}`, this.#world)
    const bridge = new Bridge({
      user,
      device,
      log: this.log,
      random: this.#world.random.fork(),
      peers,
      dial: async () => new RawClient(this.#network.dial(process)),
      token: async () => tokenOf(user, 'device', Math.floor(Date.now() / 1000) - 60),
    })
    return new Gateway(bridge, process)
  }
}

/** Names such that direct chats are in the same partitions as others: what happens in one then meets the other. */
function named(count: number): string[] {
  const users: string[] = []
  const partitions = new Set<number>()
  for (const name of NAMES.slice(0, count)) {
    const candidates = Array.from({ length: NAMES_TRIED }, (_, i) => (i === 0 ? name : `${name}${i}`))
    const met = candidates.map((candidate) => {
      const own = users.map((user) => partitionOf(directChatId(user as UserId, candidate as UserId)))
      return {
        candidate,
        own,
        meets: own.filter((each, i) => partitions.has(each) || own.indexOf(each) < i).length,
      }
    })
    const best = met.reduce((a, b) => (b.meets > a.meets ? b : a))
    users.push(best.candidate)
    for (const partition of best.own) partitions.add(partition)
  }
  return users
}

function partitionOf(chat: ChatId): number {
  return Buffer.from(chat, 'base64url').at(-1) as number
}

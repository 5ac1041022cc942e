import { directChatId, type UserId } from '../../proto/ids.ts'
import type { Random } from '../support/random.ts'
import { RawClient } from '../support/raw-client.ts'
import type { Actor, ChatToUse } from './actor.ts'
import { App } from './app.ts'
import { Bridge } from './bridge.ts'
import type { Observation, Plan } from './observation.ts'
import type { Topology } from './topology.ts'

/** Who takes part in one run: users with their devices, the chats between them, and what each has seen so far. */
export interface Cast {
  readonly actors: readonly Actor[]
  readonly chats: ReadonlyMap<string, readonly ChatToUse[]>
  /** Groups whose admin lets people in and out while it goes on. */
  readonly doors: readonly Door[]
  readonly plan: Plan
  readonly log: Observation[]
}

interface Door {
  readonly admin: App
  readonly chat: ChatToUse
  readonly guests: readonly string[]
}

export interface CastSizes {
  /** Users with one device that has the SDK, with two of them, and with one that speaks raw MQTT. */
  readonly single: number
  readonly double: number
  readonly bridges: number
  readonly directChats: number
  readonly groups: number
  readonly groupMembersMax: number
  readonly doors: number
}

let runs = 0

export async function gatherCast(topology: Topology, random: Random, sizes: CastSizes): Promise<Cast> {
  // A topology outlives many runs: each has users of its own.
  const prefix = `s${random.seed}-${++runs}`
  const log: Observation[] = []
  const name = (kind: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => `${prefix}-${kind}${i}`)
  const single = name('one', sizes.single)
  const double = name('two', sizes.double)
  const bridges = name('raw', sizes.bridges)
  const users = [...single, ...double, ...bridges]

  const peers = new Map<string, Map<string, string>>(users.map((user) => [user, new Map()]))
  const chats = new Map<string, ChatToUse[]>(users.map((user) => [user, []]))
  const members = new Map<string, readonly string[]>()
  for (const [a, b] of pairs(users, sizes.directChats, random)) {
    const id = directChatId(a as UserId, b as UserId)
    if (members.has(id)) continue
    const chat = { id, peerOf: (user: string) => (user === a ? b : a) }
    members.set(id, [a, b])
    for (const user of [a, b]) chats.get(user)?.push(chat)
    peers.get(a)?.set(id, b)
    peers.get(b)?.set(id, a)
  }

  const start = { topology, log }
  const devices = [
    ...[...single, ...double].map((user) => ({ user, device: 'phone' })),
    ...double.map((user) => ({ user, device: 'laptop' })),
    ...bridges.map((user) => ({ user, device: 'gateway' })),
  ]
  const actors = await Promise.all(
    devices.map(({ user, device }, i): Promise<Actor> => {
      const parts = { ...start, user, device, random: random.fork() }
      if (device === 'gateway')
        return Bridge.start({
          ...parts,
          peers: peers.get(user) ?? new Map(),
          dial: () => RawClient.open({ port: parts.random.pick(topology.endpoints).port }),
          token: () => topology.token(user),
        })
      return App.start({ ...parts, scheme: i % 3 === 0 ? 'ws' : 'mqtt' })
    }),
  )

  const apps = actors.filter((actor) => actor instanceof App)
  const doors: Door[] = []
  for (let i = 0; i < sizes.groups; i++) {
    const creator = random.pick(apps)
    const others = users.filter((user) => user !== creator.user)
    const invited = random.sample(others, random.between(2, sizes.groupMembersMax))
    const id = await creator.createGroup(`group ${i}`, invited)
    // Who is in it is told by its first entry; the creator's other devices and everybody else must be given that.
    members.set(id, [])
    for (const user of [creator.user, ...invited]) chats.get(user)?.push({ id })
    if (doors.length < sizes.doors) {
      const guests = random.sample(others, 8)
      doors.push({ admin: creator, chat: { id }, guests })
      for (const user of guests) if (!invited.includes(user)) chats.get(user)?.push({ id })
    }
  }
  return { actors, chats, doors, plan: { devices, chats: members }, log }
}

function pairs(users: readonly string[], count: number, random: Random): [string, string][] {
  return Array.from({ length: count }, () => random.sample(users, 2) as [string, string])
}

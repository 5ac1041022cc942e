import type { Random } from '../../support/random.ts'
import type { Process, World } from '../world/world.ts'

export type ChatToUse = (
  | { readonly id: string; readonly peerOf: (user: string) => string }
  | { readonly id: string; readonly peerOf?: undefined }
) & {
  /** By the world's time, somebody writes there from then on, and until then. */
  readonly alive?: { sinceMs: number; untilMs: number }
}

/** Somebody who acts now and then. */
interface Actor {
  send(chat: ChatToUse): void
  markRead(chat: ChatToUse): void
  reopen?(): Promise<void>
  changeMembers?(chat: ChatToUse, change: 'add' | 'remove', user: string): void
  setRole?(chat: ChatToUse, user: string, role: 'admin' | 'member'): void
  ask?(): void
  restoreNumbers?(): void
}

/** What people do, and how often in proportion. */
export const ACTS = {
  write: 65,
  forward: 5,
  read: 15,
  reopen: 2,
  members: 8,
  role: 2,
  ask: 3,
  numbers: 3,
} as const
export type Act = keyof typeof ACTS
export type ActWeights = Readonly<Record<Act, number>>

/** How one user uses their devices: what they do, how often, until when. */
export class Habits {
  readonly #world: World
  readonly #random: Random
  readonly #weights: ActWeights
  readonly chats: ChatToUse[] = []
  /** Groups in which this user lets others in and out, and who they are. */
  readonly doors: { readonly chat: ChatToUse; readonly guests: readonly string[] }[] = []
  readonly keepaliveS: number
  readonly #pauseMs: number
  /** How much longer than usual they wait between two acts. */
  pace = 1
  /** By the world's time. */
  untilMs = 0

  constructor(world: World, weights: ActWeights = ACTS) {
    this.#world = world
    this.#weights = weights
    this.#random = world.random.fork()
    this.keepaliveS = this.#random.pick([15, 60, 240])
    this.#pauseMs = this.#random.pick([400, 1_500, 4_000])
  }

  /** Lets a device act for as long as its process lives. */
  live(process: Process, actor: Actor): void {
    const waitMs = -Math.log(1 - this.#random.next()) * this.#pauseMs * this.pace
    this.#world.after(waitMs, process, 'is used', () => {
      if (this.#world.nowMs > this.untilMs) return
      this.#act(actor)
      this.live(process, actor)
    })
  }

  /** A line to one of those with whom they talk. */
  write(actor: Actor): void {
    const { alive } = this
    if (alive.length > 0) actor.send(this.#random.pick(alive))
  }

  get alive(): readonly ChatToUse[] {
    const now = this.#world.nowMs
    return this.chats.filter(
      ({ alive }) => alive === undefined || (alive.sinceMs <= now && now < alive.untilMs),
    )
  }

  #act(actor: Actor): void {
    const random = this.#random
    const { alive } = this
    if (alive.length === 0) return
    const chat = random.pick(alive)
    const door = this.doors.length > 0 ? random.pick(this.doors) : undefined
    const guest = door && random.pick(door.guests)
    switch (this.#drawn()) {
      case 'read':
        return actor.markRead(chat)
      case 'reopen':
        return void actor.reopen?.()
      case 'members':
        if (door && guest !== undefined)
          actor.changeMembers?.(door.chat, random.pick(['add', 'remove'] as const), guest)
        return
      case 'role':
        if (door && guest !== undefined)
          actor.setRole?.(door.chat, guest, random.pick(['admin', 'member'] as const))
        return
      case 'ask':
        return actor.ask?.()
      case 'numbers':
        return actor.restoreNumbers?.()
      case 'forward':
        for (const each of random.sample(alive, random.between(2, 5))) actor.send(each)
        return
      case 'write':
        // People write several lines in a row.
        for (let i = random.pick([1, 1, 1, 2, 5]); i > 0; i--) actor.send(chat)
    }
  }

  #drawn(): Act {
    const acts = Object.entries(this.#weights) as [Act, number][]
    let dice = this.#random.next() * acts.reduce((sum, [, weight]) => sum + weight, 0)
    return (acts.find(([, weight]) => (dice -= weight) < 0) ?? ['write'])[0]
  }
}

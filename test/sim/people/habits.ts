import type { Random } from '../../support/random.ts'
import type { Process, World } from '../world/world.ts'

export type ChatToUse =
  | { readonly id: string; readonly peerOf: (user: string) => string }
  | { readonly id: string; readonly peerOf?: undefined }

/** Somebody who acts now and then. */
interface Actor {
  send(chat: ChatToUse): void
  markRead(chat: ChatToUse): void
  reopen?(): Promise<void>
  changeMembers?(chat: ChatToUse, change: 'add' | 'remove', user: string): void
}

/** How one user uses their devices: what they do, how often, until when. */
export class Habits {
  readonly #world: World
  readonly #random: Random
  readonly chats: ChatToUse[] = []
  /** Groups in which this user lets others in and out, and who they are. */
  readonly doors: { readonly chat: ChatToUse; readonly guests: readonly string[] }[] = []
  readonly keepaliveS: number
  /** Between two acts of a device, on average. */
  pauseMs: number
  /** By the world's time. */
  untilMs = 0

  constructor(world: World) {
    this.#world = world
    this.#random = world.random.fork()
    this.keepaliveS = this.#random.pick([15, 60, 240])
    this.pauseMs = this.#random.pick([400, 1_500, 4_000])
  }

  /** Lets a device act for as long as its process lives. */
  live(process: Process, actor: Actor): void {
    const waitMs = -Math.log(1 - this.#random.next()) * this.pauseMs
    this.#world.after(waitMs, process, 'is used', () => {
      if (this.#world.nowMs > this.untilMs) return
      this.#act(actor)
      this.live(process, actor)
    })
  }

  #act(actor: Actor): void {
    const random = this.#random
    const dice = random.next()
    if (this.chats.length === 0) return
    const chat = random.pick(this.chats)
    const door = this.doors.length > 0 ? random.pick(this.doors) : undefined
    if (dice < 0.15) actor.markRead(chat)
    else if (dice < 0.17 && actor.reopen) void actor.reopen()
    else if (dice < 0.25 && door && actor.changeMembers)
      actor.changeMembers(door.chat, random.pick(['add', 'remove'] as const), random.pick(door.guests))
    // People write several lines in a row.
    else for (let i = random.pick([1, 1, 1, 2, 5]); i > 0; i--) actor.send(chat)
  }
}

import { Batchers } from '../../kit/batcher.ts'
import type { Log } from '../../kit/log.ts'
import { answerBy } from '../mailbox/answer.ts'
import type { FeedEntry } from '../mailbox/feed.ts'
import type { Lane } from './lane.ts'
import { userMailbox, type Look, type MailboxId, type MailboxStore } from '../mailbox/store.ts'

/** Between two looks at lanes with something unfinished. */
const LOOK_MS = 5_000
/** Lanes in one question to the store. */
const HEADS_MAX = 1_000
/** Between two tries to compare heads, while the store is away. */
const COMPARE_RETRY_MS = 1_000

/** Who of a user's connections gets something. */
export interface Filter {
  /** Device names. */
  readonly only?: string | undefined
  readonly except?: string | undefined
}

/** The lanes of this node, by mailbox. An idle lane costs nothing here but its place in the map. */
export class Lanes {
  readonly #byMailbox = new Map<MailboxId, Lane[]>()
  readonly #heads: Batchers<Look, number | undefined>
  readonly #store: MailboxStore
  readonly #log: Log
  /** Per server of the store: whether its lanes are compared now, and whether they are to be once more. */
  readonly #comparing = new Map<string, { isWanted: boolean }>()
  #isStopped = false
  readonly #uptime: () => number
  #watched: Lane[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(store: MailboxStore, uptime: () => number, log: Log) {
    this.#heads = new Batchers(
      ({ mailbox }) => store.serverOf(mailbox),
      (items) => answerBy(() => store.heads(items)),
      HEADS_MAX,
    )
    this.#store = store
    this.#log = log
    this.#uptime = uptime
  }

  add(lane: Lane): void {
    const lanes = this.#byMailbox.get(lane.mailbox)
    if (lanes === undefined) this.#byMailbox.set(lane.mailbox, [lane])
    else lanes.push(lane)
  }

  remove(lane: Lane): void {
    const lanes = this.#byMailbox.get(lane.mailbox)
    const i = lanes?.indexOf(lane) ?? -1
    if (lanes === undefined || i < 0) return
    lanes.splice(i, 1)
    if (lanes.length === 0) this.#byMailbox.delete(lane.mailbox)
  }

  tell(mailbox: MailboxId, entry: FeedEntry): void {
    const lanes = this.#byMailbox.get(mailbox)
    if (lanes !== undefined) for (const lane of lanes) lane.tell(entry)
  }

  live(user: string, entry: Uint8Array, filter: Filter): void {
    for (const lane of this.of(user)) {
      if (filter.only !== undefined && filter.only !== lane.device) continue
      if (filter.except !== undefined && filter.except === lane.device) continue
      lane.live(entry)
    }
  }

  of(user: string): readonly Lane[] {
    return this.#byMailbox.get(userMailbox(user)) ?? []
  }

  /** Closes all connections of a user. */
  ousted(user: string, reason: string): void {
    const devices = new Set(this.of(user).map(({ device }) => device))
    for (const device of devices) this.oust(user, device, 0, reason)
  }

  /** Closes a device's connections whose epoch is older than `belowEpoch`; 0: all of them. */
  oust(user: string, device: string, belowEpoch: number, reason: string): void {
    const below = belowEpoch === 0 ? Number.POSITIVE_INFINITY : belowEpoch
    const lanes = this.of(user).filter((lane) => lane.device === device)
    for (const lane of lanes) {
      if (!lane.isAttached) lane.oustedBelow = Math.max(lane.oustedBelow, below)
      else if (lane.epoch < below) lane.connection.close(reason)
    }
  }

  /**
   * Asks the store for the lane's head: something may have been appended that nobody told, or the device been removed
   * or taken over. @throws StoreUnavailable
   */
  async compare(lane: Lane): Promise<void> {
    const { mailbox, device, epoch, isAttached, isTransient } = lane
    const owned = isAttached && !isTransient ? { reader: device, epoch } : undefined
    const head = await this.#heads.add({ mailbox, owned })
    if (head !== undefined) lane.headIs(head)
    // Attached anew meanwhile, it knows a head that is as new.
    else if (lane.epoch === epoch) lane.connection.close('taken-over')
  }

  /**
   * All lanes look for what nobody told them of; once more if it is asked for meanwhile. Those of each server of the
   * store by themselves, again until it answers.
   */
  compareAll(): void {
    const servers = new Set(Array.from(this.#byMailbox.keys(), (mailbox) => this.#store.serverOf(mailbox)))
    for (const server of servers) {
      const comparing = this.#comparing.get(server)
      if (comparing !== undefined) comparing.isWanted = true
      else void this.#compareAt(server)
    }
  }

  async #compareAt(server: string): Promise<void> {
    const state = { isWanted: true }
    this.#comparing.set(server, state)
    while (state.isWanted && !this.#isStopped) {
      state.isWanted = false
      const lanes = this.all().filter(({ mailbox }) => this.#store.serverOf(mailbox) === server)
      const results = await Promise.allSettled(lanes.map((lane) => this.compare(lane)))
      const failed = results.find((result) => result.status === 'rejected')
      if (failed === undefined) continue
      this.#log.warn({ err: failed.reason as unknown }, 'lanes.compare-failed')
      state.isWanted = true
      await new Promise((resolve) => setTimeout(resolve, COMPARE_RETRY_MS).unref())
    }
    this.#comparing.delete(server)
  }

  all(): Lane[] {
    return [...this.#byMailbox.values()].flat()
  }

  watch(lane: Lane): void {
    lane.isWatched = true
    this.#watched.push(lane)
    this.#timer ??= setInterval(() => this.#look(), LOOK_MS).unref()
  }

  stop(): void {
    this.#isStopped = true
    clearInterval(this.#timer)
  }

  #look(): void {
    const now = this.#uptime()
    const watched = this.#watched
    this.#watched = []
    for (const lane of watched) {
      lane.isWatched = lane.look(now, LOOK_MS)
      if (lane.isWatched) this.#watched.push(lane)
    }
    if (this.#watched.length > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}

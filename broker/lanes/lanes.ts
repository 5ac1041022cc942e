import { Batcher } from '../../kit/batcher.ts'
import type { FeedEntry } from '../mailbox/feed.ts'
import type { Lane } from './lane.ts'
import { userMailbox, type Look, type MailboxId, type MailboxStore } from '../mailbox/store.ts'

/** Between two looks at lanes with something unfinished. */
const LOOK_MS = 5_000
/** Lanes in one question to the store. */
const HEADS_MAX = 1_000

/** Who of a user's connections gets something. */
export interface Filter {
  /** Device names. */
  readonly only?: string | undefined
  readonly except?: string | undefined
}

/** The lanes of this node, by mailbox. An idle lane costs nothing here but its place in the map. */
export class Lanes {
  readonly #byMailbox = new Map<MailboxId, Lane[]>()
  readonly #heads: Batcher<Look, number | undefined>
  readonly #uptime: () => number
  #watched: Lane[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(store: MailboxStore, uptime: () => number) {
    this.#heads = new Batcher((items) => store.heads(items), HEADS_MAX)
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

  /** The same for all lanes. @throws StoreUnavailable */
  async compareAll(): Promise<void> {
    await Promise.all(this.all().map((lane) => this.compare(lane)))
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

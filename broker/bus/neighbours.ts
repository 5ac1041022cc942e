import type { Log } from '../../kit/log.ts'
import { decodeNodeFrame, encodeNodeFrame, type Envelope } from '../../proto/server-codec.ts'
import type { Bus } from './bus.ts'
import type { FeedEntry } from '../mailbox/feed.ts'
import type { MailboxId } from '../mailbox/store.ts'
import type { NodeMetrics } from '../metrics.ts'
import type { Due, Turn } from '../../kit/turn.ts'

/** A frame is sent before the turn ends when it has grown to this. */
const FRAME_BYTES_MAX = 1024 * 1024
/** After a frame was lost on its way out, until its node is told to look for what was in it. */
const LOST_RETRY_MS = 500

/** A live delivery: at most once, to whoever is connected. */
export interface LiveDelivery {
  readonly users: readonly string[]
  readonly entry: Uint8Array
  readonly only?: string | undefined
  readonly exceptUser?: string | undefined
  readonly exceptDevice?: string | undefined
}

/** What comes from other nodes. */
export interface NeighbourListener {
  told(mailbox: MailboxId, entry: FeedEntry): void
  live(delivery: LiveDelivery): void
  ousted(user: string, device: string, belowEpoch: number, reason: string): void
  typing(envelope: Envelope): void
  /** Workers or leases changed somewhere. */
  look(): void
  /** Entries may be in mailboxes that nobody told of. */
  compare(): void
  interrupted(): void
}

interface Outgoing {
  entries: Uint8Array[]
  told: { mailbox: string; position: number; entry: number; only?: string; except?: string }[]
  live: { users: string[]; entry: number; only?: string; exceptUser?: string; exceptDevice?: string }[]
  ousted: { user: string; device: string; belowEpoch: number; reason: string }[]
  typing: Envelope[]
  look: boolean
  compare: boolean
  bytes: number
}

/** The other nodes: what a turn has for one of them goes in one frame, with an entry for many mailboxes in it once. */
export class Neighbours implements Due {
  isDue = false
  readonly self: string
  readonly #bus: Bus
  readonly #turn: Turn
  readonly #metrics: NodeMetrics
  readonly #log: Log
  readonly #outgoing = new Map<string, Outgoing>()
  #listener: NeighbourListener | undefined
  #others: readonly string[] = []
  /** Nodes that have missed something and can't know it. */
  readonly #owed = new Set<string>()

  constructor(self: string, parts: { bus: Bus; turn: Turn; metrics: NodeMetrics; log: Log }) {
    this.self = self
    this.#bus = parts.bus
    this.#turn = parts.turn
    this.#metrics = parts.metrics
    this.#log = parts.log
  }

  async start(listener: NeighbourListener): Promise<void> {
    this.#listener = listener
    await this.#bus.subscribe(this.self, {
      receive: (frame) => this.#receive(frame, listener),
      interrupted: () => listener.interrupted(),
      lost: (node) => this.#lost(node),
    })
  }

  /**
   * The nodes that live, this one included. Of what one that left has sent to the store last, something may have been
   * carried out late, and nobody is left to tell of it: an attach of a device that is connected here by now, a commit.
   */
  set nodes(nodes: readonly string[]) {
    const before = this.#others
    this.#others = nodes.filter((node) => node !== this.self)
    if (before.some((node) => !nodes.includes(node))) this.#listener?.compare()
  }

  /** Whether a node of that name lives, as far as this one knows. */
  lives(node: string): boolean {
    return node === this.self || this.#others.includes(node)
  }

  /** Tells the nodes where the mailbox has readers; this one is left out. */
  tell(nodes: readonly string[], mailbox: MailboxId, entry: FeedEntry): void {
    for (const node of nodes) {
      if (node === this.self) continue
      const out = this.#to(node)
      out.told.push({
        mailbox,
        position: entry.position,
        entry: this.#entry(out, entry.bytes),
        only: entry.only ?? '',
        except: entry.except ?? '',
      })
      out.bytes += mailbox.length + 16
      if (out.bytes > FRAME_BYTES_MAX) this.#send(node, out)
    }
  }

  /** To all other nodes: nobody but they knows who is connected. */
  live(delivery: LiveDelivery): void {
    for (const node of this.#others) {
      const out = this.#to(node)
      out.live.push({
        users: [...delivery.users],
        entry: this.#entry(out, delivery.entry),
        only: delivery.only ?? '',
        exceptUser: delivery.exceptUser ?? '',
        exceptDevice: delivery.exceptDevice ?? '',
      })
      if (out.bytes > FRAME_BYTES_MAX) this.#send(node, out)
    }
  }

  /** @param device '': all of the user's
   *  @param belowEpoch connections with an older epoch; 0: all of the device's */
  oust(node: string, user: string, device: string, belowEpoch: number, reason: string): void {
    if (node !== this.self) this.#to(node).ousted.push({ user, device, belowEpoch, reason })
  }

  /** The same when nobody knows where the device is connected, if it is at another node. */
  oustAnywhere(user: string, device: string, reason: string): void {
    for (const node of this.#others) this.oust(node, user, device, 0, reason)
  }

  typing(node: string, envelope: Envelope): void {
    this.#to(node).typing.push(envelope)
  }

  /** Workers or leases of this node changed: the others need not wait for their next renewal. */
  look(): void {
    for (const node of this.#others) this.#to(node).look = true
  }

  /** A commit was decided whose node could not tell of its entries. */
  compare(): void {
    for (const node of this.#others) this.#to(node).compare = true
  }

  flush(): void {
    for (const [node, out] of this.#outgoing) this.#send(node, out)
  }

  /** Its node will not miss what it was not told of: it is told to compare, until that gets through. */
  #lost(node: string): void {
    const isArmed = this.#owed.size > 0
    this.#owed.add(node)
    if (isArmed) return
    setTimeout(() => {
      const owed = [...this.#owed]
      this.#owed.clear()
      for (const each of owed) this.#to(each).compare = true
    }, LOST_RETRY_MS).unref()
  }

  #to(node: string): Outgoing {
    let out = this.#outgoing.get(node)
    if (out === undefined) {
      out = { entries: [], told: [], live: [], ousted: [], typing: [], look: false, compare: false, bytes: 0 }
      this.#outgoing.set(node, out)
      this.#turn.add(this)
    }
    return out
  }

  /** The index of an entry in the frame. A fan-out comes as one entry many times in a row. */
  #entry(out: Outgoing, bytes: Uint8Array): number {
    if (out.entries.at(-1) === bytes) return out.entries.length - 1
    out.bytes += bytes.length
    return out.entries.push(bytes) - 1
  }

  #send(node: string, out: Outgoing): void {
    this.#outgoing.delete(node)
    this.#metrics.busFrame('out')
    this.#bus.publish(node, encodeNodeFrame(out))
  }

  #receive(bytes: Uint8Array, listener: NeighbourListener): void {
    this.#metrics.busFrame('in')
    let frame
    try {
      frame = decodeNodeFrame(bytes)
    } catch (error) {
      this.#log.error({ err: error, bytes: bytes.length }, 'bus.malformed-frame')
      return
    }
    const entry = (i: number | null | undefined): Uint8Array => frame.entries[i ?? 0] ?? new Uint8Array()
    for (const told of frame.told)
      listener.told(told.mailbox ?? '', {
        position: told.position ?? 0,
        bytes: entry(told.entry),
        only: told.only || undefined,
        except: told.except || undefined,
      })
    for (const live of frame.live)
      listener.live({
        users: live.users ?? [],
        entry: entry(live.entry),
        only: live.only || undefined,
        exceptUser: live.exceptUser || undefined,
        exceptDevice: live.exceptDevice || undefined,
      })
    for (const { user, device, belowEpoch, reason } of frame.ousted)
      listener.ousted(user ?? '', device ?? '', belowEpoch ?? 0, reason ?? '')
    for (const envelope of frame.typing) listener.typing(envelope)
    if (frame.look) listener.look()
    if (frame.compare) listener.compare()
  }
}

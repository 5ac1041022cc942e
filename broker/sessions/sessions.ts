import { Batchers } from '../../kit/batcher.ts'
import type { Log } from '../../kit/log.ts'
import type { Connection } from '../listeners/connection.ts'
import type { Intake } from '../ingest/intake.ts'
import { answerBy } from '../mailbox/answer.ts'
import { Lane, type LaneParts } from '../lanes/lane.ts'
import { LateAttaches } from './late-attaches.ts'
import type { Lanes } from '../lanes/lanes.ts'
import {
  userMailbox,
  type Attach,
  type AttachOutcome,
  type Detach,
  type MailboxStore,
} from '../mailbox/store.ts'
import type { Neighbours } from '../bus/neighbours.ts'

export type AttachResult =
  | { readonly outcome: 'attached'; readonly sessionPresent: boolean }
  | {
      readonly outcome:
        | 'too-many-devices'
        | 'removed'
        | 'locked'
        | 'token-ended'
        | 'registered'
        | 'unavailable'
    }

export interface SessionsParts {
  readonly node: string
  readonly store: MailboxStore
  readonly lanes: Lanes
  readonly laneParts: LaneParts
  readonly intake: Intake
  readonly neighbours: Neighbours
  readonly log: Log
  /** Monotonic ms. */
  readonly uptime: () => number
}

/** Devices whose unacknowledged frames, or whose existence, are remembered. Beyond it the oldest are forgotten. */
const REMEMBERED_MAX = 10_000
/** How long connections of a user may take to be closed, and between two looks whether they are. */
const CLOSED_MS_MAX = 5_000
const CLOSED_LOOK_MS = 100
/** Readers in one question to the store. */
const BATCH_MAX = 200

/** Devices' connections and their lanes. */
export class Sessions {
  readonly #parts: SessionsParts
  readonly #lanes = new Map<Connection, Lane>()
  readonly #attaches: Batchers<Attach, AttachOutcome>
  readonly #detaches: Batchers<Detach, undefined>
  readonly #late: LateAttaches
  readonly #detaching = new Set<Promise<void>>()
  /** By mailbox and device: up to where frames were sent and not acknowledged when the connection went. */
  readonly #unacknowledged = new Remembered<number>(REMEMBERED_MAX)
  /** Users that the workers have been told of. */
  readonly #introduced = new Remembered<true>(REMEMBERED_MAX)

  constructor(parts: SessionsParts) {
    this.#parts = parts
    this.#late = new LateAttaches(parts)
    const { store } = parts
    const serverOf = ({ mailbox }: { readonly mailbox: string }): string => store.serverOf(mailbox)
    this.#attaches = new Batchers(
      serverOf,
      (items: Attach[]) => answerBy(() => store.attach(items)),
      BATCH_MAX,
    )
    const detach = async (items: Detach[]): Promise<undefined[]> => {
      await answerBy(() => store.detach(items))
      return items.map(() => undefined)
    }
    this.#detaches = new Batchers(serverOf, detach, BATCH_MAX)
  }

  lane(connection: Connection): Lane | undefined {
    return this.#lanes.get(connection)
  }

  /**
   * Registers the device, closes its older connection wherever that is, and makes its lane. The lane is known before
   * the store is asked: what is appended right behind the attach finds it.
   */
  async attach(connection: Connection): Promise<AttachResult> {
    const lane = new Lane(this.#parts.laneParts, connection)
    this.#lanes.set(connection, lane)
    this.#parts.lanes.add(lane)
    try {
      await this.#introduce(connection)
      // Who has left by now would only fence the device's next connection.
      if (!this.#lanes.has(connection)) return { outcome: 'unavailable' }
      const outcome = await this.#attaches.add(this.#attachOf(connection))
      if (outcome.outcome === 'leased') throw new Error('a device was answered like a partition')
      if (outcome.outcome === 'attached') return this.#attached(lane, outcome)
      this.release(connection)
      return outcome
    } catch (error) {
      this.#failed(connection, error)
      this.release(connection)
      return { outcome: 'unavailable' }
    }
  }

  /** The connection is gone. Idempotent. */
  release(connection: Connection): void {
    const lane = this.#lanes.get(connection)
    if (lane === undefined) return
    this.#lanes.delete(connection)
    this.#parts.lanes.remove(lane)
    const { isAttached, mailbox, device, epoch, isTransient, unacknowledgedUpTo } = lane
    lane.end()
    if (!isAttached) return
    if (unacknowledgedUpTo > 0 && !isTransient)
      this.#unacknowledged.set(`${mailbox}/${device}`, unacknowledgedUpTo)
    this.#detachOf(lane, epoch)
  }

  /** Resolves when the store knows of every connection that is gone. */
  async stop(): Promise<void> {
    this.#late.stop()
    await Promise.all(this.#detaching)
  }

  /** A device is no longer registered. */
  removed(user: string, device: string, node: string): void {
    this.#parts.lanes.oust(user, device, 0, 'device-removed')
    if (node !== '') this.#parts.neighbours.oust(node, user, device, 0, 'device-removed')
  }

  /**
   * A user's connections are to be closed, here and at these nodes. Resolves when the store knows of none, or after
   * CLOSED_MS_MAX: the bus may lose the word, so it is said until then, and a node that stands still hears it late.
   */
  async closeAll(user: string, nodes: readonly string[], reason: string): Promise<boolean> {
    const { lanes, neighbours, store, uptime } = this.#parts
    const untilMs = uptime() + CLOSED_MS_MAX
    let where = nodes.filter((node) => neighbours.lives(node))
    for (;;) {
      lanes.ousted(user, reason)
      // Also where the store knows of no reader: workers attach nothing.
      neighbours.oustAnywhere(user, '', reason)
      if (where.length === 0) return true
      if (uptime() > untilMs) return false
      await new Promise((resolve) => setTimeout(resolve, CLOSED_LOOK_MS))
      // A node that died has closed what it had.
      where = (await store.devices(user)).map(({ node }) => node).filter((node) => neighbours.lives(node))
    }
  }

  /** All lanes from their cursors again: the store has lost its memory of who is where, and maybe its last writes. */
  async reattach(): Promise<void> {
    await Promise.all(this.#parts.lanes.all().map((lane) => this.#reattach(lane)))
  }

  async #reattach(lane: Lane): Promise<void> {
    if (!lane.isAttached) return
    const { connection } = lane
    try {
      const outcome = await this.#attaches.add(this.#attachOf(connection))
      if (outcome.outcome !== 'attached') connection.close('not-registered')
      else if (this.#lanes.get(connection) === lane) lane.attached(outcome, lane.unacknowledgedUpTo)
      // Gone meanwhile: nobody else would take back what this has registered.
      else this.#detachOf(lane, outcome.epoch)
    } catch (error) {
      // Its client comes back, and is attached then.
      this.#failed(connection, error)
      connection.close('store-unavailable')
    }
  }

  #attached(lane: Lane, outcome: Extract<AttachOutcome, { outcome: 'attached' }>): AttachResult {
    const { connection, mailbox, device, isTransient } = lane
    const { user } = connection
    const { lanes, neighbours } = this.#parts
    const { epoch, previousNode } = outcome
    const others = lanes.of(user).filter((other) => other !== lane && other.device === device)
    for (const other of others) if (other.isAttached && other.epoch < epoch) this.#oust(other)
    // Also if this connection is gone by now: it has fenced whichever was there.
    if (previousNode !== undefined && previousNode !== '')
      neighbours.oust(previousNode, user, device, epoch, 'taken-over')
    // Of two connections of a device that were attached at once, the one with the later epoch stays.
    const newest = Math.max(...others.map((other) => other.epoch), 0)
    const isGone = connection.isClosed || !this.#lanes.has(connection)
    if (isGone || Math.max(newest, lane.oustedBelow) > epoch) {
      connection.close('taken-over')
      this.release(connection)
      this.#detachOf(lane, epoch)
      return { outcome: 'unavailable' }
    }
    // Transient readers have no epochs: the one that was attached last stays.
    for (const other of others) if (other.isAttached) this.#oust(other)
    const key = `${mailbox}/${device}`
    lane.attached(outcome, this.#unacknowledged.get(key) ?? 0)
    this.#unacknowledged.delete(key)
    return { outcome: 'attached', sessionPresent: !isTransient && !outcome.isNew }
  }

  /** Nobody knows whether the store has attached it, or will. */
  #failed(connection: Connection, error: unknown): void {
    connection.log.warn({ err: error }, 'attach.failed')
    if (!connection.transient) this.#late.note(connection.user, connection.device)
  }

  #oust(lane: Lane): void {
    lane.connection.close('taken-over')
    this.release(lane.connection)
  }

  /**
   * Tells the workers of a device that is not registered yet, before it is: from its first connection on, its user
   * exists. In this order, so that no crash leaves a registered device whose user nobody knows.
   */
  async #introduce(connection: Connection): Promise<void> {
    const { store, intake } = this.#parts
    // Once for each user, whatever the names of their devices: who makes up names must not push others out.
    if (this.#introduced.get(connection.user)) return
    const devices = await answerBy(() => store.devices(connection.user))
    const isLinked = devices.some(({ device, isTransient }) => device === connection.device && !isTransient)
    // Who is shut out is refused by the attach, and until then nobody's work.
    if (!isLinked && (await answerBy(() => store.barred(connection.user, connection.tokenIssuedAtMs)))) return
    if (!isLinked) await intake.append([intake.ofUser(connection, { connected: {} })], connection)
    this.#introduced.set(connection.user, true)
  }

  #attachOf({ user, device, transient, tokenIssuedAtMs }: Connection): Attach {
    return {
      mailbox: userMailbox(user),
      reader: device,
      node: this.#parts.node,
      ttlMs: 0,
      transient,
      ...(tokenIssuedAtMs === undefined ? {} : { tokenIssuedAtMs }),
    }
  }

  #detachOf({ mailbox, device, isTransient }: Lane, epoch: number): void {
    this.#detach({ mailbox, reader: device, node: this.#parts.node, epoch, transient: isTransient })
  }

  #detach(detach: Detach): void {
    const detached = this.#detaches
      .add(detach)
      .catch((error: unknown) => {
        // The next attach wins all the same.
        this.#parts.log.warn({ err: error }, 'detach.failed')
      })
      .finally(() => this.#detaching.delete(detached))
    this.#detaching.add(detached)
  }
}

/** A map that forgets what was put first when it is full. */
class Remembered<Value> {
  readonly #entries = new Map<string, Value>()
  readonly #entriesMax: number

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key)
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.#entries.size <= this.#entriesMax) return
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest)
      return
    }
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }
}

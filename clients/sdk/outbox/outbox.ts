import { encodeUp } from '../../../proto/codec.ts'
import { REPEATS_REMEMBERED_MAX } from '../../../proto/limits.ts'
import type { ChatId } from '../../../proto/ids.ts'
import { upOf, type Command } from '../command.ts'
import type { OutboxItem, StoreChange } from '../store/local-store.ts'
import { SentMessage } from './sent-message.ts'

/**
 * Sends that have no answer yet, oldest first. The states of an item:
 *
 *   stored --publish--> published --Accepted, Rejected--> gone
 *     ^                     |
 *     |<---- connection lost: published again, in order, with the same clientSeq
 *     |<---- Rejected with retry-later: stored anew at the end, with a new clientSeq and a time not to start before
 *     |<---- Rejected as stale though it was published once: the same, with a clientSeq that is much higher
 *
 * PUBACK changes nothing here: an item leaves when the server has answered it. Within a chat items go strictly in
 * clientSeq order, so one that waits for its time holds back those behind it in its chat, and no other chat.
 */
export class Outbox {
  readonly #parts: OutboxParts
  readonly #entries = new Map<number, Entry>()
  /** clientSeq of a refused item to that of its retry. */
  readonly #retries = new Map<number, number>()
  /** Refused ones of which the server may have another copy, by clientSeq. */
  readonly #refused = new Map<number, Taken>()
  #clientSeq: number
  #publish: Publish | undefined
  #publishedCount = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(parts: OutboxParts) {
    this.#parts = parts
    this.#clientSeq = parts.clientSeq
    for (const item of parts.items) {
      this.#entries.set(item.clientSeq, entryOf(item, new SentMessage(item.chat, item.clientSeq), true))
    }
  }

  /** Those still without an answer, oldest first. */
  get waiting(): readonly SentMessage[] {
    return [...this.#entries.values()].map((entry) => entry.sent)
  }

  /** Stored first, published then. */
  add(chat: ChatId, command: Command): SentMessage {
    const clientSeq = this.#nextClientSeq()
    const sent = new SentMessage(chat, clientSeq)
    const changes: StoreChange[] = []
    const stored = this.#enter(entryOf({ clientSeq, chat, command, refusals: 0 }, sent, false), changes)
    void this.#parts.write(changes).then(stored, () => {}) // a store that fails ends the client
    return sent
  }

  /** From now on items leave through `publish`, all that were published before first. */
  connected(publish: Publish): void {
    this.disconnected()
    this.#publish = publish
    this.pump()
  }

  disconnected(): void {
    this.#publish = undefined
    this.#publishedCount = 0
    for (const entry of this.#entries.values()) entry.isPublished = false
  }

  /** The clientSeqs from `first` to `last` that an Accepted can settle, ascending. A run may include earlier repeats. */
  unanswered(first: number, last: number): number[] {
    const others = [...this.#retries.keys(), ...this.#refused.keys()]
    const within = others.filter((clientSeq) => clientSeq >= first && clientSeq <= last)
    for (const clientSeq of this.#entries.keys()) {
      if (clientSeq > last) break
      if (clientSeq >= first) within.push(clientSeq)
    }
    return within.sort((x, y) => x - y)
  }

  /** What an Accepted of that clientSeq would settle. */
  item(clientSeq: number): OutboxItem | undefined {
    const { item } = this.#refused.get(clientSeq) ?? this.#answered(clientSeq) ?? {}
    return item
  }

  /** An item's Accepted. It is gone from here at once; `changes` make it so in the store. */
  accept(clientSeq: number, changes: StoreChange[]): Taken | undefined {
    const refused = this.#refused.get(clientSeq)
    this.#refused.delete(clientSeq)
    return refused ?? this.#take(this.#answered(clientSeq), changes)
  }

  /** An item's Rejected. */
  reject(clientSeq: number, changes: StoreChange[]): Taken | undefined {
    return this.#take(this.#entries.get(clientSeq), changes)
  }

  /** The item is refused for good, unless the server accepts another copy of it: of strangers it remembers nothing. */
  giveUp(taken: Taken): void {
    if (taken.copies < 2) return
    this.#refused.set(taken.item.clientSeq, taken)
    const [oldest] = this.#refused.keys()
    if (this.#refused.size > OUTBOX_WINDOW && oldest !== undefined) this.#refused.delete(oldest)
  }

  /**
   * A clientSeq that no copy of ours can have used: a lost outbox of this device did, by a clock that was ahead of
   * today's. Nobody can say by how much, so the numbers skip ahead until the server takes them.
   *
   * @returns whether to try that
   */
  skipAhead({ item, copies }: Taken): boolean {
    if (copies > 1 || item.refusals >= SKIPS_MAX) return false
    this.#clientSeq += SKIP_MIN * 2 ** item.refusals
    return true
  }

  /**
   * The refused item goes to the end with a new clientSeq and waits for its time.
   * @returns to be called when `changes` are durable
   */
  retryLater(taken: Taken, retryAfterS: number, changes: StoreChange[]): () => void {
    const clientSeq = this.#nextClientSeq()
    const refusals = taken.item.refusals + 1
    taken.sent.renumber(clientSeq)
    const entry = entryOf({ ...taken.item, clientSeq, refusals }, taken.sent, false)
    entry.retryOf = taken.item.clientSeq
    this.#retries.set(entry.retryOf, clientSeq)
    entry.notBeforeMs = performance.now() + Math.max(retryAfterS * 1000, this.#parts.backoff(refusals))
    return this.#enter(entry, changes)
  }

  /** The oldest item of a chat that may have reached the server: answers of one chat come in its order. */
  oldestUnanswered(chat: ChatId): number | undefined {
    for (const entry of this.#entries.values()) {
      if (entry.copies > 0 && entry.item.chat === chat) return entry.item.clientSeq
    }
    return undefined
  }

  /** The newest such item. */
  newestUnanswered(chat: ChatId): number | undefined {
    let newest: number | undefined
    for (const entry of this.#entries.values()) {
      if (entry.copies > 0 && entry.item.chat === chat) newest = entry.item.clientSeq
    }
    return newest
  }

  close(error: Error): void {
    this.disconnected()
    clearTimeout(this.#timer)
    for (const entry of this.#entries.values()) entry.sent.abandon(error)
  }

  #nextClientSeq(): number {
    // A new outbox starts at the clock, so that it does not repeat numbers of one that was lost.
    this.#clientSeq = this.#clientSeq === 0 ? this.#parts.clock() : this.#clientSeq + 1
    return this.#clientSeq
  }

  #enter(entry: Entry, changes: StoreChange[]): () => void {
    this.#entries.set(entry.item.clientSeq, entry)
    changes.push({ table: 'outbox', put: entry.item }, this.#parts.metaOf(this.#clientSeq))
    return () => {
      entry.isStored = true
      this.pump()
    }
  }

  #take(entry: Entry | undefined, changes: StoreChange[]): Taken | undefined {
    if (!entry) return undefined
    const { item, sent, copies } = entry
    this.#entries.delete(item.clientSeq)
    if (entry.retryOf !== undefined) this.#retries.delete(entry.retryOf)
    if (entry.isPublished) this.#publishedCount--
    changes.push({ table: 'outbox', delete: item.clientSeq })
    return { item, sent, copies }
  }

  /**
   * An item that was published on two connections can be refused once and accepted once. As long as its retry has not
   * left, the Accepted settles it, so that it does not become two messages.
   */
  #answered(clientSeq: number): Entry | undefined {
    return this.#entries.get(clientSeq) ?? this.#entries.get(this.#retries.get(clientSeq) ?? 0)
  }

  /** Sends what may go now. Called whenever that may have changed: stored, answered, connected, time has come. */
  pump(): void {
    const publish = this.#publish
    if (!publish) return
    const heldBack = new Set<ChatId>()
    let nextMs = Number.POSITIVE_INFINITY
    const now = performance.now()
    for (const entry of this.#entries.values()) {
      if (this.#publishedCount >= OUTBOX_WINDOW) break
      if (entry.isPublished || heldBack.has(entry.item.chat)) continue
      if (!entry.isStored || entry.notBeforeMs > now) {
        heldBack.add(entry.item.chat)
        if (entry.isStored) nextMs = Math.min(nextMs, entry.notBeforeMs)
        continue
      }
      this.#publishEntry(entry, publish)
    }
    clearTimeout(this.#timer)
    if (nextMs === Number.POSITIVE_INFINITY) return
    this.#timer = setTimeout(() => this.pump(), Math.min(nextMs - now, TIMER_MS_MAX))
  }

  #publishEntry(entry: Entry, publish: Publish): void {
    entry.isPublished = true
    entry.copies++
    if (entry.retryOf !== undefined) this.#retries.delete(entry.retryOf)
    this.#publishedCount++
    const { chat, command, clientSeq } = entry.item
    publish(chat, encodeUp(upOf(command, clientSeq, this.#parts.peerOf(chat))), () => entry.sent.markSent())
  }
}

/**
 * Items published and not answered. As many as the server remembers sends of a device in a chat: a repeat of any of
 * them gets its old seq.
 */
export const OUTBOX_WINDOW = REPEATS_REMEMBERED_MAX

/** How far the numbers skip at first, each time twice as far: five minutes of a clock to centuries. */
const SKIP_MIN = 300_000
const SKIPS_MAX = 24
/** What setTimeout can wait for. */
const TIMER_MS_MAX = 2 ** 31 - 1

/** @param onPuback may never be called */
export type Publish = (chat: ChatId, payload: Uint8Array, onPuback: () => void) => void

export interface OutboxParts {
  readonly items: readonly OutboxItem[]
  /** The last one given; 0: none yet. */
  readonly clientSeq: number
  readonly metaOf: (clientSeq: number) => StoreChange
  readonly write: (changes: readonly StoreChange[]) => Promise<void>
  /** The other user of a direct chat that may not exist yet. */
  readonly peerOf: (chat: ChatId) => string | undefined
  readonly backoff: (attempt: number) => number
  /** Unix ms, where the numbers of a new outbox start. */
  readonly clock: () => number
}

export interface Taken {
  readonly item: OutboxItem
  readonly sent: SentMessage
  /** See Entry. */
  readonly copies: number
}

interface Entry {
  readonly item: OutboxItem
  readonly sent: SentMessage
  isStored: boolean
  /** On this connection. */
  isPublished: boolean
  /** How many the server may have: one for each connection that it was published on, and one for an earlier process. */
  copies: number
  /** By performance.now, which does not jump with the phone's clock. */
  notBeforeMs: number
  /** The clientSeq that was refused. */
  retryOf?: number
}

function entryOf(item: OutboxItem, sent: SentMessage, isLoaded: boolean): Entry {
  return { item, sent, isStored: isLoaded, isPublished: false, copies: isLoaded ? 1 : 0, notBeforeMs: 0 }
}

import { encodeUp } from '../../../proto/codec.ts'
import { INSTEAD_OF_ENTRIES_MAX } from '../../../proto/limits.ts'
import type { ChatId } from '../../../proto/ids.ts'
import { upOf, type Command } from '../command.ts'
import type { RejectedError } from '../errors.ts'
import type { OutboxItem, StoreChange } from '../store/local-store.ts'
import { Numbers } from './numbers.ts'
import { SentMessage } from './sent-message.ts'
import { Window } from './window.ts'

/**
 * Sends that have no answer yet, oldest first. The states of an item:
 *
 *   stored --publish--> published --Accepted, Rejected--> gone
 *     ^                     |
 *     |<---- connection lost: published again, in order, with the same clientSeq
 *     |<---- Rejected with retry-later: stored anew at the end, with a new clientSeq and a time not to start before; what
 *     |      has not left yet of its chat goes behind it
 *     |<---- Rejected because another send had the clientSeq: the same at once, with one that is much higher
 *     |<---- Rejected as `internal` while another copy may be accepted: as with retry-later, once
 *
 * A PUBACK only makes room: an item leaves when the server has answered it. Within a chat items go strictly in
 * clientSeq order, so one that waits for its time, or for answers, holds back those behind it in its chat, and no other.
 */
export class Outbox {
  readonly #parts: OutboxParts
  readonly #entries = new Map<number, Entry>()
  /** clientSeq of a refused item to that of its retry. */
  readonly #retries = new Map<number, number>()
  /** Numbers that an item had before, and the server may have a copy under, to the item's own. */
  readonly #earlier = new Map<number, number>()
  /** Refused ones of which the server may have another copy, by clientSeq. */
  readonly #refused = new Map<number, Taken>()
  readonly #numbers: Numbers
  #publish: Publish | undefined
  #window = new Window()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(parts: OutboxParts) {
    this.#parts = parts
    this.#numbers = new Numbers(parts.clientSeq, parts.clock)
    for (const item of parts.items) {
      const entry = entryOf(item, new SentMessage(item.chat, item.clientSeq), true)
      this.#entries.set(item.clientSeq, entry)
      if (entry.retryOf !== undefined) this.#retries.set(entry.retryOf, item.clientSeq)
      this.#noteEarlier(item)
    }
    for (const { item } of this.#entries.values()) if (item.retry) this.#holdBehind(item, item.retry)
  }

  /** Those still without an answer, oldest first. */
  get waiting(): readonly SentMessage[] {
    return [...this.#entries.values()].map((entry) => entry.sent)
  }

  /** Stored first, published then. */
  add(chat: ChatId, command: Command): SentMessage {
    const clientSeq = this.#numbers.next()
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
    this.#window = new Window()
    for (const entry of this.#entries.values()) entry.isPublished = false
  }

  /** The clientSeqs from `first` to `last` that an Accepted can settle, ascending. A run may include earlier repeats. */
  unanswered(first: number, last: number): number[] {
    const others = new Set([...this.#retries.keys(), ...this.#earlier.keys(), ...this.#refused.keys()])
    const within = [...others].filter((clientSeq) => clientSeq >= first && clientSeq <= last)
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
    if (this.#refused.size > REFUSED_MAX && oldest !== undefined) this.#refused.delete(oldest)
  }

  /**
   * The refused item goes to the end with a new clientSeq, if that can help.
   * @returns to be called when `changes` are durable; undefined if the refusal is final
   */
  retry(taken: Taken, error: RejectedError, changes: StoreChange[]): (() => void) | undefined {
    const { item, copies } = taken
    const { advice, name } = error.entry
    const { refusals } = item
    // A stale number tells nothing of copies that came before: one of them may have been accepted.
    const hadCopies = copies > 1 || item.insteadOf !== undefined
    if (name === 'client-seq-reused' || (name === 'stale-client-seq' && !hadCopies)) {
      if (!this.#numbers.skip(item.clientSeq, refusals)) return undefined
      const waitMs = refusals < HASTY_MAX ? 0 : this.#parts.backoff(refusals)
      return this.#enter(this.#renumbered(taken, item.insteadOf, waitMs), changes)
    }
    // Set aside was one copy, and another may be accepted: with a higher number the server says whether, or none can be.
    const isInDoubt = name === 'internal' && copies > 1 && item.insteadOf === undefined
    if (advice !== 'retry-later' && !isInDoubt) return undefined
    // Of strangers the server remembers nothing, so another copy can still be accepted: it is told that one's number.
    const insteadOf = copies < 2 ? item.insteadOf : [...(item.insteadOf ?? []), item.clientSeq]
    // The server knows better than a guess that grows with each refusal.
    const waitMs = error.retryAfterS * 1000 || this.#parts.backoff(refusals + 1)
    const leftUpTo = Math.max(item.clientSeq, this.newestUnanswered(item.chat) ?? 0)
    const again = { of: item.clientSeq, leftUpTo }
    const entry = this.#renumbered(taken, insteadOf?.slice(-INSTEAD_OF_ENTRIES_MAX), waitMs, again)
    this.#retries.set(again.of, entry.item.clientSeq)
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

  #renumbered(
    { item, sent }: Taken,
    insteadOf: OutboxItem['insteadOf'],
    waitMs: number,
    retry?: OutboxItem['retry'],
  ): Entry {
    const clientSeq = this.#numbers.next()
    sent.renumber(clientSeq)
    const { chat, command, refusals } = item
    const more = { ...(insteadOf && { insteadOf }), ...(retry && { retry }) }
    const entry = entryOf({ clientSeq, chat, command, refusals: refusals + 1, ...more }, sent, false)
    entry.notBeforeMs = performance.now() + waitMs
    return entry
  }

  #enter(entry: Entry, changes: StoreChange[]): () => void {
    this.#entries.set(entry.item.clientSeq, entry)
    this.#noteEarlier(entry.item)
    changes.push({ table: 'outbox', put: entry.item }, this.#parts.metaOf(this.#numbers.last))
    return () => {
      entry.isStored = true
      this.pump()
    }
  }

  #take(entry: Entry | undefined, changes: StoreChange[]): Taken | undefined {
    if (!entry) return undefined
    const { item, sent, copies } = entry
    this.#entries.delete(item.clientSeq)
    for (const earlier of item.insteadOf ?? []) this.#earlier.delete(earlier)
    if (entry.retryOf !== undefined) this.#retries.delete(entry.retryOf)
    if (entry.isPublished) this.#window.answered(item.chat)
    changes.push({ table: 'outbox', delete: item.clientSeq })
    return { item, sent, copies }
  }

  /**
   * An item that was published on two connections can be refused once and accepted once. The Accepted settles it, whether
   * its retry has left or not, which says instead of what it stands: so it neither becomes two messages, nor passes for
   * refused if the retry is set aside.
   */
  #answered(clientSeq: number): Entry | undefined {
    const retry = this.#retries.get(clientSeq) ?? this.#earlier.get(clientSeq) ?? 0
    return this.#entries.get(clientSeq) ?? this.#entries.get(retry)
  }

  #noteEarlier({ clientSeq, insteadOf = [] }: OutboxItem): void {
    for (const earlier of insteadOf) this.#earlier.set(earlier, clientSeq)
  }

  /** Sends what may go now. Called whenever that may have changed: stored, answered, connected, time has come. */
  pump(): void {
    const publish = this.#publish
    if (!publish) return
    const heldBack = new Set<ChatId>()
    const retried = this.#retried()
    let nextMs = Number.POSITIVE_INFINITY
    const now = performance.now()
    for (const entry of this.#entries.values()) {
      if (this.#window.isFull) break
      if (entry.isPublished || heldBack.has(entry.item.chat)) continue
      if (hasNotLeft(entry) && retried.has(entry.item.chat)) continue
      if (!this.#window.hasRoom(entry.item.chat)) {
        heldBack.add(entry.item.chat)
        continue
      }
      if (!entry.isStored || entry.notBeforeMs > now) {
        heldBack.add(entry.item.chat)
        if (entry.isStored) nextMs = Math.min(nextMs, entry.notBeforeMs)
        continue
      }
      this.#publishEntry(entry, publish)
    }
    const stillRetried = this.#retried()
    for (const chat of retried) if (!stillRetried.has(chat)) this.#moveBehind(chat)
    clearTimeout(this.#timer)
    if (nextMs === Number.POSITIVE_INFINITY) return
    this.#timer = setTimeout(() => this.pump(), Math.min(nextMs - now, TIMER_MS_MAX))
  }

  /** Chats with refused items that have not left again yet: what has not left at all waits behind them. */
  #retried(): Set<ChatId> {
    const chats = new Set<ChatId>()
    for (const retry of this.#retries.values()) {
      const chat = this.#entries.get(retry)?.item.chat
      if (chat !== undefined) chats.add(chat)
    }
    return chats
  }

  /**
   * Of an earlier process: what of the chat stands before a retry, and had not left when that was stored, never left, for it
   * is stored anew before it does; nor has anything behind it.
   */
  #holdBehind(
    { chat, clientSeq: retried }: OutboxItem,
    { leftUpTo }: NonNullable<OutboxItem['retry']>,
  ): void {
    const others = [...this.#entries.values()].filter(
      ({ item, retryOf }) => item.chat === chat && retryOf === undefined && item.clientSeq > leftUpTo,
    )
    if (others.some(({ item }) => item.clientSeq < retried)) for (const entry of others) entry.copies = 0
  }

  /** The chat's retries have left: what has not left at all, with lower numbers, gets higher ones, for numbers only grow. */
  #moveBehind(chat: ChatId): void {
    const changes: StoreChange[] = []
    const moved: Entry[] = []
    for (const entry of [...this.#entries.values()].filter(hasNotLeft)) {
      const { item, sent } = entry
      if (item.chat !== chat) continue
      this.#entries.delete(item.clientSeq)
      changes.push({ table: 'outbox', delete: item.clientSeq })
      const clientSeq = this.#numbers.next()
      sent.renumber(clientSeq)
      const again = entryOf({ ...item, clientSeq }, sent, false)
      this.#enter(again, changes)
      moved.push(again)
    }
    if (moved.length === 0) return
    void this.#parts.write(changes).then(
      () => {
        for (const entry of moved) entry.isStored = true
        this.pump()
      },
      () => {},
    )
  }

  #publishEntry(entry: Entry, publish: Publish): void {
    entry.isPublished = true
    entry.copies++
    if (entry.retryOf !== undefined) this.#retries.delete(entry.retryOf)
    const window = this.#window
    const { chat, command, clientSeq, insteadOf } = entry.item
    const up = upOf(command, clientSeq, this.#parts.peerOf(chat))
    window.published(chat)
    publish(chat, encodeUp(insteadOf ? { ...up, insteadOf: [...insteadOf] } : up), () => {
      entry.sent.markSent()
      if (window.acknowledged()) this.pump()
    })
  }
}

/** Refused ones that may still be accepted; of more the first are forgotten. */
const REFUSED_MAX = 64

/** Retries of an item that only needed another number go out at once, so many of them. */
const HASTY_MAX = 3
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
  /** Unix ms, above which the numbers start. */
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
  /** The clientSeq that was refused for now. */
  readonly retryOf: number | undefined
}

/** It was never published, nor refused for now. */
function hasNotLeft({ copies, retryOf }: Entry): boolean {
  return copies === 0 && retryOf === undefined
}

function entryOf(item: OutboxItem, sent: SentMessage, isLoaded: boolean): Entry {
  const copies = isLoaded ? 1 : 0
  const retryOf = item.retry?.of
  return { item, sent, isStored: isLoaded, isPublished: false, copies, notBeforeMs: 0, retryOf }
}

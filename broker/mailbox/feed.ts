import { answerBy } from './answer.ts'
import type { ChatGap, MailboxId, MailboxStore, ReadResult } from './store.ts'

/** An entry as a feed keeps it; a StoredEntry is one. */
export interface FeedEntry {
  readonly position: number
  readonly bytes: Uint8Array
  readonly only?: string | undefined
  readonly except?: string | undefined
}

export interface FeedLimits {
  /** Kept in memory; at either, what is told is not kept but read later. */
  readonly entriesMax: number
  readonly bytesMax: number
}

/** A device. Without one (a partition's feed) everything is taken, and nothing is ever dropped. */
export interface FeedReader {
  /** Entries for or except other devices are counted and left out. */
  readonly device: string
  /**
   * The entry that stands for what the mailbox dropped before this reader had it: of a chat, or so many of any.
   * @param dropped at least so many; 0: unknown
   */
  gapEntry(dropped: number, ofChat?: ChatGap): Uint8Array
}

/**
 * The next entries of one mailbox for one reader, in order and without holes that nobody meant: straight from memory
 * while each told entry is the next one (`position == seen + 1`, filtered ones counted), read from the store when one
 * is missing. So a lost word costs one read and never an entry.
 *
 * `seen` is where the queue ends: every position up to it is queued, was taken, or is not for this reader.
 * `early` is a consecutive run of told entries ahead of `seen`: what came while a read was under way, or before an
 * entry that another node is still telling. It closes the gap as soon as `seen` reaches it.
 */
export class Feed {
  readonly mailbox: MailboxId
  readonly #store: MailboxStore
  readonly #limits: FeedLimits
  readonly #reader: FeedReader | undefined
  #queue: FeedEntry[] = []
  #first = 0
  #bytes = 0
  #early: FeedEntry[] = []
  #earlyBytes = 0
  #seen = 0
  #head = 0
  /** The highest position heard of since the last read began. */
  #headSinceRead = 0
  #state: 'new' | 'open' | 'reading' = 'new'
  /** What was dropped up to here was said. */
  #missedUpTo = 0
  /** Grows with each start: a read that began before it means nothing any more. */
  #starts = 0

  constructor(store: MailboxStore, mailbox: MailboxId, limits: FeedLimits, reader?: FeedReader) {
    this.#store = store
    this.mailbox = mailbox
    this.#limits = limits
    this.#reader = reader
  }

  /**
   * Begins behind `cursor`. What was told before counts; if it began before, only that there was something: it may
   * have been told since the store gave this cursor, or be of a history that the store has lost.
   */
  start(cursor: number, head: number): void {
    if (this.#state !== 'new') this.#clear()
    this.#seen = cursor
    this.#head = Math.max(this.#head, head, cursor)
    this.#state = 'open'
    this.#starts++
    this.#missedUpTo = 0
    this.#joinEarly()
  }

  get length(): number {
    return this.#queue.length - this.#first
  }
  get head(): number {
    return this.#head
  }
  /** The i-th queued entry. */
  at(i: number): FeedEntry {
    return this.#queue[this.#first + i] as FeedEntry
  }
  /** The position up to which everything was taken or is not for this reader. */
  get passed(): number {
    return this.length > 0 ? this.at(0).position - 1 : this.#seen
  }
  /** Whether the store holds more than memory does, and there is room for it. */
  get needsRead(): boolean {
    if (this.#state !== 'open' || this.#seen >= this.#head) return false
    return this.length * 2 < this.#limits.entriesMax && this.#bytes * 2 < this.#limits.bytesMax
  }

  /** An entry was appended. */
  tell(entry: FeedEntry): void {
    this.headIs(entry.position)
    if (this.#state === 'open') {
      if (this.#isFull || entry.position <= this.#seen) return
      if (entry.position === this.#seen + 1) {
        this.#accept(entry)
        this.#seen = entry.position
        if (this.#early.length > 0) this.#joinEarly()
        return
      }
    }
    this.#keepEarly(entry)
  }

  /** The mailbox's head, seen by other means than `tell`. */
  headIs(head: number): void {
    if (head > this.#head) this.#head = head
    if (head > this.#headSinceRead) this.#headSinceRead = head
  }

  /** Takes the first `count` entries out. */
  drop(count: number): void {
    for (let i = 0; i < count; i++) {
      this.#bytes -= this.at(i).bytes.length
      this.#queue[this.#first + i] = undefined as never // so that taken entries can be collected
    }
    this.#first += count
    if (this.#first === this.#queue.length) {
      this.#queue = []
      this.#first = 0
    } else if (this.#first > 256 && this.#first * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#first)
      this.#first = 0
    }
  }

  /** Forgets what is queued: it will be read again when there is room for it. */
  forget(): void {
    if (this.#state !== 'open') return
    this.#seen = this.passed
    this.#clear()
  }

  /** Passes by everything up to the head: a transient reader begins now. */
  skipToHead(): void {
    this.#clear()
    this.#seen = this.#head
  }

  /** Fills the queue from the store, once. @throws StoreUnavailable */
  async read(): Promise<void> {
    const from = this.#seen
    const start = this.#starts
    this.#headSinceRead = 0
    this.#state = 'reading'
    try {
      const { entriesMax, bytesMax } = this.#limits
      const result = await answerBy(() =>
        this.#store.read(this.mailbox, from, entriesMax >> 1, bytesMax >> 1),
      )
      if (this.#starts === start) this.#take(result, from)
    } finally {
      if (this.#starts === start) {
        this.#state = 'open'
        this.#joinEarly()
      }
    }
  }

  #take(result: ReadResult, from: number): void {
    if (this.#reader === undefined) for (const entry of result.entries) this.#accept(entry)
    else for (const entry of withGaps(result, from, this.#missedUpTo, this.#reader)) this.#accept(entry)
    this.#missedUpTo = Math.max(this.#missedUpTo, result.droppedUpTo)
    this.#seen = Math.max(from, result.readUpTo)
    // A read without progress means that there is nothing more of what was known before it: a store that lost its last
    // writes. What was told since is asked for again.
    this.#head = this.#seen === from ? Math.max(from, this.#headSinceRead) : Math.max(this.#head, result.head)
  }

  get #isFull(): boolean {
    return this.length >= this.#limits.entriesMax || this.#bytes >= this.#limits.bytesMax
  }

  #accept(entry: FeedEntry): void {
    if (this.#reader !== undefined) {
      if (entry.only !== undefined && entry.only !== this.#reader.device) return
      if (entry.except !== undefined && entry.except === this.#reader.device) return
    }
    this.#queue.push(entry)
    this.#bytes += entry.bytes.length
  }

  #keepEarly(entry: FeedEntry): void {
    const last = this.#early.at(-1)
    if (last !== undefined && entry.position <= last.position) return
    const fits =
      this.#early.length * 2 < this.#limits.entriesMax && this.#earlyBytes * 2 < this.#limits.bytesMax
    if (!fits || last?.position !== entry.position - 1) {
      this.#early = []
      this.#earlyBytes = 0
    }
    this.#early.push(entry)
    this.#earlyBytes += entry.bytes.length
  }

  /** Queues the early run if it begins where the queue ends; what `seen` has passed is repeated. */
  #joinEarly(): void {
    const early = this.#early
    if (early.length === 0) return
    if ((early[0] as FeedEntry).position > this.#seen + 1) return
    this.#early = []
    this.#earlyBytes = 0
    for (const entry of early) {
      if (entry.position > this.#head) this.#head = entry.position
      if (entry.position <= this.#seen) continue
      if (this.#isFull) return
      this.#accept(entry)
      this.#seen = entry.position
    }
  }

  #clear(): void {
    this.#queue = []
    this.#first = 0
    this.#bytes = 0
    this.#early = []
    this.#earlyBytes = 0
  }
}

/**
 * The entries, and before each what is missing in front of it.
 * @param saidUpTo of what is missing without a name, what this reader was told before
 */
function* withGaps(
  { entries, gaps, droppedUpTo, readUpTo }: ReadResult,
  from: number,
  saidUpTo: number,
  reader: FeedReader,
): Generator<FeedEntry> {
  const upTo = Math.min(droppedUpTo, readUpTo)
  if (upTo > from && droppedUpTo > saidUpTo) {
    const first = entries[0]?.position ?? Number.POSITIVE_INFINITY
    const isAllGone = first > upTo
    yield {
      position: isAllGone ? upTo : first - 1,
      bytes: reader.gapEntry(isAllGone ? upTo - from : 0),
    }
  }
  let next = 0
  const missed = gaps.filter(({ position }) => position > from && position <= readUpTo)
  for (const entry of entries) {
    for (; (missed[next]?.position ?? Number.POSITIVE_INFINITY) < entry.position; next++)
      yield gapOf(missed[next] as ChatGap, reader)
    yield entry
  }
  for (const gap of missed.slice(next)) yield gapOf(gap, reader)
}

function gapOf(gap: ChatGap, reader: FeedReader): FeedEntry {
  return { position: gap.position, bytes: reader.gapEntry(gap.lastSeq - gap.firstSeq + 1, gap) }
}

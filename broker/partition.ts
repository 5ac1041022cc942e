import type { Log } from '../kit/log.ts'
import { chatBytesOfKey, chatKeyAt, envelopeChatKey } from '../proto/envelope-entry.ts'
import { chatIdOf } from '../proto/ids.ts'
import type { Batch, ChatState } from '../proto/server-codec.ts'
import { deadLetter } from './dead-letter.ts'
import { Feed, type FeedEntry } from './feed.ts'
import {
  partitionMailbox,
  type Append,
  type AppendOutcome,
  type AttachOutcome,
  type Commit,
  type MailboxId,
  type MailboxStore,
} from './mailbox/store.ts'
import type { NodeLimits } from './node-limits.ts'
import type { NodeMetrics } from './node-metrics.ts'
import type { WorkFrame, WorkLane } from './work-lane.ts'

/** What all partitions of a node share. */
export interface PartitionParts {
  readonly store: MailboxStore
  readonly limits: NodeLimits
  readonly metrics: NodeMetrics
  readonly log: Log
  readonly clock: () => number
  readonly dispatch: (items: readonly Append[], outcomes: readonly AppendOutcome[]) => void
  /** The lease is no longer ours, or the worker and we disagree about the cursor. */
  readonly lost: (partition: Partition) => void
  /** Nothing is outstanding any more after `drain`. */
  readonly drained: (partition: Partition) => void
}

/** What a worker's commit says about its own memory. */
export interface Decision {
  readonly epoch: number
  readonly from: number
  readonly upTo: number
  readonly dropped: readonly Uint8Array[]
  readonly wanted: readonly Uint8Array[]
}

/** The directory's backlog of a partition, given to each new owner (see state.proto). */
const DIRTY = '~dirty'
/** Which entry was last sent alone, and how often: evidence that outlives this process. */
const TRIED = '~tried'
const TRIED_FIELD = 'entry'
/** Chats whose state is fetched in one go, and bytes of states in one batch. */
const STATES_MAX = 256
const STATES_BYTES_MAX = 4 * 1024 * 1024
const QUEUE_ENTRIES_MAX = 4_096
const RETRY_MS = 500

type LeaseStart = Extract<AttachOutcome, { outcome: 'attached' }>

/**
 * One lease of one partition: its entries go to one worker, a batch at a time, and each batch waits for its commit
 * (G7). A refused commit, a lost lease or another worker ends this object; the next lease is a new one.
 *
 * | state | what it does | left by |
 * | --- | --- | --- |
 * | attaching | told entries collect | `attached` |
 * | busy | one question to the store is under way: entries, states, evidence | its answer |
 * | idle | nothing to send, or waiting in the worker's queue | `nextBatch` |
 * | sent | a batch is at the worker | `decided` |
 * | closed | nothing | |
 *
 * From the third lease in a row without a commit on, the entries that waited at its start go singly, each noted in the
 * store first. A noted entry whose owner went away without committing it is condemned by the next owner, and goes to
 * the dead mailbox; if commits came between (they reset the count of leases), it takes a second try alone.
 */
export class Partition {
  readonly number: number
  readonly mailbox: MailboxId
  readonly lane: WorkLane
  /** Set by the work lane alone: it waits there for the next frame. */
  isQueued = false
  readonly #parts: PartitionParts
  readonly #feed: Feed
  #state: 'attaching' | 'busy' | 'idle' | 'sent' | 'closed' = 'attaching'
  #isDraining = false
  #epoch = 0
  #cursor = 0
  #frame: WorkFrame | undefined
  /** Chats whose state the worker has, and states that go with the next batch; by chat key. */
  readonly #held = new Set<string>()
  readonly #prepared = new Map<string, ChatState>()
  readonly #wanted = new Set<string>()
  #singlyUpTo = 0
  /** What the note in the store says, and whether this lease wrote it for the entry that goes next. */
  #tried = { position: 0, tries: 0 }
  #isNoted = false
  #isCondemned = false

  constructor(number: number, lane: WorkLane, parts: PartitionParts) {
    this.number = number
    this.mailbox = partitionMailbox(number)
    this.lane = lane
    this.#parts = parts
    const bytesMax = parts.limits.workBytesMax
    this.#feed = new Feed(parts.store, this.mailbox, { entriesMax: QUEUE_ENTRIES_MAX, bytesMax })
  }

  get epoch(): number {
    return this.#epoch
  }
  get isAttached(): boolean {
    return this.#state !== 'attaching' && this.#state !== 'closed'
  }
  /** Entries that no worker has committed. */
  get lag(): number {
    return Math.max(0, this.#feed.head - this.#cursor)
  }

  attached(at: LeaseStart): void {
    if (this.#state !== 'attaching') return
    this.#state = 'idle'
    this.#epoch = at.epoch
    this.#cursor = at.cursor
    this.#feed.start(at.cursor, at.head)
    this.#ask(() => this.#begin(at))
  }

  tell(entry: FeedEntry): void {
    if (this.#state === 'closed') return
    this.#feed.tell(entry)
    this.#queue()
  }

  headIs(head: number): void {
    this.#feed.headIs(head)
    this.#queue()
  }

  /** Sends no further batch; `drained` follows when nothing is outstanding. */
  drain(): void {
    if (this.#isDraining || this.#state === 'closed') return
    this.#isDraining = true
    if (this.#state === 'idle') this.#parts.drained(this)
  }

  close(): void {
    this.#state = 'closed'
  }

  /**
   * The next batch, at most about `bytesMax`, if one can go right now. If not, what is missing is fetched, and the
   * partition comes back to the worker's queue by itself.
   */
  nextBatch(entriesMax: number, bytesMax: number): Batch | undefined {
    if (this.#state !== 'idle' || this.#isDraining) return undefined
    const feed = this.#feed
    if (feed.length === 0 && feed.needsRead) return this.#ask(() => feed.read())
    if (feed.length > 0) {
      const first = feed.at(0).position
      if (first !== this.#cursor + 1) return this.#ask(() => this.#skipTo(first - 1))
      if (first <= this.#singlyUpTo) return this.#single(first)
    }
    const entries = this.#takeable(entriesMax, bytesMax)
    if (entries.length === 0 && feed.length > 0) return this.#ask(() => this.#fetch(this.#missing()))
    if (this.#wanted.size > 0) return this.#ask(() => this.#fetch([...this.#wanted]))
    if (entries.length === 0 && this.#prepared.size === 0) return undefined
    return this.#batch(entries)
  }

  /** The batch is on its way in this frame. */
  sent(frame: WorkFrame): void {
    this.#state = 'sent'
    this.#frame = frame
  }

  /**
   * The store has decided a commit of the worker.
   *
   * @returns the frame whose batch it answers, if it answers one: state alone may be committed at any time
   */
  decided(decision: Decision, isDone: boolean): WorkFrame | undefined {
    if (decision.epoch !== this.#epoch || !this.isAttached) return undefined
    for (const chat of decision.dropped) this.#held.delete(keyOf(chat))
    for (const chat of decision.wanted) {
      this.#held.delete(keyOf(chat))
      this.#wanted.add(keyOf(chat))
    }
    // A commit that moves nothing is of state alone: a batch is answered by moving behind its first entry at least.
    const frame = !isDone || decision.upTo > decision.from ? this.#frame : undefined
    if (!isDone) {
      this.#frame = undefined
      this.#parts.lost(this)
      return frame
    }
    if (decision.upTo > this.#cursor) this.#passTo(decision.upTo)
    if (frame !== undefined) {
      this.#frame = undefined
      this.#state = 'idle'
    }
    this.#rest()
    return frame
  }

  /** The frame of a batch that was sent before `beforeMs` and is not answered. */
  unansweredSince(beforeMs: number): WorkFrame | undefined {
    return this.#frame !== undefined && this.#frame.sentAtMs < beforeMs ? this.#frame : undefined
  }

  /** Back to the queue, or done with draining. */
  #rest(): void {
    if (this.#state !== 'idle') return
    if (this.#isDraining) this.#parts.drained(this)
    else this.#queue()
  }

  #queue(): void {
    if (this.#state !== 'idle' || this.isQueued || this.#isDraining) return
    const feed = this.#feed
    if (feed.length > 0 || feed.needsRead || this.#prepared.size > 0 || this.#wanted.size > 0)
      this.lane.queue(this)
  }

  #passTo(position: number): void {
    this.#cursor = position
    let count = 0
    while (count < this.#feed.length && this.#feed.at(count).position <= position) count++
    this.#feed.drop(count)
  }

  /** Queued entries, consecutive, whose chats' states the worker has or gets with them. */
  #takeable(entriesMax: number, bytesMax: number): Uint8Array[] {
    const entries: Uint8Array[] = []
    let bytes = 0
    for (let i = 0; i < this.#feed.length && entries.length < entriesMax; i++) {
      const entry = this.#feed.at(i)
      const chatKey = envelopeChatKey(entry.bytes)
      if (entry.position !== this.#cursor + 1 + i || !this.#isKnown(chatKey)) break
      bytes += entry.bytes.length
      if (i > 0 && bytes > bytesMax) break
      entries.push(entry.bytes)
    }
    return entries
  }

  #isKnown(chatKey: string): boolean {
    return chatKey === '' || this.#held.has(chatKey) || this.#prepared.has(chatKey)
  }

  /** Chats of queued entries whose state the worker lacks; the first entries' first. */
  #missing(): string[] {
    const missing = new Set<string>()
    for (let i = 0; i < this.#feed.length && missing.size < STATES_MAX; i++) {
      const chatKey = envelopeChatKey(this.#feed.at(i).bytes)
      if (!this.#isKnown(chatKey)) missing.add(chatKey)
    }
    return [...missing]
  }

  #batch(entries: Uint8Array[]): Batch {
    const states = [...this.#prepared.values()]
    for (const chatKey of this.#prepared.keys()) this.#held.add(chatKey)
    this.#prepared.clear()
    return { partition: this.number, epoch: this.#epoch, from: this.#cursor, entries, states }
  }

  /** The batch of one entry that may be the one that brings workers down. */
  #single(position: number): Batch | undefined {
    const entry = this.#feed.at(0).bytes
    if (this.#isCondemned) return this.#ask(() => this.#setAside(position, entry))
    const chatKey = envelopeChatKey(entry)
    if (!this.#isKnown(chatKey)) return this.#ask(() => this.#fetch([chatKey]))
    if (!this.#isNoted) return this.#ask(() => this.#note(position))
    this.#isNoted = false
    return this.#batch([entry])
  }

  /** Does one thing with the store, then goes back to the queue; a store that is away is asked again. */
  #ask(question: () => Promise<void>): undefined {
    this.#state = 'busy'
    const again = (): void => {
      if (this.#state !== 'busy') return
      this.#state = 'idle'
      this.#rest()
    }
    void question().then(again, (error: unknown) => {
      this.#parts.log.warn({ err: error, partition: this.number }, 'partition.store-failed')
      setTimeout(again, RETRY_MS)
    })
  }

  async #begin(at: LeaseStart): Promise<void> {
    const [dirty, tried] = await this.#parts.store.states(this.number, [DIRTY, TRIED])
    if (dirty !== undefined && dirty.size > 0) this.#prepared.set(DIRTY, stateOf(DIRTY, dirty))
    const { takeoversMax } = this.#parts.limits
    const note = /^(\d+) (\d+)$/.exec(Buffer.from(tried?.get(TRIED_FIELD) ?? []).toString())
    this.#tried = { position: Number(note?.[1] ?? 0), tries: Number(note?.[2] ?? 0) }
    const wasTried = this.#tried.position === at.cursor + 1
    this.#isCondemned = wasTried && (at.takeovers > takeoversMax || this.#tried.tries > 1)
    if (at.takeovers >= takeoversMax || wasTried) this.#singlyUpTo = at.head
  }

  async #fetch(chatKeys: readonly string[]): Promise<void> {
    const fetched = chatKeys.slice(0, STATES_MAX)
    const names = fetched.map((key) => (key === DIRTY ? DIRTY : chatIdOf(chatBytesOfKey(key))))
    const states = await this.#parts.store.states(this.number, names)
    let bytes = 0
    for (let i = 0; i < fetched.length && (i === 0 || bytes < STATES_BYTES_MAX); i++) {
      const key = fetched[i] as string
      const fields = states[i] as ReadonlyMap<string, Uint8Array>
      for (const [name, value] of fields) bytes += name.length + value.length
      this.#prepared.set(key, stateOf(key, fields))
      this.#wanted.delete(key)
    }
  }

  /** Notes in the store that the entry goes alone now, before it goes. */
  async #note(position: number): Promise<void> {
    const tries = this.#tried.position === position ? this.#tried.tries + 1 : 1
    const value = Buffer.from(`${position} ${tries}`)
    const puts = [{ chat: TRIED, field: TRIED_FIELD, value }]
    if (!(await this.#commit({ from: this.#cursor, upTo: this.#cursor, puts, appends: [] }))) return
    this.#tried = { position, tries }
    this.#isNoted = true
  }

  async #setAside(position: number, entry: Uint8Array): Promise<void> {
    const appends = deadLetter(this.number, entry, this.#parts.clock())
    const puts = [{ chat: TRIED, field: TRIED_FIELD }]
    if (!(await this.#commit({ from: this.#cursor, upTo: position, puts, appends }))) return
    this.#isCondemned = false
    this.#parts.metrics.setAside()
    this.#parts.log.error({ partition: this.number, position }, 'entry.set-aside')
  }

  /** The mailbox was made anew: its positions begin elsewhere. */
  async #skipTo(position: number): Promise<void> {
    await this.#commit({ from: this.#cursor, upTo: position, puts: [], appends: [] })
  }

  /** A commit of the broker's own. @returns false if the lease turned out to be lost */
  async #commit(commit: Omit<Commit, 'partition' | 'epoch'>): Promise<boolean> {
    const outcome = await this.#parts.store.commit({
      partition: this.number,
      epoch: this.#epoch,
      ...commit,
    })
    if (this.#state === 'closed') return false
    if (outcome.outcome === 'refused') {
      this.#parts.lost(this)
      return false
    }
    this.#parts.dispatch(commit.appends, outcome.appends)
    if (commit.upTo > this.#cursor) this.#passTo(commit.upTo)
    return true
  }
}

function keyOf(chat: Uint8Array): string {
  return chat.length === 10 ? chatKeyAt(chat, 0) : Buffer.from(chat).toString('latin1')
}

function stateOf(chatKey: string, fields: ReadonlyMap<string, Uint8Array>): ChatState {
  return { chat: chatBytesOfKey(chatKey), fields: [...fields].map(([name, value]) => ({ name, value })) }
}

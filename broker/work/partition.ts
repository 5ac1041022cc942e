import type { Log } from '../../kit/log.ts'
import { envelopeChatKey } from '../../proto/envelope-entry.ts'
import type { Batch } from '../../proto/server-codec.ts'
import { answerBy } from '../mailbox/answer.ts'
import { Feed, type FeedEntry, type FeedLimits } from '../mailbox/feed.ts'
import {
  partitionMailbox,
  type Append,
  type AppendOutcome,
  type AttachOutcome,
  type MailboxId,
  type MailboxStore,
} from '../mailbox/store.ts'
import type { NodeLimits } from '../config.ts'
import type { NodeMetrics } from '../metrics.ts'
import { type Lease, OwnCommits } from './own-commits.ts'
import { Trial, TRIED } from './trial.ts'
import type { WorkFrame, WorkLane } from './work-lane.ts'
import { DIRTY, PARKED, WorkerMemory } from './worker-memory.ts'

/** What all partitions of a node share. */
export interface PartitionParts {
  readonly store: MailboxStore
  readonly limits: NodeLimits
  readonly metrics: NodeMetrics
  readonly log: Log
  readonly clock: () => number
  readonly dispatch: (items: readonly Append[], outcomes: readonly AppendOutcome[]) => void
  /** Entries were appended that nobody was told of. */
  readonly untold: () => void
  /** The lease is no longer ours, or the worker and we disagree about the cursor. */
  readonly lost: (partition: Partition) => void
  /** Nothing is outstanding any more after `drain`. */
  readonly drained: (partition: Partition) => void
  /** It is closed, and everything that was asked of the store under its lease is decided or given up. */
  readonly over: (partition: Partition) => void
}

/** What a worker's commit says about its own memory. */
export interface Decision {
  readonly from: number
  readonly upTo: number
  readonly dropped: readonly Uint8Array[]
  readonly wanted: readonly Uint8Array[]
}

/** Entries and bytes that a partition keeps in memory at most. */
const QUEUE: FeedLimits = { entriesMax: 4_096, bytesMax: 256 * 1024 }
const RETRY_MS = 500

type LeaseStart = Extract<AttachOutcome, { outcome: 'attached' }>

/**
 * One lease of one partition: its entries go to one worker, a batch at a time, and each batch waits for its commit
 * (G7). A refused commit, a lost lease or another worker ends this object; the next lease is a new one.
 *
 * | state | what it does | left by |
 * | --- | --- | --- |
 * | attaching | told entries collect | `attached`; closed by its owner when the store does not answer |
 * | busy | one question to the store is under way: entries, states, evidence | its answer; refused, it is asked again; without an answer the lease is given up |
 * | idle | nothing to send, or waiting in the worker's queue | `nextBatch` |
 * | sent | a batch is at the worker, or its commit at the store | `decided`, `doubt` |
 * | closed | nothing; `over` follows when the store has decided every commit of this lease | |
 *
 * An entry that brings workers down ends in the dead mailbox: see Trial.
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
  /** A commit was sent to the store, and nobody knows what became of it. */
  #isUnsure = false
  /** Commits that are on their way to the store, or there. */
  #undecided = 0
  /** The store does not answer what this partition needs of it. */
  #isStoreAway = false
  #epoch = 0
  #cursor = 0
  #frame: WorkFrame | undefined
  readonly #memory: WorkerMemory
  readonly #own: OwnCommits
  #trial: Trial | undefined

  constructor(number: number, lane: WorkLane, parts: PartitionParts) {
    this.number = number
    this.mailbox = partitionMailbox(number)
    this.lane = lane
    this.#parts = parts
    this.#feed = new Feed(parts.store, this.mailbox, QUEUE)
    this.#memory = new WorkerMemory(parts.store, number)
    this.#own = new OwnCommits(this.#lease(), parts)
  }

  get epoch(): number {
    return this.#epoch
  }
  /** The store has not answered yet whether this node has the lease. */
  get isWaiting(): boolean {
    return this.#state === 'attaching'
  }
  get isAttached(): boolean {
    return this.#state !== 'attaching' && this.#state !== 'closed'
  }
  /** Whether its entries get on: it has the lease, and the store answers. */
  get isServed(): boolean {
    return this.isAttached && !this.#isStoreAway
  }
  get isUnsure(): boolean {
    return this.#isUnsure
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

  /** The lease goes on; the mailbox has this head. */
  renewed(head: number): void {
    if (this.#state !== 'busy') this.#isStoreAway = false
    this.#feed.headIs(head)
    this.#queue()
  }

  /** Nobody knows whether it goes on: if another has it, every commit is refused. */
  notRenewed(): void {
    this.#isStoreAway = true
  }

  /** A commit of the worker is without an answer for so long that others need not wait for it at the worker. */
  stepAside(): void {
    const frame = this.#frame
    this.#frame = undefined
    if (frame !== undefined) this.lane.answered(frame)
  }

  /** Nobody knows what became of a commit: the next lease, here or elsewhere, begins where the store stands. */
  doubt(): void {
    this.#isUnsure = true
    this.#parts.lost(this)
  }

  /** Sends no further batch; `drained` follows when nothing is outstanding. */
  drain(): void {
    if (this.#isDraining || this.#state === 'closed') return
    this.#isDraining = true
    if (this.#state === 'idle') this.#parts.drained(this)
  }

  close(): void {
    const { isAttached } = this
    this.#state = 'closed'
    // A batch that is at the worker takes up no place there any more: its answer will be refused.
    if (this.#frame !== undefined) this.lane.answered(this.#frame)
    this.#frame = undefined
    if (isAttached && this.#undecided === 0) this.#parts.over(this)
  }

  /** A commit under this lease is on its way to the store: `settled` follows. */
  deciding(): void {
    this.#undecided++
  }

  /** It is decided, or given up. */
  settled(): void {
    this.#undecided--
    if (this.#state === 'closed' && this.#undecided === 0) this.#parts.over(this)
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
      if (first !== this.#cursor + 1) return this.#ask(() => this.#own.skipTo(first - 1))
      if (this.#trial?.isSingle(first)) return this.#single(this.#trial, first)
    }
    const entries = this.#takeable(entriesMax, bytesMax)
    const trial = this.#trial
    if (entries.length > 0 && trial?.isToCount) return this.#ask(() => this.#own.count(trial))
    if (entries.length === 0 && feed.length > 0) return this.#ask(() => this.#memory.fetchMissing(feed))
    if (this.#memory.isWanted) return this.#ask(() => this.#memory.fetchWanted())
    if (entries.length === 0 && !this.#memory.isPrepared) return undefined
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
    if (!this.isAttached) return undefined
    this.#memory.forget(decision.dropped)
    this.#memory.want(decision.wanted)
    // A commit that moves nothing is of state alone: a batch is answered by moving behind its first entry at least.
    const isAnswer = this.#state === 'sent' && (!isDone || decision.upTo > decision.from)
    const frame = isAnswer ? this.#frame : undefined
    if (isAnswer) this.#frame = undefined
    if (!isDone) {
      this.#parts.lost(this)
      return frame
    }
    this.#passTo(decision.upTo)
    if (isAnswer) this.#state = 'idle'
    this.#rest()
    return frame
  }

  /** Whether a batch that was sent before `beforeMs` is not answered. */
  isUnanswered(beforeMs: number): boolean {
    return this.#frame !== undefined && this.#frame.sentAtMs < beforeMs
  }

  /** Back to the queue, or done with draining. */
  #rest(): void {
    if (this.#state !== 'idle') return
    if (this.#isDraining) this.#parts.drained(this)
    else this.#queue()
  }

  #queue(): void {
    if (this.#state !== 'idle' || this.isQueued || this.#isDraining) return
    const { isPrepared, isWanted } = this.#memory
    if (this.#feed.length > 0 || this.#feed.needsRead || isPrepared || isWanted) this.lane.queue(this)
  }

  #passTo(position: number): void {
    if (position <= this.#cursor) return
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
      if (entry.position !== this.#cursor + 1 + i || !this.#memory.isKnown(chatKey)) break
      bytes += entry.bytes.length
      if (i > 0 && bytes > bytesMax) break
      entries.push(entry.bytes)
    }
    return entries
  }

  #batch(entries: Uint8Array[]): Batch {
    const states = this.#memory.take()
    return { partition: this.number, epoch: this.#epoch, from: this.#cursor, entries, states }
  }

  /** The batch of one entry that may be the one that brings workers down. */
  #single(trial: Trial, position: number): Batch | undefined {
    const entry = this.#feed.at(0).bytes
    if (trial.isCondemned(position)) return this.#ask(() => this.#own.setAside(position, entry))
    if (!this.#memory.isKnown(envelopeChatKey(entry)))
      return this.#ask(() => this.#memory.fetchMissing(this.#feed))
    if (!trial.isNoted) return this.#ask(() => this.#own.note(trial, position))
    trial.sent()
    return this.#batch([entry])
  }

  /**
   * Does one thing with the store, then goes back to the queue. A store that refuses is asked again; of one that does
   * not answer nobody knows what it will still do, so that another lease goes on.
   */
  #ask(question: () => Promise<void>): undefined {
    this.#state = 'busy'
    void this.#answered(question).then(() => {
      if (this.#state !== 'busy') return
      this.#isStoreAway = false
      this.#state = 'idle'
      this.#rest()
    })
  }

  /** Resolves when the question is answered, or nobody waits for it any more. Never rejects. */
  async #answered(question: () => Promise<void>): Promise<void> {
    const { limits, log } = this.#parts
    for (let tries = 0; this.#state === 'busy'; tries++) {
      let isSettled = false
      const asked = (): Promise<void> =>
        question().finally(() => {
          isSettled = true
        })
      try {
        return await answerBy(asked, limits.storeAnswerMs)
      } catch (error) {
        this.#isStoreAway = true
        if (tries === 0) log.warn({ err: error, partition: this.number }, 'partition.store-failed')
        if (!isSettled && this.#state === 'busy') return this.doubt()
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref())
      }
    }
  }

  /** As commits of our own see it. */
  #lease(): Lease {
    const epoch = (): number => this.#epoch
    const cursor = (): number => this.#cursor
    const isClosed = (): boolean => this.#state === 'closed'
    return {
      number: this.number,
      get epoch() {
        return epoch()
      },
      get cursor() {
        return cursor()
      },
      get isClosed() {
        return isClosed()
      },
      deciding: () => this.deciding(),
      settled: () => this.settled(),
      unsure: () => {
        this.#isUnsure = true
      },
      lost: () => this.#parts.lost(this),
      passTo: (position) => this.#passTo(position),
    }
  }

  async #begin(at: LeaseStart): Promise<void> {
    const [dirty, parked, tried] = await this.#parts.store.states(this.number, [DIRTY, PARKED, TRIED])
    if (dirty !== undefined && dirty.size > 0) this.#memory.prepare(DIRTY, dirty)
    if (parked !== undefined && parked.size > 0) {
      const left = await this.#own.setAsideParked(parked)
      if (left.size > 0) this.#memory.prepare(PARKED, left)
    }
    this.#trial = new Trial(at, tried ?? new Map(), this.#parts.limits.takeoversMax)
  }
}

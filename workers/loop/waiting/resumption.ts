import type { Log } from '../../../kit/log.ts'
import { passOver } from '../../chat/apply.ts'
import type { Posting } from '../../chat/posting.ts'
import type { ChatState } from '../../chat/state.ts'
import { SPENT, type Waits } from '../../chat/step.ts'
import { type FactSource, type FrameFacts, type Needs, needsNothing, noNeeds } from '../facts.ts'
import { entriesOf, upsOf } from './parked.ts'
import type { ParkedEntry } from './parked-queue.ts'
import type { Partition } from '../partition.ts'
import { noteNeeds } from '../prepare.ts'
import type { StepRunner } from '../step-runner.ts'

/** Between two looks, unless there is more that the one before could have decided with more room. */
const PAUSE_MS = 1_000
/** Chats whose parked entries are looked at together; the others' turn comes next. */
const CHATS_MAX = 1_000
/** Envelopes of one user that wait for their allowance, looked at together in one chat. */
const SPENT_MAX = 64

/** By chat key, the entries whose facts were gathered. */
type Looked = ReadonlyMap<string, ReadonlySet<number>>

interface Ready {
  readonly facts: FrameFacts
  readonly chats: ReadonlyMap<Partition, Looked>
}

/**
 * Takes up what waits for the directory, or for its sender's allowance. The facts are gathered beside the work, so that
 * nobody waits for them; what they decide goes with the next commit.
 *
 * | state | what it does | left by |
 * | --- | --- | --- |
 * | idle | nothing | `look`, when something is parked that needs no directory, or the directory is there |
 * | gathering | asks the directory | its answer, or that there is none in time |
 * | ready | has facts | `take`, with the next Fanout |
 */
export class Resumption {
  readonly #log: Log
  readonly #facts: FactSource
  readonly #runner: StepRunner
  #gathering: Promise<void> | undefined
  #ready: Ready | undefined
  #last: Taken | undefined
  #nextAtMs = 0
  /** Without the directory, nothing could be gone on with. */
  #inVainUntilMs = Number.NEGATIVE_INFINITY
  /** The partition behind which the next look begins. */
  #behind = -1

  constructor(facts: FactSource, runner: StepRunner, log: Log) {
    this.#log = log
    this.#facts = facts
    this.#runner = runner
  }

  /**
   * To be called now and then. Never rejects.
   * @param mayAsk whether the directory is there
   * @returns resolves when there are facts to go on with, or a note is to be put first; undefined if nothing is to be
   *   looked at now
   */
  look(partitions: readonly Partition[], mayAsk: boolean): Promise<void> | undefined {
    if (this.#gathering !== undefined || this.#ready !== undefined) return undefined
    if (this.#last?.hasMore === false && this.#facts.uptimeMs < this.#nextAtMs) return undefined
    if (!mayAsk && this.#facts.uptimeMs < this.#inVainUntilMs) return undefined
    const waiting = partitions.filter(({ parked }) => (mayAsk ? parked.size > 0 : parked.spentSize > 0))
    if (waiting.length === 0) return undefined
    const needs = noNeeds()
    const chats = new Map<Partition, Map<string, Set<number>>>()
    let count = 0
    let isNoteWanted = false
    for (const partition of this.#inTurn(waiting)) {
      if (count >= CHATS_MAX) break
      this.#behind = partition.number
      const { suspects } = partition
      const allowed = suspects.allowed(partition.unsettled === 0)
      if (allowed === 'nothing') continue
      const own = suspects.isToNote ? noNeeds() : needs
      if (mayAsk && partition.isOlder === undefined) own.taken.set(partition.number, partition.takenAt)
      const looked = new Map<string, Set<number>>()
      const keys = allowed === 'all' ? [...partition.parked.keys] : [allowed.key]
      for (const key of keys.slice(0, CHATS_MAX - count)) {
        count++
        if (allowed === 'all') partition.parked.looked(key)
        const upTo = allowed === 'all' ? Number.POSITIVE_INFINITY : allowed.position
        const entries = this.#lookAt(partition, key, upTo, own, mayAsk)
        if (entries !== undefined) looked.set(key, entries)
      }
      if (!suspects.isToNote) {
        if (looked.size > 0) chats.set(partition, looked)
      } else if (looked.size > 0 || mayAsk) {
        suspects.want()
        isNoteWanted = true
      }
    }
    if (chats.size === 0) {
      if (count > 0 && !isNoteWanted) this.#inVainUntilMs = this.#facts.uptimeMs + PAUSE_MS
      return isNoteWanted ? Promise.resolve() : undefined
    }
    this.#nextAtMs = this.#facts.uptimeMs + PAUSE_MS
    this.#gathering = this.#facts
      .gatherCalmly(needs)
      .then((facts) => {
        this.#ready = { facts, chats }
      })
      .catch((error: unknown) => this.#log.error({ err: error }, 'parked.facts-failed'))
      .finally(() => {
        this.#gathering = undefined
      })
    return this.#gathering
  }

  /** Those behind the one that was looked at last come first. */
  #inTurn(partitions: readonly Partition[]): Partition[] {
    const sorted = partitions.toSorted((a, b) => a.number - b.number)
    const next = sorted.findIndex(({ number }) => number > this.#behind)
    return next <= 0 ? sorted : [...sorted.slice(next), ...sorted.slice(0, next)]
  }

  /** @returns positions of what can be gone on with; undefined: nothing */
  #lookAt(
    partition: Partition,
    key: string,
    upTo: number,
    needs: Needs,
    mayAsk: boolean,
  ): Set<number> | undefined {
    const chat = partition.parkedChat(key)
    if (chat === undefined) return undefined
    const looked = firstOf(partition.parked.of(key)).filter(({ position }) => position <= upTo)
    const entries = nextOf(looked).flatMap(({ envelope }) => entriesOf(envelope))
    if (!mayAsk) {
      const own = noNeeds()
      noteNeeds(chat, entries, partition, this.#facts, own, 'parked')
      if (!needsNothing(own)) return undefined
    } else noteNeeds(chat, entries, partition, this.#facts, needs, 'parked')
    return new Set(looked.map(({ position }) => position))
  }

  /** Whether there are facts for something. */
  get isReady(): boolean {
    return this.#ready !== undefined
  }
  /** Whether there are facts for something of the partition. */
  isReadyFor(partition: Partition): boolean {
    return this.#ready?.chats.has(partition) === true
  }

  /** The partitions to go on with; from here on these facts are used up. */
  take(): Taken {
    const ready = this.#ready
    this.#ready = undefined
    const taken = new Taken(ready, this.#runner)
    if (ready !== undefined) this.#last = taken
    return taken
  }
}

/** All that waits for the directory, and of what waits for its sender's allowance each sender's first. */
function firstOf(entries: readonly ParkedEntry[]): readonly ParkedEntry[] {
  const counts = new Map<string, number>()
  return entries.filter(({ envelope: { user, spent } }) => {
    if (!spent) return true
    const count = (counts.get(user) ?? 0) + 1
    counts.set(user, count)
    return count <= SPENT_MAX
  })
}

/**
 * Of these, those for which the directory is asked beforehand: of what waits for its sender's allowance each sender's next,
 * for mostly no more is decided, and to read all of it every second would cost others something.
 */
function nextOf(entries: readonly ParkedEntry[]): readonly ParkedEntry[] {
  const users = new Set<string>()
  return entries.filter(({ envelope: { user, spent } }) => {
    const isNext = !users.has(user)
    if (spent) users.add(user)
    return !spent || isNext
  })
}

/** What was ready, for one Fanout. */
export class Taken {
  readonly #ready: Ready | undefined
  readonly #runner: StepRunner
  #hasDecided = false
  #hasSpent = false
  #isFull = false

  constructor(ready: Ready | undefined, runner: StepRunner) {
    this.#ready = ready
    this.#runner = runner
  }

  get partitions(): Iterable<Partition> {
    return this.#ready?.chats.keys() ?? []
  }

  /** Whether another look may decide more at once. Who has spent what they may cost others waits in any case. */
  get hasMore(): boolean {
    return this.#isFull || (this.#hasDecided && !this.#hasSpent)
  }

  /**
   * Decides what can be decided of the partition's parked entries, each chat's in order, and takes that out.
   * @param deliver whether there is room for more after these
   */
  decide(partition: Partition, deliver: (postings: readonly Posting[]) => boolean): void {
    if (this.#ready === undefined) return
    this.#runner.found(partition, this.#ready.facts)
    for (const [key, looked] of this.#ready.chats.get(partition) ?? []) {
      if (this.#isFull) return
      this.#decideChat(partition, key, looked, this.#ready.facts, deliver)
    }
    if (this.#ready.chats.has(partition)) partition.suspects.survived(partition.parked)
  }

  #decideChat(
    partition: Partition,
    key: string,
    looked: ReadonlySet<number>,
    facts: FrameFacts,
    deliver: (postings: readonly Posting[]) => boolean,
  ): void {
    const chat = partition.parkedChat(key)
    if (chat === undefined) return
    partition.touch(chat)
    /** Whose turn has not come yet. */
    const held = new Set<string>()
    for (const parked of partition.parked.of(key).slice()) {
      const { user } = parked.envelope
      if (!looked.has(parked.position)) held.add(user)
      if (held.has(user)) continue
      const stopped = this.#decideEntry(partition, chat, parked, facts, deliver)
      if (stopped === SPENT) {
        held.add(user)
        this.#hasSpent = true
      } else if (stopped !== undefined) return
      if (this.#isFull) return
    }
  }

  /** @returns what the first of its commands that could not be decided waits for; undefined: all were decided */
  #decideEntry(
    partition: Partition,
    chat: ChatState,
    parked: ParkedEntry,
    facts: FrameFacts,
    deliver: (postings: readonly Posting[]) => boolean,
  ): Waits | undefined {
    const ups = upsOf(parked.envelope)
    const postings: Posting[] = []
    let decided = 0
    let stopped: Waits | undefined
    for (const entry of entriesOf(parked.envelope)) {
      const outcome = this.#runner.run(partition, chat, entry, facts)
      if (typeof outcome === 'string') {
        stopped = outcome
        break
      }
      postings.push(...outcome)
      decided++
    }
    const isSpent = stopped === SPENT
    if (decided === 0 && isSpent === parked.envelope.spent) return stopped
    partition.parked.decided(parked, ups.slice(decided), isSpent)
    if (decided === 0) return stopped
    this.#hasDecided = true
    const { user, device, transient: isTransient, passedUpTo } = parked.envelope
    if (stopped === undefined) passOver(chat, { user, device, isTransient }, passedUpTo)
    if (!deliver(postings)) this.#isFull = true
    return stopped
  }
}

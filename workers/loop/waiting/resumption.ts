import { type Entry, passOver } from '../../chat/apply.ts'
import type { Posting } from '../../chat/posting.ts'
import type { ChatState } from '../../chat/state.ts'
import { WAITS, type Waits } from '../../chat/step.ts'
import { type FactSource, type FrameFacts, noNeeds } from '../facts.ts'
import { entriesOf, upsOf } from './parked.ts'
import type { Partition } from '../partition.ts'
import { noteNeeds } from '../prepare.ts'
import type { StepRunner } from '../step-runner.ts'

/** Between two looks if the one before could decide nothing. */
const PAUSE_MS = 1_000
/** Chats whose parked entries are looked at together; the others' turn comes next. */
const CHATS_MAX = 1_000

interface Ready {
  readonly facts: FrameFacts
  /** By partition, the keys of chats whose facts were gathered. */
  readonly chats: ReadonlyMap<Partition, readonly string[]>
}

/**
 * Takes up what waits for the directory. The facts are gathered beside the work, so that nobody waits for them; what they
 * decide goes with the next commit.
 *
 * | state | what it does | left by |
 * | --- | --- | --- |
 * | idle | nothing | `look`, when something is parked and the directory is there |
 * | gathering | asks the directory | its answer, or that there is none in time |
 * | ready | has facts | `take`, with the next Fanout |
 */
export class Resumption {
  readonly #facts: FactSource
  readonly #runner: StepRunner
  #gathering: Promise<void> | undefined
  #ready: Ready | undefined
  #last: Taken | undefined
  #nextAtMs = 0

  constructor(facts: FactSource, runner: StepRunner) {
    this.#facts = facts
    this.#runner = runner
  }

  /**
   * To be called now and then while the directory is there. Never rejects.
   * @returns resolves when there are facts to go on with; undefined if nothing is to be asked now
   */
  look(partitions: Iterable<Partition>): Promise<void> | undefined {
    if (this.#gathering !== undefined || this.#ready !== undefined) return undefined
    if (this.#last?.hasDecided === false && performance.now() < this.#nextAtMs) return undefined
    const needs = noNeeds()
    const chats = new Map<Partition, string[]>()
    let count = 0
    for (const partition of partitions) {
      if (partition.parked.size > 0 && partition.isOlder === undefined)
        needs.taken.set(partition.number, partition.takenAt)
      for (const key of partition.parked.keys) {
        if (count >= CHATS_MAX) break
        count++
        const chat = partition.parkedChat(key)
        if (chat === undefined) continue
        const entries = partition.parked.of(key).flatMap(({ envelope }) => entriesOf(envelope))
        noteNeeds(chat, entries, partition, this.#facts, needs, 'parked')
        const keys = chats.get(partition)
        if (keys === undefined) chats.set(partition, [key])
        else keys.push(key)
      }
    }
    if (chats.size === 0) return undefined
    this.#nextAtMs = performance.now() + PAUSE_MS
    this.#gathering = this.#facts.gatherCalmly(needs).then((facts) => {
      this.#ready = { facts, chats }
      this.#gathering = undefined
    })
    return this.#gathering
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

/** What was ready, for one Fanout. */
export class Taken {
  hasDecided = false
  readonly #ready: Ready | undefined
  readonly #runner: StepRunner

  constructor(ready: Ready | undefined, runner: StepRunner) {
    this.#ready = ready
    this.#runner = runner
  }

  get partitions(): Iterable<Partition> {
    return this.#ready?.chats.keys() ?? []
  }

  /**
   * Decides what can be decided of the partition's parked entries, each chat's in order, and takes that out.
   * @param deliver whether there is room for more after these
   */
  decide(partition: Partition, deliver: (postings: readonly Posting[]) => boolean): void {
    if (this.#ready === undefined) return
    this.#runner.found(partition, this.#ready.facts)
    for (const key of this.#ready.chats.get(partition) ?? [])
      if (!this.#decideChat(partition, key, this.#ready.facts, deliver)) return
  }

  /** @returns false if there is no more room */
  #decideChat(
    partition: Partition,
    key: string,
    facts: FrameFacts,
    deliver: (postings: readonly Posting[]) => boolean,
  ): boolean {
    const chat = partition.parkedChat(key)
    if (chat === undefined) return true
    partition.touch(chat)
    for (const parked of partition.parked.of(key).slice()) {
      const ups = upsOf(parked.envelope)
      const postings: Posting[] = []
      let decided = 0
      for (const entry of entriesOf(parked.envelope)) {
        const outcome = this.#run(partition, chat, entry, facts)
        if (outcome === WAITS) break
        postings.push(...outcome)
        decided++
      }
      if (decided === 0) return true
      this.hasDecided = true
      partition.parked.decided(parked, ups.slice(decided))
      const { user, device, transient: isTransient, passedUpTo } = parked.envelope
      if (decided === ups.length) passOver(chat, { user, device, isTransient }, passedUpTo)
      const hasRoom = deliver(postings)
      if (decided < ups.length || !hasRoom) return hasRoom
    }
    return true
  }
  /** Whoever has spent what they may cost others waits on, since that has an end. */
  #run(partition: Partition, chat: ChatState, entry: Entry, facts: FrameFacts): readonly Posting[] | Waits {
    let isSpent = false
    const take: FrameFacts['take'] = (...asked) => {
      const waitS = facts.take(...asked)
      isSpent ||= waitS > 0
      return waitS
    }
    const outcome = this.#runner.run(partition, chat, entry, { ...facts, take })
    if (!isSpent) return outcome
    chat.restore()
    return WAITS
  }
}

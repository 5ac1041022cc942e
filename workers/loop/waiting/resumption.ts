import type { Log } from '../../../kit/log.ts'
import type { ChatState } from '../../chat/state.ts'
import { noteFresh } from '../begun.ts'
import { type FactSource, type Needs, needsNothing, noNeeds } from '../facts.ts'
import type { Partition } from '../partition.ts'
import { noteNeeds } from '../prepare.ts'
import type { StepRunner } from '../step-runner.ts'
import { Look } from './look.ts'
import { entriesOf } from './parked.ts'
import type { ParkedEntry } from './parked-queue.ts'
import { type Ready, Taken } from './taken.ts'

/** Between two looks, unless there is more that the one before could have decided with more room. */
const PAUSE_MS = 1_000

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
  /** For what is taken up as soon as that is noted. */
  #noting: Ready | undefined
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
   * @returns resolves when there are facts to go on with; undefined if nothing is to be looked at now
   */
  look(partitions: readonly Partition[], mayAsk: boolean): Promise<void> | undefined {
    if (this.#gathering !== undefined || this.#ready !== undefined) return undefined
    if (this.#takeNoted()) return Promise.resolve()
    if (this.#last?.hasMore !== true && this.#facts.uptimeMs < this.#nextAtMs) return undefined
    if (!mayAsk && this.#facts.uptimeMs < this.#inVainUntilMs) return undefined
    const waiting = partitions.filter(({ parked }) => (mayAsk ? parked.size > 0 : parked.spentSize > 0))
    if (waiting.length === 0) return undefined
    this.#last = undefined
    const needs = noNeeds()
    const chats = new Map<Partition, Map<string, Set<number>>>()
    const look = new Look((user, cost, before) => this.#facts.waitS(user, cost, before))
    /** The first partition of which something was taken up: behind it the next look begins. */
    let first: number | undefined
    /** A note or a state is on its way: then it goes on. */
    let isAwaited = false
    for (const partition of this.#inTurn(waiting)) {
      if (look.isFull) break
      const allowed = partition.suspects.allowed(partition.unsettled === 0)
      if (allowed === 'nothing') {
        isAwaited = true
        continue
      }
      if (mayAsk && partition.isOlder === undefined) needs.taken.set(partition.number, partition.takenAt)
      const looked = new Map<string, Set<number>>()
      for (const key of allowed === 'all' ? [...partition.parked.keys] : [allowed.key]) {
        const chosen = look.choose(partition.parked.of(key), allowed === 'all' ? undefined : allowed.position)
        if (chosen.length === 0) continue
        first ??= partition.number
        if (allowed === 'all') partition.parked.looked(key)
        const chat = partition.parkedChat(key)
        if (chat === undefined) isAwaited = true
        else if (this.#canTakeUp(partition, chat, chosen, needs, mayAsk))
          looked.set(key, new Set(chosen.map(({ position }) => position)))
      }
      if (looked.size > 0) chats.set(partition, looked)
    }
    this.#behind = first ?? this.#behind
    const pausedUntilMs = this.#facts.uptimeMs + PAUSE_MS
    if (!mayAsk && chats.size === 0) this.#inVainUntilMs = pausedUntilMs
    else if (!isAwaited || chats.size > 0) this.#nextAtMs = pausedUntilMs
    if (chats.size === 0) return undefined
    const isCut = look.isFull
    for (const { unsaved } of partitions) noteFresh(needs.founders, unsaved.withNewRoster())
    this.#gathering = this.#facts
      .gatherCalmly(needs)
      .then((facts) => {
        this.#ready = { facts, chats, isCut }
      })
      .catch((error: unknown) => this.#log.error({ err: error }, 'parked.facts-failed'))
      .finally(() => {
        this.#gathering = undefined
      })
    return this.#gathering
  }

  /** What was to be noted first is noted. */
  #takeNoted(): boolean {
    if (this.#noting === undefined) return false
    // A partition that has gone to another worker meanwhile has nothing noted, and never will have.
    const noted = [...this.#noting.chats].filter(
      ([{ suspects, unsettled }]) => !suspects.isToNote && suspects.allowed(unsettled === 0) !== 'nothing',
    )
    if (noted.length === 0) return false
    this.#ready = { ...this.#noting, chats: new Map(noted) }
    this.#noting = undefined
    return true
  }

  /** Each comes first in its turn. */
  #inTurn(partitions: readonly Partition[]): Partition[] {
    const sorted = partitions.toSorted((a, b) => a.number - b.number)
    const next = sorted.findIndex(({ number }) => number > this.#behind)
    return next <= 0 ? sorted : [...sorted.slice(next), ...sorted.slice(0, next)]
  }

  /** Notes in `needs` what these have to know. @returns whether they can be gone on with, once that is known */
  #canTakeUp(
    partition: Partition,
    chat: ChatState,
    chosen: readonly ParkedEntry[],
    needs: Needs,
    mayAsk: boolean,
  ): boolean {
    const entries = nextOf(chosen).flatMap(({ envelope }) => entriesOf(envelope))
    const own = mayAsk ? needs : noNeeds()
    noteNeeds(chat, entries, partition, this.#facts, own, 'parked')
    return mayAsk || needsNothing(own)
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
    if (ready === undefined) return taken
    const toNote = [...ready.chats].filter(([{ suspects }]) => suspects.isToNote)
    if (toNote.length > 0) this.#noting = { ...ready, chats: new Map(toNote) }
    return (this.#last = taken)
  }
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

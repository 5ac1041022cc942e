import { passOver } from '../../chat/apply.ts'
import type { Posting } from '../../chat/posting.ts'
import type { ChatState } from '../../chat/state.ts'
import { type Cost, SPENT, type Waits } from '../../chat/step.ts'
import type { FrameFacts } from '../facts.ts'
import type { Partition } from '../partition.ts'
import type { StepRunner } from '../step-runner.ts'
import { entriesOf, upsOf } from './parked.ts'
import type { ParkedEntry } from './parked-queue.ts'

/** By chat key, positions of the entries whose facts were gathered. */
type Looked = ReadonlyMap<string, ReadonlySet<number>>

export interface Ready {
  readonly facts: FrameFacts
  readonly chats: ReadonlyMap<Partition, Looked>
  /** There was no room in this look for others that could be taken up. */
  readonly isCut: boolean
}

/** What was ready, for one Fanout. */
export class Taken {
  readonly #ready: Ready | undefined
  readonly #facts: FrameFacts | undefined
  readonly #runner: StepRunner
  #hasDecided = false
  #hasSpent = false
  #isFull = false
  /** It is known of more than before what they would cost. */
  #hasLearnt = false
  /** What could not be paid last. */
  #unpaid: Partial<Cost> | undefined

  constructor(ready: Ready | undefined, runner: StepRunner) {
    this.#ready = ready
    this.#runner = runner
    if (ready === undefined) return
    const { facts } = ready
    this.#facts = {
      ...facts,
      take: (user, cost, atMs) => {
        const waitS = facts.take(user, cost, atMs)
        if (waitS > 0) this.#unpaid = cost
        return waitS
      },
    }
  }

  get partitions(): Iterable<Partition> {
    return this.#ready?.chats.keys() ?? []
  }

  /** Whether another look may decide more at once. */
  get hasMore(): boolean {
    if (this.#isFull) return true
    // The others, which it had no room for. Who has spent what they may cost others waits in any case.
    if (this.#ready?.isCut) return this.#hasDecided || this.#hasLearnt
    return this.#hasDecided && !this.#hasSpent
  }

  /**
   * Decides what can be decided of the partition's parked entries, each chat's in order, and takes that out. If it has to
   * be noted first that this is done, the commit says so, and it is done behind it.
   * @param deliver whether there is room for more after these
   */
  decide(partition: Partition, deliver: (postings: readonly Posting[]) => boolean): void {
    if (this.#ready === undefined || this.#facts === undefined) return
    if (partition.suspects.isToNote && this.#ready.chats.has(partition)) return partition.suspects.want()
    this.#runner.found(partition, this.#facts)
    for (const [key, looked] of this.#ready.chats.get(partition) ?? []) {
      if (this.#isFull) return
      this.#decideChat(partition, key, looked, this.#facts, deliver)
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
    const cost = isSpent ? this.#unpaid : undefined
    if (isSpent && parked.cost === undefined) this.#hasLearnt = true
    if (decided === 0 && isSpent === parked.envelope.spent) {
      parked.cost = cost
      return stopped
    }
    partition.parked.decided(parked, ups.slice(decided), isSpent, cost)
    if (decided === 0) return stopped
    this.#hasDecided = true
    const { user, device, transient: isTransient, passedUpTo } = parked.envelope
    if (stopped === undefined) passOver(chat, { user, device, isTransient }, passedUpTo)
    if (!deliver(postings)) this.#isFull = true
    return stopped
  }
}

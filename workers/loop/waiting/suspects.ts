import type { StatePut } from '../../../proto/server-codec.ts'
import { PARKED_CHAT, type Parked } from './parked.ts'
import type { ParkedEntry } from './parked-queue.ts'

/**
 * A field of `~parked`: `<leases> <position> <tries>`. Under so many leases in a row something was taken up of what earlier
 * ones had left, and not all of it was decided; the entry at this position is taken up alone, for the so-manieth time; 0:
 * none is. After its second time the broker sets it aside: two workers did not live to say what came of it
 * (broker/work/own-commits.ts).
 */
export const TRIED_FIELD = '!tried'
/** From so many leases on, entries are taken up one at a time. */
const LEASES_MAX = 4

/**
 * Finds what brings workers down among what waits. It has left the mailbox, so that the trial of entries
 * (broker/work/trial.ts) does not see it, and everything else of the partition goes on.
 *
 * Nothing that an earlier lease has left is taken up before it stands in the store that this is done; nor does that stand
 * there while it can't be done, for leases that come and go while the directory is away have nothing to blame. What this
 * lease has parked itself needs no note: if it kills this worker, it is the next one's inheritance.
 *
 * | state | what may be taken up | left by |
 * | --- | --- | --- |
 * | free | everything | |
 * | kept | nothing yet, but its facts are gathered: what a note would allow | `want`, when they are there |
 * | wanted, sent | nothing: the note goes with a commit | the commit's PUBACK |
 * | noted | everything; after too many leases one entry more than before, behind those of its chat that were survived | `survived` |
 */
export class Suspects {
  #state: 'free' | 'kept' | 'wanted' | 'sent' | 'noted'
  /** Leases before this one. */
  readonly #leases: number
  /** What earlier leases have left and nobody has decided. */
  readonly #left: Set<number>
  /** Taken up alone, and survived. */
  readonly #survived = new Set<number>()
  #single: ParkedEntry | undefined
  /** Alone, by the lease before. */
  readonly #tried: { readonly position: number; readonly tries: number }
  #isToRemove = false
  /** What the note names was survived: it must not be taken for tried by the next lease. */
  #isToClear = false

  /** @param note of earlier leases, if there is one */
  constructor(parked: Parked, note: Uint8Array | undefined) {
    const [leases = 0, position = 0, tries = 0] = numbersIn(note)
    this.#leases = leases
    this.#tried = { position, tries }
    this.#left = new Set([...entriesOf(parked)].map(({ position }) => position))
    this.#state = this.#left.size > 0 ? 'kept' : 'free'
    this.#isToRemove = this.#left.size === 0 && note !== undefined
    if (this.#state === 'kept') this.#choose(parked)
  }

  /** Whether there is something to be put into the store. */
  get isWaiting(): boolean {
    return this.#state === 'wanted' || this.#isToRemove || this.#isToClear
  }

  /** Whether what is allowed may be taken up only when that is noted. */
  get isToNote(): boolean {
    return this.#state === 'kept'
  }

  /** There are facts for what is allowed: that it is taken up is to be noted. */
  want(): void {
    if (this.#state === 'kept') this.#state = 'wanted'
  }

  /**
   * What of the partition may be taken up now, or as soon as it is noted.
   * @param isSettled whether every commit that was sent has its PUBACK
   */
  allowed(isSettled: boolean): 'all' | 'nothing' | ParkedEntry {
    if (this.#state === 'free') return 'all'
    if (this.#state === 'sent' && isSettled) this.#state = 'noted'
    if (this.#state === 'wanted' || this.#state === 'sent') return 'nothing'
    return this.#single ?? 'all'
  }

  /** What was allowed was taken up, and this worker lives. */
  survived(parked: Parked): void {
    if (this.#state !== 'noted') return
    if (this.#single !== undefined) this.#survived.add(this.#single.position)
    this.#isToClear = this.#single !== undefined
    const waiting = new Set([...entriesOf(parked)].map(({ position }) => position))
    for (const position of this.#left) if (!waiting.has(position)) this.#left.delete(position)
    if (this.#left.size === 0) return this.#end()
    if (this.#single !== undefined) this.#choose(parked)
  }

  takePuts(puts: StatePut[]): void {
    const isToClear = this.#isToClear
    this.#isToClear = false
    if (this.#state === 'wanted') {
      this.#state = 'sent'
      const position = this.#single?.position ?? 0
      const tries = position === this.#tried.position ? this.#tried.tries + 1 : 1
      const value = Buffer.from(`${this.#leases + 1} ${position} ${tries}`)
      puts.push({ chat: PARKED_CHAT, field: TRIED_FIELD, value })
    } else if (this.#isToRemove) {
      this.#isToRemove = false
      puts.push({ chat: PARKED_CHAT, field: TRIED_FIELD, gone: true })
    } else if (isToClear) {
      puts.push({ chat: PARKED_CHAT, field: TRIED_FIELD, value: Buffer.from(`${this.#leases + 1} 0 0`) })
    }
  }

  /** The next entry to go alone, if it has come to that. When all of them were survived, they may go together again. */
  #choose(parked: Parked): void {
    if (this.#leases < LEASES_MAX) return
    this.#single = undefined
    for (const entry of entriesOf(parked))
      if (this.#left.has(entry.position) && !this.#survived.has(entry.position)) {
        this.#single = entry
        this.#state = 'kept'
        return
      }
    this.#end()
  }

  #end(): void {
    this.#state = 'free'
    this.#single = undefined
    this.#isToRemove = true
  }
}

/** None in what nobody has noted. */
function numbersIn(note: Uint8Array | undefined): number[] {
  const [, ...numbers] = /^(\d+) (\d+) (\d+)$/.exec(Buffer.from(note ?? []).toString()) ?? []
  return numbers.map(Number)
}

function* entriesOf(parked: Parked): Generator<ParkedEntry> {
  for (const key of parked.keys) yield* parked.of(key)
}

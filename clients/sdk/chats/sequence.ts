/**
 * Which seqs of one chat this device has got: order and de-duplication (G3, G4).
 *
 * `upTo`: everything up to here is settled, i.e. was handed on or declared lost; undefined before the first seq, which
 * then is where this device starts. `beyond`: got, but behind a hole. `lost`: holes that were given up. The server
 * delivers without holes, so a hole is either an own message whose Accepted is still to come, or lost; a seq that
 * was given up and comes after all is handed on late, and once.
 */
export interface SequenceRecord {
  readonly upTo: number | undefined
  readonly beyond: readonly number[]
  readonly lost: readonly (readonly [number, number])[]
}

export type Range = readonly [first: number, last: number]

export interface Settled {
  /** Seqs to hand on now, in order. */
  readonly ready: readonly number[]
  /** Holes that were given up on the way. */
  readonly lost: readonly Range[]
}

/** Holes that are known as such, and that a late seq can still fill. The oldest are forgotten: their seqs then count as had. */
const LOST_RANGES_MAX = 16

export class Sequence {
  #upTo: number | undefined
  #beyond: number[]
  #lost: Range[]

  constructor(record: SequenceRecord = { upTo: undefined, beyond: [], lost: [] }) {
    this.#upTo = record.upTo
    this.#beyond = [...record.beyond]
    this.#lost = [...record.lost]
  }

  get upTo(): number | undefined {
    return this.#upTo
  }

  get record(): SequenceRecord {
    return { upTo: this.#upTo, beyond: [...this.#beyond], lost: [...this.#lost] }
  }

  /** Whether `add` would call it a repeat. */
  has(seq: number): boolean {
    if (this.#upTo === undefined || seq > this.#upTo) return this.#beyond.includes(seq)
    return !this.#lost.some(([first, last]) => first <= seq && seq <= last)
  }

  /** @returns `late` for one that was given up: hand it on at once; `repeat`: drop it */
  add(seq: number): 'new' | 'late' | 'repeat' {
    if (this.#upTo !== undefined && seq <= this.#upTo) return this.#fillLost(seq) ? 'late' : 'repeat'
    let at = this.#beyond.length
    while (at > 0 && (this.#beyond[at - 1] as number) > seq) at--
    if (this.#beyond[at - 1] === seq) return 'repeat'
    this.#beyond.splice(at, 0, seq)
    return 'new'
  }

  /**
   * Moves upTo over what is there.
   * @param givesUp asked at each hole: whether to go on without it
   * @param below stops before this seq
   */
  settle(givesUp: () => boolean, below = Number.POSITIVE_INFINITY): Settled {
    const ready: number[] = []
    const lost: Range[] = []
    for (const seq of this.#beyond) {
      if (seq >= below) break
      this.#upTo ??= seq - 1
      if (seq > this.#upTo + 1) {
        if (!givesUp()) break
        lost.push([this.#upTo + 1, seq - 1])
      }
      this.#upTo = seq
      ready.push(seq)
    }
    this.#beyond.splice(0, ready.length)
    this.#giveUp(lost)
    return { ready, lost }
  }

  /** The server says that the chat has `lastSeq` and that nothing up to it is still on its way. */
  settleUpTo(lastSeq: number): Settled {
    const { ready, lost } = this.settle(() => true, lastSeq + 1)
    if (this.#upTo === undefined || lastSeq <= this.#upTo) return { ready, lost }
    const rest: Range = [this.#upTo + 1, lastSeq]
    this.#upTo = lastSeq
    this.#giveUp([rest])
    return { ready, lost: [...lost, rest] }
  }

  /** This user joined (again) with this seq: what was theirs before is all here, what lies between was never theirs. */
  joinAt(seq: number): Settled {
    const settled = this.settle(() => true, seq)
    if (this.#upTo !== undefined && this.#upTo < seq - 1) this.#giveUp([[this.#upTo + 1, seq - 1]])
    if (this.#upTo === undefined || this.#upTo < seq - 1) this.#upTo = seq - 1
    return settled
  }

  /** The seq behind which `count` others up to `upTo` stand: holes do not count, however many seqs they have. */
  behind(upTo: number, count: number): number {
    let left = count
    let at = upTo
    for (const [first, last] of this.#lost.toReversed()) {
      if (first > at) continue
      const between = Math.max(0, at - last)
      if (between >= left) break
      left -= between
      at = first - 1
    }
    return at - left
  }

  #giveUp(ranges: readonly Range[]): void {
    this.#lost.push(...ranges)
    this.#lost.splice(0, this.#lost.length - LOST_RANGES_MAX)
  }

  #fillLost(seq: number): boolean {
    const at = this.#lost.findIndex(([first, last]) => first <= seq && seq <= last)
    if (at < 0) return false
    const [first, last] = this.#lost[at] as Range
    const rest: Range[] = []
    if (first < seq) rest.push([first, seq - 1])
    if (seq < last) rest.push([seq + 1, last])
    this.#lost.splice(at, 1, ...rest)
    return true
  }
}

import { NUMBER_MAX } from '../../../proto/limits.ts'

/** The clock's part of a number: so many numbers for each second since 1970. */
const NUMBERS_PER_S = 2_048
/** The random part: 512 s of numbers, a power of two. */
const RANDOM_SPAN = 2 ** 20
/** How far a number skips that was refused because the device had used it, or a higher one. */
const SKIP_MIN = RANDOM_SPAN
const SKIPS_MAX = 16

/**
 * The clientSeqs of one outbox (ADR 0021): each is higher than all before.
 *
 * Whenever an outbox is opened, new or again, its numbers begin above all it knows of and above the clock, at random
 * within the next 512 s of numbers: so neither an outbox that was lost, nor one that was restored from a backup, nor a
 * second process of the device is likely to have used them. If one has after all, the server says so, and they skip ahead.
 *
 * A number fits into 6 bytes of a varint until 2038; finer clocks or more random bits would cost each message four more.
 */
export class Numbers {
  #last: number
  #isBegun = false
  readonly #clock: () => number

  /**
   * @param last the last one that is known to have been used; 0: none
   * @param clock Unix ms
   */
  constructor(last: number, clock: () => number) {
    this.#last = last
    this.#clock = clock
  }

  get last(): number {
    return this.#last
  }

  next(): number {
    // At random also above what is known: a second process of the device, or one restored before, begins there as well.
    if (!this.#isBegun) this.#last = Math.max(this.#last, this.#now()) + random()
    this.#isBegun = true
    this.#last++
    return this.#last
  }

  /**
   * The number was refused for having been used. Nobody can say by how much the used ones are higher, a clock may have been
   * wrong by years: each time the next number is four times as far off.
   *
   * @param attempt from 0
   * @returns false if that has been tried often enough
   */
  skip(refused: number, attempt: number): boolean {
    const target = refused + SKIP_MIN * 4 ** attempt
    if (attempt >= SKIPS_MAX || target >= NUMBER_MAX - RANDOM_SPAN) return false
    // What was refused together follows one another again.
    if (this.#last < target) this.#last = Math.max(this.#now(), target) + random()
    return true
  }

  /** The clock's part. */
  #now(): number {
    return Math.floor((this.#clock() * NUMBERS_PER_S) / 1000)
  }
}

function random(): number {
  const [bits = 0] = crypto.getRandomValues(new Uint32Array(1))
  return bits % RANDOM_SPAN
}

import type { Entry } from './entry.ts'

const TRIM_AT = 1_024

/**
 * The newest entries of a mailbox, in memory: one slot per position, so that finding one is arithmetic. A slot
 * without an entry is a hole.
 */
export class Tail {
  #slots: (Entry | undefined)[] = []
  #first = 0
  /** The position of the first slot. */
  #from: number

  constructor(from: number) {
    this.#from = from
  }

  /** The position behind the last slot. */
  get end(): number {
    return this.#from + this.#slots.length - this.#first
  }

  /** Its position must be `end`. */
  push(entry: Entry): void {
    this.#slots.push(entry)
  }

  get(position: number): Entry | undefined {
    return position < this.#from ? undefined : this.#slots[this.#first + position - this.#from]
  }

  /** Makes a hole. */
  clear(position: number): void {
    this.#slots[this.#first + position - this.#from] = undefined
  }

  /** Takes away the slots up to `through`. */
  drop(through: number, dropped: (entry: Entry) => void): void {
    while (this.#from <= through && this.#first < this.#slots.length) {
      const entry = this.#slots[this.#first]
      this.#slots[this.#first++] = undefined
      this.#from++
      if (entry !== undefined) dropped(entry)
    }
    if (this.#first === this.#slots.length) {
      this.#slots.length = 0
      this.#first = 0
    } else if (this.#first >= TRIM_AT && this.#first * 2 > this.#slots.length) {
      this.#slots = this.#slots.slice(this.#first)
      this.#first = 0
    }
  }

  /** Empties it; the next position stays. */
  reset(): void {
    this.#from = this.end
    this.#slots.length = 0
    this.#first = 0
  }

  oldest(): Entry | undefined {
    for (let i = this.#first; i < this.#slots.length; i++) {
      const entry = this.#slots[i]
      if (entry !== undefined) return entry
    }
    return undefined
  }

  /** Entries behind a position up to another, in order. */
  *between(after: number, upTo: number): Generator<Entry> {
    const start = this.#first + Math.max(0, after + 1 - this.#from)
    const end = Math.min(this.#slots.length, this.#first + upTo + 1 - this.#from)
    for (let i = start; i < end; i++) {
      const entry = this.#slots[i]
      if (entry !== undefined) yield entry
    }
  }
}

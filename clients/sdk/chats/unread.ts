import type { StoredUnread } from '../store/local-store.ts'
import type { Range } from './sequence.ts'

/** Beyond it the oldest grow together: what lies between them counts as unread then. */
const RANGES_MAX = 64

/**
 * Messages of others behind this user's read mark in one chat: those that this device has had, by seq, and how many there
 * are up to some seq as the server counted them, for a device that has not had all.
 */
export class Unread {
  #ranges: Range[]
  #told: StoredUnread['told']
  #isGuess = false

  constructor(record: StoredUnread = { ranges: [] }) {
    this.#ranges = [...record.ranges]
    this.#told = record.told
  }

  get record(): StoredUnread {
    return { ranges: [...this.#ranges], ...(this.#told ? { told: this.#told } : {}) }
  }

  get count(): number {
    return this.#countUpTo(Number.POSITIVE_INFINITY)
  }

  /** Whether only the server knows how many are left: so many at most. */
  get isGuess(): boolean {
    return this.#isGuess
  }

  /** A message of somebody else, behind the read mark. */
  add(seq: number): void {
    if (seq <= (this.#told?.upTo ?? 0)) return
    let at = this.#ranges.length
    while (at > 0 && (this.#ranges[at - 1] as Range)[0] > seq) at--
    const [first, last] = this.#ranges[at - 1] ?? [0, -1]
    if (seq <= last) return
    if (seq === last + 1) this.#ranges[at - 1] = [first, seq]
    else this.#ranges.splice(at, 0, [seq, seq])
    if (this.#ranges.length <= RANGES_MAX) return
    const [oldest, next] = this.#ranges as [Range, Range]
    this.#ranges.splice(0, 2, [oldest[0], next[1]])
  }

  /** @returns false if only the server knows how many are left */
  read(upTo: number): boolean {
    this.#ranges = this.#ranges
      .filter(([, last]) => last > upTo)
      .map(([first, last]) => [Math.max(first, upTo + 1), last])
    const told = this.#told
    if (!told) return true
    const left = told.upTo - upTo
    this.#told = left > 0 ? { ...told, count: Math.min(told.count, left) } : undefined
    this.#isGuess = left > 0 && told.count > 0
    return !this.#isGuess
  }

  /** The server counted, behind the same read mark: `count` up to that seq. */
  told(count: number, upTo: number): void {
    this.#isGuess = false
    if (this.#countUpTo(upTo) === count) return
    this.#ranges = this.#ranges
      .filter(([, last]) => last > upTo)
      .map(([first, last]) => [Math.max(first, upTo + 1), last])
    this.#told = { count, upTo }
  }

  /** The server lost what stands behind it. */
  startOver(lastSeq: number): void {
    this.#ranges = this.#ranges
      .filter(([first]) => first <= lastSeq)
      .map(([first, last]) => [first, Math.min(last, lastSeq)])
    if (this.#told && this.#told.upTo > lastSeq) this.#told = { ...this.#told, upTo: lastSeq }
  }

  #countUpTo(seq: number): number {
    let count = this.#told?.count ?? 0
    for (const [first, last] of this.#ranges) count += Math.max(0, Math.min(last, seq) - first + 1)
    return count
  }
}

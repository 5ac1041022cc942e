import type { StoredMessage } from '../store/local-store.ts'

/**
 * Messages of one chat that the app is not done with, each for itself: what comes late, and what a chat that was set back
 * gives anew, stands below others that were handled long ago.
 */
export class Unhandled {
  readonly #bySeq = new Map<number, StoredMessage>()
  /** Those that came behind a higher one. */
  readonly #late = new Set<number>()
  /** What has become of some of them since. */
  readonly #renewed = new Map<number, StoredMessage>()
  #highest = 0

  add(stored: StoredMessage): void {
    const { seq } = stored
    if (seq < this.#highest) this.#late.add(seq)
    this.#highest = Math.max(this.#highest, seq)
    this.#bySeq.set(seq, stored)
    this.#renewed.delete(seq)
  }

  /** The message of that seq, if it is here, has become this. */
  renew(stored: StoredMessage): void {
    if (this.#bySeq.has(stored.seq)) this.#renewed.set(stored.seq, stored)
  }

  has(seq: number): boolean {
    return this.#bySeq.has(seq)
  }

  /** @returns the message as it is by now */
  current(stored: StoredMessage): StoredMessage {
    const renewed = this.#bySeq.get(stored.seq) === stored ? this.#renewed.get(stored.seq) : undefined
    return renewed ?? stored
  }

  /** @returns false if another message has taken its seq meanwhile, which is not handled */
  remove(stored: StoredMessage): boolean {
    if (this.#bySeq.get(stored.seq) !== stored) return false
    this.#late.delete(stored.seq)
    this.#renewed.delete(stored.seq)
    return this.#bySeq.delete(stored.seq)
  }

  /** The lowest seq; infinity if everything is handled. */
  get lowest(): number {
    const [first = Number.POSITIVE_INFINITY] = this.#bySeq.keys()
    let lowest = first
    for (const seq of this.#late) lowest = Math.min(lowest, seq)
    return lowest
  }
}

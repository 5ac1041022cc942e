import type { Observation } from './observation.ts'

/** Chats go on so far ahead of what the directory knows (ADR 0016). Between seqs of one history there is no such step. */
const AHEAD_MIN = 900_000

/**
 * What may be gone of a chat because the mailboxes were put back to a copy: what was seen for the first time between the
 * two, and nothing else. Without such an event it is nothing.
 */
export class PutBack {
  readonly #from: number
  readonly #to: number
  readonly #firstSeen = new Map<number, number>()
  /** The last seq that was seen before the copy. */
  readonly #kept: number
  readonly #acknowledged = new Map<string, number>()
  /** The first seq of what came afterwards, if the chat has gone on ahead of what it had. */
  readonly aheadAt: number
  /** Who is in the chat then. */
  readonly members: readonly string[]

  constructor(chat: string, seen: readonly Observation[]) {
    this.#from = seen.findIndex(({ what }) => what === 'copied')
    this.#to = seen.findLastIndex(({ what }) => what === 'put-back')
    const end = seen[this.#to]
    this.members = (end?.what === 'put-back' ? end.members.get(chat) : undefined) ?? []
    seen.forEach((one, i) => {
      if ('seq' in one && !this.#firstSeen.has(one.seq)) this.#firstSeen.set(one.seq, i)
      if (one.what === 'acknowledged' || one.what === 'accepted')
        if (!this.#acknowledged.has(one.text)) this.#acknowledged.set(one.text, i)
    })
    const seqs = [...this.#firstSeen.keys()].toSorted((a, b) => a - b)
    const ahead = seqs.find((seq, i) => seq - (seqs[i - 1] ?? 0) >= AHEAD_MIN)
    this.aheadAt = (this.isAny ? ahead : undefined) ?? Number.POSITIVE_INFINITY
    this.#kept = Math.max(0, ...seqs.filter((seq) => (this.#firstSeen.get(seq) ?? 0) <= this.#from))
  }

  get isAny(): boolean {
    return this.#from >= 0
  }

  get isAhead(): boolean {
    return this.aheadAt < Number.POSITIVE_INFINITY
  }

  mayHaveTaken(seq: number): boolean {
    const first = this.#firstSeen.get(seq) ?? Number.POSITIVE_INFINITY
    return this.isAny && first > this.#from && (first < this.#to || (this.isAhead && seq < this.aheadAt))
  }

  /** Whether nobody need know what was between these two seqs. */
  mayHaveTakenBetween(before: number, after: number): boolean {
    return this.isAny && before >= this.#kept && (after <= this.aheadAt || this.mayHaveTaken(after))
  }

  /** Acknowledged by a store that has forgotten it since, or decided there. */
  mayHaveTakenSend(text: string, seq: number | undefined): boolean {
    const at = this.#acknowledged.get(text)
    const isAcknowledged = at !== undefined && at > this.#from && at < this.#to
    return this.isAny && (isAcknowledged || (seq !== undefined && this.mayHaveTaken(seq)))
  }

  /** A receipt for that seq may have gone with the mailboxes; what comes afterwards says as much. */
  mayHaveTakenReceipt(seq: number): boolean {
    if (this.isAhead) return seq < this.aheadAt
    return this.isAny && (this.#firstSeen.get(seq) ?? 0) < this.#to
  }
}

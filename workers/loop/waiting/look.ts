import type { Cost } from '../../chat/step.ts'
import type { ParkedEntry } from './parked-queue.ts'

/** Envelopes looked at together; the others' turn comes next. To read so many bytes takes a worker some milliseconds. */
const BYTES_MAX = 64 * 1024
/** Of one user that wait for their allowance, in one chat. */
const SPENT_MAX = 64

/** The user's allowance. @returns after how many seconds it holds so much, behind what is taken `before` */
type WaitS = (user: string, cost: Partial<Cost>, before?: Partial<Cost>) => number

/**
 * Chooses what one look takes up: what waits for the directory, in order, and of what waits for its sender's allowance what
 * that may hold by now, as far as is known. However much is held, what is not chosen is not read.
 */
export class Look {
  readonly #waitS: WaitS
  readonly #costs = new Map<string, Partial<Cost>>()
  #bytes = 0

  constructor(waitS: WaitS) {
    this.#waitS = waitS
  }

  /** There is no room for more in this look. */
  get isFull(): boolean {
    return this.#bytes >= BYTES_MAX
  }

  /**
   * @param entries of one chat, in order
   * @param upTo the last position that may be among them
   * @returns those to take up, in order
   */
  choose(entries: readonly ParkedEntry[], upTo = Number.POSITIVE_INFINITY): ParkedEntry[] {
    const chosen: ParkedEntry[] = []
    const counts = new Map<string, number>()
    for (const entry of entries) {
      if (this.isFull) break
      if (entry.position > upTo) continue
      const { user, spent } = entry.envelope
      if (spent) {
        const count = counts.get(user) ?? 0
        const isNext = count < SPENT_MAX && (count > 0 || this.#canPay(entry))
        counts.set(user, isNext ? count + 1 : SPENT_MAX)
        if (!isNext) continue
      }
      this.#bytes += entry.bytes
      chosen.push(entry)
    }
    return chosen
  }

  /** Beside what was chosen of the user's other chats. */
  #canPay({ envelope: { user }, cost }: ParkedEntry): boolean {
    if (cost === undefined) return true
    const before = this.#costs.get(user)
    if (this.#waitS(user, cost, before) > 0) return false
    this.#costs.set(user, before === undefined ? cost : sum(before, cost))
    return true
  }
}

function sum(one: Partial<Cost>, other: Partial<Cost>): Cost {
  const of = (kind: keyof Cost): number => (one[kind] ?? 0) + (other[kind] ?? 0)
  return { recipients: of('recipients'), bytes: of('bytes'), names: of('names'), chats: of('chats') }
}

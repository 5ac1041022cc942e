import type { Reply } from './script.ts'
import type { Waiting } from './calls.ts'

/** An act that need not be carried out at once waits so long for others to go with. */
export const RIDE_MS_MAX = 50

/**
 * Acts for one server that nobody waits for: they go along with what goes there anyway, so that they cause no round trip
 * and no flush of their own, or after RIDE_MS_MAX by themselves. Of those with one name that wait here at once the last
 * is carried out, and its reply is that of all.
 */
export class Riders {
  readonly #bySlot = new Map<number, Map<string, Waiting[]>>()
  readonly #leave: () => void
  #timer: NodeJS.Timeout | undefined

  /** @param leave something has waited long enough: all are to be taken */
  constructor(leave: () => void) {
    this.#leave = leave
  }

  add(name: string, waiting: Waiting): void {
    const { slot } = waiting.act
    let names = this.#bySlot.get(slot)
    if (names === undefined) this.#bySlot.set(slot, (names = new Map<string, Waiting[]>()))
    const before = names.get(name)
    if (before === undefined) names.set(name, [waiting])
    else before.push(waiting)
    // Started once for many, and not stopped when they go: what comes behind them may wait less.
    if (this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#bySlot.size > 0) this.#leave()
    }, RIDE_MS_MAX)
  }

  /** What waits for a slot, which is not here any more then. */
  take(slot: number): Waiting[] {
    const names = this.#bySlot.get(slot)
    if (names === undefined) return []
    this.#bySlot.delete(slot)
    return [...names.values()].map(asOne)
  }

  takeAll(): Waiting[] {
    return this.#bySlot.size === 0 ? [] : [...this.#bySlot.keys()].flatMap((slot) => this.take(slot))
  }
}

function asOne(waiting: readonly Waiting[]): Waiting {
  const last = waiting.at(-1) as Waiting
  if (waiting.length === 1) return last
  const all: Waiting = {
    act: last.act,
    untilMs: last.untilMs,
    isAnswered: false,
    ask: undefined,
    answer: (reply: Reply | Error) => {
      all.isAnswered = true
      for (const each of waiting) each.answer(reply)
    },
  }
  return all
}

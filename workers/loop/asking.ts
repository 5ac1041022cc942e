interface Asked {
  atMs: number
  /** Told so far, less what has been forgiven since. */
  told: number
}

const HOUR_MS = 3_600_000
/** Mistyped names, and address books with people who are not here. */
export const UNKNOWN_USERS_PER_HOUR_MAX = 200

/**
 * How many who do not exist each user has been told of: whoever tries names one after the other learns no more than so
 * many in an hour, and from then on nothing of anybody. Counted by entries' own time, in this worker's memory only.
 */
export class Asking {
  readonly #unknownPerHourMax: number
  readonly #usersMax: number
  readonly #asked = new Map<string, Asked>()

  /** @param usersMax beyond it the user who was added first starts anew */
  constructor(unknownPerHourMax: number, usersMax = 100_000) {
    this.#unknownPerHourMax = unknownPerHourMax
    this.#usersMax = usersMax
  }

  /** @returns seconds until the user may name somebody again; 0: now */
  waitS(user: string, atMs: number): number {
    const asked = this.#asked.get(user)
    if (asked === undefined) return 0
    const over = this.#left(asked, atMs) - (this.#unknownPerHourMax - 1)
    return over <= 0 ? 0 : Math.ceil((over / this.#unknownPerHourMax) * (HOUR_MS / 1_000))
  }

  told(user: string, atMs: number): void {
    const asked = this.#asked.get(user)
    if (asked !== undefined) {
      asked.told = this.#left(asked, atMs) + 1
      asked.atMs = Math.max(asked.atMs, atMs)
      return
    }
    const [first] = this.#asked.keys()
    if (first !== undefined && this.#asked.size >= this.#usersMax) this.#asked.delete(first)
    this.#asked.set(user, { atMs, told: 1 })
  }

  #left({ told, atMs: sinceMs }: Asked, atMs: number): number {
    const forgiven = (Math.max(0, atMs - sinceMs) / HOUR_MS) * this.#unknownPerHourMax
    return Math.max(0, told - forgiven)
  }
}

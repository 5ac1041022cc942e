import type { Connection } from '../listeners/connection.ts'

/**
 * Ends connections when their tokens do: so long after they came as their tokens had left, whatever is done to the clock
 * meanwhile. They wait in buckets of one second, so that a million connections need one timer, and none of them none.
 */
export class TokenExpiry {
  readonly #buckets = new Map<number, Set<Connection>>()
  readonly #clock: () => number
  readonly #uptime: () => number
  /** Up to there all is closed, while somebody is watched. */
  #nextSecond = 0
  #timer: NodeJS.Timeout | undefined

  /**
   * @param clock Unix ms
   * @param uptime monotonic ms
   */
  constructor(clock: () => number, uptime: () => number) {
    this.#clock = clock
    this.#uptime = uptime
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** @returns what to call when the connection is gone */
  watch(connection: Connection, expiresAtMs: number): () => void {
    if (this.#buckets.size === 0) this.#nextSecond = Math.floor(this.#uptime() / 1000)
    this.#timer ??= setInterval(() => this.expire(), 1000).unref()
    const dueMs = this.#uptime() + expiresAtMs - this.#clock()
    const second = Math.max(Math.ceil(dueMs / 1000), this.#nextSecond)
    const bucket = this.#buckets.get(second) ?? new Set()
    this.#buckets.set(second, bucket.add(connection))
    return () => {
      bucket.delete(connection)
      if (bucket.size === 0 && this.#buckets.get(second) === bucket) this.#buckets.delete(second)
    }
  }

  /** Closes what is due. A late call, after a busy spell, makes up for the seconds it missed. */
  expire(): void {
    const now = Math.floor(this.#uptime() / 1000)
    for (; this.#nextSecond <= now; this.#nextSecond++) {
      const due = this.#buckets.get(this.#nextSecond)
      this.#buckets.delete(this.#nextSecond)
      for (const connection of due ?? []) connection.close('token-expired')
    }
    if (this.#buckets.size === 0) this.stop()
  }
}

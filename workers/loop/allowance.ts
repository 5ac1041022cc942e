/**
 * How many recipients each user may reach in a minute: a bucket that holds a minute's worth and fills steadily. Counted
 * by entries' own time, in this worker's memory only.
 */
export class RecipientAllowance {
  readonly #perMinuteMax: number
  readonly #usersMax: number
  readonly #spent = new Map<string, { recipients: number; atMs: number }>()

  /** @param usersMax beyond it the user who was added first starts anew */
  constructor(perMinuteMax: number, usersMax = 100_000) {
    this.#perMinuteMax = perMinuteMax
    this.#usersMax = usersMax
  }

  /** @returns 0, or after how many seconds to try again; then nothing was taken */
  take(user: string, count: number, atMs: number): number {
    const bucket = this.#spent.get(user)
    if (bucket === undefined) {
      if (this.#spent.size >= this.#usersMax) this.#forgetFirst()
      this.#spent.set(user, { recipients: count, atMs })
      return 0
    }
    // Brokers' clocks differ by less than a minute; one that was that far ahead says nothing any more.
    const isFromTheFuture = atMs < bucket.atMs - 60_000
    const passedMs = isFromTheFuture ? 60_000 : Math.max(0, atMs - bucket.atMs)
    const left = Math.max(0, bucket.recipients - (passedMs * this.#perMinuteMax) / 60_000)
    // One entry alone may go beyond: else a limit below a chat's size would silence the chat.
    if (left > 0 && left + count > this.#perMinuteMax)
      return Math.max(
        1,
        Math.ceil((Math.min(left, left + count - this.#perMinuteMax) * 60) / this.#perMinuteMax),
      )
    bucket.recipients = left + count
    bucket.atMs = isFromTheFuture ? atMs : Math.max(atMs, bucket.atMs)
    return 0
  }

  #forgetFirst(): void {
    for (const user of this.#spent.keys()) {
      this.#spent.delete(user)
      return
    }
  }
}

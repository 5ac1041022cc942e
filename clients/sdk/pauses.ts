/** Waits that end when the client closes, and then hold no process any more. */
export class Pauses {
  readonly #ends = new Set<() => void>()
  #isClosed = false

  /** Resolves after that time, or at close. */
  pause(ms: number): Promise<void> {
    if (this.#isClosed) return Promise.resolve()
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer)
        this.#ends.delete(end)
        resolve()
      }
      const timer = setTimeout(end, ms)
      this.#ends.add(end)
    })
  }

  close(): void {
    this.#isClosed = true
    for (const end of this.#ends) end()
  }
}

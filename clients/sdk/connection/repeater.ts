/** How long an answer may take at first, each time twice as long. */
const FIRST_MS = 5_000
const MS_MAX = 60_000

/**
 * Of a session that the server keeps nothing for: an answer that gets lost on the way is lost for good, with the
 * connection as good as ever. So what has no answer is said again: repeats are one, and each is answered.
 */
export class Repeater {
  readonly #repeat: () => void
  readonly #isWaiting: () => boolean
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param isWaiting whether anything that was sent has no answer; asked before each `repeat` */
  constructor(isWaiting: () => boolean, repeat: () => void) {
    this.#isWaiting = isWaiting
    this.#repeat = repeat
  }

  /** From now on, while there is a connection. */
  start(afterMs = FIRST_MS): void {
    this.stop()
    this.#timer = setTimeout(() => {
      const isWaiting = this.#isWaiting()
      if (isWaiting) this.#repeat()
      this.start(isWaiting ? Math.min(afterMs * 2, MS_MAX) : FIRST_MS)
    }, afterMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}

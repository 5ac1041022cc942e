/**
 * Watches work that comes and goes, thousands of times a second: one timer that is armed once per deadline and not
 * once per piece of work.
 */
export class Deadline {
  readonly #ms: number
  readonly #onLate: () => void
  #sinceMs: number | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(ms: number, onLate: () => void) {
    this.#ms = ms
    this.#onLate = onLate
  }

  /** Work begins; earlier work is done. */
  begin(): void {
    this.#sinceMs = performance.now()
    if (this.#timer === undefined) this.#arm(this.#ms)
  }

  /** Nothing is being waited for. */
  end(): void {
    this.#sinceMs = undefined
  }

  #arm(ms: number): void {
    this.#timer = setTimeout(() => this.#look(), ms).unref()
  }

  #look(): void {
    this.#timer = undefined
    if (this.#sinceMs === undefined) return
    const leftMs = this.#sinceMs + this.#ms - performance.now()
    if (leftMs > 0) this.#arm(Math.ceil(leftMs))
    else this.#onLate()
  }
}

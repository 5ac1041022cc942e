/** Delays between attempts: each up to twice the last, and a random part of that, so that many do not come at once. */
export class Backoff {
  readonly #msMin: number
  readonly #msMax: number
  #attempts = 0

  constructor(msMin: number, msMax: number) {
    this.#msMin = msMin
    this.#msMax = msMax
  }

  /** @returns how long to wait before the next attempt, in ms */
  next(): number {
    const ceiling = Math.min(this.#msMax, this.#msMin * 2 ** this.#attempts)
    if (ceiling < this.#msMax) this.#attempts++
    return Math.max(this.#msMin, Math.round(Math.random() * ceiling))
  }

  /** An attempt succeeded. */
  reset(): void {
    this.#attempts = 0
  }
}

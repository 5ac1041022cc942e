import type { Observation } from './observation.ts'

const LOOK_MS = 20

/** How long deliveries took while a run went on, to the accuracy of a look. */
export class DeliveryTimes {
  /** The longest time in which nothing arrived anywhere. */
  longestGapMs = 0
  /** The longest time from an app's send to the arrival at any other device, however long either was away. */
  longestDelayMs = 0
  readonly #log: readonly Observation[]
  readonly #sentAtMs = new Map<string, number>()
  readonly #timer: NodeJS.Timeout
  #seen = 0
  #lastMs = Date.now()

  constructor(log: readonly Observation[]) {
    this.#log = log
    this.#timer = setInterval(() => this.#look(), LOOK_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    const nowMs = Date.now()
    for (; this.#seen < this.#log.length; this.#seen++) {
      const one = this.#log[this.#seen] as Observation
      if (one.what === 'sent') this.#sentAtMs.set(one.text, nowMs)
      if (one.what !== 'arrived') continue
      this.longestGapMs = Math.max(this.longestGapMs, nowMs - this.#lastMs)
      this.longestDelayMs = Math.max(this.longestDelayMs, nowMs - (this.#sentAtMs.get(one.text) ?? nowMs))
      this.#lastMs = nowMs
    }
  }
}

import { TokenBucket } from './rate-limit.ts'

/**
 * One rate that several share. Who finds it overdrawn waits behind those who wait already: else the one whose timer
 * comes first would find it paid each time, and the others never.
 */
export class SharedPace {
  readonly #bucket: TokenBucket
  readonly #uptime: () => number
  readonly #waiting: (() => void)[] = []
  #isArmed = false

  /** @param uptime monotonic ms */
  constructor(perSecond: number, burst: number, uptime: () => number) {
    this.#bucket = new TokenBucket(perSecond, burst, uptime())
    this.#uptime = uptime
  }

  get isOverdrawn(): boolean {
    return this.#bucket.wait(this.#uptime()) > 0
  }
  /** Whether somebody waits. */
  get isAwaited(): boolean {
    return this.#waiting.length > 0
  }

  take(tokens: number): void {
    this.#bucket.take(this.#uptime(), tokens)
  }

  /** Calls back, later, when it is not overdrawn and all who waited before have been called. */
  await(callback: () => void): void {
    this.#waiting.push(callback)
    this.#arm()
  }

  #arm(): void {
    if (this.#isArmed) return
    this.#isArmed = true
    setTimeout(() => this.#call(), this.#bucket.wait(this.#uptime())).unref()
  }

  #call(): void {
    this.#isArmed = false
    try {
      // Who waits again goes to the end, for the next time.
      for (let left = this.#waiting.length; left > 0 && !this.isOverdrawn; left--) this.#waiting.shift()?.()
    } finally {
      if (this.isAwaited) this.#arm()
    }
  }
}

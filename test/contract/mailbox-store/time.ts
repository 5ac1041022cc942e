import type { TimeSource } from '../../../kit/clock.ts'

/** The time of a store under test: it passes as the test says, beside passing by itself. */
export class TestTime implements TimeSource {
  #passedMs = 0
  #setAheadMs = 0

  readonly uptime = (): number => performance.now() + this.#passedMs
  readonly wall = (): number => Date.now() + this.#passedMs + this.#setAheadMs

  pass(ms: number): void {
    this.#passedMs += ms
  }

  /** Somebody sets the clock: so much ahead of the right time, or behind it. */
  set(aheadMs: number): void {
    this.#setAheadMs = aheadMs
  }
}

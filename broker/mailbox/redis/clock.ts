import { TrustedClock, type TimeSource } from '../../../kit/clock.ts'
import type { Acts } from './batches.ts'
import { CLOCK_PLACE } from './keys.ts'
import { CLOCK_SCRIPT } from './lua/registry.ts'
import { listOf, numberOf } from './script.ts'

/**
 * The time by which entries end (ADR 0020). All brokers take it from one server, so that their own clocks do not matter,
 * and none believes a jump of that server's clock before it has lasted an hour. How far they have come stands in the
 * store: who starts goes on from there, and all keep up with whoever is furthest.
 *
 * Until the server has answered for the first time nothing ends.
 */
export class RedisClock {
  readonly #acts: Acts
  readonly #time: TimeSource
  /** The server's clock, less our uptime. */
  #serverMs = 0
  #trusted: TrustedClock | undefined

  /** @param time only tests give one: its wall clock then takes the place of the server's */
  constructor(acts: Acts, time: Pick<TimeSource, 'uptime'> & Partial<TimeSource>) {
    this.#acts = acts
    this.#time = { wall: time.wall ?? (() => this.#serverMs + time.uptime()), uptime: time.uptime }
  }

  /** Unix ms, by which entries end. */
  now(): number {
    return this.#trusted?.now() ?? 0
  }

  /** Unix ms, from which entries are counted. */
  latest(): number {
    return this.#trusted?.latest() ?? Date.now()
  }

  /** Asks the server for its time and tells it ours: to be called now and then. @throws StoreUnavailable */
  async keep(): Promise<void> {
    const reply = await this.#acts.run({ ...CLOCK_PLACE, script: CLOCK_SCRIPT, args: [this.now()] })
    const [serverMs, keptMs] = listOf(reply).map(numberOf) as [number, number]
    this.#serverMs = serverMs - this.#time.uptime()
    this.#trusted ??= new TrustedClock(this.#time, keptMs > 0 ? keptMs : undefined)
    this.#trusted.reached(keptMs)
  }
}

import type { Log } from '../../kit/log.ts'
import { answerBy } from './answer.ts'
import type { MailboxStore } from './store.ts'
import type { NodeLimits } from '../config.ts'
import type { NodeMetrics } from '../metrics.ts'

export interface SweeperParts {
  readonly store: MailboxStore
  readonly limits: NodeLimits
  readonly metrics: NodeMetrics
  readonly log: Log
}

/** A sweep without an answer by then is given up: the next one finds what is left. */
const SWEEP_MS_MAX = 60_000

/** Has the store delete what has expired, a slice at a time, so that a large sweep holds up nobody. */
export class Sweeper {
  readonly #parts: SweeperParts
  #timer: NodeJS.Timeout | undefined

  constructor(parts: SweeperParts) {
    this.#parts = parts
  }

  start(): void {
    this.#arm(this.#parts.limits.sweepMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #arm(waitMs: number): void {
    this.#timer = setTimeout(() => void this.#sweep(), waitMs).unref()
  }

  async #sweep(): Promise<void> {
    const { store, limits, metrics, log } = this.#parts
    let isMoreDue = false
    try {
      const mailboxes = await answerBy(() => store.sweep(limits.sweepMailboxesMax), SWEEP_MS_MAX)
      metrics.swept(mailboxes)
      isMoreDue = mailboxes >= limits.sweepMailboxesMax
    } catch (error) {
      log.warn({ err: error }, 'sweep.failed')
    }
    if (this.#timer !== undefined) this.#arm(isMoreDue ? 0 : limits.sweepMs)
  }
}

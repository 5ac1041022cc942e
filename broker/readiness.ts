import type { Log } from '../kit/log.ts'
import { OperationalError } from '../kit/operational-error.ts'
import type { MailboxStore } from './mailbox/store.ts'

/** Between two checks; a check that takes longer counts as failed. */
const CHECK_MS = 2_000

/** Whether the store takes durable writes: asked now and then, and not once for each request. */
export class Readiness {
  readonly #store: Pick<MailboxStore, 'check'>
  readonly #log: Log
  readonly #checkMs: number
  #timer: NodeJS.Timeout | undefined
  #isReady = false

  constructor(store: Pick<MailboxStore, 'check'>, log: Log, checkMs: number = CHECK_MS) {
    this.#store = store
    this.#log = log
    this.#checkMs = checkMs
  }

  get isReady(): boolean {
    return this.#isReady
  }

  /** Resolves after the first check. */
  async start(): Promise<void> {
    await this.#check()
    this.#timer = setInterval(() => void this.#check(), this.#checkMs).unref()
  }

  /** Not ready from here on. */
  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#isReady = false
  }

  async #check(): Promise<void> {
    const before = this.#timer
    let late: NodeJS.Timeout | undefined
    const deadline = new Promise<never>((_, reject) => {
      late = setTimeout(() => reject(noAnswer(this.#checkMs)), this.#checkMs)
    })
    try {
      await Promise.race([this.#store.check(), deadline])
      this.#turn(true, before)
    } catch (error) {
      this.#turn(false, before, error)
    } finally {
      clearTimeout(late)
    }
  }

  #turn(isReady: boolean, timer: NodeJS.Timeout | undefined, error?: unknown): void {
    // Stopped while the store was asked.
    if (timer !== this.#timer) return
    if (isReady !== this.#isReady && isReady) this.#log.info('store.ready')
    if (isReady !== this.#isReady && !isReady) this.#log.error({ err: error }, 'store.unavailable')
    this.#isReady = isReady
  }
}

function noAnswer(ms: number): OperationalError {
  return new OperationalError('store-unavailable', `the store gave no answer within ${ms} ms`, {
    retryable: true,
  })
}

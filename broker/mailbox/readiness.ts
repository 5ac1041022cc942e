import type { Log } from '../../kit/log.ts'
import { OperationalError } from '../../kit/operational-error.ts'
import type { MailboxStore } from './store.ts'

/** Between two checks, and how long one may take: a server without an answer by then is away. */
const CHECK_MS = 2_000

/**
 * Whether the store takes durable writes: asked now and then, and not once for each request. While one of its servers
 * does, this broker has work: a balancer that puts out the clients of unready brokers would put out everybody.
 */
export class Readiness {
  readonly #store: Pick<MailboxStore, 'check'>
  readonly #log: Log
  readonly #checkMs: number
  #timer: NodeJS.Timeout | undefined
  #isReady = false
  #isStopped = false
  /** Undefined before the first check. */
  #serversAway: number | undefined

  constructor(store: Pick<MailboxStore, 'check'>, log: Log, checkMs: number = CHECK_MS) {
    this.#store = store
    this.#log = log
    this.#checkMs = checkMs
  }

  get isReady(): boolean {
    return this.#isReady
  }

  get serversAway(): number {
    return this.#serversAway ?? 0
  }

  /** Resolves after the first check; further ones follow by themselves. */
  async start(): Promise<void> {
    const results = await this.#check()
    if (this.#isStopped) return
    this.#turn(results)
    this.#timer = setTimeout(() => void this.start(), this.#checkMs).unref()
  }

  /** Not ready from here on. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#isStopped = true
    this.#isReady = false
  }

  async #check(): Promise<PromiseSettledResult<void>[]> {
    let late: NodeJS.Timeout | undefined
    const deadline = new Promise<never>((_, reject) => {
      late = setTimeout(() => reject(noAnswer(this.#checkMs)), this.#checkMs)
    })
    const servers = this.#store.check().map((check) => Promise.race([check, deadline]))
    const results = await Promise.allSettled(servers)
    clearTimeout(late)
    return results
  }

  #turn(results: readonly PromiseSettledResult<void>[]): void {
    const servers = results.length
    const failures = results.filter((result) => result.status === 'rejected')
    const away = failures.length
    this.#isReady = away < servers
    if (away === this.#serversAway) return
    this.#serversAway = away
    const err: unknown = failures[0]?.reason
    if (away === 0) this.#log.info('store.ready')
    else if (away < servers) this.#log.warn({ err, away, servers }, 'store.servers-away')
    else this.#log.error({ err }, 'store.unavailable')
  }
}

function noAnswer(ms: number): OperationalError {
  return new OperationalError('store-unavailable', `the store gave no answer within ${ms} ms`, {
    retryable: true,
  })
}

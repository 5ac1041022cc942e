import type { Log } from '../../kit/log.ts'
import { noAnswer } from './answer.ts'
import type { MailboxStore } from './store.ts'

/** Between two checks, and how long one may take: a server without an answer by then is away. */
const CHECK_MS = 2_000

/** Of the time that a check may take, parts that this process has to have had for itself. */
const CHECK_PARTS = 20

/** A partition that waits for so long, though the whole store takes writes, is stuck. */
const STUCK_MS = 10_000

/**
 * Whether this broker has work: the store takes durable writes, asked now and then, and not once for each request; and
 * no partition is stuck here. While one of the store's servers takes writes there is work: a balancer that puts out
 * the clients of unready brokers would put out everybody.
 */
export class Readiness {
  readonly #store: Pick<MailboxStore, 'check'>
  readonly #log: Log
  readonly #unservedMs: () => number
  readonly #checkMs: number
  #timer: NodeJS.Timeout | undefined
  #isReady = false
  #isStopped = false
  /** Undefined before the first check. */
  #serversAway: number | undefined
  #wholeSinceMs = 0

  /** @param unservedMs for how long a partition waits that this node could serve */
  constructor(
    store: Pick<MailboxStore, 'check'>,
    log: Log,
    unservedMs: () => number,
    checkMs: number = CHECK_MS,
  ) {
    this.#store = store
    this.#log = log
    this.#unservedMs = unservedMs
    this.#checkMs = checkMs
  }

  get isReady(): boolean {
    return this.#isReady && !this.#isStuck
  }

  /** What waits for a server that is away, or was a moment ago, is not stuck. */
  get #isStuck(): boolean {
    const wholeMs = this.#serversAway === 0 ? performance.now() - this.#wholeSinceMs : 0
    return Math.min(wholeMs, this.#unservedMs()) >= STUCK_MS
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
    const servers = this.#store.check().map((check) => answerInTurns(check, this.#checkMs))
    return Promise.allSettled(servers)
  }

  #turn(results: readonly PromiseSettledResult<void>[]): void {
    const servers = results.length
    const failures = results.filter((result) => result.status === 'rejected')
    const away = failures.length
    this.#isReady = away < servers
    if (away === this.#serversAway) return
    this.#serversAway = away
    if (away === 0) this.#wholeSinceMs = performance.now()
    const err: unknown = failures[0]?.reason
    if (away === 0) this.#log.info('store.ready')
    else if (away < servers) this.#log.warn({ err, away, servers }, 'store.servers-away')
    else this.#log.error({ err }, 'store.unavailable')
  }
}

/**
 * The answer to a check, waited for so long at most, in this process's own time: when it is busy, or stood still, the
 * part in which that was counts once. So a store is not blamed for what nobody here had time to hear.
 *
 * @throws StoreUnavailable
 */
function answerInTurns(check: Promise<void>, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let left = CHECK_PARTS
    let timer: NodeJS.Timeout
    const part = (): void => {
      if (left-- > 0) timer = setTimeout(part, ms / CHECK_PARTS)
      else reject(noAnswer(ms))
    }
    part()
    check.finally(() => clearTimeout(timer)).then(resolve, reject)
  })
}

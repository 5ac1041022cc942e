/**
 * Batches without timers: one transaction is on its way to the disk, everything else collects; when it returns, all
 * of that goes in one. Acts run between transactions, when memory and disk agree: first the reads, which resolve at
 * once, then the writes, which resolve when the transaction that they share is durable.
 *
 * After a failure every act that waits is rejected, and nothing runs until `restart`.
 */
export class Transactions {
  readonly #steps: TransactionSteps
  #reads: Act[] = []
  #writes: Act[] = []
  #isUnderway = false
  #isStopped = false
  #isScheduled = false
  #reason: unknown
  #idle: (() => void)[] = []

  constructor(steps: TransactionSteps) {
    this.#steps = steps
  }

  read<Result>(act: () => Result): Promise<Result> {
    return this.#add(this.#reads, act)
  }

  write<Result>(act: () => Result): Promise<Result> {
    return this.#add(this.#writes, act)
  }

  /** Resolves when nothing is underway or waiting. */
  settled(): Promise<void> {
    if (!this.#isUnderway && !this.#isScheduled) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  restart(): void {
    this.#isStopped = false
  }

  #add<Result>(acts: Act[], act: () => Result): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      acts.push({ act, resolve: resolve as (result: unknown) => void, reject })
      this.#schedule()
    })
  }

  /** In the next turn of the event loop, so that what arrives in this one shares the transaction. */
  #schedule(): void {
    if (this.#isScheduled || this.#isUnderway) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      this.#turn()
    })
  }

  #turn(): void {
    if (this.#isStopped) return this.#fail(undefined, [])
    const reads = this.#reads
    const writes = this.#writes
    this.#reads = []
    this.#writes = []
    const results: unknown[] = []
    try {
      this.#steps.prepare()
      for (const { act, resolve } of reads) resolve(act())
      for (const { act } of writes) results.push(act())
    } catch (error) {
      // Memory may be half changed: only the disk is right now.
      return this.#fail(error, [...reads, ...writes])
    }
    this.#isUnderway = true
    this.#finish(writes, results).catch((error: unknown) => this.#fail(error, writes))
  }

  async #finish(writes: readonly Act[], results: readonly unknown[]): Promise<void> {
    if (writes.length > 0) await this.#steps.commit()
    writes.forEach(({ resolve }, i) => resolve(results[i]))
    await this.#steps.settle()
    this.#isUnderway = false
    if (this.#reads.length + this.#writes.length > 0) this.#schedule()
    else this.#rest()
  }

  #fail(error: unknown, acts: readonly Act[]): void {
    this.#isUnderway = false
    const waiting = [...acts, ...this.#reads, ...this.#writes]
    this.#reads = []
    this.#writes = []
    if (!this.#isStopped) {
      this.#isStopped = true
      this.#reason = this.#steps.failed(error)
    }
    for (const { reject } of waiting) reject(this.#reason)
    this.#rest()
  }

  #rest(): void {
    for (const resolve of this.#idle.splice(0)) resolve()
  }
}

export interface TransactionSteps {
  /** Memory and disk agree, and acts are about to run. */
  prepare(): void
  /** Makes durable what the acts have changed, if anything. */
  commit(): Promise<void> | undefined
  /** Has its turn before the next acts do. */
  settle(): Promise<unknown> | undefined
  /** Memory is not to be trusted any more. @returns what acts are rejected with */
  failed(error: unknown): unknown
}

interface Act {
  readonly act: () => unknown
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

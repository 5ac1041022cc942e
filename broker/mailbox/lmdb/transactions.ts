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
    if (this.#isStopped) return this.#fail(new Error('the store has failed before'), [])
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
    const done = (): void => {
      writes.forEach(({ resolve }, i) => resolve(results[i]))
      this.#isUnderway = false
      if (this.#reads.length + this.#writes.length > 0) this.#schedule()
      else this.#rest()
    }
    const commit = writes.length > 0 ? this.#steps.commit() : undefined
    if (commit === undefined) return done()
    this.#isUnderway = true
    commit.then(done, (error: unknown) => this.#fail(error, writes))
  }

  #fail(error: unknown, acts: readonly Act[]): void {
    this.#isUnderway = false
    const waiting = [...acts, ...this.#reads, ...this.#writes]
    this.#reads = []
    this.#writes = []
    if (!this.#isStopped) {
      this.#isStopped = true
      this.#steps.failed(error)
    }
    for (const { reject } of waiting) reject(error)
    this.#rest()
  }

  #rest(): void {
    for (const resolve of this.#idle.splice(0)) resolve()
  }
}

export interface TransactionSteps {
  /** Memory and disk agree, and acts are about to run. */
  prepare(): void
  /** Writes what the acts have changed. @returns undefined if there is nothing to write */
  commit(): Promise<void> | undefined
  /** Memory is not to be trusted any more. */
  failed(error: unknown): void
}

interface Act {
  readonly act: () => unknown
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

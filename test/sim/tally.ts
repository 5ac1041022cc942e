import type { Outcome } from './life.ts'

/** What some lives were, all in all; figures a minute are of one core's time. */
export class Tally {
  readonly failed: Outcome[] = []
  readonly #sums = { seeds: 0, failures: 0, messages: 0, deliveries: 0, steps: 0 }
  readonly #faults: Record<string, number> = {}
  readonly #cuts: Record<string, number> = {}
  readonly #cpuAtStart = process.cpuUsage()
  #ms = 0

  get lives(): number {
    return this.#sums.seeds
  }

  add(outcome: Outcome): void {
    const sums = this.#sums
    sums.seeds++
    sums.messages += outcome.messages
    sums.deliveries += outcome.arrivals
    sums.steps += outcome.steps
    this.#ms += outcome.ms
    for (const { kind } of outcome.faults) this.#faults[kind] = (this.#faults[kind] ?? 0) + 1
    for (const [i, count] of outcome.cuts.entries()) {
      const gap = `${i + 1}|${i + 2}`
      this.#cuts[gap] = (this.#cuts[gap] ?? 0) + count
    }
    if (outcome.violations.length === 0) return
    sums.failures++
    this.failed.push(outcome)
  }

  toJSON(): object {
    const { user, system } = process.cpuUsage(this.#cpuAtStart)
    const minutes = (user + system) / 60_000_000
    const hours = this.#ms / 3_600_000
    const faults = Object.values(this.#faults).reduce((sum, each) => sum + each, 0)
    return {
      ...this.#sums,
      cpu_minutes: rounded(minutes),
      hours: rounded(hours),
      faults_per_minute: Math.round(faults / minutes),
      hours_per_minute: rounded(hours / minutes),
      /** Faults that struck between two steps of the life of a message. */
      cuts_per_minute: Object.fromEntries(
        Object.entries(this.#cuts).map(([gap, count]) => [gap, Math.round(count / minutes)]),
      ),
      faults: this.#faults,
      failed: this.failed.map(({ life }) => life.seed),
    }
  }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

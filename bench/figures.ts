/** Figures of a sample, rounded to two digits behind the point. */
export interface Percentiles {
  readonly p50: number
  readonly p99: number
}

export function percentiles(samples: readonly number[]): Percentiles {
  const sorted = Float64Array.from(samples).sort()
  const at = (share: number): number =>
    sorted.length === 0 ? 0 : round(sorted[Math.floor((sorted.length - 1) * share)] as number)
  return { p50: at(0.5), p99: at(0.99) }
}

export function round(value: number): number {
  return Math.round(value * 100) / 100
}

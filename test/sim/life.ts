/** What is drawn from the seed, unless it is said here. */
export interface Life {
  readonly seed: number
  readonly scenario?: string
  /** So many at most. */
  readonly people?: number
  /** For so long they talk each day. */
  readonly minutes?: number
  /** So many at most. */
  readonly days?: number
  /** These and no others. */
  readonly faults?: readonly Struck[]
}

/** One fault of a life. */
export interface Struck {
  readonly atMs: number
  readonly kind: string
  /** From which all about it is drawn. */
  readonly dice: number
}

export interface Outcome {
  readonly life: Life
  /** What is wrong: the promises that were broken. Empty: nothing. */
  readonly violations: readonly string[]
  readonly faults: readonly Struck[]
  readonly messages: number
  readonly arrivals: number
  readonly people: number
  readonly minutes: number
  readonly days: number
  /** Faults that struck between a step of the life of a message and the next one: by that step, from the first on. */
  readonly cuts: readonly number[]
  /** Of the virtual time. */
  readonly ms: number
  readonly steps: number
  /** Of all that happened. */
  readonly digest: string
  /** What was done to whom when, in a few lines. */
  readonly story: readonly string[]
}

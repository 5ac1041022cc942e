/** Others wait for so long for what one frame has, beside its longest entry: what is left of it comes with the next. */
const TURN_MS_MAX = 5
/** Entries between two looks at the clock: most take about as long as one. */
const ENTRIES_PER_LOOK = 4

/** How long a frame may have its thread. Whoever sends what takes long to decide has others' entries between. */
export class TurnLimit {
  readonly #uptime: () => number
  readonly #untilMs: number
  #asked = 0
  #isReached = false

  /** @param uptime monotonic ms */
  constructor(uptime: () => number) {
    this.#uptime = uptime
    this.#untilMs = uptime() + TURN_MS_MAX
  }

  /** To be asked before each entry but the first of a batch: that one is carried out in any case. */
  isReached(): boolean {
    if (this.#isReached || ++this.#asked % ENTRIES_PER_LOOK > 0) return this.#isReached
    this.#isReached = this.#uptime() >= this.#untilMs
    return this.#isReached
  }
}

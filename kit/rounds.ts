/**
 * Something that is done in rounds, one at a time: what is asked for while one is under way is done by the next, however
 * often it was asked for.
 */
export class Rounds {
  readonly #round: () => Promise<void>
  #running: Promise<void> | undefined
  #isWanted = false

  /** @param round must not reject */
  constructor(round: () => Promise<void>) {
    this.#round = round
  }

  /** A round a microtask from now, or right after the one that is under way. @returns resolves when all are done */
  look(): Promise<void> {
    this.#isWanted = true
    return (this.#running ??= this.#run())
  }

  /** Resolves when none is under way. */
  async settled(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    // What is asked for in the same turn shares the first.
    await Promise.resolve()
    while (this.#isWanted) {
      this.#isWanted = false
      await this.#round()
    }
    this.#running = undefined
  }
}

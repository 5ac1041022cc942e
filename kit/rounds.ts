/**
 * Something that is done in rounds, one at a time: what is asked for while one is under way is done by the next, however
 * often it was asked for.
 */
export class Rounds {
  readonly #round: () => Promise<void>
  #running: Promise<void> | undefined
  #isWanted = false

  /** @param round if it rejects, those who asked hear of it, and the next is done all the same */
  constructor(round: () => Promise<void>) {
    this.#round = round
  }

  /**
   * A round a microtask from now, or right after the one that is under way.
   * @returns resolves when all are done; rejects with the first failure of them
   */
  look(): Promise<void> {
    this.#isWanted = true
    return (this.#running ??= this.#run())
  }

  /** Resolves when none is under way. Never rejects. */
  async settled(): Promise<void> {
    await this.#running?.catch(() => undefined)
  }

  async #run(): Promise<void> {
    // What is asked for in the same turn shares the first.
    await Promise.resolve()
    const failures: unknown[] = []
    while (this.#isWanted) {
      this.#isWanted = false
      try {
        await this.#round()
      } catch (error) {
        failures.push(error)
      }
    }
    this.#running = undefined
    if (failures.length > 0) throw failures[0]
  }
}

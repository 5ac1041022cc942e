/** Something that collects work during a turn of the event loop and does it once, at its end. */
export interface Due {
  /** Set by Turn alone. */
  isDue: boolean
  flush(): void
  /** Its flush threw: whatever it stands for is to end, and nothing else. */
  broken?(): void
}

/**
 * Batches by turn: whatever happens in one turn of the event loop (all sockets that were readable, all writes that
 * came back) ends up in one flush of each lane. An idle system waits for nothing: the turn ends at once.
 */
export class Turn {
  readonly #failed: (error: unknown) => void
  #due: Due[] = []

  /** @param failed told what a flush threw; the others of the turn have theirs all the same */
  constructor(failed: (error: unknown) => void) {
    this.#failed = failed
  }

  add(due: Due): void {
    if (due.isDue) return
    due.isDue = true
    if (this.#due.push(due) === 1) setImmediate(() => this.#end())
  }

  #end(): void {
    const due = this.#due
    this.#due = []
    for (const each of due) {
      each.isDue = false
      try {
        each.flush()
      } catch (error) {
        this.#failed(error)
        each.broken?.()
      }
    }
  }
}

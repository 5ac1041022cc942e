/**
 * Batches without timers: while one batch is being carried out, what comes next collects; when it returns, all of
 * that goes in one. An idle caller waits for nobody, a busy one shares.
 *
 * Order: items are carried out in the order of `add`. A failed batch rejects its own items only.
 */
export class Batcher<Item, Result> {
  readonly #carryOut: (items: Item[]) => Promise<Result[]>
  readonly #itemsMax: number
  readonly #begin: (act: () => void) => void
  #waiting: Pending<Item, Result>[] = []
  #running = false

  /**
   * @param carryOut resolves with one result per item, in order; whatever it throws rejects all its items
   * @param itemsMax the largest batch; the rest stays for the next
   * @param begin when a batch leaves that can. A microtask later: with what the same callback adds. `setImmediate`: with
   *        what all sockets bring that are readable now, and with what the last batch's results set off
   */
  constructor(
    carryOut: (items: Item[]) => Promise<Result[]>,
    itemsMax = Number.POSITIVE_INFINITY,
    begin: (act: () => void) => void = queueMicrotask,
  ) {
    this.#carryOut = carryOut
    this.#itemsMax = itemsMax
    this.#begin = begin
  }

  get waiting(): number {
    return this.#waiting.length
  }

  add(item: Item): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      if (this.#running) return
      this.#running = true
      this.#begin(() => void this.#run())
    })
  }

  /** One batch, and the next one if there is something for it. */
  async #run(): Promise<void> {
    const all = this.#waiting
    const batch = all.length > this.#itemsMax ? all.splice(0, this.#itemsMax) : all
    if (batch === all) this.#waiting = []
    try {
      const results = await this.#carryOut(batch.map((pending) => pending.item))
      batch.forEach((pending, i) => pending.resolve(results[i] as Result))
    } catch (error) {
      for (const pending of batch) pending.reject(error)
    }
    this.#running = this.#waiting.length > 0
    if (this.#running) this.#begin(() => void this.#run())
  }
}

/** Batches for each key by itself: one that takes long holds up nobody with another key. The keys are few. */
export class Batchers<Item, Result> {
  readonly #keyOf: (item: Item) => string
  readonly #make: () => Batcher<Item, Result>
  readonly #byKey = new Map<string, Batcher<Item, Result>>()

  /** @param keyOf asked when an item is added; the others are those of Batcher */
  constructor(
    keyOf: (item: Item) => string,
    carryOut: (items: Item[]) => Promise<Result[]>,
    itemsMax?: number,
  ) {
    this.#keyOf = keyOf
    this.#make = () => new Batcher(carryOut, itemsMax)
  }

  add(item: Item): Promise<Result> {
    const key = this.#keyOf(item)
    let batcher = this.#byKey.get(key)
    if (batcher === undefined) this.#byKey.set(key, (batcher = this.#make()))
    return batcher.add(item)
  }
}

interface Pending<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/** Something that will happen. */
export interface Due {
  readonly atMs: number
  /** Among those of the same instant, the order in which they were put down. */
  readonly order: number
}

/** What is to come, the next first: a binary heap. */
export class Agenda<Item extends Due> {
  readonly #items: Item[] = []

  get size(): number {
    return this.#items.length
  }

  get next(): Item | undefined {
    return this.#items[0]
  }

  add(item: Item): void {
    const items = this.#items
    let at = items.push(item) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!isBefore(item, items[above] as Item)) break
      items[at] = items[above] as Item
      at = above
    }
    items[at] = item
  }

  take(): Item | undefined {
    const items = this.#items
    const first = items[0]
    const last = items.pop()
    if (first === undefined || last === undefined || items.length === 0) return first
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= items.length) break
      const other = items[below + 1]
      if (other !== undefined && isBefore(other, items[below] as Item)) below++
      if (!isBefore(items[below] as Item, last)) break
      items[at] = items[below] as Item
      at = below
    }
    items[at] = last
    return first
  }
}

function isBefore(a: Due, b: Due): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
}

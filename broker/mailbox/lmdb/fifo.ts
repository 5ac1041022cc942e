const TRIM_AT = 1_024

/** First in, first out, both in constant time (a Map's first key is not, after many were deleted). */
export class Fifo<Item> {
  #items: Item[] = []
  #first = 0

  push(item: Item): void {
    this.#items.push(item)
  }

  peek(): Item | undefined {
    return this.#items[this.#first]
  }

  shift(): Item | undefined {
    const item = this.#items[this.#first]
    if (item === undefined) return undefined
    this.#first++
    if (this.#first >= TRIM_AT && this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first)
      this.#first = 0
    }
    return item
  }

  *[Symbol.iterator](): Generator<Item> {
    for (let i = this.#first; i < this.#items.length; i++) yield this.#items[i] as Item
  }
}

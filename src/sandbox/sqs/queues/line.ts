/** A line whose first one leaves in constant time, however long it is. */
export class Line<Item> {
  #items: Item[] = []
  #head = 0

  get isEmpty(): boolean {
    return this.#head === this.#items.length
  }

  get first(): Item | undefined {
    return this.#items[this.#head]
  }

  push(item: Item): void {
    this.#items.push(item)
  }

  shift(): Item | undefined {
    if (this.isEmpty) return undefined
    const item = this.#items[this.#head]
    this.#head += 1
    if (this.#head > 1000 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head)
      this.#head = 0
    }
    return item
  }

  *[Symbol.iterator](): Generator<Item> {
    for (let at = this.#head; at < this.#items.length; at += 1) yield this.#items[at] as Item
  }
}

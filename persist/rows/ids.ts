/** The row ids of people, by k. Dense in k for memory: 8 bytes a person. */
export class UserIds {
  #ids = new Float64Array(1024)
  #greatest = 0

  set(k: number, id: number): void {
    if (k >= this.#ids.length) {
      const grown = new Float64Array(Math.max(k + 1, this.#ids.length * 2))
      grown.set(this.#ids)
      this.#ids = grown
    }
    this.#ids[k] = id
    if (k > this.#greatest) this.#greatest = k
  }

  /** 0 when nobody has this k. */
  get(k: number): number {
    return k > this.#greatest ? 0 : this.#ids[k]!
  }
}

/**
 * Row ids of what a market numbers itself (posts, matches). Rows of one market and day have consecutive ids, so a day
 * is one step of a staircase: sequence number + shift. Days whose shift is the former day's add nothing.
 */
export class SequenceIds {
  readonly #firsts: number[][] = []
  readonly #shifts: number[][] = []

  /** Rows of `market` whose first has sequence number `first` got ids from `id` on. Calls follow in time. */
  add(market: number, first: number, id: number): void {
    while (this.#firsts.length <= market) {
      this.#firsts.push([])
      this.#shifts.push([])
    }
    const shifts = this.#shifts[market]!
    if (shifts.length > 0 && shifts.at(-1) === id - first) return
    this.#firsts[market]!.push(first)
    shifts.push(id - first)
  }

  /** The id of the row with sequence number `sequence`. @throws RangeError when the market has no such row */
  get(market: number, sequence: number): number {
    const firsts = this.#firsts[market]
    let high = (firsts?.length ?? 0) - 1
    if (high < 0 || sequence < firsts![0]!) throw new RangeError(`market ${market} has no row ${sequence}`)
    // Most references are to the last days.
    for (let step = 0; step < 4; step++) {
      if (firsts![high]! <= sequence) return sequence + this.#shifts[market]![high]!
      high--
    }
    let low = 0
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (firsts![middle]! <= sequence) low = middle
      else high = middle - 1
    }
    return sequence + this.#shifts[market]![low]!
  }
}

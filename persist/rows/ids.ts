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

  /** The greatest k that has an id, 0 when there is none. */
  get greatest(): number {
    return this.#greatest
  }

  /** 0 when nobody has this k. */
  get(k: number): number {
    return k > this.#greatest ? 0 : this.#ids[k]!
  }

  /** Everybody as plain data: [k, id, how many people follow one another in both, …]. */
  runs(): number[] {
    const runs: number[] = []
    for (let k = 0; k <= this.#greatest; k++) {
      const id = this.#ids[k]!
      if (id === 0) continue
      const at = runs.length - 3
      if (at >= 0 && runs[at]! + runs[at + 2]! === k && runs[at + 1]! + runs[at + 2]! === id) runs[at + 2]!++
      else runs.push(k, id, 1)
    }
    return runs
  }

  static of(runs: readonly number[]): UserIds {
    const ids = new UserIds()
    for (let at = 0; at < runs.length; at += 3) {
      for (let i = 0; i < runs[at + 2]!; i++) ids.set(runs[at]! + i, runs[at + 1]! + i)
    }
    return ids
  }
}

/**
 * Row ids of what a market numbers itself (posts, matches). Rows of one market and day have consecutive ids, so a day
 * is one step of a staircase: sequence number + shift. Days whose shift is the former day's add nothing.
 */
export class SequenceIds {
  readonly #firsts: number[][] = []
  readonly #shifts: number[][] = []

  /**
   * Rows of `market` whose first has sequence number `first` got ids from `id` on. Calls follow in time; one that goes
   * back (a day that is given other ids) undoes what was said of later rows.
   */
  add(market: number, first: number, id: number): void {
    while (this.#firsts.length <= market) {
      this.#firsts.push([])
      this.#shifts.push([])
    }
    const firsts = this.#firsts[market]!
    const shifts = this.#shifts[market]!
    while (firsts.length > 0 && firsts.at(-1)! >= first) {
      firsts.pop()
      shifts.pop()
    }
    if (shifts.length > 0 && shifts.at(-1) === id - first) return
    firsts.push(first)
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

  /** All steps as plain data, to be added one by one: [market, first sequence number, its id, …]. */
  steps(): number[] {
    return this.#firsts.flatMap((firsts, market) =>
      firsts.flatMap((first, i) => [market, first, first + this.#shifts[market]![i]!]),
    )
  }

  static of(steps: readonly number[]): SequenceIds {
    const ids = new SequenceIds()
    for (let at = 0; at < steps.length; at += 3) ids.add(steps[at]!, steps[at + 1]!, steps[at + 2]!)
    return ids
  }
}

/** Gives the markets' rows their ids, in the order of `ranges` (`marketRanges`). */
export function addRanges(ids: SequenceIds, ranges: readonly number[], firstId: number): void {
  let id = firstId
  for (let i = 0; i < ranges.length; i += 3) {
    ids.add(ranges[i]!, ranges[i + 1]!, id)
    id += ranges[i + 2]!
  }
}

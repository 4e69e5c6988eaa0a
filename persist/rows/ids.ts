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

/** A market's staircase: from its step's first sequence number on, id = sequence number + shift. */
interface Steps {
  readonly firsts: number[]
  readonly shifts: number[]
}

/**
 * Row ids of what a market numbers itself (posts, matches). Rows of one market and day have consecutive ids, so a day
 * is one step of a staircase: sequence number + shift. Days whose shift is the former day's add nothing.
 */
export class SequenceIds {
  /** By market, whose numbers lie far apart. */
  readonly #steps = new Map<number, Steps>()
  /** The market that was asked about last, since rows of one follow one another. */
  #market = -1
  #last: Steps | undefined

  /**
   * Rows of `market` whose first has sequence number `first` got ids from `id` on. Calls follow in time; one that goes
   * back (a day that is given other ids) undoes what was said of later rows.
   */
  add(market: number, first: number, id: number): void {
    let steps = this.#of(market)
    if (!steps) {
      this.#steps.set(market, (steps = { firsts: [], shifts: [] }))
      this.#last = steps
    }
    const { firsts, shifts } = steps
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
    const steps = this.#of(market)
    if (!steps || sequence < steps.firsts[0]!) throw new RangeError(`market ${market} has no row ${sequence}`)
    const { firsts, shifts } = steps
    let high = firsts.length - 1
    // Most references are to the last days.
    for (let step = 0; step < 4; step++) {
      if (firsts[high]! <= sequence) return sequence + shifts[high]!
      high--
    }
    let low = 0
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (firsts[middle]! <= sequence) low = middle
      else high = middle - 1
    }
    return sequence + shifts[low]!
  }

  /** All steps as plain data, to be added one by one: [market, first sequence number, its id, …]. */
  steps(): number[] {
    return [...this.#steps]
      .sort(([a], [b]) => a - b)
      .flatMap(([market, { firsts, shifts }]) => firsts.flatMap((first, i) => [market, first, first + shifts[i]!]))
  }

  static of(steps: readonly number[]): SequenceIds {
    const ids = new SequenceIds()
    for (let at = 0; at < steps.length; at += 3) ids.add(steps[at]!, steps[at + 1]!, steps[at + 2]!)
    return ids
  }

  #of(market: number): Steps | undefined {
    if (market !== this.#market) {
      this.#market = market
      this.#last = this.#steps.get(market)
    }
    return this.#last
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

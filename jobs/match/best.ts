/** The best so far of many candidates: a heap whose root is the worst that is kept. Ties go to the lower id. */
export class Best {
  size = 0
  readonly scores: Float64Array
  readonly ids: Float64Array
  /** What the caller calls the candidate. */
  readonly marks: Int32Array

  constructor(most: number) {
    this.scores = new Float64Array(most)
    this.ids = new Float64Array(most)
    this.marks = new Int32Array(most)
  }

  offer(score: number, id: number, mark: number): void {
    if (this.size < this.scores.length) {
      let at = this.size++
      while (at > 0) {
        const parent = (at - 1) >> 1
        if (!this.#isWorse(score, id, parent)) break
        this.#move(parent, at)
        at = parent
      }
      this.#put(at, score, id, mark)
    } else if (this.size > 0 && !this.#isWorse(score, id, 0)) this.#sink(score, id, mark)
  }

  /** Marks of those that are kept, by ascending id. */
  byId(): number[] {
    return Array.from({ length: this.size }, (_, at) => at)
      .sort((a, b) => this.ids[a]! - this.ids[b]!)
      .map((at) => this.marks[at]!)
  }

  /** Puts one in the place of the root. */
  #sink(score: number, id: number, mark: number): void {
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= this.size) break
      if (child + 1 < this.size && this.#isWorse(this.scores[child + 1]!, this.ids[child + 1]!, child)) child++
      if (this.#isWorse(score, id, child)) break
      this.#move(child, at)
      at = child
    }
    this.#put(at, score, id, mark)
  }

  #isWorse(score: number, id: number, than: number): boolean {
    const other = this.scores[than]!
    return score < other || (score === other && id > this.ids[than]!)
  }

  #move(from: number, to: number): void {
    this.#put(to, this.scores[from]!, this.ids[from]!, this.marks[from]!)
  }

  #put(at: number, score: number, id: number, mark: number): void {
    this.scores[at] = score
    this.ids[at] = id
    this.marks[at] = mark
  }
}

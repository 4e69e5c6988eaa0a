import { LINE_WORDS, RowSets } from './row-sets.ts'

/** Up to this many people everyone has two bits for everyone else: 2 KB a person at most, and no search. */
const DENSE_PEOPLE = 8192
/**
 * The mark of a pair, two bits: what the person decided; as long as that is nothing, whether the other liked the person.
 * So whoever looks for a candidate asks the person's own marks only, which lie side by side.
 */
const DECIDED = 1
const LIKE = 2
const DISLIKED = DECIDED
const LIKED = DECIDED | LIKE
const ADMIRED = LIKE

/**
 * Who has decided on whom, and how: rows of a market. In a small market a table of two bits for each pair, n / 4 bytes
 * a person whatever the length of the run; in a large one a set a person (`RowSets`), some 7 bytes a decision.
 */
export class Decisions {
  /** Room for people; a row of the table has `capacity / 16` words. 0 when the market is large. */
  private capacity = 0
  private pairs = new Int32Array(0)
  private readonly sets = new RowSets(0)
  /** Keeps the compiler from leaving out what `warm` reads. */
  readonly #sink = new Int32Array(1)

  /** Makes room for this many people. */
  resize(people: number): void {
    if (people > DENSE_PEOPLE) {
      this.sets.resize(people)
      if (this.capacity > 0) this.leaveTable()
    } else if (people > this.capacity) {
      this.widen(Math.min(DENSE_PEOPLE, Math.ceil((people * 1.125) / 16) * 16))
    }
  }

  /** −1 when the person has not decided on the other, 0 for a dislike, 1 for a like. */
  get(row: number, other: number): number {
    const mark = this.mark(row, other)
    return (mark & DECIDED) === 0 ? -1 : mark >> 1
  }

  /** Whether the other has liked the person, who has not decided yet; false after the person's decision. */
  isAdmired(row: number, other: number): boolean {
    return this.mark(row, other) === ADMIRED
  }

  /**
   * To be called when a session begins: reads a word of every cache line of the person's decisions, so that the lines
   * arrive together. The searches of the session would wait for them one after another. Changes nothing.
   */
  warm(row: number): void {
    if (this.capacity === 0) {
      this.sets.warm(row)
      return
    }
    const end = ((row + 1) * this.capacity) >> 4
    let sum = 0
    for (let at = (row * this.capacity) >> 4; at < end; at += LINE_WORDS) sum ^= this.pairs[at]!
    this.#sink[0] = sum
  }

  /** Records the first decision. @param action 1 for a like, 0 for a dislike */
  add(row: number, other: number, action: number): void {
    this.setMark(row, other, action === 1 ? LIKED : DISLIKED)
    if (action === 1 && this.mark(other, row) === 0) this.setMark(other, row, ADMIRED)
  }

  /** Turns every like into a mere decision, of which the other knows nothing. */
  forgetLikes(): void {
    for (let word = 0; word < this.pairs.length; word++) this.pairs[word]! &= 0x55555555
    this.sets.clearMarks(LIKE)
  }

  /** Gives back unused room, before a snapshot. */
  trim(): void {
    this.sets.trim()
  }

  private mark(row: number, other: number): number {
    if (this.capacity === 0) return Math.max(0, this.sets.get(row, other))
    return (this.pairs[(row * this.capacity + other) >> 4]! >>> ((other & 15) << 1)) & 3
  }

  private setMark(row: number, other: number, mark: number): void {
    if (this.capacity === 0) {
      this.sets.set(row, other, mark)
      return
    }
    const word = (row * this.capacity + other) >> 4
    const shift = (other & 15) << 1
    this.pairs[word] = (this.pairs[word]! & ~(3 << shift)) | (mark << shift)
  }

  private widen(capacity: number): void {
    const old = this.capacity
    const wider = new Int32Array((capacity * capacity) >> 4)
    for (let row = 0; row < old; row++) {
      wider.set(this.pairs.subarray((row * old) >> 4, ((row + 1) * old) >> 4), (row * capacity) >> 4)
    }
    this.pairs = wider
    this.capacity = capacity
  }

  private leaveTable(): void {
    for (let row = 0; row < this.capacity; row++) {
      for (let other = 0; other < this.capacity; other++) {
        const mark = this.mark(row, other)
        if (mark !== 0) this.sets.add(row, other, mark)
      }
    }
    this.capacity = 0
    this.pairs = new Int32Array(0)
  }

  get bytes(): number {
    return this.pairs.byteLength + this.sets.bytes
  }
}

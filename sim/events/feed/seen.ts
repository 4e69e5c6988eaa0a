import { LINE_WORDS, RowSets } from '../../agents/index.ts'

/** Up to this many posts in the window everyone has a bit for each: 2 KB a person at most, and no search. */
const DENSE_POSTS = 16_384
const WORD = 32
/** Posts that share a cache line of the table: they are cleared together, so that the line is fetched once. */
const LINE_POSTS = LINE_WORDS * WORD

/**
 * Which of the posts still shown each person has seen. In a small market a bit for each (person, post), in a large one
 * a set a person (`RowSets`), which forgets posts that are no longer shown. Posts are numbers that only grow.
 */
export class SeenPosts {
  /** Posts that the table has room for, a power of two; 0 when the window is large. */
  private span = 256
  private table = new Int32Array(0)
  private rows = 0
  /** Posts below this have been cleared from the table; a multiple of 32. */
  private cleared = 0
  private readonly sets = new RowSets(0)
  /** Keeps the compiler from leaving out what `warm` reads. */
  readonly #sink = new Int32Array(1)

  /** Makes room for this many people. */
  resize(rows: number): void {
    if (rows <= this.rows) return
    this.rows = rows
    if (this.span === 0) this.sets.resize(rows)
    else {
      const wider = new Int32Array((rows * this.span) / WORD)
      wider.set(this.table)
      this.table = wider
    }
  }

  /**
   * Makes room for posts `floor` to `next` − 1; to be called before a post of number `next` − 1 is asked for.
   * Clears what the posts before `floor` left behind.
   */
  advance(floor: number, next: number): void {
    if (this.span === 0) return
    // A word is used again for posts `span` later: it has to be cleared before these come.
    const together = Math.min(LINE_POSTS, this.span >> 2)
    if (floor - this.cleared >= together) this.clear(floor - (floor % together))
    while (next - this.cleared > this.span) {
      if (this.span === DENSE_POSTS) {
        this.leaveTable(floor)
        return
      }
      this.widen()
    }
  }

  /** Reads a word of every cache line of what the person has seen; see `Decisions.warm`. */
  warm(row: number): void {
    if (this.span === 0) {
      this.sets.warm(row)
      return
    }
    const end = ((row + 1) * this.span) / WORD
    let sum = 0
    for (let at = (row * this.span) / WORD; at < end; at += LINE_WORDS) sum ^= this.table[at]!
    this.#sink[0] = sum
  }

  has(row: number, post: number): boolean {
    if (this.span === 0) return this.sets.get(row, post) >= 0
    const bit = post & (this.span - 1)
    return (this.table[this.word(row, bit)]! & (1 << (bit & 31))) !== 0
  }

  /** @param floor posts below it may be forgotten */
  add(row: number, post: number, floor: number): void {
    if (this.span === 0) {
      this.sets.add(row, post, 0, floor)
      return
    }
    const bit = post & (this.span - 1)
    this.table[this.word(row, bit)]! |= 1 << (bit & 31)
  }

  /** Gives back unused room, before a snapshot. */
  trim(): void {
    this.sets.trim()
  }

  /** Where a person's bit is. Words are counted, not bits: of 131,072 people and more the bits are beyond 32 bits. */
  private word(row: number, bit: number): number {
    return row * (this.span >> 5) + (bit >> 5)
  }

  private clear(until: number): void {
    const stride = this.span / WORD
    const from = Math.max(this.cleared, until - this.span)
    for (let base = 0; base < this.table.length; base += stride) {
      for (let post = from; post < until; post += WORD) this.table[base + ((post & (this.span - 1)) >> 5)] = 0
    }
    this.cleared = until
  }

  private widen(): void {
    const old = this.span
    const span = old * 2
    const wider = new Int32Array((this.rows * span) / WORD)
    for (let row = 0; row < this.rows; row++) {
      for (let post = this.cleared; post < this.cleared + old; post += WORD) {
        const word = this.table[row * (old >> 5) + ((post & (old - 1)) >> 5)]!
        wider[row * (span >> 5) + ((post & (span - 1)) >> 5)] = word
      }
    }
    this.table = wider
    this.span = span
  }

  private leaveTable(floor: number): void {
    this.sets.resize(this.rows)
    for (let row = 0; row < this.rows; row++) {
      for (let post = this.cleared; post < this.cleared + this.span; post += WORD) {
        let bits = this.table[this.word(row, post & (this.span - 1))]!
        for (; bits !== 0; bits &= bits - 1) {
          const seen = post + 31 - Math.clz32(bits & -bits)
          if (seen >= floor) this.sets.add(row, seen, 0)
        }
      }
    }
    this.span = 0
    this.table = new Int32Array(0)
  }

  get bytes(): number {
    return this.table.byteLength + this.sets.bytes
  }
}

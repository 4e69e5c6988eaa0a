const SMALLEST = 3
const LARGEST = 30
/** Bits of a key's mark; an entry is (key + 1) · 2² + mark. */
const MARK_BITS = 2
const MARK = 3
/** 32-bit words of a cache line. */
export const LINE_WORDS = 16

/**
 * One set of integers per row, all in one arena: open addressing with linear probing in blocks of 2ⁿ words. An entry
 * holds a key (0 … 2²⁹ − 2) and a mark of two bits. 4 bytes a slot, at most three quarters full; blocks that were outgrown are
 * used again. A set may forget keys below a floor when it would otherwise grow.
 */
export class RowSets {
  private arena: Int32Array
  private used = 0
  private start: Int32Array
  private bits: Uint8Array
  private counts: Int32Array
  /** Scratch: the entries of a block that is laid out anew. */
  private kept = new Int32Array(64)
  /** Heads of the lists of free blocks by size; a free block's first word is the next one, −1 at the end. */
  private readonly free = new Int32Array(LARGEST + 1).fill(-1)

  /** Keeps the compiler from leaving out what `warm` reads. */
  readonly #sink = new Int32Array(1)

  constructor(rows: number) {
    this.arena = new Int32Array(1024)
    this.start = new Int32Array(rows)
    this.bits = new Uint8Array(rows)
    this.counts = new Int32Array(rows)
  }

  /** Number of keys in the row's set. */
  size(row: number): number {
    return this.counts[row]!
  }

  /** −1 when the key is not there, else its mark. */
  get(row: number, key: number): number {
    const at = this.find(row, key)
    return at < 0 ? -1 : this.arena[at]! & MARK
  }

  /** Gives a key another mark; adds the key if it is not there. */
  set(row: number, key: number, mark: number): void {
    const at = this.find(row, key)
    if (at < 0) this.add(row, key, mark)
    else this.arena[at] = ((key + 1) << MARK_BITS) | mark
  }

  /** Reads a word of every cache line of the row's set; see `Decisions.warm`. */
  warm(row: number): void {
    const start = this.start[row]!
    const end = start + (1 << this.bits[row]!)
    let sum = 0
    for (let at = start; at < end; at += LINE_WORDS) sum ^= this.arena[at]!
    this.#sink[0] = sum
  }

  /** Adds a key that is not there. Keys below `floor` may be forgotten to make room. */
  add(row: number, key: number, mark: number, floor = 0): void {
    const bits = this.bits[row]!
    if (this.counts[row]! * 4 >= 3 << bits || bits === 0) this.makeRoom(row, floor)
    this.insert(row, ((key + 1) << MARK_BITS) | mark)
    this.counts[row]!++
  }

  /** Takes these bits out of every key's mark. */
  clearMarks(mark: number): void {
    for (let row = 0; row < this.start.length; row++) {
      const bits = this.bits[row]!
      if (bits === 0) continue
      const end = this.start[row]! + (1 << bits)
      for (let at = this.start[row]!; at < end; at++) this.arena[at]! &= ~mark
    }
  }

  /** Where in the arena the key's entry is, −1 when it is not there. */
  private find(row: number, key: number): number {
    const bits = this.bits[row]!
    if (bits === 0) return -1
    const arena = this.arena
    const base = this.start[row]!
    const mask = (1 << bits) - 1
    const tag = key + 1
    let slot = Math.imul(tag, 0x9e3779b1) >>> (32 - bits)
    for (;;) {
      const entry = arena[base + slot]!
      if (entry === 0) return -1
      if (entry >>> MARK_BITS === tag) return base + slot
      slot = (slot + 1) & mask
    }
  }

  private insert(row: number, entry: number): void {
    const bits = this.bits[row]!
    const arena = this.arena
    const base = this.start[row]!
    const mask = (1 << bits) - 1
    let slot = Math.imul(entry >>> MARK_BITS, 0x9e3779b1) >>> (32 - bits)
    while (arena[base + slot] !== 0) slot = (slot + 1) & mask
    arena[base + slot] = entry
  }

  private makeRoom(row: number, floor: number): void {
    const oldBits = this.bits[row]!
    const oldStart = this.start[row]!
    const oldSize = oldBits === 0 ? 0 : 1 << oldBits
    if (this.kept.length < oldSize) this.kept = new Int32Array(oldSize)
    const kept = this.kept
    let count = 0
    for (let at = oldStart; at < oldStart + oldSize; at++) {
      const entry = this.arena[at]!
      if (entry >>> MARK_BITS > floor) kept[count++] = entry
    }
    // Room for as many again before the next time, or the block doubles.
    const bits = oldBits === 0 ? SMALLEST : count * 8 >= oldSize * 3 ? oldBits + 1 : oldBits
    if (bits !== oldBits) {
      this.start[row] = this.take(bits)
      if (oldBits > 0) this.release(oldStart, oldBits)
      this.bits[row] = bits
    }
    const base = this.start[row]!
    this.arena.fill(0, base, base + (1 << bits))
    for (let i = 0; i < count; i++) this.insert(row, kept[i]!)
    this.counts[row] = count
  }

  private take(bits: number): number {
    const block = this.free[bits]!
    if (block >= 0) {
      this.free[bits] = this.arena[block]!
      return block
    }
    const size = 1 << bits
    if (this.used + size > this.arena.length) {
      // Half more rather than twice: a large arena is most of a market's memory.
      const grown = new Int32Array(Math.max(this.used + size, Math.ceil(this.arena.length * 1.5)))
      grown.set(this.arena)
      this.arena = grown
    }
    this.used += size
    return this.used - size
  }

  private release(block: number, bits: number): void {
    this.arena[block] = this.free[bits]!
    this.free[bits] = block
  }

  /** Makes room for more rows. */
  resize(rows: number): void {
    if (rows <= this.start.length) return
    this.start = widen(this.start, new Int32Array(rows))
    this.bits = widen(this.bits, new Uint8Array(rows))
    this.counts = widen(this.counts, new Int32Array(rows))
  }

  /** Gives back the arena's unused end, before a snapshot. */
  trim(): void {
    this.arena = this.arena.slice(0, Math.max(1, this.used))
  }

  get bytes(): number {
    return this.arena.byteLength + this.start.byteLength + this.bits.byteLength + this.counts.byteLength
  }
}

function widen<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}

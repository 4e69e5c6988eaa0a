/**
 * Growable typed columns. `data` holds at least `length` values and is replaced when it grows: read `column.data` anew
 * after a push. Capacity doubles, so a push is O(1) amortised and allocates nothing most of the time.
 */
const FIRST_CAPACITY = 16

/** A column of signed 32-bit integers. */
export class Int32Column {
  data: Int32Array
  length = 0

  /** @param capacity rows to make room for at first */
  constructor(capacity: number = FIRST_CAPACITY) {
    this.data = new Int32Array(capacity)
  }

  push(value: number): void {
    if (this.length === this.data.length) this.reserve(this.length + 1)
    this.data[this.length++] = value
  }

  /** Makes room for `rows` values in all; `length` stays. */
  reserve(rows: number): void {
    if (rows <= this.data.length) return
    const wider = new Int32Array(grown(this.data.length, rows))
    wider.set(this.data.subarray(0, this.length))
    this.data = wider
  }

  /** Forgets the values, keeps the room. */
  clear(): void {
    this.length = 0
  }

  /** A copy of exactly `length` values. */
  toArray(): Int32Array {
    return this.data.slice(0, this.length)
  }
}

/** A column of doubles. */
export class Float64Column {
  data: Float64Array
  length = 0

  /** @param capacity rows to make room for at first */
  constructor(capacity: number = FIRST_CAPACITY) {
    this.data = new Float64Array(capacity)
  }

  push(value: number): void {
    if (this.length === this.data.length) this.reserve(this.length + 1)
    this.data[this.length++] = value
  }

  /** Makes room for `rows` values in all; `length` stays. */
  reserve(rows: number): void {
    if (rows <= this.data.length) return
    const wider = new Float64Array(grown(this.data.length, rows))
    wider.set(this.data.subarray(0, this.length))
    this.data = wider
  }

  /** Forgets the values, keeps the room. */
  clear(): void {
    this.length = 0
  }

  /** A copy of exactly `length` values. */
  toArray(): Float64Array {
    return this.data.slice(0, this.length)
  }
}

/** A column of integers from 0 to 255. */
export class Uint8Column {
  data: Uint8Array
  length = 0

  /** @param capacity rows to make room for at first */
  constructor(capacity: number = FIRST_CAPACITY) {
    this.data = new Uint8Array(capacity)
  }

  push(value: number): void {
    if (this.length === this.data.length) this.reserve(this.length + 1)
    this.data[this.length++] = value
  }

  /** Makes room for `rows` values in all; `length` stays. */
  reserve(rows: number): void {
    if (rows <= this.data.length) return
    const wider = new Uint8Array(grown(this.data.length, rows))
    wider.set(this.data.subarray(0, this.length))
    this.data = wider
  }

  /** Forgets the values, keeps the room. */
  clear(): void {
    this.length = 0
  }

  /** A copy of exactly `length` values. */
  toArray(): Uint8Array {
    return this.data.slice(0, this.length)
  }
}

function grown(capacity: number, needed: number): number {
  return Math.max(needed, capacity * 2, FIRST_CAPACITY)
}

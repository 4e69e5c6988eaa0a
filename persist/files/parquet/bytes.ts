/** Bytes that are written one behind the other, and grow. */
export class Bytes {
  array: Uint8Array<ArrayBuffer>
  length = 0

  constructor(capacity = 1024) {
    this.array = new Uint8Array(capacity)
  }

  /** Makes room for `count` more, which may then be written into `array` from `length` on. */
  room(count: number): void {
    if (this.length + count <= this.array.length) return
    const grown = new Uint8Array(Math.max(this.array.length * 2, this.length + count))
    grown.set(this.array.subarray(0, this.length))
    this.array = grown
  }

  byte(value: number): void {
    this.room(1)
    this.array[this.length++] = value
  }

  append(bytes: Uint8Array): void {
    this.room(bytes.length)
    this.array.set(bytes, this.length)
    this.length += bytes.length
  }

  /** A whole number from 0 to 2⁵³ − 1, seven bits a byte. */
  varint(value: number): void {
    this.room(8)
    this.length = putVarint(this.array, this.length, value)
  }

  /** A whole number of either sign below 2⁵² as a varint. */
  zigzag(value: number): void {
    this.room(8)
    this.length = putZigzag(this.array, this.length, value)
  }

  /** What was written, in memory that nothing else has, and not too much of it: it can move to another thread. */
  taken(): Uint8Array<ArrayBuffer> {
    const { array, length } = this
    return length * 2 < array.length ? array.slice(0, length) : array.subarray(0, length)
  }
}

export function putVarint(bytes: Uint8Array, start: number, value: number): number {
  let at = start
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) | 128
  bytes[at++] = rest
  return at
}

/** A number of either sign below 2⁵² as a varint. */
export function putZigzag(bytes: Uint8Array, at: number, value: number): number {
  return putVarint(bytes, at, value < 0 ? -2 * value - 1 : 2 * value)
}

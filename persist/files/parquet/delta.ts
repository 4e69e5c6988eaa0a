import { packBits } from './bits.ts'
import { putVarint, putZigzag } from './bytes.ts'

const BLOCK = 128
const MINIBLOCK = 32
const MINIBLOCKS = BLOCK / MINIBLOCK
/** Wider differences would need more than 32-bit arithmetic. */
const WIDEST = 2 ** 32

/** The most bytes that `count` numbers can become. */
export function deltaBound(count: number): number {
  return 30 + Math.ceil(count / BLOCK) * (10 + MINIBLOCKS + BLOCK * 4)
}

/**
 * Whole numbers in Parquet's DELTA_BINARY_PACKED
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/): what two neighbours differ by, in as few bits as the
 * largest of 32 takes. Ids that follow one another take next to nothing, times of a day some two bytes.
 *
 * @param bytes has room for `deltaBound(count)` from `start` on
 * @param count how many of `values` are taken
 * @returns where what was written ends; −1 when neighbours lie too far apart
 */
export function packDeltas(bytes: Uint8Array, start: number, values: Float64Array, count: number): number {
  let at = putVarint(bytes, start, BLOCK)
  at = putVarint(bytes, at, MINIBLOCKS)
  at = putVarint(bytes, at, count)
  let before = count > 0 ? values[0]! : 0
  at = putZigzag(bytes, at, before)
  const deltas = new Float64Array(BLOCK)
  const words = new Int32Array(BLOCK)
  for (let from = 1; from < count; from += BLOCK) {
    const length = Math.min(BLOCK, count - from)
    let least = Infinity
    let greatest = -Infinity
    for (let i = 0; i < length; i++) {
      const value = values[from + i]!
      const delta = value - before
      before = value
      deltas[i] = delta
      if (delta < least) least = delta
      if (delta > greatest) greatest = delta
    }
    if (greatest - least >= WIDEST) return -1
    at = putZigzag(bytes, at, least)
    const widths = at
    at += MINIBLOCKS
    for (let m = 0; m < MINIBLOCKS; m++) {
      const first = m * MINIBLOCK
      let all = 0
      for (let i = first; i < first + MINIBLOCK; i++) {
        // Those behind the last number are zero.
        const word = i < length ? (deltas[i]! - least) | 0 : 0
        words[i] = word
        all |= word
      }
      const width = first < length ? 32 - Math.clz32(all) : 0
      bytes[widths + m] = width
      if (width > 0) at = packBits(bytes, at, words, first, first + MINIBLOCK, width)
    }
  }
  return at
}

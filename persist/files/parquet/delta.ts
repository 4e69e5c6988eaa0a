const BLOCK = 128
const MINIBLOCK = 32
const MINIBLOCKS = BLOCK / MINIBLOCK
/** Wider differences would need more than 32-bit arithmetic. */
const WIDEST = 2 ** 32

/**
 * Whole numbers in Parquet's DELTA_BINARY_PACKED
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/): what two neighbours differ by, in as few bits as the
 * largest of 32 takes. Ids that follow one another take next to nothing, times of a day some two bytes.
 *
 * @param count how many of `values` are taken
 * @returns null when neighbours lie too far apart
 */
export function packDeltas(values: Float64Array | Int32Array, count: number): Uint8Array | null {
  const bytes = new Uint8Array(30 + Math.ceil(count / BLOCK) * (10 + MINIBLOCKS + BLOCK * 4))
  let at = putVarint(bytes, 0, BLOCK)
  at = putVarint(bytes, at, MINIBLOCKS)
  at = putVarint(bytes, at, count)
  at = putZigzag(bytes, at, count > 0 ? values[0]! : 0)
  const deltas = new Float64Array(BLOCK)
  for (let from = 1; from < count; from += BLOCK) {
    const length = Math.min(BLOCK, count - from)
    let least = Infinity
    let greatest = -Infinity
    for (let i = 0; i < length; i++) {
      const delta = values[from + i]! - values[from + i - 1]!
      deltas[i] = delta
      if (delta < least) least = delta
      if (delta > greatest) greatest = delta
    }
    if (greatest - least >= WIDEST) return null
    at = putZigzag(bytes, at, least)
    const widths = at
    at += MINIBLOCKS
    for (let m = 0; m < MINIBLOCKS; m++) {
      const [first, end] = [m * MINIBLOCK, Math.min(length, (m + 1) * MINIBLOCK)]
      let widest = 0
      for (let i = first; i < end; i++) {
        deltas[i] = deltas[i]! - least
        if (deltas[i]! > widest) widest = deltas[i]!
      }
      const width = 32 - Math.clz32(widest)
      bytes[widths + m] = width
      if (width > 0) at = pack(bytes, at, deltas, first, end, width)
    }
  }
  return bytes.subarray(0, at)
}

/** 32 numbers of `width` bits, least significant bits first; those beyond `end` are zero. */
function pack(
  bytes: Uint8Array,
  start: number,
  deltas: Float64Array,
  first: number,
  end: number,
  width: number,
): number {
  let at = start
  let held = 0
  let bits = 0
  // In halves of 16 bits, so that they and what is held fit into 32.
  const low = Math.min(width, 16)
  for (let i = first; i < end; i++) {
    const value = deltas[i]!
    held |= (value & (low === 16 ? 0xffff : (1 << low) - 1)) << bits
    for (bits += low; bits >= 8; bits -= 8, held >>>= 8) bytes[at++] = held
    if (width === low) continue
    held |= (value >>> 16) << bits
    for (bits += width - low; bits >= 8; bits -= 8, held >>>= 8) bytes[at++] = held
  }
  if (bits > 0) bytes[at] = held
  return start + (width * MINIBLOCK) / 8
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

/**
 * Whole numbers of `width` bits behind one another, least significant bits first.
 *
 * @param values below 2^`width`, read as unsigned
 * @param end values from here on are not taken
 * @param width 1–32
 * @returns where what was written ends, in whole bytes
 */
export function packBits(
  bytes: Uint8Array,
  start: number,
  values: Int32Array,
  first: number,
  end: number,
  width: number,
): number {
  let at = start
  let held = 0
  let bits = 0
  for (let i = first; i < end; i++) {
    const value = values[i]!
    held |= value << bits
    bits += width
    if (bits < 32) continue
    bytes[at] = held
    bytes[at + 1] = held >>> 8
    bytes[at + 2] = held >>> 16
    bytes[at + 3] = held >>> 24
    at += 4
    bits -= 32
    // What of this value did not fit.
    held = bits > 0 ? value >>> (width - bits) : 0
  }
  for (; bits > 0; bits -= 8, held >>>= 8) bytes[at++] = held
  return at
}

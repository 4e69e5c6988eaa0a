const SEVEN_BITS = 128

/** Bytes of a whole number from 0 to 2⁵³ − 1 as SQLite's varint. */
export function varintLength(value: number): number {
  let length = 1
  for (let rest = value; rest >= SEVEN_BITS; rest = Math.floor(rest / SEVEN_BITS)) length++
  return length
}

/** Writes a varint, most significant bits first, and returns where the next byte goes. */
export function putVarint(bytes: Uint8Array, at: number, value: number): number {
  if (value < SEVEN_BITS) {
    bytes[at] = value
    return at + 1
  }
  const end = at + varintLength(value)
  let rest = value
  for (let i = end - 1; i >= at; i--) {
    const next = Math.floor(rest / SEVEN_BITS)
    bytes[i] = (rest - next * SEVEN_BITS) | (i === end - 1 ? 0 : SEVEN_BITS)
    rest = next
  }
  return end
}

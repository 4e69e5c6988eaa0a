/**
 * One double seen as two 32-bit halves. The buffer is scratch: whoever writes it reads it back at once, and nothing
 * outlives the call. (`HIGH` is 1 on every little-endian machine.)
 */
const buffer = new ArrayBuffer(8)
export const DOUBLE = new Float64Array(buffer)
export const HALVES = new Int32Array(buffer)
DOUBLE[0] = 1
export const HIGH = HALVES[1] === 0 ? 0 : 1
export const LOW = 1 - HIGH

/** `x` with the low 32 bits of its double cleared. */
export function highPart(x: number): number {
  DOUBLE[0] = x
  HALVES[LOW] = 0
  return DOUBLE[0]!
}

/** 2 to the power `n`, for integers −1022 ≤ n ≤ 1023. */
export function powerOfTwo(n: number): number {
  HALVES[LOW] = 0
  HALVES[HIGH] = (1023 + n) << 20
  return DOUBLE[0]!
}

/** `x` · 2ⁿ for integers −2100 < n < 2100, rounded once where the result is below the normal range. */
export function scale(x: number, n: number): number {
  if (n > 1023) return x * powerOfTwo(1023) * powerOfTwo(Math.min(n - 1023, 1023))
  if (n >= -1022) return x * powerOfTwo(n)
  // 2⁻⁵³ away from the lowest normal keeps the first product exact.
  return x * powerOfTwo(-969) * powerOfTwo(Math.max(n + 969, -1022))
}

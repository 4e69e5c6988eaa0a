import { log } from '../math/index.ts'

// biome-ignore lint/suspicious/noApproximativeNumericConstant: only a few members of Math are used in sim/
const LN2 = 0.6931471805599453
/** Intervals of the table; each covers 2²³ of 2³¹…2³². */
const INTERVALS = 256
/** Of interval j's middle c: 1 / c at 2j, ln(2³² / c) at 2j + 1. */
const MIDDLES = new Float64Array(INTERVALS * 2)
/** 2ⁿ. */
const POWERS = new Float64Array(33)
for (let j = 0; j < INTERVALS; j++) {
  const middle = (INTERVALS + j + 0.5) * 8388608
  MIDDLES[j * 2] = 1 / middle
  MIDDLES[j * 2 + 1] = -log(middle / 4294967296)
}
for (let n = 0, power = 1; n <= 32; n++, power *= 2) POWERS[n] = power

/**
 * −ln((i + ½) / 2³²) for a 32-bit integer `i`, taken as unsigned; absolute error below 1e-15. Made for the exponential
 * draw: a table and a short polynomial take half the time of `log`, whose division everything after has to wait for.
 */
export function negativeLog(i: number): number {
  const middle = (i >>> 0) + 0.5
  const zeros = Math.clz32(i)
  if (zeros > 21) return -log(middle / 4294967296)
  const j = ((i << zeros) >>> 22) & 510
  const r = middle * POWERS[zeros]! * MIDDLES[j]! - 1
  const square = r * r
  // ln(1 + r) to the fifth power of r, |r| < 1/512.
  const low = r - 0.5 * square
  const high = 0.3333333333333333 - 0.25 * r + 0.2 * square
  return zeros * LN2 + MIDDLES[j + 1]! - (low + square * r * high)
}

import { DOUBLE, HALVES, HIGH, powerOfTwo } from './double-bits.ts'

const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const TWO_54 = 18014398509481984

/** 2^(1023 − i): what a double of biased exponent i is divided by. */
const INVERSE_POWER = new Float64Array(2048)
for (let i = 1; i <= 2045; i++) INVERSE_POWER[i] = powerOfTwo(1023 - i)
INVERSE_POWER[2046] = powerOfTwo(-1022) / 2
INVERSE_POWER[2047] = powerOfTwo(-1022) / 4

/**
 * Natural logarithm, equal to the bit on every machine; error below 1 ulp. `log(0)` is −∞, of a negative number NaN.
 *
 * The method of fdlibm's e_log.c (Sun Microsystems, 1993, freely distributable): x = 2ᵏ(1 + f) with 1 + f between √½
 * and √2, then a polynomial in s = f / (2 + f).
 */
export function log(x: number): number {
  let k = -1023
  let value = x
  if (!(x >= 2.2250738585072014e-308)) {
    if (x === 0) return -Infinity
    if (!(x > 0)) return NaN
    value = x * TWO_54
    k -= 54
  } else if (x === Infinity) return x
  DOUBLE[0] = value
  const high = HALVES[HIGH]! + (0x3ff00000 - 0x3fe6a09e)
  k += high >> 20
  // A product by a power of two: putting the exponent into HALVES would stall on the half-written double.
  const f = value * INVERSE_POWER[high >> 20]! - 1
  const halfSquare = 0.5 * f * f
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  return s * (halfSquare + (odd + even)) + k * LN2_LOW - halfSquare + f + k * LN2_HIGH
}

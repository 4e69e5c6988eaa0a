import { scale } from './double-bits.ts'

const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
// biome-ignore lint/suspicious/noApproximativeNumericConstant: only a few members of Math are used in sim/
const INVERSE_LN2 = 1.4426950408889634

/**
 * e to the power `x`, equal to the bit on every machine; error below 1 ulp in the normal range. Overflows to ∞ above
 * 709.78 and underflows to 0 below −745.13.
 *
 * The method of fdlibm's e_exp.c: x = k·ln 2 + r with |r| ≤ ½ ln 2, a rational approximation of eʳ, then 2ᵏ.
 */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity
  if (x < -745.1332191019411) return 0
  if (Number.isNaN(x)) return x
  let k = 0
  let high = x
  let low = 0
  if (Math.abs(x) > 0.34657359027997264) {
    k = Math.trunc(INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5))
    high = x - k * LN2_HIGH
    low = k * LN2_LOW
  }
  const r = high - low
  const z = r * r
  const c =
    r -
    z *
      (0.16666666666666602 +
        z *
          (-0.0027777777777015593 +
            z * (0.00006613756321437934 + z * (-0.0000016533902205465252 + z * 4.1381367970572385e-8))))
  const y = 1 + ((r * c) / (2 - c) - low + high)
  return k === 0 ? y : scale(y, k)
}

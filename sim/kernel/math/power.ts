import { DOUBLE, HALVES, HIGH, highPart, scale } from './double-bits.ts'

// biome-ignore lint/suspicious/noApproximativeNumericConstant: only a few members of Math are used in sim/
const LN2 = 0.6931471805599453
const LN2_HIGH = 0.6931471824645996
const LN2_LOW = -1.904654299957768e-9
/** 2 / (3 ln 2), and split in two. */
const CP = 0.9617966939259756
const CP_HIGH = 0.9617967009544373
const CP_LOW = -7.028461650952758e-9
/** log₂ 1.5, split in two. */
const LOG2_OF_3_HALVES_HIGH = 0.5849624872207642
const LOG2_OF_3_HALVES_LOW = 1.350039202129749e-8

/**
 * `x` to the power `y`, equal to the bit on every machine; error below 1 ulp. The special cases are those of IEEE 754
 * and JavaScript: a negative `x` with a broken `y` gives NaN, and so does 1 to the power ±∞.
 *
 * The method of fdlibm's e_pow.c: log₂ x in about 70 bits as a sum of two doubles, times y, then a power of two.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN
  if (y === 1) return x
  const size = Math.abs(x)
  if (Math.abs(y) === Infinity) {
    if (size === 1) return NaN
    return size > 1 === y > 0 ? Infinity : 0
  }
  const negative = x < 0 || Object.is(x, -0)
  const whole = y === Math.trunc(y)
  const odd = whole && Math.abs(y) <= 9007199254740991 && Math.abs(y % 2) === 1
  const sign = negative && odd ? -1 : 1
  if (size === 0 || size === Infinity) return sign * ((size === 0) === y > 0 ? 0 : Infinity)
  if (negative && !whole) return NaN
  if (size === 1) return sign
  return sign * positivePower(size, y)
}

function positivePower(size: number, y: number): number {
  // Far beyond 2⁶⁴ for y, any size but 1 is out of range.
  if (Math.abs(y) > 1e20) return size > 1 === y > 0 ? Infinity : 0
  let n = 0
  let x = size
  if (x < 2.2250738585072014e-308) {
    x *= 9007199254740992
    n = -53
  }
  DOUBLE[0] = x
  const high = HALVES[HIGH]!
  n += (high >> 20) - 1023
  const fraction = high & 0x000fffff
  // The interval whose middle is 1 or 3/2.
  let middle = 1
  let exponentHalf = fraction | 0x3ff00000
  if (fraction > 0x3988e) {
    if (fraction < 0xbb67a) middle = 1.5
    else {
      n++
      exponentHalf -= 0x00100000
    }
  }
  HALVES[HIGH] = exponentHalf
  x = DOUBLE[0]!

  // s = (x − middle) / (x + middle) in two pieces.
  const u = x - middle
  const v = 1 / (x + middle)
  const s = u * v
  const sHigh = highPart(s)
  HALVES[1 - HIGH] = 0
  HALVES[HIGH] = ((exponentHalf >> 1) | 0x20000000) + 0x00080000 + (middle === 1 ? 0 : 0x00040000)
  const sumHigh = DOUBLE[0]!
  const sumLow = x - (sumHigh - middle)
  const sLow = v * (u - sHigh * sumHigh - sHigh * sumLow)
  // log of the fraction in two pieces.
  const z = s * s
  let r =
    z *
    z *
    (0.5999999999999946 +
      z *
        (0.4285714285785502 +
          z * (0.33333332981837743 + z * (0.272728123808534 + z * (0.23066074577556175 + z * 0.20697501780033842)))))
  r += sLow * (sHigh + s)
  const square = sHigh * sHigh
  const tHigh = highPart(3 + square + r)
  const tLow = r - (tHigh - 3 - square)
  const pieceHigh = sHigh * tHigh
  const pieceLow = sLow * tHigh + tLow * s
  const pHigh = highPart(pieceHigh + pieceLow)
  const pLow = pieceLow - (pHigh - pieceHigh)
  const zHigh = CP_HIGH * pHigh
  const zLow = CP_LOW * pHigh + pLow * CP + (middle === 1 ? 0 : LOG2_OF_3_HALVES_LOW)
  const anchor = middle === 1 ? 0 : LOG2_OF_3_HALVES_HIGH
  const logHigh = highPart(zHigh + zLow + anchor + n)
  const logLow = zLow - (logHigh - n - anchor - zHigh)

  // y · log₂ x in two pieces.
  const yHigh = highPart(y)
  const low = (y - yHigh) * logHigh + y * logLow
  const upper = yHigh * logHigh
  const exponent = low + upper
  if (exponent >= 1024) return Infinity
  if (exponent < -1075) return 0
  return powerOfTwoPieces(exponent, upper, low)
}

/** 2 to the power (upper + low), where exponent is their rounded sum. */
function powerOfTwoPieces(exponent: number, upper: number, low: number): number {
  const n = Math.abs(exponent) > 0.5 ? Math.floor(exponent + 0.5) : 0
  const rest = upper - n
  const t = highPart(low + rest)
  const u = t * LN2_HIGH
  const v = (low - (t - rest)) * LN2 + t * LN2_LOW
  const z = u + v
  const w = v - (z - u)
  const square = z * z
  const c =
    z -
    square *
      (0.16666666666666602 +
        square *
          (-0.0027777777777015593 +
            square * (0.00006613756321437934 + square * (-0.0000016533902205465252 + square * 4.1381367970572385e-8))))
  const r = (z * c) / (c - 2) - (w + z * w)
  return scale(1 - (r - z), n)
}

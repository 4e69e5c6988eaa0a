import { normalShare } from './normal.ts'

/** Sums over people of what each adds to a ratio: numerator x, denominator y. Plain data. */
export interface RatioSums {
  /** People. */
  readonly n: number
  readonly x: number
  readonly y: number
  readonly xx: number
  readonly xy: number
  readonly yy: number
}

/** A ratio of sums, and how well the people determine it. */
export interface Ratio {
  readonly value: number
  /** Standard error when people are independent; NaN for fewer than two. */
  readonly error: number
}

/**
 * Ratio of sums with its standard error by linearization: the error of the mean of x − ratio·y, over the mean of y. Cochran,
 * Sampling Techniques (1977), ch. 6; what experimenters call the delta method.
 */
export function ratioOf({ n, x, y, xx, xy, yy }: RatioSums): Ratio {
  const value = x / y
  const squares = Math.max(0, xx - 2 * value * xy + value * value * yy)
  return { value, error: n < 2 ? Number.NaN : Math.sqrt((squares * n) / (n - 1)) / Math.abs(y) }
}

export function addSums(a: RatioSums, b: RatioSums): RatioSums {
  return { n: a.n + b.n, x: a.x + b.x, y: a.y + b.y, xx: a.xx + b.xx, xy: a.xy + b.xy, yy: a.yy + b.yy }
}

/** The test that an experimenter makes of two arms. */
export interface ArmDifference {
  /** Second less first. */
  readonly difference: number
  readonly error: number
  /** Chance of a difference this far from 0 if there were none, both sides, by the normal distribution. */
  readonly p: number
}

export function ratioDifference(first: RatioSums, second: RatioSums): ArmDifference {
  const [a, b] = [ratioOf(first), ratioOf(second)]
  const difference = b.value - a.value
  const error = Math.sqrt(a.error * a.error + b.error * b.error)
  const p = error > 0 ? 2 * normalShare(-Math.abs(difference / error)) : difference === 0 ? 1 : Number.NaN
  return { difference, error, p }
}

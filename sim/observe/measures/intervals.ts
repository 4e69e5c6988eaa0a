import { exp, log } from '../../kernel/index.ts'

/** A 95% interval, ends included. */
export type Interval = readonly [low: number, high: number]

/** 97.5% point of the normal distribution. */
const Z = 1.959963984540054

/** 97.5% points of Student's t for 1…30 degrees of freedom (any table of the distribution). */
const STUDENT = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604, 2.1448, 2.1314,
  2.1199, 2.1098, 2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
]

/** 97.5% point of Student's t; beyond 30 degrees of freedom by the Cornish–Fisher expansion, to 1e-4. */
export function studentQuantile(freedom: number): number {
  if (freedom < 1) return Number.POSITIVE_INFINITY
  if (freedom <= STUDENT.length) return STUDENT[Math.floor(freedom) - 1]!
  const cube = Z * Z * Z
  return Z + (cube + Z) / (4 * freedom) + (5 * cube * Z * Z + 16 * cube + 3 * Z) / (96 * freedom * freedom)
}

/** Wilson's interval of a proportion: `count` of `n`. */
export function wilson(count: number, n: number): Interval | null {
  if (n === 0) return null
  const share = count / n
  const centre = share + (Z * Z) / (2 * n)
  const half = Z * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n))
  const scale = 1 + (Z * Z) / n
  return [(centre - half) / scale, (centre + half) / scale]
}

/** t-interval of a mean. @param deviation sample standard deviation (divisor n − 1) */
export function meanInterval(mean: number, deviation: number, n: number): Interval | null {
  if (n < 2) return null
  const half = (studentQuantile(n - 1) * deviation) / Math.sqrt(n)
  return [mean - half, mean + half]
}

/** Interval of a value with a known standard error. */
export function normalInterval(value: number, error: number): Interval {
  return [value - Z * error, value + Z * error]
}

/** Interval of a correlation by Fisher's transformation. */
export function correlationInterval(r: number, n: number): Interval | null {
  if (n < 4 || !(r > -1 && r < 1)) return null
  const centre = 0.5 * log((1 + r) / (1 - r))
  const half = Z / Math.sqrt(n - 3)
  return [tanh(centre - half), tanh(centre + half)]
}

function tanh(x: number): number {
  const e = exp(2 * x)
  return (e - 1) / (e + 1)
}

/** Shares of the ranks that bound a quantile's 95% interval by the binomial distribution (normal approximation). */
export function quantileRanks(q: number, n: number): Interval {
  const half = Z * Math.sqrt((q * (1 - q)) / n)
  return [Math.max(0, q - half), Math.min(1, q + half)]
}

export interface Spread {
  readonly mean: number
  /** Sample standard deviation (divisor n − 1); 0 for one value. */
  readonly deviation: number
  readonly n: number
}

/** Mean and deviation of whole numbers, counts[v] of which equal v. */
export function countSpread(counts: ArrayLike<number>): Spread {
  let n = 0
  let sum = 0
  let squares = 0
  for (let value = 0; value < counts.length; value++) {
    n += counts[value]!
    sum += counts[value]! * value
    squares += counts[value]! * value * value
  }
  return spread(n, sum, squares)
}

export function spread(n: number, sum: number, squares: number): Spread {
  const mean = sum / n
  return { n, mean, deviation: n < 2 ? 0 : Math.sqrt(Math.max(0, (squares - n * mean * mean) / (n - 1))) }
}

/**
 * Gini coefficient of whole numbers, counts[v] of which equal v, and its standard error after Davidson, "Reliable
 * inference for the Gini index", J. Econometrics 150 (2009) 30–40. NaN when all are zero.
 */
export function gini(counts: ArrayLike<number>): { value: number; error: number; n: number } {
  let n = 0
  let sum = 0
  let ranked = 0
  for (let value = 0; value < counts.length; value++) {
    const count = counts[value]!
    ranked += value * (count * n + (count * (count + 1)) / 2)
    n += count
    sum += count * value
  }
  const value = (2 * ranked) / (n * sum) - (n + 1) / n
  let below = 0
  let cumulated = 0
  let squares = 0
  let mean = 0
  for (let v = 0; v < counts.length; v++) {
    const count = counts[v]!
    if (count === 0) continue
    const rank = below + (count + 1) / 2
    cumulated += count * v
    const z = -(value + 1) * v + ((2 * rank - 1) / n) * v - (2 / n) * (cumulated - ((count - 1) / 2) * v)
    mean += (count * z) / n
    squares += count * z * z
    below += count
  }
  return { value, error: Math.sqrt(Math.max(0, squares - n * mean * mean)) / sum, n }
}

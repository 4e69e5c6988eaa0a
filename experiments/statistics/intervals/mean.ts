import { studentQuantile } from './student.ts'

/** A number that was estimated, with its 95% interval. */
export interface Estimate {
  readonly mean: number
  readonly low: number
  readonly high: number
  /** Observations. */
  readonly n: number
}

/** What some observations are like. */
export interface Summary extends Estimate {
  /** Sample standard deviation (divisor n − 1); 0 for one. */
  readonly deviation: number
}

/** Two-pass mean and sample standard deviation. NaN for none. */
export function meanAndDeviation(values: readonly number[]): { mean: number; deviation: number } {
  const n = values.length
  if (n === 0) return { mean: Number.NaN, deviation: Number.NaN }
  // About the first, so that equal values give exactly their own mean and no deviation.
  const first = values[0]!
  let sum = 0
  for (const value of values) sum += value - first
  const mean = first + sum / n
  let squares = 0
  for (const value of values) squares += (value - mean) * (value - mean)
  return { mean, deviation: n < 2 ? 0 : Math.sqrt(squares / (n - 1)) }
}

/**
 * Mean with Student's interval. With one observation the interval is without ends.
 *
 * @param confidence that of the interval, 0.95 by default
 */
export function summarize(values: readonly number[], confidence = 0.95): Summary {
  const { mean, deviation } = meanAndDeviation(values)
  const half = halfWidth(deviation, values.length, confidence)
  return { mean, deviation, low: mean - half, high: mean + half, n: values.length }
}

/** Half the width of Student's interval of a mean; infinite for fewer than two observations. */
export function halfWidth(deviation: number, n: number, confidence = 0.95): number {
  if (n < 2) return Number.POSITIVE_INFINITY
  if (deviation === 0) return 0
  return (studentQuantile((1 + confidence) / 2, n - 1) * deviation) / Math.sqrt(n)
}

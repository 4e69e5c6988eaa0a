import type { Summary } from './mean.ts'
import { halfWidth, meanAndDeviation } from './mean.ts'
import { studentQuantile, studentTails } from './student.ts'

/** How two settings differ over the seeds that both were run with. */
export interface PairedDifference extends Summary {
  /** Second less first, of each seed. */
  readonly differences: readonly number[]
  /** Chance of a difference this far from 0 if there were none (paired t-test, both sides); 1 where all are 0. */
  readonly p: number
  /** Variance of the differences over that of two independent samples: the lower, the more the common seeds help. */
  readonly varianceRatio: number
}

/**
 * Paired t-test of `second` − `first`.
 *
 * @param first values of the first setting by seed; `second` the same seeds in the same order
 */
export function pairedDifference(first: readonly number[], second: readonly number[]): PairedDifference {
  if (first.length !== second.length)
    throw new RangeError(`pairedDifference: ${first.length} and ${second.length} values; give one a seed of both`)
  const differences = first.map((value, i) => second[i]! - value)
  const n = differences.length
  const { mean, deviation } = meanAndDeviation(differences)
  const half = halfWidth(deviation, n)
  const unpaired = squared(meanAndDeviation(first).deviation) + squared(meanAndDeviation(second).deviation)
  return {
    mean,
    deviation,
    low: mean - half,
    high: mean + half,
    n,
    differences,
    p: pOf(mean, deviation, n),
    varianceRatio: unpaired === 0 ? 0 : squared(deviation) / unpaired,
  }
}

function pOf(mean: number, deviation: number, n: number): number {
  if (n < 2 || Number.isNaN(mean)) return Number.NaN
  if (deviation === 0) return mean === 0 ? 1 : 0
  return studentTails((mean / deviation) * Math.sqrt(n), n - 1)
}

function squared(value: number): number {
  return value * value
}

/**
 * How many pairs it takes until a difference of this size is told from 0 in four of five experiments (power 0.8 at 5%,
 * both sides). Infinite for no difference at all.
 */
export function pairsNeeded(mean: number, deviation: number, level = 0.05, power = 0.8): number {
  if (mean === 0 || Number.isNaN(mean)) return Number.POSITIVE_INFINITY
  if (deviation === 0) return 2
  const ratio = squared(deviation / mean)
  let n = 2
  for (let round = 0; round < 50; round++) {
    const z = studentQuantile(1 - level / 2, n - 1) + studentQuantile(power, n - 1)
    const next = Math.max(2, Math.ceil(ratio * z * z))
    if (next === n || (round > 20 && next < n)) break
    n = next
  }
  return n
}

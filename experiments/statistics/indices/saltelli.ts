import { normalQuantile, type Stream } from '../../../sim/kernel/index.ts'
import { meanAndDeviation } from '../intervals/mean.ts'
import { sobolPoints } from '../points/sobol-points.ts'

/** Part of a result's variance that a factor explains, with its 95% interval. */
export interface Index {
  readonly value: number
  readonly low: number
  readonly high: number
}

export interface SobolIndices {
  /** First order: by the factor alone. */
  readonly first: readonly Index[]
  /** Total: by the factor with all its interactions. */
  readonly total: readonly Index[]
}

/** Points of Sobol's sequence to leave out at the start: the first ones are the same in all dimensions. */
const SKIPPED = 1

/**
 * The points at which a model is to be run for `sobolIndices`: A. Saltelli et al., "Variance based sensitivity analysis of
 * model output", Computer Physics Communications 181 (2010) 259–270. For each of `base` rows: a point of A, the same with
 * one coordinate after another from B, and the point of B.
 *
 * @param base rows; a power of two fills the cube evenly
 * @param factors k
 * @returns base · (k + 2) rows of k numbers in 0–1
 */
export function saltelliPoints(base: number, factors: number): number[][] {
  const rows = sobolPoints(base + SKIPPED, 2 * factors).slice(SKIPPED)
  return rows.flatMap((row) => {
    const a = row.slice(0, factors)
    const b = row.slice(factors)
    const mixed = a.map((_, j) => a.map((value, i) => (i === j ? b[i]! : value)))
    return [a, ...mixed, b]
  })
}

/**
 * First-order indices by Saltelli's estimator of 2010, total ones by Jansen's of 1999, each with a bootstrap interval over
 * the rows. A result that never changes has indices and intervals of 0.
 *
 * @param results of `saltelliPoints`, in their order; rows with a result that is no number are left out
 * @param stream for the bootstrap
 */
export function sobolIndices(results: readonly number[], factors: number, stream: Stream, rounds = 500): SobolIndices {
  const width = factors + 2
  const rows: (readonly number[])[] = []
  for (let at = 0; at + width <= results.length; at += width) {
    const row = results.slice(at, at + width)
    if (row.every(Number.isFinite)) rows.push(row)
  }
  const all = Int32Array.from({ length: rows.length }, (_, i) => i)
  const values = estimates(rows, factors, all)
  const resamples: Float64Array[] = []
  const chosen = new Int32Array(rows.length)
  for (let round = 0; round < rounds && rows.length > 0; round++) {
    for (let i = 0; i < chosen.length; i++) chosen[i] = stream.nextInt(rows.length)
    resamples.push(estimates(rows, factors, chosen))
  }
  const z = normalQuantile(0.975)
  const index = (at: number): Index => {
    const { deviation } = meanAndDeviation(resamples.map((sample) => sample[at]!))
    const value = values[at]!
    return { value, low: value - z * deviation, high: value + z * deviation }
  }
  return {
    first: Array.from({ length: factors }, (_, j) => index(j)),
    total: Array.from({ length: factors }, (_, j) => index(factors + j)),
  }
}

/** First-order indices, then total ones, of the chosen rows. */
function estimates(rows: readonly (readonly number[])[], factors: number, chosen: Int32Array): Float64Array {
  const result = new Float64Array(2 * factors)
  const n = chosen.length
  let sum = 0
  for (const i of chosen) sum += rows[i]![0]! + rows[i]![factors + 1]!
  const mean = sum / (2 * n)
  let variance = 0
  for (const i of chosen) {
    const a = rows[i]![0]! - mean
    const b = rows[i]![factors + 1]! - mean
    variance += a * a + b * b
  }
  variance /= 2 * n
  if (!(variance > 0)) return result
  for (let j = 0; j < factors; j++) {
    let first = 0
    let total = 0
    for (const i of chosen) {
      const row = rows[i]!
      const change = row[j + 1]! - row[0]!
      first += (row[factors + 1]! - mean) * change
      total += change * change
    }
    result[j] = first / n / variance
    result[factors + j] = total / (2 * n) / variance
  }
  return result
}

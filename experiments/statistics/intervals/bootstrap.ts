import { normalQuantile, type Stream } from '../../../sim/kernel/index.ts'
import { normalShare } from './normal.ts'

/** What is estimated from some of the observations, named by their positions (with repetitions). */
export type Statistic = (chosen: ArrayLike<number>) => number

/** Values of a statistic over resamples of n observations, ascending. @param rounds resamples */
export function resampled(n: number, statistic: Statistic, rounds: number, stream: Stream): Float64Array {
  const values = new Float64Array(rounds)
  const chosen = new Int32Array(n)
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < n; i++) chosen[i] = stream.nextInt(n)
    values[round] = statistic(chosen)
  }
  return values.sort()
}

/** Percentile interval: the quantiles of the resampled values themselves. B. Efron 1979. */
export function percentileInterval(
  n: number,
  statistic: Statistic,
  stream: Stream,
  rounds = 1000,
  confidence = 0.95,
): readonly [low: number, high: number] {
  const values = resampled(n, statistic, rounds, stream)
  return [quantile(values, (1 - confidence) / 2), quantile(values, (1 + confidence) / 2)]
}

/**
 * Bias-corrected and accelerated interval: the quantiles are shifted by the statistic's bias and by how its spread changes
 * with its value (jackknife). B. Efron, "Better bootstrap confidence intervals", JASA 82 (1987) 171–185.
 */
export function bcaInterval(
  n: number,
  statistic: Statistic,
  stream: Stream,
  rounds = 1000,
  confidence = 0.95,
): readonly [low: number, high: number] {
  const observed = statistic(Int32Array.from({ length: n }, (_, i) => i))
  const values = resampled(n, statistic, rounds, stream)
  let below = 0
  for (const value of values) below += value < observed ? 1 : value === observed ? 0.5 : 0
  // All on one side: as extreme as the number of rounds can tell.
  const bias = normalQuantile(Math.min(1 - 0.5 / rounds, Math.max(0.5 / rounds, below / rounds)))
  const acceleration = accelerationOf(n, statistic)
  const end = (p: number): number => {
    const z = bias + normalQuantile(p)
    return quantile(values, normalShare(bias + z / (1 - acceleration * z)))
  }
  return [end((1 - confidence) / 2), end((1 + confidence) / 2)]
}

/** A sixth of the skewness of the jackknife's values. */
function accelerationOf(n: number, statistic: Statistic): number {
  const chosen = new Int32Array(n - 1)
  const values = new Float64Array(n)
  let sum = 0
  for (let left = 0; left < n; left++) {
    for (let i = 0; i < n - 1; i++) chosen[i] = i < left ? i : i + 1
    values[left] = statistic(chosen)
    sum += values[left]!
  }
  const mean = sum / n
  let squares = 0
  let cubes = 0
  for (const value of values) {
    const d = mean - value
    squares += d * d
    cubes += d * d * d
  }
  return squares === 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares))
}

/** Of ascending values, by linear interpolation between neighbours. */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const at = Math.min(1, Math.max(0, p)) * (sorted.length - 1)
  const low = Math.floor(at)
  const high = Math.min(sorted.length - 1, low + 1)
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!)
}

/**
 * The published bins. Both implementations of the metrics (streaming and SQL) count into the same bins with integer
 * arithmetic and take quantiles from the counts, so that the two agree exactly.
 */

/** A power of two is cut into this many equal bins: no bin is wider than 1/64 of its lower edge. */
const SUB_BITS = 6
const SUB = 1 << SUB_BITS

/** Bins of whole seconds 0…2^31 − 1: one second wide below 64, then 64 to each power of two. */
export const DELAY_BINS = SUB + (31 - SUB_BITS) * SUB

export function delayBin(seconds: number): number {
  if (seconds < SUB) return seconds
  const exponent = 31 - Math.clz32(seconds)
  return (exponent - SUB_BITS) * SUB + (seconds >>> (exponent - SUB_BITS))
}

/** Lower edge in seconds; `delayEdge(bin + 1)` is the upper edge. */
export function delayEdge(bin: number): number {
  if (bin < SUB) return bin
  const exponent = Math.floor(bin / SUB) - 1
  return (SUB + (bin % SUB)) * (1 << exponent)
}

/** Posts per week in bins of 0.05, the last of which holds everything from 50 a week on. */
export const POST_RATE_BINS = 1001
export const POST_RATE_PER_WEEK = 20

export function postRateBin(posts: number, weeks: number): number {
  return Math.min(POST_RATE_BINS - 1, Math.floor((POST_RATE_PER_WEEK * posts) / weeks))
}

/** Upper edges of the distance bins in km; one more bin follows the last. */
export const DISTANCE_EDGES_KM: readonly number[] = [5, 10, 25, 50, 100, 250, 500]

export function total(counts: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < counts.length; i++) sum += counts[i]!
  return sum
}

/**
 * The quantile of binned data, interpolated linearly inside its bin: the point where the cumulated count reaches
 * `q × total`. `edge(i)` is the lower edge of bin i. NaN without data.
 */
export function binnedQuantile(counts: ArrayLike<number>, q: number, edge: (bin: number) => number): number {
  const rank = q * total(counts)
  let below = 0
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!
    if (count > 0 && below + count >= rank) {
      const lower = edge(i)
      return lower + (edge(i + 1) - lower) * Math.max(0, (rank - below) / count)
    }
    below += count
  }
  return Number.NaN
}

/** The quantile of whole numbers, counts[v] of which equal v: the smallest v that at least `q × total` do not exceed. */
export function countQuantile(counts: ArrayLike<number>, q: number): number {
  const rank = q * total(counts)
  let below = 0
  for (let value = 0; value < counts.length; value++) {
    below += counts[value]!
    if (below > 0 && below >= rank) return value
  }
  return Number.NaN
}

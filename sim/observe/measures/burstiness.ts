/** Entries of a `burst.*` vector: people, Σ value, Σ value², the sums in whole billionths. */
export const BURST_SUMS = 3

/**
 * Finite-size burstiness of n gaps between events, −1 (regular) through 0 (Poisson) to 1.
 * Kim and Jo, "Measuring burstiness for finite event sequences", Phys. Rev. E 94 (2016) 032311.
 *
 * @param n number of gaps
 * @param sum of the gaps
 * @param squares sum of the squared gaps
 */
export function finiteBurstiness(n: number, sum: number, squares: number): number {
  const mean = sum / n
  const spread = Math.sqrt(Math.max(0, squares / n - mean * mean)) / mean
  const more = Math.sqrt(n + 1)
  const fewer = Math.sqrt(n - 1)
  return (more * spread - fewer) / ((more - 2) * spread + fewer)
}

/** Adds a person's burstiness; someone whose events all share one second has none. */
export function addBurst(sums: Float64Array, n: number, sum: number, squares: number): void {
  if (sum > 0) addNano(sums, finiteBurstiness(n, sum, squares))
}

/** Adds a number between −1 and 1 in whole billionths: count, sum, sum of squares. */
export function addNano(sums: Float64Array, value: number): void {
  sums[0]!++
  sums[1]! += Math.round(value * 1e9)
  sums[2]! += Math.round(value * value * 1e9)
}

/**
 * p-values corrected for their number, so that the chance of even one false alarm among all stays below the level. S.
 * Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6 (1979) 65–70. A NaN is left as
 * it is and does not count.
 */
export function holm(p: readonly number[]): number[] {
  const order = p
    .map((value, i) => ({ value, i }))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => a.value - b.value || a.i - b.i)
  const corrected = p.map(() => Number.NaN)
  let floor = 0
  for (const [rank, { value, i }] of order.entries()) {
    floor = Math.max(floor, Math.min(1, value * (order.length - rank)))
    corrected[i] = floor
  }
  return corrected
}

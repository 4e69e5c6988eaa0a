/** To six decimals, the precision of scores: a number of that kind is spelled alike by every database. */
export function rounded(value: number, steps = 1_000_000): number {
  return Math.round(value * steps) / steps
}

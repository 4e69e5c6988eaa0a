/**
 * Deals markets, or groups of them, to workers so that each gets about the same number of people: the largest market first, each to the
 * worker with the least so far. Only speed depends on it, never a byte.
 *
 * @param ids market ids
 * @param sizes people per market, in the same order
 * @param workers at least 1
 * @returns market ids per worker, each list ascending; no list is empty, so there may be fewer lists than workers
 */
export function dealMarkets(ids: readonly number[], sizes: readonly number[], workers: number): number[][] {
  const hands: { load: number; markets: number[] }[] = []
  for (let i = 0; i < Math.min(workers, ids.length); i++) hands.push({ load: 0, markets: [] })
  const bySize = ids.map((id, i) => ({ id, size: sizes[i]! })).sort((a, b) => b.size - a.size || a.id - b.id)
  for (const market of bySize) {
    const lightest = hands.reduce((least, hand) => (hand.load < least.load ? hand : least))
    lightest.markets.push(market.id)
    // An empty market still costs its round: counting one keeps empty markets from piling up on one worker.
    lightest.load += market.size + 1
  }
  return hands.map((hand) => hand.markets.sort((a, b) => a - b))
}

import { digestSummaries, type MarketSummary } from '../../sim/index.ts'
import { Hash128, hex128 } from '../../sim/kernel/index.ts'

/** The fact digest of a group's day, 32 hex digits: both passes, on whatever machines, come to the same. */
export function groupDigest(markets: readonly MarketSummary[]): string {
  const hash = new Hash128()
  hash.update(Int32Array.from(digestSummaries(markets)))
  return hex128(hash.digest())
}

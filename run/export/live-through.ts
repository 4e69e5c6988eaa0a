import { type AskedRun, createMarket, type MarketDay, type MarketPlan } from '../../sim/index.ts'
import type { Interactions } from './interactions.ts'

/**
 * Lives through the days of one market.
 * @returns the day boundary that was reached
 */
export function liveThrough(
  { config, days, extension }: AskedRun,
  plan: MarketPlan,
  market: number,
  interactions: Interactions | undefined,
  onDay: (day: number, facts: MarketDay) => void,
): number {
  const lived = createMarket(config, plan, market, extension, interactions && ((site) => interactions.at(site)))
  while (lived.day < days) {
    const facts = lived.runDay()
    onDay(lived.day - 1, facts)
  }
  return lived.day
}

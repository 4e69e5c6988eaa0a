import { countMarket, DAY_TABLES, type MarketCounts } from '../../persist/index.ts'
import type { MarketDay } from '../../sim/index.ts'
import { MarketMetrics, mergeTallies } from '../../sim/observe/index.ts'
import type { CountedDay } from '../plan/outcome.ts'
import type { Plan } from '../plan/plan.ts'
import type { GroupCounts } from './group-counts.ts'
import type { RunMarkets } from './group-markets.ts'

/**
 * Pass 1: lives through all days of a group's markets, one market after the other, and counts.
 * @param told of each market  @param keep is given each day's facts as they are, views that are good until it returns
 * @returns by day, the newcomers' pictures too
 */
export function countGroup(
  plan: Plan,
  markets: RunMarkets,
  group: number,
  told: (done: number) => void,
  keep?: (facts: MarketDay) => void,
): { readonly counts: GroupCounts; readonly pictures: readonly number[] } {
  const pictures = new Array<number>(plan.days).fill(0)
  const ids = plan.groups[group]!
  const byMarket = ids.map((id, at) => {
    // Made when its turn comes: a market that has been lived through is held no longer.
    const [market] = markets.make([id])
    const metrics = new MarketMetrics(market!.people(), plan.config.startDay)
    const counts: MarketCounts[] = []
    const observe = (day: number, facts: MarketDay) => {
      metrics.observe(day, facts)
      // What is observed has rows of the market's people. Today's newcomers have the last ones, in the plan's order.
      const joined = markets.plan.joining(id, day)
      const firstRow = market!.people().size - joined.length
      const observed = countMarket(facts)
      const arrivals = observed.arrivals.map((row) => joined[row - firstRow]!)
      for (const k of arrivals) pictures[day]! += markets.profile(k, day).media.length
      counts.push({ ...observed, arrivals })
    }
    const summaries = market!.passDays(plan.days, keep ? { observe, leave: keep } : { observe })
    told(at + 1)
    return { counts, summaries, tally: metrics.tally() }
  })
  const days = Array.from({ length: plan.days }, (_, day) =>
    byMarket.map(({ counts, summaries }) => ({ counts: counts[day]!, summary: summaries[day]! })),
  )
  return { counts: { days, tally: mergeTallies(byMarket.map(({ tally }) => tally)) }, pictures }
}

/** What others need to know of a group's day. @param pictures of its newcomers */
export function countedDay(markets: readonly MarketCounts[], pictures: number): CountedDay {
  const rows = DAY_TABLES.map((table) => markets.reduce((sum, counts) => sum + counts.rows[table], 0))
  return { rows, arrivals: markets.reduce((sum, { arrivals }) => sum + arrivals.length, 0), pictures }
}

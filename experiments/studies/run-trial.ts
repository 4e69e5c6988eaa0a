import { createSimulation, MarketMetrics, mergeTallies } from '../../sim/index.ts'
import { measuresOf, type Values } from './measures.ts'
import { inputOf, type Setting, type Trial } from './setting.ts'

/** What came of a trial; plain data. */
export type Outcome =
  | { readonly values: Values; readonly digest: string }
  /** It could not be run, and why. */
  | { readonly error: string }

/** Simulates one trial, on whatever thread this is. Throws what the run throws. */
export function runTrial(setting: Setting, trial: Trial): Outcome {
  const run = createSimulation(inputOf(setting, trial))
  const metrics = new Map(
    run.markets.map((market) => [market, new MarketMetrics(market.people(), run.config.startDay)]),
  )
  run.passDays(setting.days, (market) => metrics.get(market)!)
  const tally = mergeTallies([...metrics.values()].map((each) => each.tally()))
  return { values: measuresOf(tally), digest: run.digest }
}

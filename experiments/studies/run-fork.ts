import {
  createSimulation,
  deriveWindow,
  MarketMetrics,
  METRICS,
  mergeTallies,
  type PartialTree,
  type PolicyParameters,
  restoreSimulation,
  type SavedSimulation,
  type SimulationRun,
  type Tally,
} from '../../sim/index.ts'
import { measuresOf, type Values, volumes } from './measures.ts'
import { inputOf, type Point, type Setting } from './setting.ts'

/** One past and several futures of it. */
export interface ForkTask {
  readonly seed: string
  /** Days that are simulated before the futures part. */
  readonly atDay: number
  /** What each future changes in the policy. */
  readonly policies: readonly Point[]
}

/** A future, day by day and as a whole. */
export interface Future {
  /** Of each day from the fork on; those measures that can be told of a day. */
  readonly days: readonly Values[]
  /** Of the whole run, the past included. */
  readonly values: Values
}

export interface ForkOutcome {
  readonly futures: readonly Future[]
}

/** Simulates the past once, and each future from the state at its end. */
export function runFork(setting: Setting, { seed, atDay, policies }: ForkTask): ForkOutcome {
  const past = createSimulation(inputOf(setting, { seed, point: {} }))
  const pastMetrics = metricsOf(past)
  past.passDays(atDay, (market) => pastMetrics[past.markets.indexOf(market)]!)
  const saved = past.save()
  const counted = pastMetrics.map((metrics) => metrics.save())
  return { futures: policies.map((policy) => future(setting, saved, counted, policy)) }
}

function future(
  setting: Setting,
  saved: SavedSimulation,
  counted: readonly ReturnType<MarketMetrics['save']>[],
  policy: Point,
): Future {
  const run = restoreSimulation(saved, Object.keys(policy).length > 0 ? { policy: policyTree(policy) } : {})
  const metrics = metricsOf(run)
  for (const [i, each] of metrics.entries()) each.restore(structuredClone(counted[i]!))
  run.passDays(setting.days - saved.day, (market) => metrics[run.markets.indexOf(market)]!)
  const tally = mergeTallies(metrics.map((each) => each.tally()))
  const days = Array.from({ length: setting.days - saved.day }, (_, i) => dayValues(tally, saved.day + i))
  return { days, values: measuresOf(tally) }
}

function metricsOf(run: SimulationRun): MarketMetrics[] {
  return run.markets.map((market) => new MarketMetrics(market.people(), run.config.startDay))
}

/** What can be told of one day: matches, conversations and posts are filed under the day on which they began. */
const DAILY = ['1', '2', '3', '4', '6', '7', '12', '13.women', '13.men']

function dayValues(tally: Tally, day: number): Values {
  const derived = deriveWindow(tally, { from: day, to: day + 1 })
  const known = METRICS.filter(({ id }) => DAILY.includes(id)).map(({ id, key }) => {
    const value = derived[id]!.value
    return [key, Number.isFinite(value) ? value : null] as const
  })
  return { ...Object.fromEntries(known), ...volumes(tally, day, day + 1) }
}

/** `policy.like.nearKm` by path as a part of the policy's tree. */
export function policyTree(policy: Point): PartialTree<PolicyParameters> {
  const tree: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(policy)) {
    const names = path.split('.').slice(1)
    const leaf = names.pop()!
    let node = tree
    for (const name of names) node = (node[name] ??= {}) as Record<string, unknown>
    node[leaf] = value
  }
  return tree as PartialTree<PolicyParameters>
}

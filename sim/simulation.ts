import {
  checkCalendar,
  type PartialTree,
  type RunConfig,
  type RunInput,
  resolveConfig,
  runIdentity,
  toldDay,
  withPolicy,
} from './config/index.ts'
import type { EventExtension } from './events/index.ts'
import { byDay, type DayFacts, type MarketSummary, RunDigest } from './facts/index.ts'
import { badInput, MingleError } from './kernel/index.ts'
import { createMarket, type DayObserver, type Market } from './market.ts'
import { type MarketPlan, planMarkets } from './markets.ts'
import type { PolicyParameters } from './parameters/index.ts'

/** A whole run in one thread: all markets, day by day. */
export interface SimulationRun {
  readonly config: RunConfig
  readonly plan: MarketPlan
  readonly markets: readonly Market[]
  /** The next day to be simulated. */
  readonly day: number
  /** Digest of the facts so far, 32 hexadecimal digits. */
  readonly digest: string
  /** Simulates the next day. @param observerOf gives the observer of a market, if it has one */
  runDay(observerOf?: (market: Market) => DayObserver | undefined): DayFacts
  /**
   * The next days for those who want the digest and what observers see: no row is copied. One market lives through all
   * of them before the next, which finds its state in the processor's caches: some 5 to 10 % less time than day by day.
   * @returns the markets' summaries of each day
   */
  passDays(days: number, observerOf?: (market: Market) => DayObserver | undefined): readonly MarketSummary[][]
  /** The whole run at this day boundary, for `restoreSimulation`. */
  save(): SavedSimulation
}

/** A run at a day boundary: plain data, for another process, or for several futures of one past. */
export interface SavedSimulation {
  readonly config: RunConfig
  /** The next day to be simulated. */
  readonly day: number
  /** Digest of the days so far. */
  readonly digest: string
  /** `Market.save()`, in the plan's order. */
  readonly markets: readonly Uint8Array[]
}

/**
 * Sets up a run. It does no input or output and keeps no day's facts once they are returned.
 *
 *     const run = createSimulation({ seed: 'demo-2024', count: 1000 })
 *     for (let day = 0; day < 30; day++) run.runDay()
 *     run.digest
 *
 * @param extension more that can happen, from outside `sim/` (docs/extending.md)
 */
export function createSimulation(input: RunInput, extension?: EventExtension): SimulationRun {
  return simulationOf(resolveConfig(input), extension)
}

/**
 * Sets up a run whose configuration is resolved already, such as a ledger's, which holds besides who was adopted or joined
 * and what has changed since: to live it again.
 */
export function simulationOf(config: RunConfig, extension?: EventExtension): SimulationRun {
  return new Simulation(config, extension, 0, new RunDigest(runIdentity(config)))
}

/**
 * Goes on from what `save()` gave, without simulating the days before. With a policy it is a fork: another future of the
 * same people, matches and threads, drawn with common random numbers; the digest then begins anew, from the past's digest
 * and the new configuration.
 *
 *     const before = run.save()
 *     const bolder = restoreSimulation(before, { policy: { like: { baseHigh: 0.45 } } })
 *
 * @param options.extension the one of the saved run, if it had one
 * @throws MingleError BAD_SNAPSHOT when the state is damaged or of another engine; BAD_INPUT for a policy that is wrong or
 * changes what the past hangs on (arrivals, burn-in, the feed's window)
 */
export function restoreSimulation(
  saved: SavedSimulation,
  options: { readonly policy?: PartialTree<PolicyParameters>; readonly extension?: EventExtension } = {},
): SimulationRun {
  const config = options.policy ? withPolicy(saved.config, options.policy) : saved.config
  const isFork = futureOf(config) !== futureOf(saved.config)
  const digest = isFork
    ? new RunDigest(JSON.stringify(['fork', saved.day, saved.digest, futureOf(config)]))
    : RunDigest.from(saved.digest)
  const run = new Simulation(config, options.extension, saved.day, digest)
  if (run.markets.length !== saved.markets.length) {
    throw new MingleError(
      'BAD_SNAPSHOT',
      `The state has ${saved.markets.length} markets, and its configuration ${run.markets.length}.`,
    )
  }
  for (const [i, market] of run.markets.entries()) market.restore(saved.markets[i]!, isFork)
  return run
}

/** What tells a fork from the run that it comes from. */
function futureOf(config: RunConfig): string {
  const { policies = [] } = config
  return runIdentity(config) + (policies.length > 0 ? JSON.stringify(policies) : '')
}

class Simulation implements SimulationRun {
  readonly config: RunConfig
  readonly plan: MarketPlan
  readonly markets: readonly Market[]
  day: number
  readonly #digest: RunDigest

  constructor(config: RunConfig, extension: EventExtension | undefined, day: number, digest: RunDigest) {
    this.config = config
    this.plan = planMarkets(config)
    this.markets = this.plan.ids.map((id) => createMarket(config, this.plan, id, extension))
    this.day = day
    this.#digest = digest
  }

  get digest(): string {
    return this.#digest.hex
  }

  runDay(observerOf?: (market: Market) => DayObserver | undefined): DayFacts {
    this.day = toldDay(this.config, this.day)
    checkCalendar(this.config.startDay, this.day + 1)
    const facts = { day: this.day, markets: this.markets.map((market) => market.runDay(observerOf?.(market))) }
    this.#digest.addDay(facts)
    this.day++
    return facts
  }

  passDays(days: number, observerOf?: (market: Market) => DayObserver | undefined): readonly MarketSummary[][] {
    if (!(Number.isSafeInteger(days) && days >= 0)) throw badInput(`passDays takes a whole number of days, not ${days}`)
    const told: number[] = []
    for (let next = this.day; told.length < days; next++) told.push((next = toldDay(this.config, next)))
    const end = told.length > 0 ? told.at(-1)! + 1 : this.day
    checkCalendar(this.config.startDay, end)
    const passed = byDay(this.markets.map((market) => market.passDays(days, observerOf?.(market))))
    for (const [i, summaries] of passed.entries()) this.#digest.addSummaries(told[i]!, summaries)
    this.day = end
    return passed
  }

  save(): SavedSimulation {
    const { config, day, digest, markets } = this
    return { config, day, digest, markets: markets.map((market) => market.save()) }
  }
}

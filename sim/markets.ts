import { createPopulation, drawCity, type Population, Purpose } from './agents/index.ts'
import { policyOn, type RunConfig } from './config/index.ts'
import { placePack } from './content/index.ts'
import { log, Stream } from './kernel/index.ts'
import { shares, unitOf } from './market-levels.ts'

/** Room for parts of one metro in a market's id. */
const PARTS = 4096

/** A run's markets: which there are, and who belongs to which. */
export interface MarketPlan {
  /** All markets in their fixed order. */
  readonly ids: readonly number[]
  /** People at the start in each, in the order of `ids`. */
  readonly sizes: readonly number[]
  readonly population: Population
  /** The market of person k: a function of (seed, k), the level and the count at creation. */
  marketOf(k: number): number
  /** Person numbers of those there at the start, ascending. */
  members(market: number): Int32Array
  /** The k of those who join on this day: `count` of them from `first` on. */
  newcomers(day: number): { readonly first: number; readonly count: number }
  /** Which of them join this market, ascending. Each is drawn once, however many markets ask. */
  joining(market: number, day: number): readonly number[]
}

/** As much of a plan as a few of its markets need: what they can be made from without drawing anybody else's home. */
export type MarketShare = Omit<MarketPlan, 'ids' | 'sizes'>

/** The whole plan: draws the home of everyone who is there at the start. */
export function planMarkets(config: RunConfig): MarketPlan {
  const { count } = config
  const { ids, ...outline } = outlineMarkets(config)
  const position = new Map(ids.map((id, at) => [id, at]))
  const sizes = ids.map(() => 0)
  const homes = new Int32Array(count + 1)
  for (let k = 1; k <= count; k++) {
    const at = position.get(outline.marketOf(k))!
    homes[k] = at
    sizes[at]!++
  }
  const starts = [0]
  for (const size of sizes) starts.push(starts[starts.length - 1]! + size)
  const next = starts.slice()
  const members = new Int32Array(count)
  for (let k = 1; k <= count; k++) members[next[homes[k]!]!++] = k
  return {
    ids,
    sizes,
    ...outline,
    members(market) {
      const at = position.get(market)
      if (at === undefined) throw new Error(`there is no market ${market}`)
      return members.subarray(starts[at]!, starts[at + 1]!)
    },
  }
}

/**
 * The same for some markets alone, whose members the whole plan has told: what a worker goes by.
 *
 * @param members person numbers of those there at the start, ascending, in the order of `markets`
 */
export function shareOfPlan(
  config: RunConfig,
  markets: readonly number[],
  members: readonly Int32Array[],
): MarketShare {
  const { ids, ...outline } = outlineMarkets(config)
  const known = new Set(ids)
  const unknown = markets.find((market) => !known.has(market))
  if (unknown !== undefined) throw new Error(`there is no market ${unknown}`)
  const told = new Map(markets.map((market, i) => [market, members[i]]))
  return {
    ...outline,
    members(market) {
      const found = told.get(market)
      if (found === undefined) throw new Error(`the members of market ${market} were not told`)
      return found
    },
  }
}

/** What of a plan costs next to nothing: all but who is where at the start. */
export function outlineMarkets(config: RunConfig): Omit<MarketPlan, 'sizes' | 'members'> {
  const { count, market: level, places } = config
  const population = createPopulation({
    seed: config.seed,
    startDay: config.startDay,
    places: placePack(places),
    parameters: config.parameters.population,
    minorities: config.minorities,
    people: config.people,
    words: config.words,
    quizzes: config.quizzes,
    taxonomy: config.taxonomy,
  })
  const stream = new Stream()
  const unit = unitOf(places, level)
  const parts = shares(places, level).map((share) =>
    level === 'pool' ? Math.max(1, Math.min(PARTS, Math.ceil((share * count) / config.poolSize))) : 1,
  )
  const ids = parts.flatMap((n, at) => Array.from({ length: n }, (_, part) => at * PARTS + part))
  const marketOf = (k: number): number => {
    const at = unit(drawCity(population, stream, k))
    const part = parts[at] === 1 ? 0 : population.keys.person(stream, Purpose.pool, k).nextInt(parts[at]!)
    return at * PARTS + part
  }
  const newcomers = newcomersOf(config, population)
  return { ids, population, marketOf, newcomers, joining: joiningOf(newcomers, marketOf) }
}

const NOBODY: readonly number[] = []

/** Sorts the newcomers of a day by market once. Days are kept: markets live through several before the next market. */
function joiningOf(newcomers: MarketPlan['newcomers'], marketOf: MarketPlan['marketOf']): MarketPlan['joining'] {
  const days: Map<number, number[]>[] = []
  return (market, day) => {
    if (day < 0) return NOBODY
    let byMarket = days[day]
    if (byMarket === undefined) {
      byMarket = new Map()
      const { first, count } = newcomers(day)
      for (let k = first; k < first + count; k++) {
        const home = marketOf(k)
        const there = byMarket.get(home)
        if (there) there.push(k)
        else byMarket.set(home, [k])
      }
      days[day] = byMarket
    }
    return byMarket.get(market) ?? NOBODY
  }
}

/** Who joins when: cohorts first, then the day's arrivals; numbers ascend by day, so no later day moves an earlier one. */
function newcomersOf(config: RunConfig, population: Population): MarketPlan['newcomers'] {
  const first = [config.count + 1]
  const stream = new Stream()
  const counted = (day: number): number => {
    let count = 0
    for (const cohort of config.cohorts) if (cohort.day === day) count += cohort.count
    // Nobody else signs up while nothing is told.
    if (config.pauses.some(({ from, to }) => day >= from && day < to)) return count
    const mean = policyOn(config, day).arrivals.perDay
    return count + poisson(population.keys.day(stream, Purpose.arrivals, 0, day), mean)
  }
  return (day) => {
    if (day < 0) return { first: config.count + 1, count: 0 }
    for (let known = first.length; known <= day + 1; known++) first.push(first[known - 1]! + counted(known - 1))
    return { first: first[day]!, count: first[day + 1]! - first[day]! }
  }
}

/** A Poisson number: how many exponential waits of mean 1 fit into `mean`. */
function poisson(stream: Stream, mean: number): number {
  let count = 0
  let left = mean + log(1 - stream.next())
  while (left > 0) {
    count++
    left += log(1 - stream.next())
  }
  return count
}

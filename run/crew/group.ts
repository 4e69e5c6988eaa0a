import { BlockMaker, countMarket, type FirstIds, type MarketCounts, sourcesOf } from '../../persist/index.ts'
import { withoutRows } from '../../sim/facts/index.ts'
import {
  createMarket,
  type EventExtension,
  type Market,
  type MarketDay,
  type RunConfig,
  shareOfPlan,
} from '../../sim/index.ts'
import { decodeSections, encodeSections } from '../../sim/kernel/index.ts'
import { MarketMetrics } from '../../sim/observe/index.ts'
import { Stopwatch } from '../progress.ts'
import { PeopleDesk } from './people-desk.ts'
import type { Answer, MakeAnswer, MarketState, MarketTask, Order, SaveAnswer, SimulatedMarket } from './task.ts'

/** The markets of one task, simulated in step, on whatever thread this is. */
export class MarketGroup {
  private readonly config: RunConfig
  private readonly markets: readonly Market[]
  /** From the order `people` on, until days are made. */
  private people: PeopleDesk | undefined
  /** Makes blocks; from the order `blocks` on. */
  private maker: BlockMaker | undefined
  /** Who arrives and has no greater number was written before. */
  private written = 0
  /** Facts of days that may still be made into blocks, by day. */
  private readonly held = new Map<number, readonly MarketDay[]>()
  /** One a market, or none at all. */
  private readonly metrics: readonly MarketMetrics[]

  /** @param extension the one that the task names */
  constructor(task: MarketTask, extension?: EventExtension) {
    this.config = task.config
    const plan = shareOfPlan(task.config, task.markets, task.members)
    this.markets = task.markets.map((id, i) => {
      const market = createMarket(task.config, plan, id, extension)
      const state = task.states?.[i]
      if (state !== undefined) market.restore(state.simulation)
      return market
    })
    this.metrics = task.metrics
      ? this.markets.map((market, i) => {
          const metrics = new MarketMetrics(market.people(), task.config.startDay)
          const saved = task.states?.[i]?.metrics
          if (saved !== undefined)
            metrics.restore(decodeSections(saved).sections as Parameters<MarketMetrics['restore']>[0])
          return metrics
        })
      : []
  }

  /** Carries out one order. */
  answer(given: Order): Answer {
    const { order } = given
    switch (order) {
      case 'ready':
        return { order }
      case 'day':
        return { order, markets: this.markets.map((market, i) => market.runDay(this.metrics[i])) }
      case 'people':
        this.people = new PeopleDesk(this.config, given.setup, given.joinDay)
        return { order }
      case 'meet':
        return { order, media: this.people!.meet(given.first, given.people, given.settled) }
      case 'enrol':
        return { order, ...this.people!.make(given.first, given.ids) }
      case 'blocks':
        this.people = undefined
        this.written = given.setup.ids.written
        this.maker = new BlockMaker(given.setup, sourcesOf(given.setup.sources!), given.name)
        return { order }
      case 'simulate':
        return { order, markets: this.simulate(given.day, given.settled) }
      case 'make':
        return { order, ...this.make(given.day, given.places) }
      case 'pass':
        return { order, markets: this.markets.map((market, i) => market.passDays(given.days, this.metrics[i])) }
      case 'save':
        return this.save()
      case 'tally':
        return { order, tallies: this.metrics.map((metrics) => metrics.tally()) }
      default:
        throw new Error(`unknown order ${order satisfies never}`)
    }
  }

  private simulate(day: number, settled: number): SimulatedMarket[] {
    for (const earlier of this.held.keys()) if (earlier < settled) this.held.delete(earlier)
    const facts = this.markets.map((market, i) => market.runDay(this.metrics[i]))
    this.held.set(day, facts)
    return facts.map((market) => ({
      market: market.market,
      summary: withoutRows(market),
      counts: this.withoutWritten(countMarket(market)),
    }))
  }

  private withoutWritten(counts: MarketCounts): MarketCounts {
    return { ...counts, arrivals: counts.arrivals.filter((k) => k > this.written) }
  }

  private make(day: number, places: readonly FirstIds[]): Pick<MakeAnswer, 'blocks' | 'seconds'> {
    const facts = this.held.get(day)
    if (!this.maker || !facts) throw new Error(`day ${day} is not held: it cannot be made into blocks`)
    const watch = new Stopwatch()
    return { blocks: this.maker.make(day, facts, places), seconds: watch.seconds }
  }

  private save(): SaveAnswer {
    const order = 'save'
    try {
      const states = this.markets.map((market, i): MarketState => {
        const metrics = this.metrics[i]
        const state = { market: market.id, simulation: market.save() }
        return metrics ? { ...state, metrics: encodeSections({}, metrics.save()) } : state
      })
      return { order, states }
    } catch (error) {
      return { order, states: [], fault: error instanceof Error ? error.message : String(error) }
    }
  }
}

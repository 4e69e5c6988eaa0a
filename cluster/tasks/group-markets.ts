import { populationOf } from '../../run/index.ts'
import {
  createMarket,
  generateProfile,
  type Market,
  type MarketPlan,
  type PersonProfile,
  type Population,
  planMarkets,
  type RunConfig,
} from '../../sim/index.ts'

/** A run's markets, made as tasks need them: where everybody lives is drawn once, however many tasks follow. */
export class RunMarkets {
  readonly plan: MarketPlan
  readonly #config: RunConfig
  readonly #population: Population

  constructor(config: RunConfig) {
    this.#config = config
    this.#population = populationOf(config)
    this.plan = planMarkets(config)
  }

  /** Some markets before their first day. */
  make(ids: readonly number[]): Market[] {
    return ids.map((id) => createMarket(this.#config, this.plan, id))
  }

  /** People at the start in each of some markets. */
  sizes(ids: readonly number[]): number[] {
    return ids.map((id) => this.plan.sizes[this.plan.ids.indexOf(id)]!)
  }

  /** @param joinDay −1 for those who are there at the start */
  profile(k: number, joinDay: number): PersonProfile {
    return generateProfile(this.#population, k, joinDay)
  }
}

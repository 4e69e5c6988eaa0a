import { createMarket, type Market, type MarketPlan, planMarkets, type RunConfig } from '../../sim/index.ts'

/** A run's markets, made as tasks need them: where everybody lives is drawn once, however many tasks follow. */
export class RunMarkets {
  readonly plan: MarketPlan
  readonly #config: RunConfig

  constructor(config: RunConfig) {
    this.#config = config
    this.plan = planMarkets(config)
  }

  /** Some markets before their first day. */
  make(ids: readonly number[]): Market[] {
    return ids.map((id) => createMarket(this.#config, this.plan, id))
  }
}

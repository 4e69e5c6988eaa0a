import { stretchOf } from '../../run/days/stretch.ts'
import { createSimulation, type EventExtension, MarketMetrics, type RunInput } from '../../sim/index.ts'

/** A run in this thread as a study has it: facts, digest and metrics, no rows kept. */
export class ObservedRun {
  readonly #run
  readonly #metrics
  /** Facts so far. */
  facts = 0

  constructor(input: RunInput, extension?: EventExtension) {
    this.#run = createSimulation(input, extension)
    const { startDay } = this.#run.config
    this.#metrics = new Map(this.#run.markets.map((market) => [market, new MarketMetrics(market.people(), startDay)]))
  }

  get people(): number {
    return this.#run.config.count
  }

  get markets(): number {
    return this.#run.markets.length
  }

  get level(): string {
    return this.#run.config.market
  }

  get digest(): string {
    return this.#run.digest
  }

  /** Bytes of all columns, the observers' included. */
  get bytes(): number {
    return [...this.#metrics].reduce((sum, [market, metrics]) => sum + market.bytes() + metrics.bytes, 0)
  }

  /** Simulates the next days, in the stretches that a run without rows takes, and returns how many facts they have. */
  days(count: number): number {
    let facts = 0
    for (let left = count; left > 0; left -= stretchOf(this.people, left)) {
      const days = this.#run.passDays(stretchOf(this.people, left), (market) => this.#metrics.get(market))
      for (const { rows } of days.flat()) for (const fact of rows) facts += fact
    }
    this.facts += facts
    return facts
  }
}

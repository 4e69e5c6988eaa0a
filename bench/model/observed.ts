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

  /** Simulates the next day and returns how many facts it has. */
  day(): number {
    let facts = 0
    for (const { rows } of this.#run.passDay((market) => this.#metrics.get(market))) {
      for (const count of rows) facts += count
    }
    this.facts += facts
    return facts
  }

  days(count: number): number {
    let facts = 0
    for (let day = 0; day < count; day++) facts += this.day()
    return facts
  }
}

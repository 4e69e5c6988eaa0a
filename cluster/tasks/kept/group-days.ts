import type { Market, MarketTables } from '../../../sim/index.ts'
import type { RunMarkets } from '../group-markets.ts'
import type { GroupReader } from './group-file.ts'

/** A group's days, one after the other: those that pass 1 kept, and from the first that it did not, lived through again. */
export class GroupDays {
  readonly #ids: readonly number[]
  readonly #runMarkets: RunMarkets
  #kept: GroupReader | null
  #markets: readonly Market[] | undefined
  #next = 0

  constructor(runMarkets: RunMarkets, ids: readonly number[], kept: GroupReader | null) {
    this.#runMarkets = runMarkets
    this.#ids = ids
    this.#kept = kept
  }

  /** All markets of the next day, in their order. */
  next(): MarketTables[] {
    const day = this.#next++
    const kept = this.#kept?.day(day)
    if (kept) return kept
    this.close()
    this.#markets ??= this.#livedThrough(day)
    return this.#markets.map((market) => market.runDay())
  }

  close(): void {
    this.#kept?.close()
    this.#kept = null
  }

  #livedThrough(days: number): readonly Market[] {
    const markets = this.#runMarkets.make(this.#ids)
    for (const market of markets) market.passDays(days)
    return markets
  }
}

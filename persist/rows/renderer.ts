import type { MarketTables } from '../../sim/facts/index.ts'
import type { TableBatch } from '../batch.ts'
import { type DayContext, dayBatches, type Texts } from './day.ts'
import { SequenceIds, UserIds } from './ids.ts'
import type { PictureSource } from './media.ts'
import { countMarket, type FirstIds } from './placement.ts'

/** Where a run's ids stand before a day: plain data, so that its rows can be made on another thread or machine. */
export interface IdsSoFar {
  /** Midnight UTC of day 0, epoch ms. */
  readonly startMs: number
  /** The greatest person number that has an id already: whoever arrives below it was written before the day. */
  readonly written: number
  /** `UserIds.runs()` */
  readonly users: readonly number[]
  /** `SequenceIds.steps()` of posts and of matches. */
  readonly posts: readonly number[]
  readonly matches: readonly number[]
  /** The first ids of the next day, unless others write meanwhile. */
  readonly next: FirstIds
}

/**
 * Makes the rows of some markets with their final ids, where the facts are made. Days of a market follow one another;
 * a day may be made again with other ids, and then all days behind it.
 */
export class Renderer {
  readonly #context: DayContext
  readonly #columns: Columns | undefined
  readonly #written: number

  /**
   * @param keep whether rows stay as they are; otherwise the next market's are made in the same memory, which saves the
   *   system from giving and taking back some megabytes for each
   */
  constructor(
    ids: Omit<IdsSoFar, 'next'>,
    sources: { readonly texts: Texts; readonly pictures: PictureSource },
    keep: boolean,
  ) {
    this.#written = ids.written
    this.#columns = keep ? undefined : new Columns()
    const columns = this.#columns
    this.#context = {
      ...(columns && { room: (count) => columns.take(count) }),
      startMs: ids.startMs,
      texts: sources.texts,
      pictures: sources.pictures,
      users: UserIds.of(ids.users),
      posts: SequenceIds.of(ids.posts),
      matches: SequenceIds.of(ids.matches),
    }
  }

  /** One batch a table, in the order of writing; batches without rows too. */
  render(day: number, facts: MarketTables, first: FirstIds): TableBatch[] {
    this.#columns?.begin()
    const { rows, firstPost, firstMatch, arrivals } = countMarket(facts)
    const { users, posts, matches } = this.#context
    const unwritten = arrivals.filter((k) => k > this.#written)
    unwritten.forEach((k, i) => {
      users.set(k, first.users + i)
    })
    if (rows.posts > 0) posts.add(facts.market, firstPost, first.posts)
    if (rows.matches > 0) matches.add(facts.market, firstMatch, first.matches)
    return dayBatches({ day, markets: [facts] }, first, rows, this.#context)
  }
}

/** Memory of columns, taken one after another, and again from the beginning. */
class Columns {
  readonly #all: Float64Array[] = []
  #next = 0

  begin(): void {
    this.#next = 0
  }

  /** At least so many numbers, of any value. */
  take(count: number): Float64Array {
    const at = this.#next++
    const there = this.#all[at]
    if (there && there.length >= count) return there
    // Days grow, by little each.
    return (this.#all[at] = new Float64Array(Math.ceil(count * 1.25)))
  }
}

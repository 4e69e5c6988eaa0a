import { checkIds, DAY_TABLES, type FirstIds, sumCounts } from '../rows/placement.ts'
import type { DayBlocks } from '../store.ts'
import type { Backend } from './backend.ts'
import type { RunState } from './run-state.ts'
import type { Transactions } from './transactions.ts'

const TABLES = [...DAY_TABLES, 'users'] as const

/** Chosen: days that are written one by one after something went wrong, as where others write into the same tables. */
const REST_DAYS = 10

/**
 * Rows of the next day that are copied while the day before is being written, so that a server has two of its processes at work. It only
 * ever saves time: the day's transaction is the same, and where its rows could not be had so, they are written in their turn.
 */
export class DayAhead {
  readonly #backend: Backend
  readonly #transactions: Transactions
  #copying: { readonly state: RunState; readonly day: number; readonly ids: Promise<FirstIds | undefined> } | undefined
  #notBefore = 0

  constructor(backend: Backend, transactions: Transactions) {
    this.#backend = backend
    this.#transactions = transactions
  }

  /** To be called in a day's transaction once its ids are given. @param next the day after it */
  start(state: RunState, next: () => Promise<DayBlocks | null>): void {
    const day = state.run.lastDay + 2
    if (!this.#backend.copyAhead || day < this.#notBefore) return
    // Whatever it was, the day's turn finds it out, and says it.
    const ids = this.#copy(state, day, next).catch(() => undefined)
    this.#copying = { state, day, ids }
  }

  /**
   * To be called where the transaction of a day is to begin: it has then, if ids come back.
   * @param state a new one where a transaction has failed since: what was copied beside that is worth nothing
   */
  async begin(state: RunState, day: number): Promise<FirstIds | undefined> {
    const copying = this.#copying
    this.#copying = undefined
    if (copying?.state !== state || copying.day !== day) return undefined
    const ids = await copying.ids
    return ids && (await this.#backend.beginCopied!()) ? ids : undefined
  }

  /** No day follows. */
  async end(): Promise<void> {
    this.#copying = undefined
    await this.#backend.dropCopied?.()
  }

  /** The next days are written one by one. */
  rest(day: number): void {
    this.#notBefore = day + REST_DAYS
  }

  async #copy(state: RunState, day: number, nextDay: () => Promise<DayBlocks | null>): Promise<FirstIds | undefined> {
    // Room would have to be made for it, which the transaction under way keeps waiting.
    if (await this.#backend.keepsDays?.()) return undefined
    const next = await nextDay()
    // It has been long in coming: its turn is there, or no day follows after all.
    if (next?.day !== day || state.run.lastDay + 2 !== day || this.#copying?.state !== state) return undefined
    const counts = sumCounts(next.markets)
    return new Promise((given) => {
      const copied = this.#backend.copyAhead!(state.run.id, TABLES, async (greatest) => {
        const ids = (await this.#transactions.nextIds(state.ends, state.run.id, TABLES, greatest)) as FirstIds
        checkIds(ids, counts)
        const blocks = await next.blocks(ids)
        const taken = DAY_TABLES.filter((table) => counts[table] > 0)
        given(ids)
        return { lastIds: Object.fromEntries(taken.map((table) => [table, ids[table] + counts[table] - 1])), blocks }
      })
      copied.then((copied) => {
        if (!copied) this.rest(day)
        given(undefined)
      })
    })
  }
}

import type { TableBatch } from '../../batch.ts'
import { isCommitted, type LedgerDay, type LedgerRun } from '../../ledger/records.ts'
import { LEDGER } from '../../ledger/tables.ts'
import type { Plan } from '../plan/plan.ts'

const OF_PAIR: ReadonlySet<string> = new Set(['recipient_id', 'low_user_id', 'high_user_id'])
/** Name of the ledger's rows that keep who matched; each takes the pairs that MySQL's TEXT has room for. */
const TABLE = 'match_pairs'
const PAIRS_PER_ROW = 2500

/**
 * Whether messages are asked whom they are for, or between whom: a message knows its match by number, so the two people
 * of every match are kept then, in the ledger as well.
 */
export function needsPairs({ targets }: Plan): boolean {
  return targets.some(
    ({ source, all }) =>
      source === 'message' &&
      all.some(({ producer }) => {
        if (producer.from === 'function' || producer.from === 'returned') return true
        if (producer.from === 'key') return producer.columns.some((column) => OF_PAIR.has(column))
        return 'column' in producer && OF_PAIR.has(producer.column)
      }),
  )
}

interface Step {
  readonly first: number
  readonly low: ArrayLike<number>
  readonly high: ArrayLike<number>
}

/** The two people of each match of a run: 16 bytes a match. */
export class MatchPairs {
  readonly #steps: Step[] = []

  /** @param days the run's rows of the ledger */
  static of(days: readonly LedgerDay[], run: LedgerRun): MatchPairs {
    const pairs = new MatchPairs()
    for (const row of days) {
      if (!row.table.startsWith(TABLE) || !isCommitted(row, run) || !row.markets) continue
      const [first = 0, ...people] = row.markets
      const half = (side: number) => Float64Array.from({ length: people.length / 2 }, (_, i) => people[2 * i + side]!)
      pairs.#add({ first, low: half(0), high: half(1) })
    }
    return pairs
  }

  /** Adds the matches of a step, when it has some. */
  add(batches: readonly TableBatch[]): void {
    const step = stepOf(batches)
    if (step) this.#add(step)
  }

  /** @throws Error when the match was written by a version that did not keep its people */
  find(match: number): readonly [low: number, high: number] {
    let at = this.#steps.length - 1
    let from = 0
    while (from < at) {
      const middle = (from + at + 1) >> 1
      if (this.#steps[middle]!.first <= match) from = middle
      else at = middle - 1
    }
    const step = this.#steps[from]
    const low = step?.low[match - step.first]
    if (low === undefined) {
      throw new Error(`the ledger does not know the people of match ${match}: the run was begun under another mapping`)
    }
    return [low, step!.high[match - step!.first]!]
  }

  #add(step: Step): void {
    this.#steps.push(step)
    const last = this.#steps.length - 1
    if (last > 0 && this.#steps[last - 1]!.first > step.first) this.#steps.sort((a, b) => a.first - b.first)
  }
}

function stepOf(batches: readonly TableBatch[]): Step | null {
  const matches = batches.find(({ shape }) => shape.table === 'matches')
  if (!matches || matches.rows === 0) return null
  const { id, user_a_id: low, user_b_id: high } = matches.columns as Record<string, Float64Array>
  return { first: id![0]!, low: low!, high: high! }
}

/** The announcement of a step, with who matched in it. @param days rows of `seed_run_days`, all of one day */
export function withPairs(days: TableBatch, batches: readonly TableBatch[]): TableBatch {
  const step = stepOf(batches)
  if (!step || days.rows === 0) return days
  const texts: string[] = []
  for (let from = 0; from < step.low.length; from += PAIRS_PER_ROW) {
    const numbers = [step.first + from]
    for (let i = from; i < Math.min(step.low.length, from + PAIRS_PER_ROW); i++)
      numbers.push(step.low[i]!, step.high[i]!)
    texts.push(JSON.stringify(numbers))
  }
  const { run_id, day, chunk } = days.columns
  const own: Record<string, (text: string, i: number) => string | number | null> = {
    run_id: () => run_id![0] as number,
    day: () => day![0] as number,
    chunk: () => chunk![0] as number,
    table_name: (_, i) => `${TABLE} ${i + 1}`,
    rows: () => 0,
    first_id: () => 0,
    last_id: () => -1,
    fact_digest: () => null,
    content_digest: () => '',
    markets: (text) => text,
  }
  const columns = Object.fromEntries(
    Object.keys(LEDGER.seed_run_days.columns).map((name) => {
      const values = days.columns[name]!
      const more = texts.map(own[name]!)
      return [
        name,
        Array.isArray(values)
          ? [...values.slice(0, days.rows), ...(more as (string | null)[])]
          : Float64Array.from([...(values as Float64Array).subarray(0, days.rows), ...(more as number[])]),
      ]
    }),
  )
  return { ...days, rows: days.rows + texts.length, columns }
}

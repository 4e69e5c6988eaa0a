import { DAY_TABLES, type DayTable, type MarketCounts } from '../../persist/index.ts'
import { FACT_KINDS, type MarketSummary } from '../../sim/index.ts'
import { decodeSections, encodeSections, type SnapshotColumn } from '../../sim/kernel/index.ts'
import type { Tally } from '../../sim/observe/index.ts'

const KINDS = FACT_KINDS.length
const WORDS = KINDS * 4
const TABLES = DAY_TABLES.length

/** A market's day, as much of it as the ledger and the run's digest take. */
export interface CountedMarket {
  readonly counts: MarketCounts
  readonly summary: MarketSummary
}

/** What pass 1 found out about a group: by day, its markets; and its rates. */
export interface GroupCounts {
  readonly days: readonly (readonly CountedMarket[])[]
  readonly tally: Tally
}

/** As columns, a market's day after the other: some 260 bytes each. The same counts give the same bytes. */
export function encodeCounts({ days, tally }: GroupCounts): Uint8Array {
  const flat = days.flat()
  const ints = (width: number, of: (each: CountedMarket) => ArrayLike<number>) => {
    const column = new Int32Array(flat.length * width)
    flat.forEach((each, i) => {
      column.set(of(each), i * width)
    })
    return column
  }
  const vectors = Object.fromEntries(Object.entries(tally.vectors).map(([name, values]) => [`tally ${name}`, values]))
  return encodeSections(
    { days: days.length, observed: tally.days, startDay: tally.startDay },
    {
      market: ints(1, ({ counts }) => [counts.market]),
      rows: ints(TABLES, ({ counts }) => DAY_TABLES.map((table) => counts.rows[table])),
      firsts: ints(2, ({ counts }) => [counts.firstPost, counts.firstMatch]),
      arriving: ints(1, ({ counts }) => [counts.arrivals.length]),
      arrivals: Int32Array.from(flat.flatMap(({ counts }) => counts.arrivals)),
      facts: ints(KINDS, ({ summary }) => summary.rows),
      digests: ints(WORDS, ({ summary }) => summary.digests),
      ...vectors,
    },
  )
}

/** The counts of a group that stay columns: a day is made of them when it is asked for, however many markets there are. */
export interface CountedGroup {
  /** Its first market. */
  readonly market: number
  readonly tally: Tally
  /** A day's markets, as they were encoded. */
  day(day: number): CountedMarket[]
}

export function decodeCounts(bytes: Uint8Array): CountedGroup {
  const { header, sections } = decodeSections(bytes)
  const column = (name: string) => sections[name] as Int32Array
  const [market, rows, firsts, arriving] = ['market', 'rows', 'firsts', 'arriving'].map(column)
  const [arrivals, facts, digests] = ['arrivals', 'facts', 'digests'].map(column)
  const days = header.days as number
  const markets = market!.length / days
  const arrived = new Int32Array(market!.length + 1)
  arriving!.forEach((count, i) => {
    arrived[i + 1] = arrived[i]! + count
  })
  const at = (i: number): CountedMarket => ({
    counts: {
      market: market![i]!,
      rows: Object.fromEntries(DAY_TABLES.map((table, t) => [table, rows![i * TABLES + t]!])) as Record<
        DayTable,
        number
      >,
      firstPost: firsts![i * 2]!,
      firstMatch: firsts![i * 2 + 1]!,
      arrivals: Array.from(arrivals!.subarray(arrived[i]!, arrived[i + 1]!)),
    },
    summary: {
      market: market![i]!,
      rows: Uint32Array.from(facts!.subarray(i * KINDS, (i + 1) * KINDS)),
      digests: Uint32Array.from(digests!.subarray(i * WORDS, (i + 1) * WORDS)),
    },
  })
  return {
    market: market![0]!,
    tally: {
      days: header.observed as number,
      startDay: header.startDay as number,
      vectors: vectorsOf(sections),
    },
    day: (day) => Array.from({ length: markets }, (_, i) => at(day * markets + i)),
  }
}

function vectorsOf(sections: Record<string, SnapshotColumn>): Record<string, Float64Array> {
  const named = Object.entries(sections).filter(([name]) => name.startsWith('tally '))
  return Object.fromEntries(named.map(([name, values]) => [name.slice('tally '.length), values as Float64Array]))
}

import type { FactKind, MarketTables } from '../../sim/facts/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'

/** Tables that a market's day fills, in the order of writing. */
export const DAY_TABLES = [
  'sessions',
  'posts',
  'post_media',
  'feed_seen',
  'liked_posts',
  'profile_views',
  'likes',
  'matches',
  'messages',
] as const
export type DayTable = (typeof DAY_TABLES)[number]

/** Tables that a day's facts fill, by kind of fact; `arrival` fills none: newcomers come as profiles. */
export const TABLE_OF_FACT = {
  session: 'sessions',
  post: 'posts',
  feed_seen: 'feed_seen',
  liked_post: 'liked_posts',
  profile_view: 'profile_views',
  like: 'likes',
  match: 'matches',
  message: 'messages',
} as const satisfies Partial<Record<FactKind, DayTable>>

/** What a market's day is in rows: plain data, all that whoever gives ids must know of it. */
export interface MarketCounts {
  readonly market: number
  readonly rows: Readonly<Record<DayTable, number>>
  /** The market's sequence numbers of the day's first post and match. */
  readonly firstPost: number
  readonly firstMatch: number
  /** Person numbers of the day's newcomers, in the order of their facts. */
  readonly arrivals: readonly number[]
}

/**
 * The ids of a market's day: its rows of a table have consecutive ids from here on, in event order; `users` is that of
 * its first newcomer.
 */
export type FirstIds = Readonly<Record<DayTable | 'users', number>>

/**
 * Ids are doubles, and exact up to 2⁵³ − 1; a table that already has greater ones has none left.
 * @throws MingleError IDS_EXHAUSTED
 */
export function checkIds(first: Readonly<Record<DayTable, number>>, rows: Readonly<Record<DayTable, number>>): void {
  const left = (name: DayTable) => Number.MAX_SAFE_INTEGER - (first[name] - 1)
  const table = DAY_TABLES.find((name) => rows[name] > 0 && rows[name] > left(name))
  if (table === undefined) return
  throw new MingleError(
    'IDS_EXHAUSTED',
    `${table} has no ids left: it holds rows up to id ${first[table] - 1}, and ids beyond ${Number.MAX_SAFE_INTEGER} (2⁵³ − 1) cannot be told apart; take another database, or give those rows smaller ids`,
  )
}

export function countMarket({ market, tables }: MarketTables): MarketCounts {
  let pictures = 0
  for (let i = 0; i < tables.post.rows; i++) pictures += tables.post.media[i]!
  const rows = { post_media: pictures } as Record<DayTable, number>
  for (const [kind, table] of Object.entries(TABLE_OF_FACT)) rows[table] = tables[kind as FactKind].rows
  return {
    market,
    rows,
    firstPost: tables.post.first,
    firstMatch: tables.match.first,
    arrivals: Array.from(tables.arrival.k.subarray(0, tables.arrival.rows)),
  }
}

/** Rows that a day has in each table. */
export function sumCounts(markets: readonly MarketCounts[]): Record<DayTable, number> {
  const sums = Object.fromEntries(DAY_TABLES.map((table) => [table, 0])) as Record<DayTable, number>
  for (const { rows } of markets) for (const table of DAY_TABLES) sums[table] += rows[table]
  return sums
}

/**
 * Gives each market of a day its ids, the markets one after another.
 * @param bases the day's first id of each table
 */
export function placeMarkets(markets: readonly MarketCounts[], bases: FirstIds): FirstIds[] {
  let next = bases
  return markets.map((counts) => {
    const first = next
    next = idsAfter([counts], first)
    return first
  })
}

/** The first ids of what follows a day. */
export function idsAfter(markets: readonly MarketCounts[], bases: FirstIds): FirstIds {
  const next = { ...bases }
  for (const { rows, arrivals } of markets) {
    for (const table of DAY_TABLES) next[table] += rows[table]
    next.users += arrivals.length
  }
  return next
}

export function sameIds(a: FirstIds, b: FirstIds): boolean {
  return a.users === b.users && DAY_TABLES.every((table) => a[table] === b[table])
}

/** [market, sequence number of its first row, rows, …] of the markets that have rows of this kind, as the ledger keeps them. */
export function marketRanges(markets: readonly MarketCounts[], table: 'posts' | 'matches'): number[] {
  return markets.flatMap(({ market, rows, firstPost, firstMatch }) =>
    rows[table] > 0 ? [market, table === 'posts' ? firstPost : firstMatch, rows[table]] : [],
  )
}

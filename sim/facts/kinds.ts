import type { OwnTable } from './own-rows.ts'

/**
 * The kinds of fact and their columns. A fact is a row of 32-bit integers: logical keys, codes and milliseconds.
 * People are k (1…N). Posts, matches and messages are the market's own sequence numbers (0, 1, 2, … over the whole
 * run, in event order). Times are milliseconds since the start of the fact's day; only `start` of a session may be
 * negative, when the session began before midnight.
 *
 * The order of kinds and columns enters the fact digest: changing it raises the engine version.
 */
export const FACT_KINDS = [
  'arrival',
  'session',
  'post',
  'feed_seen',
  'liked_post',
  'profile_view',
  'like',
  'match',
  'message',
] as const
export type FactKind = (typeof FACT_KINDS)[number]

export const FACT_COLUMNS = {
  /** Person k joined the site on this day. */
  arrival: ['k', 'at'],
  /** Written when the session ends. */
  session: ['k', 'start', 'at'],
  /** `text` is (template, variant, operand) for `renderPost`; `media` counts the post's pictures. */
  post: ['k', 'template', 'variant', 'operand', 'media', 'at'],
  feed_seen: ['k', 'post', 'at'],
  liked_post: ['k', 'post', 'at'],
  /** `post` is the post from which the profile was opened, −1 if none. */
  profile_view: ['k', 'viewed', 'post', 'at'],
  /** `action` is 1 for LIKE and 0 for DISLIKE. */
  like: ['k', 'to', 'action', 'at'],
  /** `k` < `other`. */
  match: ['k', 'other', 'at'],
  /** `k` is the sender; `text` is (template, variant, operand, person) for `renderMessage`. */
  message: ['k', 'match', 'template', 'variant', 'operand', 'person', 'at'],
} as const satisfies Record<FactKind, readonly string[]>

/** Position of each kind in `FACT_KINDS`: the code that the journal and the digest use. */
export const Fact = {
  arrival: 0,
  session: 1,
  post: 2,
  feedSeen: 3,
  likedPost: 4,
  profileView: 5,
  like: 6,
  match: 7,
  message: 8,
} as const

export type FactColumn<K extends FactKind> = (typeof FACT_COLUMNS)[K][number]

/** The facts of one kind, one market, one day. All columns have length `rows`. */
export type FactTable<K extends FactKind = FactKind> = {
  readonly rows: number
  /** The market's sequence number of the first row; row i has sequence `first + i`. */
  readonly first: number
} & Readonly<Record<FactColumn<K>, Int32Array>>

/** The facts of one market on one day, kind by kind: all that its rows follow from. */
export interface MarketTables {
  readonly market: number
  readonly tables: { readonly [K in FactKind]: FactTable<K> }
  /** 128-bit digest of each kind's columns, 4 words a kind, in the order of `FACT_KINDS`. */
  readonly digests: Uint32Array
  /** Facts of an extension's own kinds, in the order that it named them; absent without one. */
  readonly own?: readonly OwnTable[]
}

/** The facts of one market on one day. */
export interface MarketDay extends MarketTables {
  /** The kind of every fact (its code), in event order: the i-th fact of kind q is row i of table q. */
  readonly order: Uint8Array
}

/** What is left of a market's day when nobody asks for its rows: enough for the digest and the counts. */
export interface MarketSummary {
  readonly market: number
  /** Rows by kind, in the order of `FACT_KINDS`. */
  readonly rows: Uint32Array
  /** As in `MarketDay`. */
  readonly digests: Uint32Array
  readonly own?: readonly Pick<OwnTable, 'kind' | 'rows' | 'digest'>[]
}

/** What a day's rows follow from: markets in their fixed order. */
export interface DayTables {
  /** 0 is the run's first day. */
  readonly day: number
  readonly markets: readonly MarketTables[]
}

/** All facts of one day: the markets in their fixed order. */
export interface DayFacts extends DayTables {
  readonly markets: readonly MarketDay[]
}

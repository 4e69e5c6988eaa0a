/** What a column of a table holds of a fact: which of the fact's own columns, and as what. */
export type OwnColumn =
  /** A person, as a row of `users`. */
  | { readonly person: string }
  /** A match or a post of the fact's market, as a row of theirs. */
  | { readonly match: string }
  | { readonly post: string }
  /** A moment, which the fact has in ms since the day's start. */
  | { readonly time: string }
  | { readonly number: string }
  /** A word for each number from 0 on. */
  | { readonly word: string; readonly of: readonly string[] }

/** Where an extension's facts of a kind go in a database. Plain data, which a run's ledger keeps. */
export interface RowsOfFact {
  /** A table of its own, which is made where it is missing, or one of the site's. Its `id` numbers the rows. */
  readonly table: string
  readonly columns: Readonly<Record<string, OwnColumn>>
  /** Columns whose values no two rows share: a table that is made has such uniques, and a mapping may count on them. */
  readonly unique?: readonly (readonly string[])[]
}

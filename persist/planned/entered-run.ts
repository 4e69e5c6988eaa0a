import type { FileEntry } from '../files/manifest.ts'
import type { Account } from '../ledger/account.ts'
import type { DayTable, MarketCounts } from '../rows/placement.ts'
import type { TaskIds } from './task-setup.ts'

/** Some people who were written elsewhere. */
export interface EnteredPeople {
  readonly people: number
  /** Ids of the first of them, and of the first picture. */
  readonly users: number
  readonly profile_media: number
  readonly media: number
  /** By profile table; tables without rows may be left out. */
  readonly accounts: Readonly<Record<string, Account>>
  /** Interests that they touched, as `MadePeople.marks`. */
  readonly marks: readonly number[]
}

/** A day that was written elsewhere. */
export interface EnteredDay {
  readonly day: number
  readonly first: TaskIds
  /** The markets in their order. */
  readonly markets: readonly MarketCounts[]
  /** Null on a day on which nobody joins. */
  readonly newcomers: EnteredPeople | null
  readonly accounts: Readonly<Partial<Record<DayTable, Account>>>
  readonly factDigests: readonly string[]
}

/** A whole run whose rows lie at their places already; its ledger is what one machine would have written. */
export interface EnteredRun {
  readonly chunks: readonly EnteredPeople[]
  /** In order; asked for again where the connection broke. */
  days(): Iterable<EnteredDay>
  /** First ids of the first day. */
  readonly first: TaskIds
  /** Files: all that were written, by table, then in the order of their ids. Empty for a database. */
  readonly files: readonly FileEntry[]
  readonly digest: string
  readonly metrics: string
}

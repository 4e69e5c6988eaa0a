import type { Adoptable, AdoptWish } from '../adopt/person.ts'
import type { TableBatch, TableShape } from '../batch.ts'
import type { Block, Encoding } from '../blocks/block.ts'
import type { FileEntry } from '../files/manifest.ts'
import type { Account } from '../ledger/account.ts'
import type { Cursor, LedgerReader, LedgerRun } from '../ledger/records.ts'
import type { OwnTable } from '../own/own-table.ts'
import type { LookupIds, LookupTables, OwnLookups } from '../rows/lookups.ts'
import type { Verification } from '../store.ts'
import type { SqlPlace } from './statements.ts'

/** A range of a table's key that a run owns. */
export interface KeyRange {
  readonly shape: TableShape
  readonly first: number
  readonly last: number
}

/** Rows that are given to the place before their turn, and the last id that they take of each table. */
export type RowsAhead = (greatestIds: readonly number[]) => Promise<{
  readonly lastIds: Readonly<Record<string, number>>
  readonly blocks: readonly Block[]
}>

/** The ids that a day takes of a table; last < first: none. */
export interface DayRange {
  readonly table: string
  readonly day: number
  readonly first: number
  readonly last: number
}

/**
 * The adapter contract: a place that keeps tables. `DatabaseStore` makes a `RunStore` of it. Calls follow one another;
 * between `begin` and `commit` they are one transaction where the place has such a thing (`transactional`). Where it
 * has none, the order of calls keeps a run resumable: ranges are announced first, the cursor moves last.
 */
export interface Backend extends LookupTables {
  /** Without its password. */
  readonly url: string
  readonly writer: string
  readonly transactional: boolean
  /** People per chunk of phase A. */
  readonly profileChunk: number
  readonly ledger: LedgerReader

  /** Whether an error means that the connection is gone: the transaction may be tried again. */
  isLost?(error: unknown): boolean
  /** Whether an error means that another committed what this transaction was about to write: it may be tried again. */
  isConflict?(error: unknown): boolean
  /** What an error of the driver means to the user, the driver's own as its cause; others as they are. */
  explain?(error: unknown): unknown
  /** Whether there is a ledger to read; creates nothing. */
  exists(): Promise<boolean>
  /** Creates or migrates what is missing. @throws MingleError when the place holds tables that are not ours */
  prepare(): Promise<void>
  /**
   * Has the tables of days kept by day from now on, where the place can do that and nothing of the site's is lost by it.
   *
   * @param by whether the user wished it
   * @returns why they stay as they are; null when they are kept by day
   * @throws MingleError BAD_INPUT when the user wished it, and they cannot
   */
  partition?(by: 'itself' | 'wish'): Promise<string | null>
  /** Whether tables of days are kept by day, so that room is made for a day before it is written. */
  keepsDays?(): Promise<boolean>
  /**
   * Makes room for days of a run, by the ids that they take, where tables are kept by day; within a transaction, which is to be short,
   * as others wait for it. @throws MingleError IDS_TAKEN when others were quicker
   */
  openDays?(runId: number, days: readonly DayRange[]): Promise<void>
  /** Drops the room for days of a run that was reset, and of runs that the ledger no longer has; in transactions of its own. */
  closeDays?(runId: number): Promise<void>
  /** A mapping: the tables that runs are written to and that hold rows; by default those of the reference schema. */
  occupied?(): Promise<string[]>
  /** Makes sure that no other living process writes the run; where there are no transactions. */
  claim?(runId: number): Promise<void>

  /**
   * Where there are no transactions: an announcement, made under `unchecked(chunk)`, is found to be nobody else's. Returns how
   * many rows of the ledger it has.
   */
  confirm?(runId: number, day: number, chunk: number): Promise<number>

  /** A mapping: finds or adds the site's lookup rows, within a transaction; by default those of the lookup tables. */
  ensureLookups?(own: OwnLookups): Promise<LookupIds>
  /** A mapping: told which run the next calls are about. */
  focus?(run: LedgerRun): Promise<void>
  /** A mapping: whether it is the one that the run was written under. @throws MingleError BAD_INPUT when it is not */
  accept?(run: Pick<LedgerRun, 'seed' | 'segments'>): Promise<void>
  /** A mapping: has it go by the facts of a new run's extension. @throws MingleError BAD_INPUT when it cannot */
  ownFacts?(own: readonly OwnTable[]): Promise<void>
  /** A mapping: what the ledger records of each batch of a step; by default its rows and their content digest. */
  account?(batches: readonly TableBatch[]): Account[]
  /** A mapping: whether rows of a table of days are asked for at all; by default all are. */
  wants?(table: string): boolean
  /** A mapping: compares the run's rows with what `account` recorded. */
  verify?(run: LedgerRun, progress: (day: number) => void): Promise<Verification>
  /** Files: those that no run wrote and that lie among theirs. */
  strayFiles?(): Promise<readonly string[]>
  /** Files: those of runs that the ledger has nothing of yet. */
  unenteredFiles?(): Promise<readonly string[]>
  /** Files: those that bear a run's number, and that its ledger does not list; they go with the run. */
  unlistedFiles?(runId: number): Promise<readonly string[]>
  /** A mapping: the run's rows by the tables that hold them; by default as the ledger has them. */
  rowsOf?(run: LedgerRun): Promise<Readonly<Record<string, number>>>

  /** A mapping: people of the site's whom no run made; by default those of the reference schema. */
  adoptable?(wish: AdoptWish): Promise<Adoptable[]>
  /** A mapping: rows of the site's models for what jobs derive, by table; by default those of the derived tables. */
  derivedRows?(whose: 'jobs' | 'others'): Promise<Record<string, number>>
  /** A mapping: removes those that jobs wrote, within a transaction. */
  emptyDerived?(): Promise<void>

  /** Prisma: statements for tables that its client does not know, such as an extension's. */
  readonly statements?: SqlPlace

  begin(): Promise<void>
  commit(): Promise<void>
  /** Safe to call after a failed `begin` or `commit`. */
  rollback(): Promise<void>

  insert(batch: TableBatch): Promise<void>
  /** How many makers of blocks a day may have; absent: any number. */
  readonly makers?: number
  /** How days are to be made into blocks, for the tables as they are now; null or absent: only `insert` takes them. */
  encoding?(): Promise<Encoding | null>
  /** Whether people's rows are taken as blocks too. */
  readonly takesPeopleBlocks?: boolean
  /** The blocks of a day, the markets in their order, or of some people; made as `encoding` says. */
  insertBlocks?(blocks: readonly Block[]): Promise<void>
  /**
   * Gives rows of the day that comes next to the place while the present transaction is under way: in a transaction of their own, which
   * becomes the present one by `beginCopied`, and is undone by `begin`. Nobody sees them before it commits.
   *
   * @param rows asked for them, and told the greatest ids of these tables, those of the present transaction left out
   * @returns whether all are there; when not, for whatever reason, `begin` and `insertBlocks` write the day as if it had not been tried.
   *   Never throws
   */
  copyAhead?(runId: number, tables: readonly string[], rows: RowsAhead): Promise<boolean>
  /**
   * `begin`, with the rows that `copyAhead` gives: `insertBlocks` is told the same ones, and waits for them. @returns false where there are
   * none: nothing was begun
   */
  beginCopied?(): Promise<boolean>
  /** Undoes them, when no day follows. */
  dropCopied?(): Promise<void>
  /** Files: any table's rows are taken as they come. */
  readonly needsNoTables?: boolean
  /** Files: those that others have put, and that belong to the transaction's run. */
  enterFiles?(files: readonly FileEntry[]): Promise<void>
  /** Inserts the rows whose primary key is not there yet. */
  insertMissing(batch: TableBatch): Promise<void>
  /** Greatest value of a table's `id`, 0 when it is empty. */
  greatestId(table: string): Promise<number>
  /** `greatestId` of several tables at once, where each question is a way to the server. */
  greatestIds?(tables: readonly string[]): Promise<number[]>
  /** Rows of a table. */
  count(table: string): Promise<number>
  /** Sets the cursor if it stands at `from`; returns whether it did. */
  moveCursor(runId: number, from: Cursor, to: Cursor): Promise<boolean>
  /** Told before the rows are written: the site's own inserts go on above these ids. */
  advanceSequences(lastIds: Readonly<Record<string, number>>): Promise<void>

  /** The rows of a range, in the shape's order, in parts. */
  read(range: KeyRange): AsyncIterable<TableBatch>
  /** Removes rows that nothing else hangs on. */
  deleteRange(range: KeyRange): Promise<void>
  /**
   * A mapping: removes what a cut-off writer left of a step, all ranges at once; by default `deleteRange` one by one.
   * Returns whether it keeps the announcement until the step is written again, to know then that it is repeated.
   */
  deleteAnnounced?(ranges: readonly KeyRange[]): Promise<boolean>
  /**
   * Removes ranges (children before parents) and, where `cascade`, what hangs on them by foreign keys. One transaction
   * of its own, together with `also`.
   */
  deleteRanges(ranges: readonly KeyRange[], also: () => Promise<void>): Promise<void>
  /** Removes rows of the ledger: of the whole run, or those that belong to announced days and people. */
  deleteLedger(runId: number, what: LedgerPart): Promise<void>
  close(): Promise<void>
}

export type LedgerPart =
  | { readonly part: 'run' }
  /** One transaction's announcement. */
  | { readonly part: 'days'; readonly day: number; readonly chunk: number }
  /** People whose row ids lie in a range. */
  | { readonly part: 'people'; readonly first: number; readonly last: number }
  /** People with greater numbers. */
  | { readonly part: 'later'; readonly after: number }
  /** Segments after the first, and the first one's days. */
  | { readonly part: 'segments' }

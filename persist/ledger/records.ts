import type { RunRecord } from '../store.ts'

/** A row of `seed_run_days`: what one transaction wrote into one table. */
export interface LedgerDay {
  readonly day: number
  /** 0 is the day itself; others are chunks of profiles. */
  readonly chunk: number
  readonly table: string
  readonly rows: number
  /** The range of the table's key; `lastId` is `firstId - 1` when there are no rows. */
  readonly firstId: number
  readonly lastId: number
  readonly factDigest: string | null
  readonly contentDigest: string
  /** Posts and matches only: [market, first sequence number, rows, …]. */
  readonly markets: readonly number[] | null
}

/** A run with what only the store needs. */
export interface LedgerRun extends RunRecord {
  /** Chunks of profiles committed, over all segments. */
  readonly chunks: number
  /** By segment: how its content digests were made (`LAYOUT`). */
  readonly layouts: readonly number[]
}

/**
 * How the ledger's content digests are made, recorded with each segment: 1 (where none is recorded) by `ContentDigest`, over
 * all rows of a table and day in order; 2 by `RowSum`, which adds up from parts, so that rows are digested where they are made.
 */
export const LAYOUT = 2

/** The layout that a segment's `bases` record. */
export function layoutOf(bases: string): number {
  return (JSON.parse(bases) as { layout?: number }).layout ?? 1
}

/** The part of a run that its transactions move. */
export type Cursor = Pick<
  LedgerRun,
  'status' | 'profilesThrough' | 'chunks' | 'lastDay' | 'people' | 'digest' | 'metrics'
>

/** Ids that a run recorded for itself. */
export type IdRange = Pick<LedgerDay, 'table' | 'firstId' | 'lastId'>

/** Reading the ledger. */
export interface LedgerReader {
  /** All runs by id, or the one with this seed or id. */
  runs(which?: { readonly seed: string } | { readonly id: number }): Promise<LedgerRun[]>
  /** By day, then chunk, then table. */
  days(runId: number): Promise<LedgerDay[]>
  /** Whether there is one of these. */
  hasDays(runId: number): Promise<boolean>
  /** What other runs announced and have not committed: they are being written, or were cut off. */
  announcedBeside(runId: number): Promise<IdRange[]>
  /** Everybody's k and row id, in parts. */
  people(runId: number): AsyncIterable<readonly { readonly k: number; readonly userId: number }[]>
}

/**
 * The chunk under which a writer without transactions announces ranges before it has looked whether they are free: no row
 * of theirs is written yet.
 */
export function unchecked(chunk: number): number {
  return -1 - chunk
}

/** Whether the transaction that announced this row was committed. */
export function isCommitted(row: LedgerDay, run: Pick<LedgerRun, 'chunks' | 'lastDay'>): boolean {
  if (row.chunk < 0) return false
  return row.chunk > 0 ? row.chunk <= run.chunks : row.day <= run.lastDay
}

import type { TableBatch } from '../batch.ts'
import type { RowGroupPart } from '../files/parquet/row-group.ts'
import { TABLE_NAMES } from '../rows/tables.ts'

/**
 * Finished rows of one table of one market and day, or of some people, in a form that the place's writer takes without touching a value.
 * Plain data: a block can be made on another thread or machine.
 */
export interface Block {
  readonly table: string
  /** −1: people, whatever market they live in. */
  readonly market: number
  readonly rows: number
  /** The key of the first row. */
  readonly firstId: number
  /** That of the last one, where there is not one for each; absent: the rows' ids follow one another. */
  readonly lastId?: number
  /** The rows' part of the content digest (`RowSum`): the parts of a table and day add up, in any order. */
  readonly digest: Uint32Array
  /** Of the columns that `Encoding.references` names: the distinct values, ascending. */
  readonly referred: Readonly<Record<string, Float64Array>>
  readonly data: BlockData
}

export type BlockData =
  /** Rows by column, for writers that take values. */
  | { readonly form: 'columns'; readonly batch: TableBatch }
  /** Lines of NDJSON, fields of CSV without the header, or tuples of PostgreSQL's binary COPY without header and trailer. */
  | { readonly form: 'bytes'; readonly bytes: Uint8Array }
  /** A row group of Parquet; its offsets count from the beginning of `bytes`. */
  | { readonly form: 'parquet'; readonly bytes: Uint8Array; readonly group: RowGroupPart }
  /** Rows `firstId` … of a table of this name in an SQLite file, their ids being row ids. */
  | { readonly form: 'sqlite'; readonly file: string }

/** What a place wants blocks to be. Plain data. */
export interface Encoding {
  readonly form: 'columns' | 'ndjson' | 'csv' | 'parquet' | 'copy' | 'sqlite'
  /** By table: the columns whose distinct values the writer looks up; absent: none. */
  readonly references?: Readonly<Record<string, readonly string[]>>
  /** `copy`: how each table's columns are written, in the shape's order (`binaryForms`). */
  readonly copyForms?: Readonly<Record<string, readonly number[]>>
  /** `sqlite`: beginning of the paths of files that may be made. */
  readonly files?: string
}

/** First ids of some people: of the first of them, and of their first picture. */
export interface PeopleIds {
  readonly users: number
  readonly profile_media: number
}

/** People's rows in the form that the place's writer takes. */
export interface PeopleBlocks {
  /** One a table, in the order of writing; none for tables without rows. */
  readonly blocks: readonly Block[]
  /** Rows of `seed_people`. */
  readonly ledger: TableBatch
  /** Interests that they touched first, and when: [id, epoch ms, …], ids ascending. */
  readonly marks: readonly number[]
}

/** Blocks by table, in the order of writing, those of a table in the order given. */
export function blocksByTable(blocks: readonly Block[]): Map<string, Block[]> {
  const byTable = new Map<string, Block[]>()
  for (const table of TABLE_NAMES) byTable.set(table, [])
  for (const block of blocks) byTable.get(block.table)!.push(block)
  for (const [table, own] of byTable) if (own.length === 0) byTable.delete(table)
  return byTable
}

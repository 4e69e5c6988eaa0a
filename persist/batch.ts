/**
 * The values of one column. Numbers and times (epoch ms) lie in typed arrays, where NaN in a Float64Array is SQL NULL;
 * booleans are 0 and 1; text, dates without time (`YYYY-MM-DD`) and JSON are strings.
 */
export type ColumnValues = Int32Array | Float64Array | Uint8Array | readonly (string | null)[]

/** Rows of one table, by column. Every column has at least `rows` values; those beyond are ignored. */
export interface TableBatch {
  /** Name of the table in the database. */
  readonly table: string
  readonly rows: number
  /** By column name in the database, in the order in which the columns are written. */
  readonly columns: Readonly<Record<string, ColumnValues>>
}

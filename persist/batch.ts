/**
 * What a column holds: `id` and `int` whole numbers, `float` doubles, `time` milliseconds since 1970-01-01 UTC, `date`
 * the text `YYYY-MM-DD`, `json` JSON text as `JSON.stringify` makes it, `text` any text, enums included.
 */
export type ColumnKind = 'id' | 'int' | 'float' | 'time' | 'date' | 'json' | 'text'

/**
 * The values of one column: numbers and times in typed arrays, where NaN in a Float64Array is SQL NULL; the rest as
 * strings.
 */
export type ColumnValues = Int32Array | Float64Array | Uint8Array | readonly (string | null)[]

/** One table as rows are written to it and read back. */
export interface TableShape {
  /** Name of the table in the database. */
  readonly table: string
  /** PostgreSQL, MySQL: the schema (a database of MySQL's) that holds the table, when it is another than the connection's. */
  readonly schema?: string
  /** SQLite, MySQL: columns of bytes, whose values are texts of hex digits. */
  readonly binary?: readonly string[]
  /** By column name in the database, in the order in which columns are written and digested. */
  readonly columns: Readonly<Record<string, ColumnKind>>
  /** The column whose range is the run's own: the row id, or the person's where a table has no id. */
  readonly key: string
  /** Columns that put the rows in the order in which they were written; `key` first. */
  readonly order: readonly string[]
}

/** Rows of one table, by column. Every column has at least `rows` values; those beyond are ignored. */
export interface TableBatch {
  readonly shape: TableShape
  readonly rows: number
  readonly columns: Readonly<Record<string, ColumnValues>>
}

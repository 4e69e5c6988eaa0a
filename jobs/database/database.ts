import { batchOf, type ColumnKind, epochMs, type SqlTables, type TableBatch } from '../../persist/index.ts'

/** The columns of a result: numbers in arrays of doubles (NaN is NULL), the rest as texts. */
export type Columns<T extends Readonly<Record<string, ColumnKind>>> = { readonly size: number } & {
  readonly [C in keyof T]: T[C] extends 'text' | 'date' | 'json' ? readonly (string | null)[] : Float64Array
}

/** A range of keys, both ends included. */
export interface KeyRange {
  readonly first: number
  readonly last: number
}

/** Reads and writes a database in the few words of SQL that are alike everywhere; the others are methods. */
export class JobDatabase {
  readonly backend: SqlTables

  constructor(backend: SqlTables) {
    this.backend = backend
  }

  /** @param columns what the statement selects, in its order */
  async select<const T extends Readonly<Record<string, ColumnKind>>>(columns: T, sql: string): Promise<Columns<T>> {
    const rows = await this.backend.query(sql)
    const batch = batchOf({ table: '', key: '', order: [], columns }, rows)
    return { size: batch.rows, ...batch.columns } as unknown as Columns<T>
  }

  /** The first column of the only row. */
  async number(sql: string): Promise<number> {
    return (await this.select({ n: 'float' }, sql)).n[0] ?? Number.NaN
  }

  async isEmpty(table: string): Promise<boolean> {
    return (await this.backend.query(`SELECT 1 FROM ${table} LIMIT 1`)).length === 0
  }

  execute(sql: string): Promise<void> {
    return this.backend.execute(sql)
  }

  insert(batch: TableBatch): Promise<void> {
    return batch.rows === 0 ? Promise.resolve() : this.backend.insert(batch)
  }

  async transaction(work: () => Promise<void>): Promise<void> {
    try {
      await this.backend.begin()
      await work()
      await this.backend.commit()
    } finally {
      await this.backend.rollback()
    }
  }

  /**
   * Ranges that cover every whole number up from 1, with about `size` keys of the table in each; the last one is open
   * (it ends at the greatest safe integer), so that rows whose key is gone lie in one of them too.
   */
  async *ranges(table: string, key: string, size: number, where = ''): AsyncIterable<KeyRange> {
    for (let first = Number.MIN_SAFE_INTEGER; ; ) {
      const condition = `${key} >= ${first}${where && ` AND ${where}`}`
      const keys = await this.select(
        { key: 'id' },
        `SELECT ${key} FROM ${table} WHERE ${condition} ORDER BY ${key} LIMIT ${size}`,
      )
      const last = keys.size < size ? Number.MAX_SAFE_INTEGER : keys.key[keys.size - 1]!
      yield { first, last }
      if (keys.size < size) return
      first = last + 1
    }
  }

  /** A column of times as whole epoch milliseconds, however the site's rows keep them. */
  ms(column: string): string {
    return epochMs(this.backend.dialect, column)
  }

  /** Division of whole numbers, the dividend being none below 0, that rounds down. */
  div(dividend: string, divisor: number): string {
    return `(${dividend} ${this.backend.dialect === 'mysql' ? 'DIV' : '/'} ${divisor})`
  }

  /** A moment as a literal that columns of times are compared with and set to. */
  moment(ms: number): string {
    const iso = new Date(ms).toISOString()
    if (this.backend.dialect === 'sqlite') return `'${iso.replace('Z', '+00:00')}'`
    return `TIMESTAMP '${iso.slice(0, 23).replace('T', ' ')}'`
  }

  /** A value as a literal. */
  literal(value: string | number | null): string {
    if (typeof value === 'number') return String(value)
    const text = String(value).replaceAll("'", "''")
    return `'${this.backend.dialect === 'mysql' ? text.replaceAll('\\', '\\\\') : text}'`
  }

  /** A column as text, where a driver would read something else into it. */
  text(column: string): string {
    return this.backend.dialect === 'mysql' ? `CAST(${column} AS CHAR)` : column
  }
}

/** Numbers for an IN; a condition that nothing meets when there is none. */
export function among(column: string, keys: Iterable<number>): string {
  const list = [...keys].join(', ')
  return list === '' ? '1 = 0' : `${column} IN (${list})`
}

export function between(column: string, { first, last }: KeyRange): string {
  return `${column} BETWEEN ${first} AND ${last}`
}

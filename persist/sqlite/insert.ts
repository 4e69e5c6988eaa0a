import type { ColumnKind, TableBatch, TableShape } from '../batch.ts'
import { TimeFormat } from '../rows/times.ts'
import type { Connection } from './connection.ts'

/** Rows per statement: the best of 10, 20, 30, 50, 100 and 200 on the main job's mix. */
const ROWS = 30

type Value = string | number | null
type Statement = ReturnType<Connection['prepare']>

/** Multi-row INSERT statements, prepared once per table and number of rows. */
export class Inserter {
  readonly #connection: Connection
  readonly #statements = new Map<string, Statement>()
  /** As Prisma's own SQLite adapter writes DateTime, so that the site's comparisons hold. */
  readonly #times = new TimeFormat('T', '+00:00')

  constructor(connection: Connection) {
    this.#connection = connection
  }

  insert(batch: TableBatch, verb: 'INSERT' | 'INSERT OR IGNORE' = 'INSERT'): void {
    const names = Object.keys(batch.shape.columns)
    const width = names.length
    let values: Value[] = new Array(ROWS * width)
    for (let from = 0; from < batch.rows; from += ROWS) {
      const rows = Math.min(ROWS, batch.rows - from)
      if (rows < ROWS) values = new Array(rows * width)
      for (let c = 0; c < width; c++) {
        const name = names[c]!
        this.#fill(values, c, width, batch, name, batch.shape.columns[name]!, from, rows)
      }
      this.#statement(batch.shape, names, rows, verb).run(values)
    }
  }

  #fill(
    values: Value[],
    offset: number,
    width: number,
    batch: TableBatch,
    name: string,
    kind: ColumnKind,
    from: number,
    rows: number,
  ): void {
    const column = batch.columns[name]!
    if (kind === 'text' || kind === 'json') {
      const texts = column as readonly (string | null)[]
      for (let i = 0, at = offset; i < rows; i++, at += width) values[at] = texts[from + i]!
    } else if (kind === 'date') {
      const texts = column as readonly (string | null)[]
      for (let i = 0, at = offset; i < rows; i++, at += width) {
        const text = texts[from + i]!
        values[at] = text === null ? null : `${text}T00:00:00.000+00:00`
      }
    } else if (kind === 'time') {
      const times = column as Float64Array
      for (let i = 0, at = offset; i < rows; i++, at += width) {
        const ms = times[from + i]!
        values[at] = Number.isNaN(ms) ? null : this.#times.format(ms)
      }
    } else {
      const numbers = column as Float64Array
      for (let i = 0, at = offset; i < rows; i++, at += width) {
        const number = numbers[from + i]!
        values[at] = Number.isNaN(number) ? null : number
      }
    }
  }

  #statement(shape: TableShape, names: readonly string[], rows: number, verb: string): Statement {
    const key = `${verb} ${shape.table} ${rows}`
    let statement = this.#statements.get(key)
    if (!statement) {
      const row = `(${names.map(() => '?').join(',')})`
      const columns = names.map((name) => `"${name}"`).join(',')
      const sql = `${verb} INTO "${shape.table}" (${columns}) VALUES ${Array(rows).fill(row).join(',')}`
      statement = this.#connection.prepare(sql)
      this.#statements.set(key, statement)
    }
    return statement
  }
}

import type { TableBatch, TableShape } from '../batch.ts'
import { quoted } from '../identifiers.ts'
import { TimeBytes } from '../rows/times.ts'
import type { Connection } from './connection.ts'

/** Rows per statement: the best of 10, 20, 30, 60, 120 and 200 on the main job's mix. */
const ROWS = 60

type Value = string | number | null | Uint8Array
type Statement = ReturnType<Connection['prepare']>

/**
 * Multi-row INSERT statements, prepared once per table and number of rows. A value crosses from JavaScript in about
 * 0.1 µs, a text in 0.3 µs; so all times of a statement cross as one blob, and the statement cuts it up.
 */
export class Inserter {
  readonly #connection: Connection
  readonly #statements = new Map<string, Statement>()
  /** As Prisma's own SQLite adapter writes DateTime, so that the site's comparisons hold. */
  readonly #times = new TimeBytes('T', '+00:00')
  /** One per size, reused: the statement has copied it when `run` returns. */
  readonly #blobs = new Map<number, Uint8Array>()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  insert(batch: TableBatch, verb: 'INSERT' | 'INSERT OR IGNORE' = 'INSERT'): void {
    const { plain, times } = split(batch)
    let values: Value[] = []
    for (let from = 0; from < batch.rows; from += ROWS) {
      const rows = Math.min(ROWS, batch.rows - from)
      if (values.length > 0 && rows < ROWS) values = []
      for (let c = 0; c < plain.length; c++) fill(values, c, plain.length, batch, plain[c]!, from, rows)
      if (times.length > 0) values[plain.length * rows] = this.#timeBlob(batch, times, from, rows)
      this.#statement(batch.shape, plain, times, rows, verb).run(values)
    }
  }

  /** The times of some rows, row by row. */
  #timeBlob(batch: TableBatch, names: readonly string[], from: number, rows: number): Uint8Array {
    const length = this.#times.length
    const stride = length * names.length
    const size = stride * rows
    let blob = this.#blobs.get(size)
    if (!blob) this.#blobs.set(size, (blob = Buffer.alloc(size)))
    for (let c = 0; c < names.length; c++) {
      const times = batch.columns[names[c]!] as Float64Array
      for (let i = 0, at = c * length; i < rows; i++, at += stride) this.#times.write(blob, at, times[from + i]!)
    }
    return blob
  }

  #statement(
    shape: TableShape,
    plain: readonly string[],
    times: readonly string[],
    rows: number,
    verb: string,
  ): Statement {
    const key = `${verb} ${shape.table} ${plain.join()} ${times.join()} ${rows}`
    let statement = this.#statements.get(key)
    if (!statement) {
      const width = plain.length
      const length = this.#times.length
      const blob = rows * width + 1
      const tuples = Array.from({ length: rows }, (_, i) => {
        const values = plain.map((_, c) => `?${i * width + c + 1}`)
        const cuts = times.map(
          (_, c) => `CAST(substr(?${blob}, ${(i * times.length + c) * length + 1}, ${length}) AS TEXT)`,
        )
        return `(${[...values, ...cuts].join(',')})`
      })
      const columns = [...plain, ...times].map((name) => quoted(name)).join(',')
      statement = this.#connection.prepare(
        `${verb} INTO ${quoted(shape.table)} (${columns}) VALUES ${tuples.join(',')}`,
      )
      this.#statements.set(key, statement)
    }
    return statement
  }
}

/** The columns that cross value by value, and the times that cross as one blob: those without NULL. */
function split(batch: TableBatch): { plain: string[]; times: string[] } {
  const plain: string[] = []
  const times: string[] = []
  for (const [name, kind] of Object.entries(batch.shape.columns)) {
    const full = kind === 'time' && !(batch.columns[name] as Float64Array).subarray(0, batch.rows).some(Number.isNaN)
    ;(full ? times : plain).push(name)
  }
  return { plain, times }
}

function fill(
  values: Value[],
  offset: number,
  width: number,
  batch: TableBatch,
  name: string,
  from: number,
  rows: number,
): void {
  const kind = batch.shape.columns[name]!
  const column = batch.columns[name]!
  if (batch.shape.binary?.includes(name)) {
    const digits = column as readonly (string | null)[]
    for (let i = 0, at = offset; i < rows; i++, at += width) {
      const text = digits[from + i]!
      values[at] = text === null ? null : Buffer.from(text, 'hex')
    }
  } else if (kind === 'text' || kind === 'json') {
    const texts = column as readonly (string | null)[]
    for (let i = 0, at = offset; i < rows; i++, at += width) values[at] = texts[from + i]!
  } else if (kind === 'date' || kind === 'time') {
    for (let i = 0, at = offset; i < rows; i++, at += width) values[at] = sqliteTime(column[from + i]!)
  } else {
    const numbers = column as Float64Array
    for (let i = 0, at = offset; i < rows; i++, at += width) {
      const number = numbers[from + i]!
      values[at] = Number.isNaN(number) ? null : number
    }
  }
}

/** A date or a time, which may be missing, as SQLite keeps a DateTime. */
function sqliteTime(value: string | number | null): string | null {
  if (typeof value === 'string') return `${value}T00:00:00.000+00:00`
  return value === null || Number.isNaN(value) ? null : new Date(value).toISOString().replace('Z', '+00:00')
}

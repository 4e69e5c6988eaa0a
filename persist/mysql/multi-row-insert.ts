import type mariadb from 'mariadb'
import type { ColumnKind, TableBatch } from '../batch.ts'
import { quoted as quotedName } from '../identifiers.ts'
import { TimeBytes } from '../rows/times.ts'

export type Value = string | number | null

/** Rows per INSERT: 500 to 2,000 are alike. */
const ROWS = 500
/** Statements that are on their way at once: the next is made while the server works on the one before. */
const AT_ONCE = 3

const quoted = (name: string) => quotedName(name, 'mysql')

/** Sends batches as prepared INSERTs of many rows. */
export class MultiRowInsert {
  readonly #times = new TimeBytes(' ', '')
  readonly #time = Buffer.alloc(this.#times.length)

  /**
   * Within a transaction, all on its connection: one that is lost is not replaced by another while statements are under way.
   *
   * @param verb `INSERT`, or `INSERT IGNORE` for rows that may be there
   */
  async insert(connection: mariadb.Connection, verb: string, batch: TableBatch): Promise<void> {
    const columns = Object.entries(batch.shape.columns)
    const { schema, table, binary = [] } = batch.shape
    const into = schema === undefined ? quoted(table) : `${quoted(schema)}.${quoted(table)}`
    const head = `${verb} INTO ${into} (${columns.map(([name]) => quoted(name)).join(', ')}) VALUES `
    const tuple = `(${columns.map(([name]) => (binary.includes(name) ? 'unhex(?)' : '?')).join(', ')})`
    const underWay: Promise<unknown>[] = []
    try {
      for (let from = 0; from < batch.rows; from += ROWS) {
        const rows = Math.min(ROWS, batch.rows - from)
        const sql = head + Array(rows).fill(tuple).join(', ')
        const values = this.#values(batch, columns, from, rows)
        if (underWay.length === AT_ONCE) await underWay.shift()
        const sent = connection.execute(sql, values)
        // It is heard of when its turn comes.
        sent.catch(() => {})
        underWay.push(sent)
      }
      while (underWay.length > 0) await underWay.shift()
    } finally {
      // What was sent after one that failed is undone with it.
      await Promise.allSettled(underWay)
    }
  }

  #values(batch: TableBatch, columns: readonly (readonly [string, ColumnKind])[], from: number, rows: number): Value[] {
    const values: Value[] = []
    for (let row = from; row < from + rows; row++) {
      for (const [name, kind] of columns) {
        const value = batch.columns[name]![row]!
        if (typeof value !== 'number') values.push(value)
        else if (Number.isNaN(value)) values.push(null)
        else values.push(kind === 'time' ? this.#timeText(value) : value)
      }
    }
    return values
  }

  #timeText(ms: number): string {
    this.#times.write(this.#time, 0, ms)
    return this.#time.toString('latin1')
  }
}

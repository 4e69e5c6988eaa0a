import { rmSync } from 'node:fs'
import type { ColumnValues, TableBatch, TableShape } from '../../batch.ts'
import { type Block, blocksByTable } from '../../blocks/block.ts'
import { quoted } from '../../identifiers.ts'
import { TABLES, type TableName } from '../../rows/tables.ts'
import { aside, type Connection } from '../connection.ts'
import { isRowid } from '../table-facts.ts'
import { hasRowids, Image, imageColumns } from './image.ts'

/** Images of makers and of one's own that one transaction may have: SQLite attaches ten files at most. */
export const MOST_MADE = 5
const MOST_OWN = 4

/** Rows of one table in one image, whose row ids follow one another. */
interface Stretch {
  readonly shape: TableShape
  readonly file: string
  readonly first: number
  last: number
}

/** Copies blocks out of images: each is attached, and SQLite takes its rows table by table. */
export class ImageCopy {
  readonly #connection: Connection
  /** Attached databases: none can be let go before its transaction ends. */
  #attached: string[] = []
  /** Images that were made here, and go with their transaction. */
  #own: string[] = []

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Within a transaction; the statements run on a thread of the driver's, so that this one is free. */
  async insert(blocks: readonly Block[]): Promise<void> {
    await this.#copy(stretchesOf(blocks))
  }

  /** Whether one more image of one's own can be attached in this transaction. */
  get hasRoom(): boolean {
    return this.#own.length < MOST_OWN
  }

  /**
   * Rows that were made on this thread, by an image of their own.
   * @param path of the image
   * @returns whether they fit into one; nothing was inserted otherwise
   */
  async insertBatch(batch: TableBatch, path: string): Promise<boolean> {
    const { shape } = batch
    const byRowid = hasRowids(shape) && isRowid(this.#connection, shape.table, shape.key)
    const taken = byRowid && areConsecutive(batch.columns[shape.key]!, batch.rows) ? batch : withPlainKey(batch)
    this.#own.push(path)
    const image = new Image(path)
    let first: number
    try {
      first = image.add(taken)
      image.finish()
    } catch (error) {
      image.abandon()
      if (error instanceof RangeError) return false
      throw error
    }
    await this.#copy([{ shape: taken.shape, file: path, first, last: first + batch.rows - 1 }])
    return true
  }

  async #copy(stretches: readonly Stretch[]): Promise<void> {
    const names = new Map<string, string>()
    for (const { file } of stretches) if (!names.has(file)) names.set(file, this.#attach(file))
    const free = new Set<string>()
    for (const [table, own] of byTable(stretches)) {
      const { shape, first } = own[0]!
      if (hasRowids(shape) && this.#givesNext(table, first)) free.add(table)
    }
    await aside(
      this.#connection,
      stretches
        .map((stretch) => copyStatement(stretch, names.get(stretch.file)!, free.has(stretch.shape.table)))
        .join(';\n'),
    )
    for (const [table, own] of byTable(stretches)) {
      if (free.has(table) && this.#greatest(table) !== own.at(-1)!.last) {
        throw new Error(`SQLite gave rows of ${table} other ids than those that follow its counter`)
      }
    }
  }

  /** After the transaction: lets go of the files. */
  release(): void {
    const attached = this.#attached
    this.#attached = []
    for (const name of attached) this.#connection.exec(`DETACH ${name}`)
    for (const path of this.#own.splice(0)) rmSync(path, { force: true })
  }

  #attach(file: string): string {
    const name = `mingle_day_${this.#attached.length}`
    this.#connection.prepare(`ATTACH ? AS ${name}`).run(file)
    this.#attached.push(name)
    return name
  }

  /** Whether rows without an id would get this one and those that follow: SQLite then need not look whether they are free. */
  #givesNext(table: string, first: number): boolean {
    return Math.max(this.#counted(table), this.#greatest(table)) === first - 1
  }

  /** Where no table has AUTOINCREMENT, SQLite keeps no counters at all. */
  #counted(table: string): number {
    const one = (sql: string, value: string) => this.#connection.prepare(sql).raw().get(value) as [number] | undefined
    if (!one('SELECT 1 FROM sqlite_master WHERE name = ?', 'sqlite_sequence')) return 0
    return one('SELECT seq FROM sqlite_sequence WHERE name = ?', table)?.[0] ?? 0
  }

  #greatest(table: string): number {
    const row = this.#connection
      .prepare(`SELECT max(rowid) FROM ${quoted(table)}`)
      .raw()
      .get() as [number | null]
    return row[0] ?? 0
  }
}

/** The same rows with their key as a column like the others: numbers that a mapping leaves out, or keys that are no row ids. */
function withPlainKey(batch: TableBatch): TableBatch {
  const { columns, key } = batch.shape
  return columns[key] === 'id' ? { ...batch, shape: { ...batch.shape, columns: { ...columns, [key]: 'int' } } } : batch
}

/** An image gives its rows ids that follow one another. */
function areConsecutive(ids: ColumnValues, rows: number): boolean {
  const first = ids[0] as number
  for (let row = 1; row < rows; row++) if (ids[row] !== first + row) return false
  return true
}

function copyStatement({ shape, first, last }: Stretch, image: string, withoutIds: boolean): string {
  const columns = imageColumns(shape).map((name) => quoted(name))
  const [into, from] =
    withoutIds || !hasRowids(shape)
      ? [columns, columns]
      : [
          [quoted(shape.key), ...columns],
          ['rowid', ...columns],
        ]
  const table = quoted(shape.table)
  return (
    `INSERT INTO main.${table} (${into.join(', ')}) SELECT ${from.join(', ')} FROM ${image}.${table} ` +
    `WHERE rowid BETWEEN ${first} AND ${last} ORDER BY rowid`
  )
}

/** The blocks as few stretches as they make, in the order of writing. */
function stretchesOf(blocks: readonly Block[]): Stretch[] {
  const stretches: Stretch[] = []
  for (const [table, own] of blocksByTable(blocks)) {
    const shape = TABLES[table as TableName]
    for (const { firstId, rows, data } of own) {
      if (data.form !== 'sqlite') throw new Error(`a block of form ${data.form} is none that SQLite takes`)
      const before = stretches.at(-1)
      const follows = before?.shape === shape && before.file === data.file && before.last === firstId - 1
      if (follows) before.last += rows
      else stretches.push({ shape, file: data.file, first: firstId, last: firstId + rows - 1 })
    }
  }
  return stretches
}

function byTable(stretches: readonly Stretch[]): Map<string, Stretch[]> {
  const tables = new Map<string, Stretch[]>()
  for (const stretch of stretches) {
    const { table } = stretch.shape
    tables.set(table, [...(tables.get(table) ?? []), stretch])
  }
  return tables
}

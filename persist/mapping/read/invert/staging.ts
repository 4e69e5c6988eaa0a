import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import type { TableBatch, TableShape } from '../../../batch.ts'
import { migrations } from '../../../migrate/folder.ts'
import type { Connection } from '../../../sqlite/connection.ts'
import { Inserter } from '../../../sqlite/insert.ts'
import { quoted } from '../../sql/sql.ts'

/** Nothing of it outlives the process, so nothing is written twice or waited for. */
const PRAGMAS = ['journal_mode = OFF', 'synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -65536']
const AFFINITY = {
  id: 'INTEGER',
  int: 'INTEGER',
  float: 'REAL',
  time: 'TEXT',
  date: 'TEXT',
  json: 'TEXT',
  text: 'TEXT',
}
const KEYS_PER_BATCH = 10_000

/**
 * An SQLite database of the reference schema in the folder for temporary files, and beside its tables whatever waits to
 * be turned into rows of them. It holds what a database may hold that somebody changed by hand, so its uniques are none.
 */
export class Staging {
  readonly db: Connection
  readonly #folder: string
  readonly #inserter: Inserter
  #names = 0

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'mingle-staging-'))
    this.db = new Database(join(this.#folder, 'reference.db'))
    for (const pragma of PRAGMAS) this.db.exec(`PRAGMA ${pragma}`)
    // Where a system lets go of open files it goes with the process, however that ends; elsewhere `close` removes it.
    this.#remove()
    for (const { sql } of migrations('sqlite')) this.db.exec(sql.replaceAll('CREATE UNIQUE INDEX', 'CREATE INDEX'))
    this.db.exec('CREATE TABLE _words (list INTEGER, stored, word, PRIMARY KEY (list, stored)) WITHOUT ROWID')
    this.#inserter = new Inserter(this.db)
  }

  /** Makes a table of some columns. @returns its name, quoted */
  table(shape: Pick<TableShape, 'columns'>): { readonly name: string; readonly insert: (batch: TableBatch) => void } {
    const table = `_staged_${++this.#names}`
    const columns = Object.entries(shape.columns).map(([name, kind]) => `${quoted(name)} ${AFFINITY[kind]}`)
    this.db.exec(`CREATE TABLE ${table} (${columns.join(', ')})`)
    // Bytes stay the digits that they were read as, which keys are compared with.
    const insert = (batch: TableBatch) => this.insert({ ...batch, shape: { ...batch.shape, table, binary: [] } })
    return { name: table, insert }
  }

  /** Inserts into any of the tables. */
  insert(batch: TableBatch): void {
    this.db.exec('BEGIN')
    this.#inserter.insert(batch)
    this.db.exec('COMMIT')
  }

  /** Inserts within a transaction of the caller's. */
  add(batch: TableBatch, verb: 'INSERT' | 'INSERT OR IGNORE' = 'INSERT'): void {
    this.#inserter.insert(batch, verb)
  }

  /** Words for stored values. @returns what makes an expression of the word out of one of the value */
  words(pairs: Iterable<readonly [stored: string | number, word: string | number]>): (value: string) => string {
    const list = ++this.#names
    const statement = this.db.prepare('INSERT OR IGNORE INTO _words VALUES (?, ?, ?)')
    for (const pair of pairs) statement.run([list, ...pair])
    return (value) => `(SELECT word FROM _words WHERE list = ${list} AND stored = ${value})`
  }

  /** Numbers by key. @returns what makes an expression of the number out of one of the key: −1 where none has it */
  keys(keys: Iterable<readonly [key: string, id: number]>): (value: string) => string {
    const name = `_keys_${++this.#names}`
    this.db.exec(`CREATE TABLE ${name} (key TEXT PRIMARY KEY, id INTEGER) WITHOUT ROWID`)
    const shape = { table: name, key: 'id', order: ['id'], columns: { key: 'text', id: 'id' } } as const
    let batch: [string, number][] = []
    const flush = () => {
      const columns = { key: batch.map(([key]) => key), id: Float64Array.from(batch, ([, id]) => id) }
      this.insert({ shape, rows: batch.length, columns })
      batch = []
    }
    for (const [key, id] of keys) if (batch.push([key, id]) >= KEYS_PER_BATCH) flush()
    flush()
    return (value) =>
      `CASE WHEN ${value} IS NULL THEN NULL ELSE coalesce((SELECT id FROM ${name} WHERE key = ${value}), -1) END`
  }

  /** Keys of the matches that stand in the reference table, and their numbers. */
  *matches(keyOf: (low: number, high: number) => string): Iterable<readonly [string, number]> {
    const sql = 'SELECT id, user_a_id, user_b_id FROM matches WHERE id > ? ORDER BY id LIMIT ?'
    for (let after = 0; ; ) {
      const rows = this.db.prepare(sql).raw().all(after, KEYS_PER_BATCH) as unknown as [number, number, number][]
      for (const [id, low, high] of rows) yield [keyOf(low, high), id]
      if (rows.length < KEYS_PER_BATCH) return
      after = rows.at(-1)![0]
    }
  }

  drop(table: string): void {
    this.db.exec(`DROP TABLE ${table}`)
  }

  /** One number. */
  number(sql: string): number {
    return (this.db.prepare(sql).raw().get() as unknown as [number | null])[0] ?? 0
  }

  close(): void {
    this.db.close()
    this.#remove()
  }

  #remove(): void {
    try {
      rmSync(this.#folder, { recursive: true, force: true })
    } catch {
      // An open file cannot be removed on Windows.
    }
  }
}

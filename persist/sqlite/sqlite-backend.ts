import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { MingleError } from '../../sim/kernel/index.ts'
import type { TableBatch } from '../batch.ts'
import type { Block, Encoding } from '../blocks/block.ts'
import type { Backend, KeyRange, LedgerPart } from '../database/backend.ts'
import { type ForeignKey, ForeignKeys } from '../database/foreign-keys.ts'
import { ledgerDeletion } from '../database/ledger-sql.ts'
import { quoted } from '../identifiers.ts'
import type { Cursor } from '../ledger/records.ts'
import { SqlLedger } from '../ledger/sql-ledger.ts'
import { migrations } from '../migrate/folder.ts'
import { voidClaim } from '../prisma/claim.ts'
import { DAY_TABLES } from '../rows/placement.ts'
import { batchOf } from '../rows/read.ts'
import { Checkpoints } from './checkpoints.ts'
import { sqliteClaims } from './claims.ts'
import { aside, asTransaction, type Connection, explained, openConnection, rowsOf } from './connection.ts'
import { createDatabase } from './create.ts'
import { missingParents, readForeignKeys } from './foreign-keys.ts'
import { ImageCopy, MOST_MADE } from './image/copy.ts'
import { imageFiles, ownImage, removeImages } from './image/files.ts'
import { Inserter } from './insert.ts'
import { removeWithOrphans } from './orphans.ts'
import { hasTable, hasTrigger, isInUtf8, isPlain } from './table-facts.ts'

/** Prisma reads SQLite's `Int` as 32 bits. */
const GREATEST_ID = 2 ** 31 - 1
const ROWS_PER_READ = 2000
/** Fewer rows are quicker by statements than by a file. */
const IMAGE_ROWS = 1000
/** Chosen: statements that are kept prepared, those carried out last. A mapping has some for each of its models. */
const STATEMENTS = 24

/** The embedded default: prepared multi-row statements on one connection, and reading the ledger on another. */
export class SqliteBackend implements Backend {
  readonly url: string
  readonly writer = 'sqlite'
  readonly dialect = 'sqlite'
  readonly transactional = true
  readonly profileChunk = 1000
  /** A file each is attached, and none can be let go within a transaction. */
  readonly makers = MOST_MADE
  readonly #path: string
  #connection: Connection | undefined
  #inserter: Inserter | undefined
  #images: ImageCopy | undefined
  #checkpoints: Checkpoints | undefined
  /** Images made here, for their names. */
  #made = 0
  #reading: Connection | undefined
  #open = false
  /** Carried out last. */
  readonly #statements = new Map<string, ReturnType<Connection['prepare']>>()
  readonly #foreignKeys = new ForeignKeys()
  readonly #keysOf = new Map<string, readonly ForeignKey[]>()
  /** Whether SQLite looks up every foreign key by itself. */
  #checked = false

  constructor(path: string) {
    this.#path = path
    this.url = `file:${path}`
  }

  /** What is committed: whoever asks while a transaction is under way must not see into it. */
  get ledger(): SqlLedger {
    return new SqlLedger(async (sql, values) => this.#do(() => rowsOf(this.#reader, sql, values)))
  }

  isConflict(error: unknown): boolean {
    return /^UNIQUE constraint failed/.test((error as Error).message)
  }

  async exists(): Promise<boolean> {
    return existsSync(this.#path) && this.#do(() => hasTable(this.#db, 'seed_runs'))
  }

  async prepare(): Promise<void> {
    if (!existsSync(this.#path)) await createDatabase(this.#path)
    const applied = this.#do(() => hasTable(this.#db, '_prisma_migrations'))
      ? (this.#all(
          'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
        ) as [string][])
      : []
    const names = new Set(applied.map(([name]) => name))
    if (!migrations('sqlite').every(({ name }) => names.has(name))) {
      const { migrate } = await import('../migrate/apply.ts')
      const { sqliteAdapter } = await import('./adapter.ts')
      await migrate('sqlite', sqliteAdapter(this.#path), this.url)
    }
    this.#do(() => this.#db.exec('PRAGMA journal_mode = WAL'))
  }

  async claim(runId: number): Promise<void> {
    try {
      await voidClaim(sqliteClaims(this.#db), runId)
    } catch (error) {
      throw explained(error, this.#path)
    }
  }

  async begin(): Promise<void> {
    this.#foreignKeys.clear()
    this.#checked = this.#all('PRAGMA foreign_keys')[0]![0] === 1
    this.#do(() => this.#db.exec('BEGIN IMMEDIATE'))
    this.#open = true
  }

  async commit(): Promise<void> {
    await this.#foreignKeys.check((key, values) => this.#do(() => missingParents(this.#db, key, values)))
    await this.#aside('COMMIT')
    this.#open = false
    this.#images?.release()
    await this.#checkpoints?.committed()
  }

  async rollback(): Promise<void> {
    if (!this.#open) return
    this.#open = false
    this.#do(() => this.#db.inTransaction && this.#db.exec('ROLLBACK'))
    this.#images?.release()
  }

  async insert(batch: TableBatch): Promise<void> {
    const ids = batch.columns.id as Float64Array | undefined
    if (ids && batch.rows > 0 && ids[batch.rows - 1]! > GREATEST_ID) {
      throw this.#exhausted(batch.shape.table)
    }
    if (!this.#checked) this.#foreignKeys.add(batch, this.#foreignKeysOf(batch.shape.table))
    if (batch.rows >= IMAGE_ROWS && (await this.#byImage(batch))) return
    this.#do(() => this.#rows.insert(batch))
  }

  /** Images are copied into plain tables alone: whatever a trigger of the site's does may hang on how rows come. */
  async encoding(): Promise<Encoding | null> {
    const plain = this.#do(() => isInUtf8(this.#db) && DAY_TABLES.every((table) => isPlain(this.#db, table)))
    if (!plain) return null
    const database = resolve(this.#path)
    removeImages(database, 'dead')
    this.#checkpointBeside()
    const references = Object.fromEntries(
      DAY_TABLES.map((table) => [table, this.#foreignKeysOf(table).map(({ column }) => column)]),
    )
    return { form: 'sqlite', references, files: imageFiles(database) }
  }

  async insertBlocks(blocks: readonly Block[]): Promise<void> {
    for (const { table, firstId, rows, referred } of blocks) {
      if (firstId + rows - 1 > GREATEST_ID) throw this.#exhausted(table)
      if (!this.#checked) this.#foreignKeys.addValues(table, this.#foreignKeysOf(table), referred)
    }
    try {
      await (this.#images ??= new ImageCopy(this.#db)).insert(blocks)
    } catch (error) {
      throw explained(error, this.#path)
    }
  }

  async insertMissing(batch: TableBatch): Promise<void> {
    this.#do(() => this.#rows.insert(batch, 'INSERT OR IGNORE'))
  }

  async greatestId(table: string): Promise<number> {
    return (this.#all(`SELECT max(id) FROM ${quoted(table)}`)[0]![0] as number | null) ?? 0
  }

  async count(table: string): Promise<number> {
    return this.#all(`SELECT count(*) FROM ${quoted(table)}`)[0]![0] as number
  }

  async naturalKeys(table: string, columns: readonly string[]): Promise<Map<string, number>> {
    const rows = this.#all(`SELECT id, ${columns.map((column) => quoted(column)).join(', ')} FROM ${quoted(table)}`)
    return new Map(rows.map(([id, ...key]) => [key.join('|'), id as number]))
  }

  async moveCursor(runId: number, from: Cursor, to: Cursor): Promise<boolean> {
    const sql =
      'UPDATE seed_runs SET status = ?, profiles_through = ?, chunks = ?, last_day = ?, people = ?, digest = ?, ' +
      'metrics = ?, updated_at = ? WHERE id = ? AND status = ? AND profiles_through = ? AND chunks = ? AND last_day = ? AND claimed_by IS NULL'
    const now = new Date().toISOString().replace('Z', '+00:00')
    const set = [to.status, to.profilesThrough, to.chunks, to.lastDay, to.people, to.digest, to.metrics, now]
    const where = [runId, from.status, from.profilesThrough, from.chunks, from.lastDay]
    return this.#do(() => this.#db.prepare(sql).run([...set, ...where]).changes) === 1
  }

  /** SQLite's own counter follows explicit ids. */
  async advanceSequences(): Promise<void> {}

  async *read({ shape, first, last }: KeyRange): AsyncIterable<TableBatch> {
    const columns = Object.keys(shape.columns).map((column) => quoted(column))
    const sql = `SELECT ${columns.join(', ')} FROM ${quoted(shape.table)} WHERE ${quoted(shape.key)} BETWEEN ? AND ? ORDER BY ${shape.order.map((name) => quoted(name)).join(', ')}`
    let rows: unknown[][] = []
    for (const row of this.#db.prepare(sql).raw().iterate(first, last) as Iterable<unknown[]>) {
      rows.push(row)
      if (rows.length < ROWS_PER_READ) continue
      yield batchOf(shape, rows)
      rows = []
    }
    if (rows.length > 0) yield batchOf(shape, rows)
  }

  async deleteRange(range: KeyRange): Promise<void> {
    this.#do(() => this.#deleteRange(range))
  }

  async deleteRanges(ranges: readonly KeyRange[], also: () => Promise<void>): Promise<void> {
    try {
      await this.begin()
      this.#do(() => removeWithOrphans(this.#db, ranges, (range) => this.#deleteRange(range)))
      await also()
      await this.commit()
    } finally {
      await this.rollback()
    }
  }

  async deleteLedger(runId: number, what: LedgerPart): Promise<void> {
    for (const { sql, values } of ledgerDeletion(runId, what)) this.#do(() => this.#db.prepare(sql).run(values))
  }

  /** Rows of a statement that gives some, in the order of its columns. */
  async query(sql: string, values: readonly unknown[] = []): Promise<unknown[][]> {
    return this.#all(sql, ...values)
  }

  /** Carries out a statement that gives no rows. */
  async execute(sql: string, values: readonly unknown[] = []): Promise<void> {
    if (values.length === 0) this.#do(() => this.#db.exec(sql))
    else this.#do(() => asTransaction(this.#db, () => this.#prepared(sql).run([...values])))
  }

  async close(): Promise<void> {
    this.#reading?.close()
    await this.#checkpoints?.close()
    if (this.#connection) {
      // The log is copied back, so that the one file is the database.
      try {
        if (!this.#connection.inTransaction) this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      } catch {
        // No room, or another reads: what was committed stays in the log, and this must not hide why the run ended.
      }
      this.#connection.close()
      removeImages(resolve(this.#path), 'own')
    }
    this.#statements.clear()
    this.#reading = undefined
    this.#connection = undefined
  }

  /** Copies rows by an image of their own, where that can be; returns whether it could. */
  async #byImage(batch: TableBatch): Promise<boolean> {
    const { table } = batch.shape
    this.#images ??= new ImageCopy(this.#db)
    const isTakenAsIs = this.#do(() => isInUtf8(this.#db) && !hasTrigger(this.#db, table))
    if (!this.#images.hasRoom || !isTakenAsIs) return false
    this.#checkpointBeside()
    try {
      return await this.#images.insertBatch(batch, ownImage(resolve(this.#path), ++this.#made))
    } catch (error) {
      throw explained(error, this.#path)
    }
  }

  /** The log is copied back beside the writing, not within its commits. */
  #checkpointBeside(): void {
    if (this.#checkpoints) return
    this.#db.exec('PRAGMA wal_autocheckpoint = 0')
    this.#checkpoints = new Checkpoints(this.#path)
  }

  #exhausted(table: string): MingleError {
    return new MingleError('IDS_EXHAUSTED', `${table} in ${this.url} has no ids left (2³¹ − 1)`)
  }

  async #aside(sql: string): Promise<void> {
    try {
      await aside(this.#db, sql)
    } catch (error) {
      throw explained(error, this.#path)
    }
  }

  #deleteRange({ shape, first, last }: KeyRange): void {
    const sql = `DELETE FROM ${quoted(shape.table)} WHERE ${quoted(shape.key)} BETWEEN ? AND ?`
    this.#db.prepare(sql).run([first, last])
  }

  /** Days are written by the same few statements of many rows each, which take as long to prepare as to carry out. */
  #prepared(sql: string): ReturnType<Connection['prepare']> {
    const known = this.#statements.get(sql)
    this.#statements.delete(sql)
    const statement = known ?? this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    for (const oldest of this.#statements.keys()) {
      if (this.#statements.size <= STATEMENTS) break
      this.#statements.delete(oldest)
    }
    return statement
  }

  get #reader(): Connection {
    return (this.#reading ??= openConnection(this.#path))
  }

  get #db(): Connection {
    return (this.#connection ??= openConnection(this.#path))
  }

  get #rows(): Inserter {
    return (this.#inserter ??= new Inserter(this.#db))
  }

  #foreignKeysOf(table: string): readonly ForeignKey[] {
    const known = this.#keysOf.get(table)
    if (known) return known
    const read = this.#do(() => readForeignKeys(this.#db, table))
    this.#keysOf.set(table, read)
    return read
  }

  #all(sql: string, ...values: unknown[]): unknown[][] {
    return this.#do(() => rowsOf(this.#db, sql, values))
  }

  #do<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw explained(error, this.#path)
    }
  }
}

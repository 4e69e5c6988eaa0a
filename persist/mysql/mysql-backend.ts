import type mariadb from 'mariadb'
import type { TableBatch } from '../batch.ts'
import { type Block, blocksByTable, type Encoding } from '../blocks/block.ts'
import type { Backend, KeyRange, LedgerPart } from '../database/backend.ts'
import { type ForeignKey, ForeignKeys } from '../database/foreign-keys.ts'
import { ledgerDeletion } from '../database/ledger-sql.ts'
import { quoted as quotedName } from '../identifiers.ts'
import type { PrismaLedger } from '../ledger/prisma-ledger.ts'
import type { Cursor } from '../ledger/records.ts'
import { PrismaBackend } from '../prisma/prisma-backend.ts'
import { DAY_TABLES } from '../rows/placement.ts'
import { batchOf } from '../rows/read.ts'
import { type DatabaseUrl, redactUrl } from '../url.ts'
import { connect, explainedByMysql, isLost } from './connection.ts'
import { MultiRowInsert, type Value } from './multi-row-insert.ts'

const quoted = (name: string) => quotedName(name, 'mysql')

const KEYS_PER_READ = 20_000
const KEYS_PER_LOOK = 1_000

/** A foreign key; a batch has the values of one that is bytes as hex digits. */
interface Referring extends ForeignKey {
  readonly bytes?: boolean
}

/** By most collations of MySQL words that differ in capitals are one, and so the key that was found may be spelled. */
function alike(value: unknown): string {
  return String(value).toLowerCase()
}

/**
 * MySQL and MariaDB through prepared multi-row INSERTs, one transaction a day; migrations and the ledger go through
 * Prisma. LOAD DATA would be half as fast again, but servers refuse it unless `local_infile` is on.
 */
export class MysqlBackend implements Backend {
  readonly url: string
  readonly writer = 'mysql'
  readonly dialect = 'mysql'
  readonly transactional = true
  readonly profileChunk = 1000
  readonly #fullUrl: string
  readonly #prisma: PrismaBackend
  #connection: mariadb.Connection | undefined
  #open = false
  readonly #foreignKeys = new ForeignKeys<Referring>()
  readonly #keysOf = new Map<string, readonly ForeignKey[]>()
  readonly #rowsIn = new MultiRowInsert()

  constructor(target: DatabaseUrl & { readonly kind: 'mysql' | 'postgresql' }) {
    this.#fullUrl = target.url
    this.url = redactUrl(target.url)
    this.#prisma = new PrismaBackend(target, target.url, {})
  }

  async connect(): Promise<this> {
    await this.#prisma.connect()
    return this
  }

  get ledger(): PrismaLedger {
    return this.#prisma.ledger
  }

  isLost(error: unknown): boolean {
    return isLost(error) || this.#prisma.isLost(error)
  }

  isConflict(error: unknown): boolean {
    return (error as { errno?: number }).errno === 1062
  }

  explain(error: unknown): unknown {
    return explainedByMysql(error, this.#fullUrl)
  }

  exists(): Promise<boolean> {
    return this.#prisma.exists()
  }

  prepare(): Promise<void> {
    return this.#prisma.prepare()
  }

  claim(runId: number): Promise<void> {
    return this.#prisma.voidClaim(runId)
  }

  async begin(): Promise<void> {
    this.#foreignKeys.clear()
    // Before it is: a connection that is cut together with the answer must not be replaced by one without a transaction.
    this.#open = true
    await this.#query('START TRANSACTION')
  }

  async commit(): Promise<void> {
    await this.#foreignKeys.check((key, values) => this.#missingParents(key, values))
    await this.#query('COMMIT')
    this.#open = false
  }

  async rollback(): Promise<void> {
    const connection = this.#connection
    if (!this.#open || !connection) return
    this.#open = false
    try {
      await connection.query('ROLLBACK')
    } catch {
      // The server forgets the transaction with its connection.
      this.#connection = undefined
      connection.destroy()
    }
  }

  async insert(batch: TableBatch): Promise<void> {
    const { table, binary = [] } = batch.shape
    const keys = await this.#foreignKeysOf(table)
    this.#foreignKeys.add(
      batch,
      keys.map((key) => (binary.includes(key.column) ? { ...key, bytes: true } : key)),
    )
    await this.#do((connection) => this.#rowsIn.insert(connection, 'INSERT', batch))
  }

  /** Rows by column: rendering and digests are the makers' work, and this thread only sends. */
  async encoding(): Promise<Encoding> {
    const references: Record<string, readonly string[]> = {}
    for (const table of DAY_TABLES) references[table] = (await this.#foreignKeysOf(table)).map(({ column }) => column)
    return { form: 'columns', references }
  }

  async insertBlocks(blocks: readonly Block[]): Promise<void> {
    for (const [table, own] of blocksByTable(blocks)) {
      const keys = await this.#foreignKeysOf(table)
      for (const { data, referred } of own) {
        if (data.form !== 'columns') throw new Error(`a block of form ${data.form} is none that INSERT takes`)
        this.#foreignKeys.addValues(table, keys, referred)
        await this.#do((connection) => this.#rowsIn.insert(connection, 'INSERT', data.batch))
      }
    }
  }

  insertMissing(batch: TableBatch): Promise<void> {
    return this.#do((connection) => this.#rowsIn.insert(connection, 'INSERT IGNORE', batch))
  }

  async greatestId(table: string): Promise<number> {
    return Number((await this.#rows(`SELECT max(id) FROM ${quoted(table)}`))[0]![0] ?? 0)
  }

  async count(table: string): Promise<number> {
    return Number((await this.#rows(`SELECT count(*) FROM ${quoted(table)}`))[0]![0])
  }

  async naturalKeys(table: string, columns: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.#rows(`SELECT id, ${columns.map(quoted).join(', ')} FROM ${quoted(table)}`)
    return new Map(rows.map(([id, ...key]) => [key.join('|'), Number(id)]))
  }

  async moveCursor(runId: number, from: Cursor, to: Cursor): Promise<boolean> {
    const sql =
      'UPDATE seed_runs SET status = ?, profiles_through = ?, chunks = ?, last_day = ?, people = ?, digest = ?, ' +
      'metrics = ?, updated_at = utc_timestamp(3) ' +
      'WHERE id = ? AND status = ? AND profiles_through = ? AND chunks = ? AND last_day = ? AND claimed_by IS NULL'
    const set = [to.status, to.profilesThrough, to.chunks, to.lastDay, to.people, to.digest, to.metrics]
    const where = [runId, from.status, from.profilesThrough, from.chunks, from.lastDay]
    return (await this.#query<mariadb.UpsertResult>(sql, [...set, ...where])).affectedRows === 1
  }

  /** InnoDB's own counters follow ids that are given. */
  async advanceSequences(): Promise<void> {}

  async *read({ shape, first, last }: KeyRange): AsyncIterable<TableBatch> {
    const columns = Object.keys(shape.columns).map(quoted).join(', ')
    const sql = `SELECT ${columns} FROM ${quoted(shape.table)} WHERE ${quoted(shape.key)} BETWEEN ? AND ? ORDER BY ${shape.order.map(quoted).join(', ')}`
    for (let from = first; from <= last; from += KEYS_PER_READ) {
      yield batchOf(shape, await this.#rows(sql, [from, Math.min(last, from + KEYS_PER_READ - 1)]))
    }
  }

  async deleteRange({ shape, first, last }: KeyRange): Promise<void> {
    const sql = `DELETE FROM ${quoted(shape.table)} WHERE ${quoted(shape.key)} BETWEEN ? AND ?`
    await this.#query(sql, [first, last])
  }

  async deleteRanges(ranges: readonly KeyRange[], also: () => Promise<void>): Promise<void> {
    try {
      await this.begin()
      // What hangs on the rows goes by the schema's cascades.
      await this.#query('SET foreign_key_checks = 1')
      for (const range of ranges) await this.deleteRange(range)
      await also()
      await this.#query('SET foreign_key_checks = 0')
      await this.commit()
    } finally {
      await this.rollback()
    }
  }

  async deleteLedger(runId: number, what: LedgerPart): Promise<void> {
    for (const { sql, values } of ledgerDeletion(runId, what)) await this.#query(sql, values)
  }

  /** Rows of a statement, in the order of its columns. */
  query(sql: string, values: readonly unknown[] = []): Promise<unknown[][]> {
    return this.#rows(sql, values as readonly Value[])
  }

  /** Carries out a statement that gives no rows. */
  async execute(sql: string, values: readonly unknown[] = []): Promise<void> {
    await this.#query(sql, values as readonly Value[])
  }

  async close(): Promise<void> {
    await this.#connection?.end().catch(() => {})
    this.#connection = undefined
    await this.#prisma.close()
  }

  async #foreignKeysOf(table: string): Promise<readonly ForeignKey[]> {
    const known = this.#keysOf.get(table)
    if (known) return known
    const rows = await this.#rows(
      'SELECT max(column_name), max(referenced_table_name), max(referenced_column_name) FROM information_schema.key_column_usage ' +
        'WHERE table_schema = database() AND table_name = ? AND referenced_table_name IS NOT NULL ' +
        'GROUP BY constraint_name HAVING count(*) = 1',
      [table],
    )
    const keys = (rows as [string, string, string][]).map(([column, parent, to]) => ({
      column,
      parent: quoted(parent),
      parentColumn: quoted(to),
    }))
    this.#keysOf.set(table, keys)
    return keys
  }

  /** The first few values that no row of the parent has; the rows of the others are locked. */
  async #missingParents({ parent, parentColumn, bytes }: Referring, values: (number | string)[]): Promise<unknown[]> {
    const there = new Set<string>()
    for (let from = 0; from < values.length; from += KEYS_PER_LOOK) {
      const some = values.slice(from, from + KEYS_PER_LOOK)
      const list = some.map(() => (bytes ? 'unhex(?)' : '?')).join(', ')
      const shown = bytes ? `lower(hex(${parentColumn}))` : parentColumn
      const sql = `SELECT ${shown} FROM ${parent} WHERE ${parentColumn} IN (${list}) LOCK IN SHARE MODE`
      for (const [value] of await this.#rows(sql, some)) there.add(alike(value))
    }
    return values.filter((value) => !there.has(alike(value))).slice(0, 3)
  }

  #rows(sql: string, values: readonly Value[] = []): Promise<unknown[][]> {
    return this.#do((connection) => connection.query({ sql, rowsAsArray: true }, [...values]))
  }

  #query<T = unknown>(sql: string, values: readonly Value[] = []): Promise<T> {
    return this.#do((connection) => connection.query(sql, [...values]))
  }

  async #do<T>(work: (connection: mariadb.Connection) => Promise<T>): Promise<T> {
    try {
      return await work((this.#connection ??= await this.#connected()))
    } catch (error) {
      if (this.isLost(error)) {
        this.#open = false
        this.#connection?.destroy()
        this.#connection = undefined
      }
      throw explainedByMysql(error, this.#fullUrl)
    }
  }

  async #connected(): Promise<mariadb.Connection> {
    const connection = await connect(this.#fullUrl)
    // Foreign keys are looked up before the commit, once a referred row; and what others committed must be seen after a wait.
    await connection
      .query('SET foreign_key_checks = 0, SESSION transaction_isolation = "READ-COMMITTED"')
      .catch(() => connection.query('SET foreign_key_checks = 0, SESSION tx_isolation = "READ-COMMITTED"'))
    // Cut between two transactions: nothing is lost with it. Within one, its next statement fails.
    connection.on('error', () => {
      if (this.#connection === connection && !this.#open) this.#connection = undefined
    })
    return connection
  }
}

import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import Database from 'libsql'
import AsyncDatabase from 'libsql/promise'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import { PATIENCE_MS } from '../patience.ts'

export type Connection = InstanceType<typeof Database>

/**
 * Settings of the bulk connection, measured on the reference schema over 90 days of the main job: letting the log grow to
 * 80 MB before it is copied back is worth a tenth of the write rate and more; a cache of 64 MB instead of 24 MB one or
 * two hundredths, not its memory; a memory map nothing.
 * None of them stays in the file; the log itself (`journal_mode = WAL`) does, and is set when Mingle first writes.
 * Foreign keys are right by construction (ids are computed), so they are not looked up again.
 */
const PRAGMAS = [
  // First, so that the others wait as well.
  `busy_timeout = ${PATIENCE_MS}`,
  'synchronous = NORMAL',
  'foreign_keys = OFF',
  'cache_size = -24576',
  'wal_autocheckpoint = 20000',
  'temp_store = MEMORY',
]

/** @throws MingleError BAD_INPUT when the file cannot be a database */
export function openConnection(path: string): Connection {
  const file = resolve(path)
  if (!existsSync(dirname(file))) {
    throw badInput(`cannot create the database ${path}: there is no folder ${dirname(file)}; create it first`)
  }
  let connection: Connection | undefined
  try {
    connection = new Database(readingAlone(file) ? `${pathToFileURL(file).href}?immutable=1` : file)
    for (const pragma of PRAGMAS) connection.exec(`PRAGMA ${pragma}`)
    return connection
  } catch (error) {
    connection?.close()
    throw explained(error, path)
  }
}

/**
 * Whether a database lies where nothing can be written beside it, as its log would be: it is then read as it stands.
 * @throws MingleError BAD_INPUT when part of it is in a log that was not copied back
 */
export function readingAlone(file: string): boolean {
  if (!existsSync(file)) return false
  try {
    accessSync(dirname(file), constants.W_OK)
    return false
  } catch {
    const log = `${file}-wal`
    if (!existsSync(log) || statSync(log).size === 0) return true
    throw badInput(
      `${file} lies in a folder that cannot be written, and its last changes are in ${log} alone; open it once where it can be written, or copy both files`,
    )
  }
}

/**
 * Rows of a statement, each in the order of its columns. Where no transaction is under way, the right to read is had first: a prepared
 * statement that is refused, since another commits without a write-ahead log, would stay open until it is collected, and keep
 * others from committing meanwhile.
 */
export function rowsOf(connection: Connection, sql: string, values: readonly unknown[]): unknown[][] {
  const statement = connection.prepare(sql).raw()
  const ask = () => statement.all(...values) as unknown[][]
  if (connection.inTransaction) return ask()
  connection.exec('BEGIN')
  try {
    connection.exec('SELECT 1 FROM sqlite_master LIMIT 1')
    return ask()
  } finally {
    if (connection.inTransaction) connection.exec('COMMIT')
  }
}

/**
 * Carries out statements on a thread of the driver's: this one is free meanwhile. The connection must not be used before
 * they have ended.
 */
export function aside(connection: Connection, sql: string): Promise<void> {
  // Both faces of the driver are methods on the same native handle.
  return AsyncDatabase.prototype.exec.call(connection as unknown as InstanceType<typeof AsyncDatabase>, sql)
}

/**
 * Carries out what changes something, as a transaction where none is under way. A prepared statement that is refused by itself, since another
 * writes, would stay open until it is collected, and its connection would commit nothing meanwhile.
 */
export function asTransaction<T>(connection: Connection, work: () => T): T {
  if (connection.inTransaction) return work()
  connection.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    connection.exec('COMMIT')
    return result
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK')
    throw error
  }
}

/** Whether another process keeps the database to itself. Prisma's adapter and some of the driver's calls pass the message alone. */
export function isBusy(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return (
    code?.startsWith('SQLITE_BUSY') === true ||
    code === 'SQLITE_LOCKED' ||
    /database (table )?is locked/.test(message ?? '')
  )
}

/** What SQLite's errors mean to the user. */
export function explained(error: unknown, path: string): unknown {
  const { code, message } = error as { code?: string; message?: string }
  if (code === 'SQLITE_NOTADB') return badInput(`${path} is a file but no SQLite database; name another`)
  // The driver's own error for a path it cannot open (SQLite's code 14) carries no code.
  if (code === 'SQLITE_CANTOPEN' || /^ConnectionFailed.*: 14\b/.test(message ?? ''))
    return badInput(`cannot open the database ${path}; is it a folder, or not yours?`)
  if (code === 'SQLITE_READONLY') return badInput(`the database ${path} cannot be written; check its permissions`)
  if (isBusy(error)) {
    return new MingleError('DATABASE_LOCKED', `${path} is locked by another process; try again when it has ended`)
  }
  if (
    code === 'SQLITE_FULL' ||
    code?.startsWith('SQLITE_IOERR') ||
    /disk is full|disk I\/O error/.test(message ?? '')
  ) {
    return new MingleError('DISK_FULL', `cannot write to ${path} (${message}); make room there`)
  }
  return error
}

import { createHash, randomUUID } from 'node:crypto'
import { existsSync, linkSync, renameSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'libsql'
import { badInput } from '../../sim/kernel/index.ts'
import { migrations } from '../migrate/folder.ts'
import { type Connection, explained } from './connection.ts'

/** As Prisma's own engine creates it in SQLite. */
const MIGRATIONS_TABLE = `CREATE TABLE "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`
const RECORD =
  'INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)'

/**
 * Makes a database file with all tables, or none: it is built beside its place and moved there when it is complete.
 * When the file is there meanwhile, it is left alone.
 */
export async function createDatabase(path: string): Promise<void> {
  const folder = dirname(resolve(path))
  if (!existsSync(folder)) {
    throw badInput(`cannot create the database ${path}: there is no folder ${folder}; create it first`)
  }
  const building = `${resolve(path)}.new-${process.pid}`
  for (const file of [building, `${building}-journal`]) rmSync(file, { force: true })
  try {
    makeTables(building, path)
    try {
      linkSync(building, path)
    } catch (error) {
      const { code } = error as { code?: string }
      // A file system without links: moving is the next best.
      if (code !== 'EEXIST' && !existsSync(path)) renameSync(building, path)
    }
  } finally {
    for (const file of [building, `${building}-journal`]) rmSync(file, { force: true })
  }
}

/**
 * A new file needs no engine to find out what it lacks: every migration is carried out, and recorded as Prisma's engine
 * would, so that its tools agree.
 *
 * Pages of 16 KB stay with the file: measured, a fifth less work for 90 days of the main job than with SQLite's 4 KB; 32 and
 * 64 KB are no better.
 */
function makeTables(building: string, path: string): void {
  let connection: Connection | undefined
  try {
    connection = new Database(building)
    connection.exec('PRAGMA page_size = 16384')
    connection.exec(`BEGIN; ${MIGRATIONS_TABLE}`)
    for (const { name, sql } of migrations('sqlite')) {
      const now = () => new Date().toISOString().replace('Z', '+00:00')
      const startedAt = now()
      connection.exec(sql)
      const checksum = createHash('sha256').update(sql).digest('hex')
      connection.prepare(RECORD).run(randomUUID(), checksum, name, startedAt, now())
    }
    connection.exec('COMMIT')
  } catch (error) {
    throw explained(error, path)
  } finally {
    connection?.close()
  }
}

import { existsSync } from 'node:fs'
import Database from 'libsql'
import type { Connection } from 'mariadb'
import pg from 'pg'
import { connect } from '../../../persist/mysql/connection.ts'

/** Where a run stands. */
export interface Standing {
  readonly status: string
  /** Committed chunks of people, and the last committed day. */
  readonly chunks: number
  readonly lastDay: number
}

/** A second pair of eyes on a database: quick enough to be asked every few milliseconds while a run is written. */
export interface Watch {
  /** Whether anything was made in the database yet. */
  begun(): Promise<boolean>
  /** Null where there is no run, or where it cannot be read just now. */
  standing(): Promise<Standing | null>
  /** Rows of the ledger beyond the cursor: what a writer without transactions was about to write. */
  announced(): Promise<number>
  close(): Promise<void>
}

const STANDING = 'SELECT status, chunks, last_day FROM seed_runs'
const ANNOUNCED = `SELECT count(*) FROM seed_run_days d JOIN seed_runs r ON r.id = d.run_id
  WHERE CASE WHEN d.chunk > 0 THEN d.chunk > r.chunks ELSE d.day > r.last_day END`

type Rows = (sql: string) => Promise<unknown[][]>

function watchBy(rows: Rows, made: string, close: () => Promise<void>): Watch {
  // A table that is not there, a database that is locked for a moment.
  const quietly = (sql: string) => rows(sql).catch((): unknown[][] => [])
  return {
    begun: async () => Number((await quietly(made))[0]?.[0] ?? 0) > 0,
    async standing() {
      const [row] = await quietly(STANDING)
      return row ? { status: String(row[0]), chunks: Number(row[1]), lastDay: Number(row[2]) } : null
    },
    announced: async () => Number((await quietly(ANNOUNCED))[0]?.[0] ?? 0),
    close,
  }
}

export function watchSqlite(file: string): Watch {
  let database: InstanceType<typeof Database> | undefined
  const rows: Rows = async (sql) => {
    if (!existsSync(file)) return []
    // Not only to read: the journal that a killed writer left is played back by whoever opens the database next.
    database ??= new Database(file)
    try {
      return database.prepare(sql).raw().all() as unknown[][]
    } catch (error) {
      // A statement that failed may hold its lock on.
      database.close()
      database = undefined
      throw error
    }
  }
  return watchBy(rows, 'SELECT count(*) FROM sqlite_master', async () => {
    database?.close()
  })
}

export function watchPostgres(url: string): Watch {
  const client = new pg.Client({ connectionString: url, application_name: 'watch' })
  client.on('error', () => {})
  const connected = client.connect()
  const rows: Rows = async (text) => {
    await connected
    return (await client.query({ text, rowMode: 'array' })).rows
  }
  return watchBy(rows, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", () => client.end())
}

export function watchMariadb(url: string): Watch {
  const connected: Promise<Connection> = connect(url)
  const rows: Rows = async (sql) => (await connected).query({ sql, rowsAsArray: true })
  const made = 'SELECT count(*) FROM information_schema.tables WHERE table_schema = database()'
  return watchBy(rows, made, async () => (await connected).end())
}

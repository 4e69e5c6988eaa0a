import { createHash, randomUUID } from 'node:crypto'
import type { Connection } from 'mariadb'
import { explained } from './apply.ts'
import { type Migration, migrations } from './folder.ts'
import { RECORDS, refuseOccupied } from './occupied.ts'

/** What applying migrations takes of a connection. */
export type MysqlConnection = Pick<Connection, 'query'>

/** As Prisma's own engine creates it on MySQL. */
const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at DATETIME(3),
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at DATETIME(3),
  started_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3), applied_steps_count INTEGER UNSIGNED NOT NULL DEFAULT 0
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`

const RECORDED = `SELECT id, migration_name AS name, finished_at IS NOT NULL AS finished,
  rolled_back_at IS NOT NULL AS rolledBack, applied_steps_count AS steps FROM _prisma_migrations`

type Row = Readonly<Record<'id' | 'name', string> & Record<'finished' | 'rolledBack' | 'steps', unknown>>

/** A migration that was begun, as its record says. */
interface Begun {
  readonly id: string
  readonly name: string
  readonly finished: boolean
  /** Statements known to be carried out. */
  readonly steps: number
}

/**
 * Applies the committed migrations on MySQL and MariaDB, which the engine in WebAssembly does not know, and records them
 * as Prisma's engine would.
 *
 * The server commits every statement that changes tables by itself, so a migration is no transaction; the record counts
 * the statements that were carried out, and whoever comes after a cut goes on at the one that is missing. Dropping what
 * is there and beginning anew would be simpler, but could not tell our empty tables from the site's.
 *
 * @param connection one session, held for as long: the lock between processes is the session's
 * @param where how to call the database in an error
 * @returns names of the migrations that were applied
 * @throws MingleError BAD_INPUT when the database holds tables or migrations that are not ours; nothing was written then
 */
export async function migrateMysql(connection: MysqlConnection, where: string): Promise<string[]> {
  try {
    await lock(connection)
    const begun = await records(connection)
    const applied: string[] = []
    for (const migration of migrations('mysql')) {
      const record = begun.find(({ name }) => name === migration.name)
      if (record?.finished) continue
      await carryOut(connection, migration, record)
      applied.push(migration.name)
    }
    return applied
  } catch (error) {
    throw explained(error, where)
  } finally {
    await connection.query(`DO release_lock(${LOCK})`).catch(() => {})
  }
}

/** Prisma's own lock has one name for the whole server; two databases need not wait for each other. */
const LOCK = "concat('mingle_', left(sha2(database(), 256), 32))"

/** Waits for another process that migrates; a session that was cut may still be at work on its last statement. */
async function lock(connection: MysqlConnection): Promise<void> {
  const [row] = (await connection.query(`SELECT get_lock(${LOCK}, 60) AS locked`)) as { locked: unknown }[]
  if (Number(row?.locked) !== 1) throw new Error('another process has been changing its tables for a minute')
}

async function records(connection: MysqlConnection): Promise<Begun[]> {
  const tables = (await connection.query(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = database()',
  )) as { name: string }[]
  const names = tables.map(({ name }) => name)
  const rows = names.includes(RECORDS) ? ((await connection.query(RECORDED)) as Row[]) : []
  const all = rows.map(({ id, name, finished, rolledBack, steps }) => ({
    id,
    name,
    finished: Number(finished) === 1 && Number(rolledBack) === 0,
    rolledBack: Number(rolledBack) === 1,
    steps: Number(steps),
  }))
  refuseOccupied('mysql', names, all)
  if (!names.includes(RECORDS)) await connection.query(MIGRATIONS_TABLE)
  return all.filter(({ rolledBack }) => !rolledBack)
}

async function carryOut(connection: MysqlConnection, migration: Migration, begun: Begun | undefined): Promise<void> {
  const id = begun?.id ?? randomUUID()
  if (!begun) {
    await connection.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES (?, ?, ?)', [
      id,
      createHash('sha256').update(migration.sql).digest('hex'),
      migration.name,
    ])
  }
  const steps = statements(migration)
  for (let step = begun?.steps ?? 0; step < steps.length; step++) {
    try {
      await connection.query(steps[step]!)
    } catch (error) {
      // Only the statement that a cut interrupted may have been carried out without being counted.
      if (step !== begun?.steps || !isThere(error)) throw error
    }
    await connection.query('UPDATE _prisma_migrations SET applied_steps_count = ? WHERE id = ?', [step + 1, id])
  }
  // To Prisma's engine, a migration is one step.
  await connection.query('UPDATE _prisma_migrations SET applied_steps_count = 1, finished_at = now(3) WHERE id = ?', [
    id,
  ])
}

/** The statements of a migration, without comments. */
export function statements({ sql }: Migration): string[] {
  return sql
    .replaceAll(/^--.*$/gm, '')
    .split(/;\n/)
    .map((statement) => statement.trim())
    .filter((statement) => statement.length > 0)
}

/** Table, column, index, foreign key exists already; MariaDB reports the last within "cannot create table". */
function isThere(error: unknown): boolean {
  const { errno, message } = error as { errno?: number; message?: string }
  return [1050, 1060, 1061, 1826].includes(errno ?? 0) || (errno === 1005 && /errno: 121/.test(message ?? ''))
}

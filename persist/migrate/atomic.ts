import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { type Migration, migrations, type Provider } from './folder.ts'
import { RECORDS, type Recorded } from './occupied.ts'

type Adapter = Awaited<ReturnType<SqlMigrationAwareDriverAdapterFactory['connect']>>

const OBJECTS: Partial<Record<Provider, string>> = {
  sqlite: 'SELECT name FROM sqlite_master',
  // Not by regnamespace, which reads text as SQL does: without quotes 'My Schema' is none.
  postgresql: `WITH here AS (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
    SELECT relname::text FROM pg_class WHERE relnamespace IN (SELECT oid FROM here)
    UNION ALL SELECT typname::text FROM pg_type WHERE typnamespace IN (SELECT oid FROM here)`,
}

/** Without those of the system, and of extensions on PostgreSQL, which Prisma's engine does not count either. */
const TABLES: Partial<Record<Provider, string>> = {
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
  postgresql: `SELECT relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE nspname = current_schema() AND relkind IN ('r', 'p') AND NOT EXISTS
      (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')`,
}

/** Whether this user may make tables in the schema that the URL names, or that schema where it is missing; its name, and the user's. */
const MAY_CREATE = `SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), has_database_privilege(current_database(), 'CREATE'))::text,
  current_setting('search_path'), quote_ident(current_user), current_schema() IS NULL`

/** A factory for the schema engine, and the end of whatever the engine opened by it (the engine ends nothing itself). */
export interface AtomicFactory {
  readonly factory: SqlMigrationAwareDriverAdapterFactory
  /** Names of all tables, types and indexes. */
  objects(): Promise<ReadonlySet<string>>
  /** Names of all tables. */
  tables(): Promise<ReadonlySet<string>>
  /** Of migrations; only when their table is there. */
  records(): Promise<Recorded[]>
  /** Why this user cannot make tables, and what would help; null when it can. The engine's own error is lost on PostgreSQL. */
  refusal(): Promise<string | null>
  /** The last error of the database below the engine, which does not always pass it on. */
  fault(): Error | undefined
  dispose(): Promise<void>
}

/**
 * Makes carrying out a migration, and the record that it is finished, one transaction. Prisma's adapters send a script
 * statement by statement, each committed by itself, and the engine sends the record last: whoever was cut off in between
 * left tables that nobody could go on from.
 */
export function atomically(provider: Provider, factory: SqlMigrationAwareDriverAdapterFactory): AtomicFactory {
  const opened: Adapter[] = []
  let fault: Error | undefined
  const noted = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      fault = plain(error)
      throw error
    }
  }
  const connect = async (): Promise<Adapter> => {
    const adapter = await noted(factory.connect())
    opened.push(adapter)
    return atomic(provider, adapter, noted)
  }
  const rowsOf = async (sql: string) => (await (await connect()).queryRaw({ sql, args: [], argTypes: [] })).rows
  const names = async (sql: string) => new Set((await rowsOf(sql)).map(([name]) => String(name)))
  return {
    factory: {
      provider: factory.provider,
      adapterName: factory.adapterName,
      connect,
      connectToShadowDb: () => factory.connectToShadowDb(),
    },
    objects: () => names(OBJECTS[provider]!),
    tables: () => names(TABLES[provider]!),
    async records() {
      const state = 'CASE WHEN rolled_back_at IS NOT NULL THEN 2 WHEN finished_at IS NOT NULL THEN 1 ELSE 0 END'
      const rows = await rowsOf(`SELECT migration_name, ${state} FROM ${RECORDS}`)
      return rows.map(([name, state]) => ({
        name: String(name),
        finished: Number(state) === 1,
        rolledBack: Number(state) === 2,
      }))
    },
    async refusal() {
      if (provider !== 'postgresql') return null
      const [[may, schema, user, missing]] = (await rowsOf(MAY_CREATE)) as [unknown[]]
      if (may === 'true') return null
      const grant = missing
        ? `CREATE SCHEMA ${schema} AUTHORIZATION ${user}`
        : `GRANT CREATE ON SCHEMA ${schema} TO ${user}`
      return `this user may not make tables in schema ${schema}${missing ? ', which is not there' : ''}; let an administrator say '${grant}', or name a schema that is this user's by ?schema=… in the URL`
    },
    fault: () => fault,
    async dispose() {
      for (const adapter of opened.splice(0)) await adapter.dispose().catch(() => {})
    },
  }
}

/** The database's own error, out of the adapter's. */
function plain(error: unknown): Error {
  const { cause } = error as { cause?: { originalCode?: string; originalMessage?: string } }
  if (!cause?.originalMessage) return error as Error
  return Object.assign(new Error(cause.originalMessage), { code: cause.originalCode })
}

type Noted = <T>(work: Promise<T>) => Promise<T>

function atomic(provider: Provider, adapter: Adapter, noted: Noted): Adapter {
  const ours = migrations(provider)
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => noted(adapter.queryRaw(query)),
    executeRaw: (query) => noted(adapter.executeRaw(query)),
    startTransaction: (level) => noted(adapter.startTransaction(level)),
    getConnectionInfo: () => adapter.getConnectionInfo!(),
    dispose: () => adapter.dispose(),
    async executeScript(script) {
      const migration = ours.find(({ sql }) => sql === script)
      if (!migration) return noted(adapter.executeScript(script))
      if (provider === 'sqlite') return noted(adapter.executeScript(inSqlite(migration)))
      // A message of several statements and no values is one transaction to PostgreSQL.
      const sql = `${script.replace(PUBLIC, '')}\n;\n${finished(migration, 'now()')}`
      await noted(adapter.executeRaw({ sql, args: [], argTypes: [] }))
    },
  }
}

/** SQLite's switch for foreign keys does nothing inside a transaction, and a rebuilt table must not cascade. */
function inSqlite(migration: Migration): string {
  const now = "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"
  return [
    'PRAGMA foreign_keys = OFF',
    'BEGIN IMMEDIATE',
    migration.sql,
    finished(migration, now),
    'COMMIT',
    'PRAGMA foreign_keys = ON',
  ].join(';\n')
}

/** The engine has seen to the schema; and whoever may make tables there need not be one who may make schemas. */
export const PUBLIC = /^CREATE SCHEMA IF NOT EXISTS "public";$/m

/** What the engine says once more after the script. */
function finished({ name }: Migration, now: string): string {
  return (
    `UPDATE "_prisma_migrations" SET "finished_at" = ${now} ` +
    `WHERE "migration_name" = '${name}' AND "finished_at" IS NULL AND "rolled_back_at" IS NULL`
  )
}

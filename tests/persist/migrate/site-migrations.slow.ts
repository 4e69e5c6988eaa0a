import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../persist/index.ts'
import { type MigrationList, NO_FILTER, startSchemaEngine } from '../../../persist/migrate/engine.ts'
import { migrationList, migrations } from '../../../persist/migrate/folder.ts'
import { statements } from '../../../persist/migrate/mysql.ts'
import { loneAdapter } from '../../../persist/postgres/adapter.ts'
import { sqliteAdapter } from '../../../persist/sqlite/adapter.ts'
import { MARIADBD, startMariadb } from '../servers/mariadb-server.ts'
import { type PostgresServer, query, startPostgres } from '../servers/postgres-server.ts'
import { newRun } from '../site.ts'

/** One empty database. */
interface Place {
  readonly url: string
  rows(sql: string): Promise<unknown[]>
}

const folder = mkdtempSync(join(tmpdir(), 'mingle-site-migrations-'))
let postgres: PostgresServer
let maria: Awaited<ReturnType<typeof startMariadb>> | undefined
beforeAll(async () => {
  postgres = await startPostgres()
  if (MARIADBD) maria = await startMariadb(MARIADBD)
}, 60_000)
afterAll(async () => {
  await postgres.stop()
  await maria?.stop()
  rmSync(folder, { recursive: true })
})

let files = 0
const PLACES = {
  sqlite: async (): Promise<Place> => {
    const file = join(folder, `${++files}.db`)
    const rows = async (sql: string) => {
      const database = new Database(file)
      try {
        if (/^SELECT/.test(sql)) return database.prepare(sql).raw().all()
        database.exec(sql)
        return []
      } finally {
        database.close()
      }
    }
    return { url: `file:${file}`, rows }
  },
  postgresql: async (): Promise<Place> => {
    const url = await postgres.createDatabase()
    return { url, rows: (sql) => query(url, sql) }
  },
  mysql: async (): Promise<Place> => {
    const { url, name } = await maria!.createDatabase()
    return { url, rows: (sql) => maria!.query(name, sql) }
  },
}

const TABLES = {
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
  postgresql: "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
  mysql: 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = database() ORDER BY table_name',
}
const RECORDS = 'SELECT migration_name, finished_at FROM _prisma_migrations ORDER BY migration_name'

/** As Prisma's engine makes it, as far as the three servers take the same words. */
const RECORDS_TABLE = (type: string) => `CREATE TABLE _prisma_migrations (id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL, finished_at ${type}, migration_name VARCHAR(255) NOT NULL, logs TEXT,
  rolled_back_at ${type}, started_at ${type} NOT NULL DEFAULT CURRENT_TIMESTAMP,
  applied_steps_count INTEGER NOT NULL DEFAULT 0)`
const record = (name: string, finished = 'CURRENT_TIMESTAMP') =>
  `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('${name}', 'x', '${name}', ${finished})`

describe.each(['sqlite', 'postgresql', 'mysql'] as const)('a site that uses Prisma itself, on %s', (provider) => {
  const withServer = it.skipIf(provider === 'mysql' && !MARIADBD)
  const [ours] = migrations(provider)
  const table = (name: string) => `CREATE TABLE ${name} (id INTEGER PRIMARY KEY)`
  const ledger = statements(ours!).find((statement) => /^CREATE TABLE .seed_runs. /.test(statement))
  const site = async (...statements: string[]): Promise<Place> => {
    const place = await PLACES[provider]()
    await place.rows(RECORDS_TABLE(provider === 'postgresql' ? 'TIMESTAMPTZ' : 'DATETIME'))
    for (const statement of statements) await place.rows(statement)
    return place
  }
  const described = async ({ rows }: Place) => [await rows(TABLES[provider]), await rows(RECORDS).catch(() => null)]

  const SITES: Record<string, string[]> = {
    'tables of its own': [record('20250101000000_site'), table('Account')],
    'a table that is called as one of ours': [record('20250101000000_site'), table('Account'), table('posts')],
    'our ledger among its models': [record('20250101000000_site'), table('Account'), ledger!],
    'our ledger, and no record of migrations': [`DROP TABLE _prisma_migrations`, table('Account'), ledger!],
    'no migration recorded': [table('Account')],
    'no migration recorded, and a table that is called as one of ours': [table('posts')],
    'a migration that was rolled back': [record('20250101000000_site', 'NULL'), table('posts')],
    'a migration of ours that was begun there': [
      record('20250101000000_site'),
      record(ours!.name, 'NULL'),
      table('posts'),
    ],
    'a table of its own beside a migration of ours that was begun': [record(ours!.name, 'NULL'), table('Account')],
  }

  withServer.each(Object.keys(SITES))('with %s is refused and left alone', async (name) => {
    const place = await site(...SITES[name]!)
    const before = await described(place)
    const mapped = SITES[name]!.includes(ledger!)
    const says = mapped
      ? /has Mingle's ledger, but not its tables: .* a mapping.* --config .*Nothing was written$/
      : /holds tables that Mingle did not make; name an empty database.*mingle init/
    for (const writer of ['bulk', 'prisma']) {
      for (const intoExisting of mapped ? [false, true] : [false]) {
        const store = await openStore(place.url, { writer, intoExisting })
        await expect(store.createRun(newRun('a', 1, 1)), writer).rejects.toMatchObject({
          code: 'BAD_INPUT',
          message: expect.stringMatching(says),
        })
        await store.close()
        expect(await described(place), writer).toEqual(before)
      }
    }
  })

  withServer('that an earlier Mingle began to migrate is told how to be rid of it, and can be', async () => {
    const place = await site(...SITES['a migration of ours that was begun there']!)
    const refused = async () => {
      const store = await openStore(place.url)
      const error = await store.createRun(newRun('a', 1, 1)).catch((thrown: Error) => thrown)
      await store.close()
      return (error as Error).message
    }
    const told = await refused()
    expect(told).toContain(`'npx prisma migrate resolve --rolled-back ${ours!.name}' settles that`)
    expect(told).toContain('of the tables that it makes there are posts: drop those that are not yours')
    if (provider !== 'mysql') {
      // What that command asks of Prisma's engine, with the site's own migrations.
      const migration = {
        path: '20250101000000_site',
        migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: '' } },
      }
      const migrationsList = { ...migrationList(provider), migrationDirectories: [migration] } as MigrationList
      const request = { migrationsList, optInToShadowDatabase: false, filters: NO_FILTER }
      const adapter = provider === 'sqlite' ? sqliteAdapter(place.url.slice(5)) : loneAdapter(place.url)
      const engine = await startSchemaEngine(adapter)
      const deploy = () => engine.applyMigrations({ migrationsList, filters: NO_FILTER })
      await expect(deploy()).rejects.toMatchObject({ code: 'P3009' })
      await engine.markMigrationRolledBack({ migrationName: ours!.name })
      expect(await deploy()).toEqual({ appliedMigrationNames: [] })
      expect(await engine.diagnoseMigrationHistory(request)).toMatchObject({ history: null, failedMigrationNames: [] })
      engine.free()
    } else
      await place.rows(`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '${ours!.name}'`)
    expect(await refused()).toMatch(/'mingle init'\)$/)
  })

  withServer.each(['bulk', 'prisma'])('opens when its tables were added to ours: %s', async (writer) => {
    const place = await PLACES[provider]()
    for (const [seed, ...then] of [['a', table('Account')], ['b', record('20270101000000_site')], ['c']]) {
      const store = await openStore(place.url, { writer })
      expect(await store.createRun(newRun(seed!, 1, 1))).toMatchObject({ seed })
      await store.close()
      for (const statement of then) await place.rows(statement)
    }
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../persist/index.ts'
import { migrate } from '../../../persist/migrate/apply.ts'
import { NO_FILTER, startSchemaEngine } from '../../../persist/migrate/engine.ts'
import { migrationList, migrations, type Provider } from '../../../persist/migrate/folder.ts'
import { type MysqlConnection, migrateMysql, statements } from '../../../persist/migrate/mysql.ts'
import { connect } from '../../../persist/mysql/connection.ts'
import { loneAdapter } from '../../../persist/postgres/adapter.ts'
import { sqliteAdapter } from '../../../persist/sqlite/adapter.ts'
import { makeRng } from '../../../sim/kernel/index.ts'
import { MARIADBD, startMariadb } from '../servers/mariadb-server.ts'
import { type PostgresServer, query, startPostgres } from '../servers/postgres-server.ts'
import { newRun } from '../site.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-cuts-'))
let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

/** Throws at the `at`th call and at all that follow, before or after it was carried out; `calls` says how many came. */
class Cut {
  calls = 0
  readonly #at: number
  readonly #after: boolean

  constructor(at: number, after: boolean) {
    this.#at = at
    this.#after = after
  }

  async call<T>(work: () => PromiseLike<T>): Promise<T> {
    this.calls++
    if (this.calls > this.#at || (this.calls === this.#at && !this.#after)) throw lost()
    const result = await work()
    if (this.calls === this.#at) throw lost()
    return result
  }
}

function lost(): Error {
  return Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' })
}

function cutting(factory: SqlMigrationAwareDriverAdapterFactory, cut: Cut): SqlMigrationAwareDriverAdapterFactory {
  const connect = async () => {
    const adapter = await factory.connect()
    return {
      provider: adapter.provider,
      adapterName: adapter.adapterName,
      queryRaw: (sql) => cut.call(() => adapter.queryRaw(sql)),
      executeRaw: (sql) => cut.call(() => adapter.executeRaw(sql)),
      executeScript: (sql) => cut.call(() => adapter.executeScript(sql)),
      startTransaction: (level) => cut.call(() => adapter.startTransaction(level)),
      getConnectionInfo: () => adapter.getConnectionInfo!(),
      dispose: () => adapter.dispose(),
    } as typeof adapter
  }
  return {
    ...factory,
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect,
    connectToShadowDb: connect,
  }
}

/** What Prisma's own engine says of the history. */
async function expectInOrder(provider: Provider, factory: SqlMigrationAwareDriverAdapterFactory): Promise<void> {
  const engine = await startSchemaEngine(factory)
  const history = await engine.diagnoseMigrationHistory({
    migrationsList: migrationList(provider),
    optInToShadowDatabase: false,
    filters: NO_FILTER,
  })
  expect(history).toMatchObject({ history: null, editedMigrationNames: [], failedMigrationNames: [] })
  expect(
    (await engine.applyMigrations({ migrationsList: migrationList(provider), filters: NO_FILTER }))
      .appliedMigrationNames,
  ).toEqual([])
  engine.free()
}

/** That a store opens and takes a run. */
async function expectUsable(url: string): Promise<void> {
  const store = await openStore(url)
  expect((await store.createRun(newRun('a', 3, 1))).id).toBe(1)
  await store.close()
}

describe.each(['sqlite', 'postgresql'] as const)('a first migration that is cut off, on %s', (provider) => {
  let files = 0
  const places = async () => {
    if (provider === 'postgresql') {
      const url = await server.createDatabase()
      return { url, adapter: () => loneAdapter(url) }
    }
    const file = join(folder, `${++files}.db`)
    return { url: `file:${file}`, adapter: () => sqliteAdapter(file) }
  }

  it('is carried out by the next start, wherever it was cut', async () => {
    const whole = new Cut(Number.POSITIVE_INFINITY, false)
    const first = await places()
    await migrate(provider, cutting(first.adapter(), whole), 'it')
    await expectUsable(first.url)
    expect(whole.calls).toBeGreaterThan(5)
    for (let at = 1; at <= whole.calls; at++) {
      for (const after of [false, true]) {
        const { url, adapter } = await places()
        const cut = new Cut(at, after)
        await expect(migrate(provider, cutting(adapter(), cut), 'it'), `${at} ${after}`).rejects.toMatchObject({
          code: 'MIGRATION_FAILED',
        })
        expect(cut.calls).toBeGreaterThanOrEqual(at)
        await migrate(provider, adapter(), 'it')
        const engine = adapter()
        await expectInOrder(provider, engine)
        if (at % 4 === 0) await expectUsable(url)
      }
    }
  })
})

describe('a migration on PostgreSQL', () => {
  const all = migrations('postgresql')
  const [init, ...later] = all
  const begun = async (url: string) => {
    await migrate('postgresql', cutting(loneAdapter(url), new Cut(8, true)), 'it').catch(() => {})
    expect(await query(url, 'SELECT finished_at FROM _prisma_migrations')).toEqual([{ finished_at: null }])
  }

  it('leaves nothing when its connection is cut within the script', async () => {
    const url = await server.createDatabase()
    // One table of the script is held by another transaction, so that the script stops there.
    const other = new pg.Client({ connectionString: url })
    await other.connect()
    await other.query('BEGIN; CREATE TABLE feed_seen (id int)')
    const migrating = migrate('postgresql', loneAdapter(url), 'it').then(
      () => null,
      (error) => error,
    )
    const waiting = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    while ((await query(url, waiting)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    await query(url, `SELECT pg_terminate_backend(pid) FROM (${waiting}) w`)
    expect(await migrating).toMatchObject({ code: 'MIGRATION_FAILED' })
    await other.query('ROLLBACK')
    await other.end()
    const tables = "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
    expect(await query(url, tables)).toEqual([{ name: '_prisma_migrations' }])
    await expectUsable(url)
    await expectInOrder('postgresql', loneAdapter(url))
  })

  it("that Prisma's own tool carried out but did not record is recorded", async () => {
    const url = await server.createDatabase()
    await begun(url)
    await query(url, init!.sql)
    expect(await migrate('postgresql', loneAdapter(url), 'it')).toEqual(later.map(({ name }) => name))
    await expectInOrder('postgresql', loneAdapter(url))
    await expectUsable(url)
  })

  it.each(['My Schema', "it's", 'UPPER'])('the same in a schema that needs quotes: %s', async (schema) => {
    const database = await server.createDatabase()
    const url = `${database}?schema=${encodeURIComponent(schema)}`
    expect(await migrate('postgresql', loneAdapter(url), 'it')).toHaveLength(all.length)
    const records = `"${schema}"._prisma_migrations`
    // The last one: an earlier one that is not recorded lets no later one begin.
    const last = `migration_name = '${all.at(-1)!.name}'`
    await query(database, `UPDATE ${records} SET finished_at = NULL, applied_steps_count = 0 WHERE ${last}`)
    expect(await migrate('postgresql', loneAdapter(url), 'it')).toEqual([])
    expect(await query(database, `SELECT FROM ${records} WHERE finished_at IS NOT NULL`)).toHaveLength(all.length)
    await expectInOrder('postgresql', loneAdapter(url))
    await expectUsable(url)
  })

  it('that another tool left half-way is told from ours, and left alone', async () => {
    const url = await server.createDatabase()
    await begun(url)
    await query(url, init!.sql.slice(0, init!.sql.indexOf('-- CreateTable\nCREATE TABLE "posts"')))
    await expect(migrate('postgresql', loneAdapter(url), 'it')).rejects.toThrow(/cut off half-way.*empty the database/s)
  })

  it.each([
    ['bulk', 'else where'],
    ['prisma', 'else where'],
    ['bulk', 'My Schema'],
    ['prisma', "It's"],
  ])('goes to the schema that the URL names, as rows do: %s, %s', async (writer, schema) => {
    const database = await server.createDatabase()
    const url = `${database}?schema=${encodeURIComponent(schema)}`
    for (const seed of ['a', 'b']) {
      const store = await openStore(url, { writer, pauseMs: 0 })
      const { id } = await store.createRun(newRun(seed, 0, 1))
      await store.writeProfiles(id, [], true)
      expect((await store.verify(id)).difference).toBeNull()
      if (seed === 'b') await store.reset(id, 'all')
      await store.close()
    }
    const tables =
      "SELECT DISTINCT schemaname AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    expect(await query(database, tables)).toEqual([{ name: schema }])
  })
})

describe.skipIf(!MARIADBD)('a migration on MariaDB, where each statement is committed by itself', () => {
  let maria: Awaited<ReturnType<typeof startMariadb>>
  beforeAll(async () => {
    maria = await startMariadb(MARIADBD!)
  }, 60_000)
  afterAll(() => maria?.stop())

  const connection = async (url: string, cut: Cut) => {
    const real = await connect(url)
    const query = (...args: Parameters<MysqlConnection['query']>) => cut.call(() => real.query(...args))
    return { lone: { query } as MysqlConnection, close: () => real.end() }
  }
  const attempt = async (url: string, cut: Cut) => {
    const { lone, close } = await connection(url, cut)
    return migrateMysql(lone, 'it').finally(close)
  }
  const described = async (name: string) => {
    const of = (table: string, columns: string, schema = 'table_schema') =>
      maria.query(
        name,
        `SELECT ${columns} FROM information_schema.${table} WHERE ${schema} = database() ORDER BY ${columns}`,
      )
    return [
      await of('columns', 'table_name, ordinal_position, column_name, column_type, is_nullable, column_default, extra'),
      await of('statistics', 'table_name, index_name, seq_in_index, column_name, non_unique'),
      await of(
        'referential_constraints',
        'table_name, constraint_name, referenced_table_name, delete_rule',
        'constraint_schema',
      ),
    ]
  }

  it('goes on at the statement that is missing, after as many cuts as there are', async () => {
    const [whole, cut] = [await maria.createDatabase(), await maria.createDatabase()]
    await attempt(whole.url, new Cut(Number.POSITIVE_INFINITY, false))
    const rng = makeRng('mysql cuts')
    let cuts = 0
    for (let applied: string[] | undefined; !applied; ) {
      applied = await attempt(cut.url, new Cut(1 + rng.nextInt(24), rng.chance(0.5))).catch((error) => {
        expect(error.message).toContain('Connection terminated')
        return undefined
      })
      if (!applied) cuts++
    }
    expect(cuts).toBeGreaterThan(10)
    expect(await described(cut.name)).toEqual(await described(whole.name))
    const records =
      'SELECT migration_name, checksum, finished_at IS NOT NULL AS f, applied_steps_count FROM _prisma_migrations ORDER BY 1'
    expect(await maria.query(cut.name, records)).toEqual(await maria.query(whole.name, records))
    await expectUsable(cut.url)
  })

  it('does not take tables of others for its own', async () => {
    const { url, name } = await maria.createDatabase()
    await expect(attempt(url, new Cut(20, false))).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    const [{ steps }] = (await maria.query(name, 'SELECT applied_steps_count AS steps FROM _prisma_migrations')) as [
      { steps: number },
    ]
    const next = statements(migrations('mysql')[0]!)[steps + 1]!
    await maria.query(name, `${/CREATE TABLE `\w+`/.exec(next)![0]} (id INT)`)
    await expect(attempt(url, new Cut(Number.POSITIVE_INFINITY, false))).rejects.toThrow(/already exists/)
  })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStore } from '../../../persist/index.ts'
import { NO_FILTER, startSchemaEngine } from '../../../persist/migrate/engine.ts'
import { migrationList } from '../../../persist/migrate/folder.ts'
import { prismaAdapter } from '../../../persist/postgres/adapter.ts'
import { removalSuite, type SelectablePlace } from '../removal.ts'
import { type PostgresServer, query, startPostgres } from '../servers/postgres-server.ts'
import { newRun, TEXTS } from '../site.ts'
import { contractSuite } from './contract.ts'
import { throughBlocks } from './through-blocks.ts'

const ORDER: Record<string, string> = {
  profiles: 'user_id',
  user_interests: 'user_id, interest_id',
  quiz_answers: 'user_id, quiz_id',
}

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

async function place(writer: string): Promise<SelectablePlace> {
  const url = await server.createDatabase()
  return {
    open: (options) => openStore(url, { ...options, texts: TEXTS, writer, pauseMs: 0 }),
    rows: (table) => query(url, `SELECT * FROM ${table} ORDER BY ${ORDER[table] ?? 'id'}`),
    execute: async (sql) => {
      await query(url, sql)
    },
    select: (sql) => query(url, sql),
  }
}

contractSuite('PostgreSQL', { lasting: true, sql: true }, () => place('bulk'))
contractSuite('PostgreSQL, by blocks', { lasting: true, sql: true }, async () => {
  const made = await place('bulk')
  return { ...made, open: async (options) => throughBlocks(await made.open(options)) }
})
removalSuite('removal from PostgreSQL', () => place('bulk'))
contractSuite('createMany on PostgreSQL', { lasting: true, sql: true }, () => place('prisma'))

it('Prisma finds the migrations in order', async () => {
  const url = await server.createDatabase()
  const store = await openStore(url)
  await store.createRun(newRun('a', 1, 1))
  await store.close()
  // That the SQL is the schema's own is tested without a server; Prisma's adapter cannot introspect yet.
  const engine = await startSchemaEngine(prismaAdapter(url, 1))
  const history = await engine.diagnoseMigrationHistory({
    migrationsList: migrationList('postgresql'),
    optInToShadowDatabase: false,
    filters: NO_FILTER,
  })
  expect(history).toMatchObject({ history: null, editedMigrationNames: [], failedMigrationNames: [] })
  engine.free()
})

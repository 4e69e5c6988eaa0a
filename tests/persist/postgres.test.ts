import { afterAll, beforeAll } from 'vitest'
import { openStore } from '../../persist/index.ts'
import { contractSuite, type Place } from './contract.ts'
import { type PostgresServer, query, startPostgres } from './postgres-server.ts'
import { TEXTS } from './site.ts'

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

async function place(writer: string): Promise<Place> {
  const url = await server.createDatabase()
  return {
    open: () => openStore(url, { texts: TEXTS, writer, pauseMs: 0 }),
    rows: (table) => query(url, `SELECT * FROM ${table} ORDER BY ${ORDER[table] ?? 'id'}`),
    execute: async (sql) => {
      await query(url, sql)
    },
  }
}

contractSuite('PostgreSQL', { lasting: true, sql: true }, () => place('bulk'))
contractSuite('createMany on PostgreSQL', { lasting: true, sql: true }, () => place('prisma'))

import { afterAll, beforeAll, describe } from 'vitest'
import { openStore } from '../../persist/index.ts'
import { contractSuite, type Place } from './contract.ts'
import { MARIADBD, startMariadb } from './mariadb-server.ts'
import { TEXTS } from './site.ts'

const ORDER: Record<string, string> = {
  profiles: 'user_id',
  user_interests: 'user_id, interest_id',
  quiz_answers: 'user_id, quiz_id',
}

if (!MARIADBD) console.log('No mariadbd here: the tests on MariaDB are left out (apt-get install mariadb-server-core).')

describe.skipIf(!MARIADBD)('MariaDB', () => {
  let server: Awaited<ReturnType<typeof startMariadb>>
  beforeAll(async () => {
    server = await startMariadb(MARIADBD!)
  }, 60_000)
  afterAll(() => server?.stop())

  const place = async (writer: string): Promise<Place> => {
    const { url, name } = await server.createDatabase()
    return {
      open: (options) => openStore(url, { ...options, texts: TEXTS, writer, pauseMs: 0 }),
      rows: (table) => server.query(name, `SELECT * FROM ${table} ORDER BY ${ORDER[table] ?? 'id'}`),
      execute: async (sql) => {
        await server.query(name, sql)
      },
    }
  }

  contractSuite('multi-row INSERT', { lasting: true, sql: true }, () => place('bulk'))
  contractSuite('createMany', { lasting: true, sql: true }, () => place('prisma'))
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../persist/index.ts'
import { removalSuite, type SelectablePlace } from '../removal.ts'
import { MARIADBD, MYSQLD, startMariadb } from '../servers/mariadb-server.ts'
import { TEXTS } from '../site.ts'
import { contractSuite } from './contract.ts'
import { throughBlocks } from './through-blocks.ts'

const ORDER: Record<string, string> = {
  profiles: 'user_id',
  user_interests: 'user_id, interest_id',
  quiz_answers: 'user_id, quiz_id',
}

if (!MARIADBD) console.log('No mariadbd here: the tests on MariaDB are left out (apt-get install mariadb-server-core).')
if (!MYSQLD) console.log('No mysqld here: the tests on MySQL are left out (MYSQLD=/path/to/mysqld runs them).')

for (const [name, program] of [
  ['MariaDB', MARIADBD],
  ['MySQL', MYSQLD],
] as const) {
  describe.skipIf(!program)(name, () => {
    let server: Awaited<ReturnType<typeof startMariadb>>
    beforeAll(async () => {
      server = await startMariadb(program!)
    }, 60_000)
    afterAll(() => server?.stop())

    const place = async (writer: string): Promise<SelectablePlace> => {
      const { url, name } = await server.createDatabase()
      return {
        open: (options) => openStore(url, { ...options, texts: TEXTS, writer, pauseMs: 0 }),
        rows: (table) => server.query(name, `SELECT * FROM ${table} ORDER BY ${ORDER[table] ?? 'id'}`),
        execute: async (sql) => {
          await server.query(name, sql)
        },
        select: (sql) => server.query(name, sql),
      }
    }

    contractSuite('multi-row INSERT', { lasting: true, sql: true }, () => place('bulk'))
    contractSuite('multi-row INSERT, by blocks', { lasting: true, sql: true }, async () => {
      const bulk = await place('bulk')
      return { ...bulk, open: async (options) => throughBlocks(await bulk.open(options)) }
    })
    removalSuite('removal', () => place('bulk'))
    contractSuite('createMany', { lasting: true, sql: true }, () => place('prisma'))

    it('says at once why it cannot connect', async () => {
      const { url } = await server.createDatabase()
      const refusals: [string, string][] = [
        [url.replace(/site_\d+$/, 'nowhere'), 'there is no such database'],
        [url.replace(/:\d+\//, ':1/'), 'does not answer'],
        // MariaDB runs without grant tables here.
        ...(name === 'MySQL'
          ? ([
              [url.replace('password@', 'wrong@'), 'refuses the user name or password'],
              [`${url}?allowPublicKeyRetrieval=false`, 'wants the password by TLS'],
              [`${url}?ssl=true`, "does not accept the server's certificate"],
            ] as [string, string][])
          : []),
      ]
      for (const [wrong, words] of refusals) {
        // The server forgets whom it let in under which password.
        if (name === 'MySQL') await server.query('mysql', 'FLUSH PRIVILEGES')
        for (const writer of ['bulk', 'prisma']) {
          await expect(openStore(wrong, { writer })).rejects.toMatchObject({
            code: 'BAD_INPUT',
            message: expect.stringContaining(words),
          })
        }
      }
    })

    it('connects to a server on this machine that has not seen the password yet', async () => {
      const { url } = await server.createDatabase()
      if (name === 'MySQL') await server.query('mysql', 'FLUSH PRIVILEGES')
      const store = await openStore(url)
      expect(await store.listRuns()).toEqual([])
      await store.close()
    })
  })
}

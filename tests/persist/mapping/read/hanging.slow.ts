import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MingleConfig, openStore, to } from '../../../../persist/index.ts'
import { configFromSettings, startRun } from '../../../../run/index.ts'
import { MARIADBD, startMariadb } from '../../servers/mariadb-server.ts'
import { type PostgresServer, query, startPostgres } from '../../servers/postgres-server.ts'
import { soundPlan, tablesOf } from '../attached.ts'
import { schema } from '../schema-text.ts'
import type { Mariadb } from '../site.ts'

let server: PostgresServer
let maria: Mariadb | undefined
beforeAll(async () => {
  server = await startPostgres()
  if (MARIADBD) maria = await startMariadb(MARIADBD)
})
afterAll(async () => {
  await server?.stop()
  await maria?.stop()
})

const SITE = schema(
  {
    Member: { id: 'String id cuid', email: 'String unique' },
    Entry: { id: 'Int id auto', by: 'String >Member.id', text: 'String' },
    Report: { id: 'Int id auto', about: 'String >Member.id', entry: 'Int? >Entry.id' },
    Payment: { id: 'Int id auto', payer: 'String >Member.id' },
  },
  {},
)
const MAP: MingleConfig['map'] = {
  user: to('Member', { id: 'id', email: 'email' }),
  post: to('Entry', { id: 'id', user_id: 'by', text: 'text' }),
}
const SYSTEMS = ['postgresql', ...(MARIADBD ? (['mysql'] as const) : [])] as const

async function empty(provider: (typeof SYSTEMS)[number], tables: readonly string[]) {
  const made = provider === 'mysql' ? await maria!.createDatabase() : { url: await server.createDatabase(), name: '' }
  const ask = (sql: string) =>
    provider === 'mysql' ? maria!.query(made.name, sql.replaceAll('"', '`')) : query(made.url, sql)
  for (const sql of tables) await ask(sql)
  return { url: made.url, ask }
}

describe.each(SYSTEMS)("%s: reset names the site's rows that hang on a run's people", (provider) => {
  it.each(['bulk', 'prisma'] as const)('%s', async (writer) => {
    const metadata = { ...SITE, provider }
    const { url, ask } = await empty(provider, await tablesOf(metadata, provider))
    const store = await openStore(url, {
      mapping: soundPlan(metadata, MAP),
      intoExisting: true,
      writer,
      ...(writer === 'prisma' && { pauseMs: 0 }),
    })
    const { run } = await startRun(store, configFromSettings({ seed: 'hanging', count: 40 }), 2, { workers: 0 })
    const counts = async () =>
      Object.values(
        (await ask('SELECT (SELECT count(*) FROM "Member") AS m, (SELECT count(*) FROM "Entry") AS e'))[0]!,
      ).map(Number)
    const before = await counts()
    await ask('INSERT INTO "Report" (about, entry) SELECT min("by"), min(id) FROM "Entry"')
    await ask('INSERT INTO "Payment" (payer) SELECT id FROM "Member"')
    // Children before parents: what hangs on a post is met first.
    await expect(store.reset(run.id, 'all')).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(
        /^1 row of Report \(entry\) hangs on rows of Entry that this run made.*nothing was removed.*onDelete: Cascade/,
      ),
    })
    expect(await counts()).toEqual(before)
    await ask('UPDATE "Report" SET entry = NULL')
    await expect(store.reset(run.id, 'all')).rejects.toThrow(/^40 rows of Payment \(payer\) hang on rows of Member/)
    expect(await counts()).toEqual(before)
    await ask('DELETE FROM "Payment"')
    await expect(store.reset(run.id, 'all')).rejects.toThrow(/^1 row of Report \(about\) hangs on rows of Member/)
    await ask('DELETE FROM "Report"')
    await store.reset(run.id, 'all')
    await store.close()
    expect(await counts()).toEqual([0, 0])
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore, type Plan, planMapping, validateMapped } from '../../../persist/index.ts'
import { configFromSettings, startRun } from '../../../run/index.ts'
import { fixture, tablesSql } from '../mapping/site.ts'
import { type PostgresServer, query, startPostgres } from '../servers/postgres-server.ts'
import { newRun } from '../site.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server?.stop())

const TABLES =
  "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind = 'r' AND nspname !~ '^pg_|^inf'"

describe('a site in several schemas, none of them public', () => {
  /** As `mingle init` puts the ledger there: into the first of the site's schemas. */
  async function siteWithoutPublic(): Promise<{ url: string; mapping: Plan }> {
    const { config, plan } = await fixture('swipes')
    const models = plan.metadata.models.map((model) => ({
      ...model,
      schema: model.schema === 'public' ? 'people' : model.schema,
    }))
    const url = await server.createDatabase()
    const sql = await tablesSql('postgresql', 'swipes')
    await query(
      url,
      `CREATE SCHEMA people; SET search_path TO people; ${sql.replace(/^CREATE SCHEMA .*"public";$/m, '')}`,
    )
    await query(url, `INSERT INTO people."Hobby" VALUES (gen_random_uuid(), 'Hiking'); DROP SCHEMA public`)
    return { url, mapping: planMapping(config, { ...plan.metadata, models }) }
  }

  it.each([
    ['bulk', ''],
    ['prisma', ''],
    ['bulk', '?schema=activity'],
  ])('is filled, verified, validated and emptied: %s%s', async (writer, suffix) => {
    const { url, mapping } = await siteWithoutPublic()
    const store = await openStore(url + suffix, { mapping, writer, ...(writer === 'prisma' && { pauseMs: 0 }) })
    const { run } = await startRun(store, configFromSettings({ seed: 'schemas', count: 30 }), 2, { workers: 0 })
    expect((await store.verify(run.id)).difference).toBeNull()
    const [ledger] = await query(url, 'SELECT count(*) AS runs FROM people.seed_runs')
    expect(ledger!.runs).toBe('1')
    expect((await validateMapped(url + suffix, mapping, 'schemas')).run).toMatchObject({ seed: 'schemas' })
    await store.reset(run.id, 'all')
    await store.close()
    const [left] = await query(
      url,
      'SELECT (SELECT count(*) FROM people."User") + (SELECT count(*) FROM people.seed_runs) AS n',
    )
    expect(left!.n).toBe('0')
  })
})

describe('a user of PostgreSQL who may not make tables', () => {
  beforeAll(async () => {
    await query(await server.createDatabase(), "CREATE ROLE plain LOGIN PASSWORD 'password'")
  })

  it.each([
    ['in public', 'bulk', '', 'SELECT 1', 'GRANT CREATE ON SCHEMA "public" TO plain'],
    ['in public', 'prisma', '', 'SELECT 1', 'GRANT CREATE ON SCHEMA "public" TO plain'],
    ['where public is gone', 'bulk', '', 'DROP SCHEMA public', 'CREATE SCHEMA "public" AUTHORIZATION plain'],
    ['in a schema that is missing', 'bulk', '?schema=mine', 'SELECT 1', 'CREATE SCHEMA "mine" AUTHORIZATION plain'],
  ])('%s is told at once what to do: %s', async (_, writer, suffix, before, grant) => {
    const url = await server.createDatabase()
    await query(url, before)
    const said: string[] = []
    const store = await openStore(url.replace('postgres:password', 'plain:password') + suffix, {
      writer,
      onFault: (message) => said.push(message),
    })
    await expect(store.createRun(newRun('a', 1, 1))).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining(`'${grant}'`),
    })
    expect({ said, tables: await query(url, TABLES) }).toEqual({ said: [], tables: [] })
    await query(url, grant)
    expect(await store.createRun(newRun('a', 1, 1))).toMatchObject({ seed: 'a' })
    await store.close()
  })
})

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  checkPlan,
  ledgerModels,
  openStore,
  type Plan,
  planMapping,
  problemText,
  readMetadata,
  validateMapped,
} from '../../../../persist/index.ts'
import { migrationSql } from '../../../../persist/migrate/make.ts'
import { configFromSettings, extendRun, type RunResult, startRun } from '../../../../run/index.ts'
import { MARIADBD, startMariadb } from '../../servers/mariadb-server.ts'
import { type PostgresServer, query, startPostgres } from '../../servers/postgres-server.ts'
import { fixture, type Mariadb, SCHEMAS } from '../site.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-weird-'))
const PAIRS = '"we""ird""; DROP TABLE ""order""; --"'
const LIMITS = { people: 50, days: 5, observations: 5 }
let files = 0
let server: PostgresServer
let maria: Mariadb | undefined

type Provider = 'sqlite' | 'postgresql' | 'mysql'

/** Prisma's own engine does not double quotes inside names, so it is given letters in their place. */
async function tables(provider: Provider, keys: 'numbers' | 'texts'): Promise<string> {
  const text = readFileSync(join(SCHEMAS, 'weird/schema.prisma'), 'utf8')
  const schema = text.replaceAll('\\"', '¶').replace('provider = "sqlite"', `provider = "${provider}"`)
  const keyed = schema
    .replace(
      'id        Int       @id @default(autoincrement()) @map("$1")',
      'id String @id @default(cuid()) @map("$1")',
    )
    .replace('pairId   Int ', 'pairId String ')
  const wanted = keys === 'texts' ? keyed : schema
  if (provider !== 'mysql') return (await migrationSql(provider, null, wanted)).replaceAll('¶', '""')
  const own = wanted.slice(0, wanted.indexOf("// The ledger of Mingle's runs")) + ledgerModels('mysql')
  const long = own.replaceAll('text     String   ', 'text String @db.Text ').replace('time`zone', 'time§zone')
  const sql = (await migrationSql(provider, null, long)).replaceAll(
    / SERIAL NOT NULL/g,
    ' INTEGER NOT NULL AUTO_INCREMENT',
  )
  return sql.replaceAll('¶', '"').replaceAll('§', '``')
}

async function planOf(provider: string, keys: 'numbers' | 'texts'): Promise<Plan> {
  const { config } = await fixture('weird')
  const metadata = readMetadata(join(SCHEMAS, 'weird'))
  const models = metadata.models.map((model) => ({
    ...model,
    fields: model.fields.map((field) => {
      if (keys === 'numbers' || !['Pair.id', 'Line.pairId'].includes(`${model.name}.${field.name}`)) return field
      return { ...field, type: 'String', default: field.name === 'id' ? 'cuid' : null }
    }),
  }))
  const plan = planMapping(config, { ...metadata, provider, models })
  expect([...plan.problems, ...checkPlan(plan)].map(problemText)).toEqual([])
  return plan
}

interface Place {
  readonly url: string
  rows(sql: string): Promise<Record<string, unknown>[]>
}

const PLACES = {
  async sqlite(keys: 'numbers' | 'texts'): Promise<Place> {
    const file = join(folder, `${++files}.db`)
    const db = new Database(file)
    db.exec(await tables('sqlite', keys))
    db.close()
    const rows = async (sql: string) => {
      const opened = new Database(file)
      const found = opened.prepare(sql).all() as Record<string, unknown>[]
      opened.close()
      return found
    }
    return { url: `file:${file}`, rows }
  },
  async postgresql(keys: 'numbers' | 'texts'): Promise<Place> {
    const url = await server.createDatabase()
    await query(url, await tables('postgresql', keys))
    return { url, rows: (sql) => query(url, sql) }
  },
  async mysql(keys: 'numbers' | 'texts'): Promise<Place> {
    const { url, name } = await maria!.createDatabase()
    for (const sql of (await tables('mysql', keys)).split(/;\n/)) {
      if (/^\s*\w/.test(sql.replaceAll(/^--.*$/gm, ''))) await maria!.query(name, sql)
    }
    // Names in MySQL's own quotes.
    const rows = (sql: string) =>
      maria!.query(
        name,
        sql.replaceAll(/"((?:[^"]|"")*)"/g, (_, word: string) => `\`${word.replaceAll('""', '"')}\``),
      )
    return { url, rows }
  },
} as const

beforeAll(async () => {
  if (MARIADBD) maria = await startMariadb(MARIADBD)
  server = await startPostgres()
}, 60_000)
afterAll(async () => {
  await server?.stop()
  await maria?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe.each([
  ['sqlite', 'numbers', 'bulk'],
  ['sqlite', 'texts', 'bulk'],
  ['sqlite', 'numbers', 'prisma'],
  ['postgresql', 'numbers', 'bulk'],
  ...(MARIADBD ? ([['mysql', 'numbers', 'bulk']] as const) : []),
] as const)(
  'reserved words, quotes, dots and spaces as names in %s, pairs known by %s, writer %s',
  (provider, keys, writer) => {
    let place: Place
    let plan: Plan
    let result: RunResult
    const count = async (table: string) => Number((await place.rows(`SELECT count(*) AS n FROM ${table}`))[0]!.n)
    const open = () => openStore(place.url, { mapping: plan, writer, pauseMs: 0 })

    beforeAll(async () => {
      place = await PLACES[provider](keys)
      plan = await planOf(provider, keys)
      const first = await open()
      await startRun(first, configFromSettings({ seed: 'it\'s "weird"; --', count: 100 }), 8, { workers: 0 })
      await first.close()
      const second = await open()
      result = await extendRun(second, undefined, { days: 4, join: 5 }, { workers: 0 })
      await second.close()
    }, 60_000)

    it('are written to, and counted', async () => {
      expect(await count('"order"')).toBe(105)
      expect(result.rows).toEqual({
        order: 105,
        '_in"to': await count('"_in""to"'),
        transaction: await count('"transaction"'),
        'main.table': await count('"main.table"'),
        'we"ird"; DROP TABLE "order"; --': await count(PAIRS),
        group: await count('"group"'),
      })
      expect(await count('"group"')).toBeGreaterThan(20)
    })

    it('hold every character of a value', async () => {
      const people = await place.rows('SELECT "from" AS name FROM "order"')
      const whole = people.filter(({ name }) => String(name).endsWith(`'; DROP TABLE "order"; -- \\ $1 ? 💜`))
      expect(whole).toHaveLength(105)
      const says = await place.rows(
        `SELECT DISTINCT "low ""says""" AS word FROM ${PAIRS} WHERE "low ""says""" IS NOT NULL ORDER BY 1`,
      )
      expect(says.map(({ word }) => word)).toEqual(['"y\'es"', 'n;o'])
    })

    it('are read back: as they were written, and what was simulated', async () => {
      const store = await open()
      expect((await store.verify(result.run.id)).difference).toBeNull()
      await store.close()
      const validation = await validateMapped(place.url, plan, undefined, LIMITS)
      expect(validation.checks.filter(({ ok }) => ok === false)).toEqual([])
      const ids = validation.metrics.map(({ metric }) => metric.id)
      // Messages know their match by the two people alone: its row has a key of its own.
      for (const id of ['1', '2', '5', '13.men', '16.median', '17.mean', '18.sessions']) expect(ids).toContain(id)
      const verdicts = validation.checks.map(({ id }) => id)
      for (const id of ['match.likes', 'message.match', 'message.order', 'orphan.messages', 'rows.messages'])
        expect(verdicts).toContain(id)
    })

    it('are found again when the run is removed', async () => {
      const store = await open()
      await store.reset(result.run.id, 'activity')
      expect(await count('"order"')).toBe(100)
      expect(await count('"transaction"')).toBe(0)
      await store.reset(result.run.id, 'all')
      await store.close()
      for (const table of ['"order"', '"_in""to"', '"transaction"', '"main.table"', PAIRS, '"group"', 'seed_runs'])
        expect([table, await count(table)]).toEqual([table, 0])
    })
  },
)

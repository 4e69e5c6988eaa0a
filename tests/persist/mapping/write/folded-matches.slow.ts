import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ledgerModels,
  type MingleConfig,
  openStore,
  type Plan,
  planMapping,
  problemText,
  rows,
  to,
} from '../../../../persist/index.ts'
import { migrationSql } from '../../../../persist/migrate/make.ts'
import { configFromSettings, extendRun, startRun } from '../../../../run/index.ts'
import { MARIADBD, startMariadb } from '../../servers/mariadb-server.ts'
import { type PostgresServer, query, startPostgres } from '../../servers/postgres-server.ts'
import { DEFAULT_SQL, inWords, lines } from '../facts.ts'
import { schema } from '../schema-text.ts'
import type { Mariadb } from '../site.ts'

/** Two likes fold into a row that is the match: with a number, a text, or the two people for its key. */
const PRISMA = `
model User {
  id    Int    @id @default(autoincrement())
  email String @unique
  bondsLow  Bond[] @relation("low")
  bondsHigh Bond[] @relation("high")
}
model Bond {
  id     Int       @id @default(autoincrement())
  low    Int
  high   Int
  lowAt  DateTime?
  highAt DateTime?
  lowUser  User @relation("low", fields: [low], references: [id], onDelete: Cascade)
  highUser User @relation("high", fields: [high], references: [id], onDelete: Cascade)
  lines  BondLine[]
  @@unique([low, high])
}
model BondLine {
  id     Int      @id @default(autoincrement())
  bondId Int
  author Int
  words  String   @db.Text
  said   DateTime
  bond   Bond     @relation(fields: [bondId], references: [id], onDelete: Cascade)
}
model Knot {
  id     String    @id
  low    Int
  high   Int
  tied   DateTime?
  lines  KnotLine[]
  @@unique([high, low])
}
model KnotLine {
  id     String   @id
  knotId String
  author Int
  reader Int
  words  String   @db.Text
  said   DateTime
  knot   Knot     @relation(fields: [knotId], references: [id], onDelete: Cascade)
}
model Tie {
  low    Int
  high   Int
  lines  TieLine[]
  @@id([low, high])
}
model TieLine {
  id     Int      @id @default(autoincrement())
  low    Int
  high   Int
  author Int
  words  String   @db.Text
  said   DateTime
  tie    Tie      @relation(fields: [low, high], references: [low, high], onDelete: Cascade)
}
model Echo {
  id     String   @id
  knotId String
  reader Int
  said   DateTime
}
`

const TIMES = { lowAt: 'DateTime?', highAt: 'DateTime?' }
const LINE = { author: 'Int >User.id', words: 'String Text', said: 'DateTime' }
const MODELS = {
  User: { id: 'Int id auto', email: 'String unique' },
  Bond: { id: 'Int id auto', low: 'Int >User.id', high: 'Int >User.id', ...TIMES },
  BondLine: { id: 'Int id auto', bondId: 'Int >Bond.id', ...LINE },
  Knot: { id: 'String id cuid', low: 'Int >User.id', high: 'Int >User.id', tied: 'DateTime?' },
  KnotLine: { id: 'String id uuid', knotId: 'String >Knot.id', reader: 'Int >User.id', ...LINE },
  Tie: { low: 'Int >User.id', high: 'Int >User.id' },
  TieLine: { id: 'Int id auto', low: 'Int >Tie.low', high: 'Int >Tie.high', ...LINE },
  Echo: { id: 'String id uuid', knotId: 'String', reader: 'Int', said: 'DateTime' },
}
const OPTIONS = { uniques: { Bond: [['low', 'high']], Knot: [['high', 'low']] }, keys: { Tie: ['low', 'high'] } }

const people = { low_user_id: 'low', high_user_id: 'high' } as const
const line = { sender_id: 'author', body: 'words', sent_at: 'said' } as const
const MAP: MingleConfig['map'] = {
  user: to('User', { id: 'id', email: 'email' }),
  like: [
    to('Bond', { ...people, created_at: 'lowAt' }, { where: { action: 'LIKE', side: 'low' }, fold: ['low', 'high'] }),
    to('Bond', { ...people, created_at: 'highAt' }, { where: { action: 'LIKE', side: 'high' }, fold: ['low', 'high'] }),
    to('Knot', people, { where: { action: 'LIKE' }, fold: ['high', 'low'] }),
    to('Tie', people, { where: { action: 'LIKE' }, fold: ['low', 'high'] }),
  ],
  match: to('Knot', { id: 'id', created_at: 'tied' }, { update: ['id'] }),
  message: [
    to('BondLine', { match_id: 'bondId', ...line }),
    to('KnotLine', { match_id: 'knotId', recipient_id: 'reader', ...line }),
    to('TieLine', { ...people, ...line }),
    rows('Echo', ['knotId', 'reader', 'said'], (row) => ({
      knotId: row.match_id,
      reader: row.recipient_id,
      said: row.sent_at,
    })),
  ],
}

type Provider = 'sqlite' | 'postgresql' | 'mysql'

function planOf(provider: Provider): Plan {
  const plan = planMapping({ schema: '.', map: MAP }, { ...schema(MODELS, OPTIONS), provider })
  expect(plan.problems.map(problemText)).toEqual([])
  return plan
}

async function tables(provider: Provider): Promise<string> {
  const text = `datasource db {\n  provider = "${provider}"\n}\n${PRISMA}\n${ledgerModels(provider)}`
  const sql = await migrationSql(provider, null, provider === 'sqlite' ? text.replaceAll('@db.Text', '') : text)
  return provider === 'mysql' ? sql.replaceAll(/\bSERIAL NOT NULL/g, 'INTEGER NOT NULL AUTO_INCREMENT') : sql
}

const CONFIG = configFromSettings({ seed: 'folded', count: 150 })
const folder = mkdtempSync(join(tmpdir(), 'mingle-folded-'))
let server: PostgresServer
let maria: Mariadb | undefined
let messages: string[]
let matches: string[]

beforeAll(async () => {
  server = await startPostgres()
  if (MARIADBD) maria = await startMariadb(MARIADBD)
  const file = join(folder, 'default.db')
  const store = await openStore(`file:${file}`)
  await startRun(store, CONFIG, 5, { workers: 0 })
  await store.close()
  const db = new Database(file)
  const all = (sql: string) => lines(db.prepare(sql).all() as Record<string, unknown>[])
  messages = all(DEFAULT_SQL.message)
  matches = all(DEFAULT_SQL.match)
  db.close()
  expect(messages.length).toBeGreaterThan(20)
}, 60_000)

afterAll(async () => {
  await server?.stop()
  await maria?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function site(provider: Provider, name: string) {
  const ddl = await tables(provider)
  if (provider === 'sqlite') {
    const file = join(folder, `${name}.db`)
    const db = new Database(file)
    db.exec(ddl)
    db.close()
    const all = (sql: string) => {
      const reader = new Database(file)
      const found = reader.prepare(sql).all() as Record<string, unknown>[]
      reader.close()
      return Promise.resolve(found)
    }
    return { url: `file:${file}`, all }
  }
  if (provider === 'postgresql') {
    const url = await server.createDatabase()
    await query(url, ddl)
    return { url, all: (sql: string) => query(url, sql) }
  }
  const database = await maria!.createDatabase()
  for (const sql of ddl.split(/;\n/)) {
    if (/^\s*\w/.test(sql.replaceAll(/^--.*$/gm, ''))) await maria!.query(database.name, sql)
  }
  return { url: database.url, all: (sql: string) => maria!.query(database.name, sql) }
}

const SAID = (from: string, join: string) =>
  `SELECT min(u.email, v.email) AS one, max(u.email, v.email) AS other, s.email AS sender, trim(x.words) AS body, x.said AS sent_at
   FROM "${from}" x JOIN ${join} JOIN "User" s ON s.id = x.author JOIN "User" u ON u.id = m.low JOIN "User" v ON v.id = m.high`
const LINES = {
  BondLine: SAID('BondLine', '"Bond" m ON m.id = x."bondId"'),
  KnotLine: SAID('KnotLine', '"Knot" m ON m.id = x."knotId" AND x.reader = m.low + m.high - x.author'),
  TieLine: SAID('TieLine', '"Tie" m ON m.low = x.low AND m.high = x.high'),
}

const providers: Provider[] = ['sqlite', 'postgresql', ...(MARIADBD ? (['mysql'] as const) : [])]
describe.each(providers.flatMap((provider) => [[provider, 'bulk'] as const, [provider, 'prisma'] as const]))(
  'a match that two likes fold into, on %s by %s',
  (provider, writer) => {
    it('is what messages refer to, whatever its key', async () => {
      const plan = planOf(provider)
      const { url, all } = await site(provider, writer)
      const open = () =>
        openStore(url, { mapping: plan, writer, ...(writer === 'prisma' && { batchSize: 150, pauseMs: 0 }) })
      const first = await open()
      await startRun(first, CONFIG, 3, { workers: 0 })
      await first.close()
      // Another process reads from the ledger who matched.
      const second = await open()
      const { run } = await extendRun(second, CONFIG.seed, { days: 2 }, { workers: 0 })
      const told = async (sql: string) => lines(await all(inWords(provider, 'bonds', sql)))
      for (const [name, sql] of Object.entries(LINES)) expect([name, await told(sql)]).toEqual([name, messages])
      expect(
        await told(
          'SELECT min(u.email, v.email) AS one, max(u.email, v.email) AS other, m.tied AS created_at FROM "Knot" m JOIN "User" u ON u.id = m.low JOIN "User" v ON v.id = m.high WHERE m.tied IS NOT NULL',
        ),
      ).toEqual(matches)
      const [echoes] = await all(
        inWords(
          provider,
          'bonds',
          'SELECT count(*) AS n FROM "Echo" e JOIN "KnotLine" k ON k."knotId" = e."knotId" AND k.reader = e.reader AND k.said = e.said',
        ),
      )
      expect(Number(echoes!.n)).toBe(messages.length)
      expect((await second.verify(run.id)).difference).toBeNull()
      // A line under another match is found out, though its reference is a number that the database made.
      const other = `(SELECT max(id) FROM "Bond")`
      await all(inWords(provider, 'bonds', `UPDATE "BondLine" SET "bondId" = ${other} WHERE "bondId" <> ${other}`))
      expect((await second.verify(run.id)).difference?.table).toContain('BondLine')
      await second.reset(run.id, 'all')
      const [left] = await all(
        inWords(
          provider,
          'bonds',
          'SELECT (SELECT count(*) FROM "User") + (SELECT count(*) FROM "Bond") + (SELECT count(*) FROM "TieLine") + (SELECT count(*) FROM "Echo") + (SELECT count(*) FROM seed_run_days) AS n',
        ),
      )
      expect(Number(left!.n)).toBe(0)
      await second.close()
    })
  },
)

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runJobs } from '../../jobs/index.ts'
import {
  ledgerModels,
  type Metadata,
  type MingleConfig,
  openSql,
  openStore,
  planMapping,
  skip,
  to,
} from '../../persist/index.ts'
import { migrationSql } from '../../persist/migrate/make.ts'
import { adoptPeople, configFromSettings, extendRun, startRun } from '../../run/index.ts'
import { makeRng } from '../../sim/kernel/index.ts'
import { Workplace } from '../cli/command-line.ts'
import { ask, siteFile } from '../persist/mapping/attached.ts'
import { schema } from '../persist/mapping/schema-text.ts'
import { MARIADBD, startMariadb } from '../persist/servers/mariadb-server.ts'
import { type PostgresServer, query, startPostgres } from '../persist/servers/postgres-server.ts'
import { loaded } from '../run/waves.ts'
import { MAP, METADATA, OWN_ROWS } from './mapped-site.ts'

const PING = {
  id: 'Int id auto',
  fromId: 'String >Member.id',
  toId: 'String >Member.id',
  way: 'String',
  at: 'DateTime',
}
const SITE = { ...METADATA, models: [...METADATA.models, ...schema({ Ping: PING }, { ledger: false }).models] }
const SITE_MAP: MingleConfig['map'] = {
  ...MAP,
  wave: to('Ping', { from_id: 'fromId', to_id: 'toId', how: 'way', waved_at: 'at' }),
  rating: skip(),
}
const options = { workers: 0, extension: loaded }

type Provider = 'sqlite' | 'postgresql' | 'mysql'

const folder = mkdtempSync(join(tmpdir(), 'mingle-mapped-servers-'))
let postgres: PostgresServer
let mariadb: Awaited<ReturnType<typeof startMariadb>> | undefined
let expected: unknown[]

beforeAll(async () => {
  postgres = await startPostgres()
  mariadb = MARIADBD ? await startMariadb(MARIADBD) : undefined
  const file = join(folder, 'site.db')
  expected = await life('sqlite', `file:${file}`, async (sql) => {
    const db = new Database(file)
    db.exec(sql)
    db.close()
  })
}, 120_000)
afterAll(async () => {
  await postgres?.stop()
  await mariadb?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The site's schema, its foreign keys and enums left out. */
function schemaOf({ models }: Metadata, provider: Provider): string {
  const blocks = models
    .filter(({ table }) => !table.startsWith('seed_'))
    .map(({ name, fields, primaryKey, uniques }) => {
      const lines = fields.map((field) => {
        const type = field.enum ? 'String' : field.type
        const long = provider === 'mysql' && ['about', 'words'].includes(field.name) ? ' @db.Text' : ''
        return `  ${field.name} ${type}${field.required ? '' : '?'}${long}${field.default === 'autoincrement' ? ' @default(autoincrement())' : ''}`
      })
      const keys = [
        `  @@id([${primaryKey.join(', ')}])`,
        ...uniques.map((names) => `  @@unique([${names.join(', ')}])`),
      ]
      return `model ${name} {\n${[...lines, ...keys].join('\n')}\n}`
    })
  return `datasource db {\n  provider = "${provider}"\n}\n${ledgerModels(provider)}\n${blocks.join('\n\n')}\n`
}

/** Everything that jobs, and the extension, wrote, in words that no database has a say in. */
const DERIVED = [
  `SELECT m.mail, o.mail, f.score, f.km FROM Fit f JOIN Member m ON m.id = f.memberId JOIN Member o ON o.id = f.otherId`,
  `SELECT m.mail, f.nick, f.age, f.sex, f.pictures, f.tags FROM Findable f JOIN Member m ON m.id = f.memberId`,
  `SELECT m.mail, t.name, t.value FROM Trait t JOIN Member m ON m.id = t.memberId`,
  `SELECT a.label, b.label, p.both, p.score FROM TagPair p JOIN Tag a ON a.id = p.aId JOIN Tag b ON b.id = p.bId`,
  `SELECT m.mail, n.words, h.points, h.views, h.claps FROM Hot h JOIN Note n ON n.id = h.noteId JOIN Member m ON m.id = n.authorId`,
  `SELECT t.label, h.points FROM HotTag h JOIN Tag t ON t.id = h.tagId`,
  `SELECT a.mail, b.mail, p.way FROM Ping p JOIN Member a ON a.id = p.fromId JOIN Member b ON b.id = p.toId`,
]

/** A run, jobs, rows of the site's own, more days in which its people live too, jobs again. */
async function life(provider: Provider, url: string, execute: (sql: string) => Promise<void>): Promise<unknown[]> {
  const metadata = { ...SITE, provider }
  const plan = planMapping({ schema: '.', map: SITE_MAP }, metadata)
  await execute(await migrationSql(provider, null, schemaOf(metadata, provider)))
  const store = await openStore(url, { mapping: plan })
  await startRun(store, configFromSettings({ seed: 'servers', count: 60 }), 3, options)
  await runJobs(url, { mapping: plan, options: { pauseMs: 0 } })
  const sql = await openSql(url, plan)
  const named = (text: string) =>
    provider === 'sqlite'
      ? text
      : text
          .replace(/\b(Member|Tag|MemberTag|Note|Look|Fit|Findable|Trait|TagPair|Hot|HotTag|Ping)\b(?!\.)/g, (name) =>
            quoted(name),
          )
          .replace(/\b([a-z])\.(\w+)/g, (_, table, column) => `${table}.${quoted(column)}`)
          .replaceAll("+00:00'", "'")
          .replace(/, 0, '2023/g, provider === 'postgresql' ? ", false, '2023" : ", 0, '2023")
  const quoted = (name: string) => (provider === 'mysql' ? `\`${name}\`` : `"${name}"`)
  for (const row of OWN_ROWS) {
    const columns =
      provider === 'sqlite' ? row : named(row.replace(' (id, label)', '').replace(' (id, authorId, words, at)', ''))
    await sql.execute(columns)
  }
  const adopted = await adoptPeople(store, 'servers', { where: ['town = Austin', 'nick < Carl'], limit: 5 }, undefined)
  expect(adopted.people).toBeGreaterThanOrEqual(2)
  await extendRun(store, 'servers', { days: 2 }, options)
  const run = (await store.findRun('servers'))!
  expect((await store.verify(run.id)).difference).toBeNull()
  await runJobs(url, { mapping: plan, options: { pauseMs: 0 } })
  const { jobs } = await runJobs(url, { mapping: plan, options: { pauseMs: 0 } })
  expect(jobs.map(({ inserted, updated, deleted }) => inserted + updated + deleted)).toEqual(jobs.map(() => 0))
  const tables: unknown[] = []
  for (const text of DERIVED) {
    const rows = await sql.query(named(text))
    tables.push(
      rows
        .map((row) => row.map((value) => String(typeof value === 'number' ? value : plain(value))).join(' | '))
        .sort(),
    )
  }
  await store.resetDerived()
  const [[fits] = []] = await sql.query(named('SELECT count(*) FROM Fit'))
  expect(Number(fits)).toBe(0)
  await store.reset(run.id, 'all')
  const [left] = await sql.query(named('SELECT count(*) FROM Member'))
  expect(Number(left![0])).toBe(3)
  await sql.close()
  await store.close()
  return tables
}

/** Numbers that a driver hands over as texts. */
function plain(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
}

describe('jobs and an extension under a mapping give the rows of SQLite', () => {
  it('on PostgreSQL', async () => {
    const url = await postgres.createDatabase()
    const found = await life('postgresql', url, async (sql) => void (await query(url, sql)))
    expect(found).toEqual(expected)
  })

  it.skipIf(!MARIADBD)('on MariaDB', async () => {
    const { url, name } = await mariadb!.createDatabase()
    const found = await life('mysql', url, async (sql) => {
      for (const statement of sql.split(/;\s*\n/))
        if (/^\s*[A-Z]/m.test(statement)) await mariadb!.query(name, statement)
    })
    expect(found).toEqual(expected)
  })
})

describe('after kill -9 in jobs under a mapping', () => {
  const place = new Workplace()
  const file = join(place.folder, 'site.db')
  afterAll(() => place.remove())
  const program = join(import.meta.dirname, '../../dist/cli/mingle.js')
  const TABLES = ['TagPair', 'Findable', 'Trait', 'Fit', 'Hot', 'HotTag']
  /** But for numbers that the database gives. */
  const derived = () =>
    TABLES.map((table) =>
      ask(file, `SELECT * FROM "${table}"`)
        .map(({ id: _, ...row }) => JSON.stringify(row))
        .sort(),
    )
  const written = () => {
    try {
      const [row] = ask(file, `SELECT ${TABLES.map((table) => `(SELECT count(*) FROM "${table}")`).join(' + ')} AS n`)
      return Number(row!.n)
    } catch {
      // It is locked at this moment.
      return 0
    }
  }

  it('they end with the same rows when they run again', { timeout: 400_000 }, async () => {
    await siteFile(file, METADATA)
    writeFileSync(join(place.folder, 'mingle.json'), JSON.stringify(METADATA))
    const map = join(import.meta.dirname, 'mapped-map.ts')
    writeFileSync(
      join(place.folder, 'mingle.config.ts'),
      `import { MAP } from ${JSON.stringify(map)}\nexport default { schema: '.', map: MAP }\n`,
    )
    const url = ['--database-url', 'file:./site.db']
    const mingle = async (...args: string[]) => {
      const { code, stderr } = await place.mingle([...args, ...url])
      expect(code, stderr).toBe(0)
    }
    await mingle('run', '--run-seed', 'kills', '--count', '120', '--days', '4', '--workers', '0')
    const [whole, rows] = [derived(), written()]
    expect(rows).toBeGreaterThan(1000)
    const rng = makeRng('mapped kills')
    let cuts = 0
    for (let i = 0; i < 5; i++) {
      for (const table of [...TABLES, 'seed_jobs']) ask(file, `DELETE FROM "${table}"`)
      const target = rng.next() * rows
      const args = ['jobs', '--user-batch-size', '5', '--pause-ms', '5', ...url]
      const child = spawn(process.execPath, [program, ...args], { cwd: place.folder, stdio: 'ignore' })
      const timer = setInterval(() => written() > target && child.kill('SIGKILL'), 2)
      const signal = await new Promise((resolve) => child.on('close', (_, ended) => resolve(ended)))
      clearInterval(timer)
      if (signal === 'SIGKILL') cuts++
      await mingle('jobs')
      expect(derived(), `cut ${i}`).toEqual(whole)
    }
    expect(cuts).toBeGreaterThan(1)
  })
})

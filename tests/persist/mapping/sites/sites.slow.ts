import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  checkDatabase,
  initMapping,
  loadMapping,
  openStore,
  problemText,
  schemaSql,
  validateMapped,
} from '../../../../persist/index.ts'
import { configFromSettings, extendRun, startRun } from '../../../../run/index.ts'
import { MARIADBD, startMariadb } from '../../servers/mariadb-server.ts'
import { type PostgresServer, query, startPostgres } from '../../servers/postgres-server.ts'
import { type Mariadb, SCHEMAS } from '../site.ts'
import { SITES, type Site } from './sites.ts'

const root = join(import.meta.dirname, '../../../..')
const folder = mkdtempSync(join(tmpdir(), 'mingle-sites-'))
const CONFIG = configFromSettings({ seed: 'five sites', count: 80 })
const here = SITES.filter(({ database }) => database !== 'mysql' || MARIADBD)
let server: PostgresServer
let maria: Mariadb | undefined

beforeAll(async () => {
  server = await startPostgres()
  if (MARIADBD) maria = await startMariadb(MARIADBD)
})
afterAll(async () => {
  await server?.stop()
  await maria?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** An empty database with the site's tables and rows. */
async function database({ database: kind, rows, before = [] }: Site, sql: string, project: string) {
  if (kind === 'sqlite') {
    const file = join(project, 'site.db')
    const ask = async (text: string) => {
      const db = new Database(file)
      try {
        if (/^SELECT/.test(text)) return db.prepare(text).all() as Record<string, unknown>[]
        db.exec(text)
        return []
      } finally {
        db.close()
      }
    }
    await ask(sql)
    for (const row of rows) await ask(row)
    return { url: `file:${file}`, ask }
  }
  if (kind === 'postgresql') {
    const url = await server.createDatabase()
    for (const text of [...before, sql, ...rows]) await query(url, text)
    return { url, ask: (text: string) => query(url, text) }
  }
  const { url, name: made } = await maria!.createDatabase()
  const statements = sql
    .replaceAll(/^--.*$/gm, '')
    .split(/;\n/)
    .filter((text) => text.trim() !== '')
  for (const text of [...statements, ...rows]) await maria!.query(made, text)
  return { url, ask: (text: string) => maria!.query(made, text) }
}

describe.each(here.map((site) => [site.name, site] as const))('%s', (name, site) => {
  it('goes from init to reset, with few lines to write', async () => {
    const project = mkdtempSync(join(folder, `${name}-`))
    mkdirSync(join(project, 'prisma'), { recursive: true })
    cpSync(join(SCHEMAS, name, 'schema.prisma'), join(project, 'prisma/schema.prisma'))
    writeFileSync(join(project, 'package.json'), '{"type":"module"}')
    await initMapping({ folder: project })

    const config = join(project, 'mingle.config.ts')
    let text = readFileSync(config, 'utf8')
    expect(text.match(/choose\(/g)?.length ?? 0).toBe(site.edits.length + (text.includes('// choose(') ? 1 : 0))
    expect(site.edits.length).toBeLessThanOrEqual(5)
    for (const [proposed, written] of site.edits) {
      expect(text).toContain(proposed)
      text = text.replace(proposed, written)
    }
    writeFileSync(config, text.replace("from 'mingle'", `from '${join(root, 'persist/mapping/config/config.ts')}'`))
    const { plan } = await loadMapping(config)
    expect(plan.problems.map(problemText)).toEqual([])

    const sql = await schemaSql({ schema: join(project, 'prisma/schema.prisma') })
    const { url, ask } = await database(site, sql, project)
    const before = await Promise.all(site.something.map(ask))
    expect((await checkDatabase(url, plan)).problems.map(problemText)).toEqual([])

    const open = () => openStore(url, { mapping: plan, intoExisting: true })
    const first = await open()
    const { run } = await startRun(first, CONFIG, 5, { workers: 0 })
    expect((await first.verify(run.id)).difference).toBeNull()
    await first.close()
    const judged = async () => (await validateMapped(url, plan)).checks.filter(({ ok }) => ok === false)
    expect(await judged()).toEqual([])

    const second = await open()
    await extendRun(second, CONFIG.seed, { days: 2, join: 4 }, { workers: 0 })
    const { difference, rows } = await second.verify(run.id)
    expect(difference).toBeNull()
    expect(rows).toBeGreaterThan(500)
    expect(await judged()).toEqual([])
    for (const text of site.nothing) expect(await ask(text), text).toEqual([])
    for (const text of site.something) expect((await ask(text)).length, text).toBeGreaterThan(0)

    await second.reset(run.id, 'all')
    await second.close()
    expect((await Promise.all(site.something.map(ask))).map(({ length }) => length)).toEqual(
      before.map(({ length }) => length),
    )
  })
})

import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DatabaseStore } from '../../../../persist/database/database-store.ts'
import { openStore, type Plan } from '../../../../persist/index.ts'
import { HostedBackend } from '../../../../persist/mapping/backend/hosted-backend.ts'
import { MappedBackend } from '../../../../persist/mapping/backend/mapped-backend.ts'
import { picsum } from '../../../../persist/rows/media.ts'
import { CONTENT_TEXTS } from '../../../../persist/texts.ts'
import { configFromSettings, extendRun, resumeRun, startRun } from '../../../../run/index.ts'
import { MARIADBD, startMariadb } from '../../servers/mariadb-server.ts'
import { type PostgresServer, query, startPostgres } from '../../servers/postgres-server.ts'
import { fixture, type Mariadb, prepareMariadb, prepareSnake, prepareSwipes } from '../site.ts'

/** A writer without transactions, cut off between two of its statements by a trigger that refuses the next. */
const CONFIG = configFromSettings({ seed: 'cut', count: 60 })
const DAYS = 4

const folder = mkdtempSync(join(tmpdir(), 'mingle-cut-'))
const whole = join(folder, 'whole.db')
const empty = join(folder, 'empty.db')
let snake: Plan
let copies = 0

const gently = (url: string, mapping: Plan) =>
  openStore(url, { mapping, writer: 'prisma', batchSize: 20, pauseMs: 0, intoExisting: true })

async function run(url: string, plan: Plan): Promise<void> {
  const store = await gently(url, plan)
  await startRun(store, CONFIG, DAYS, { workers: 0 }).finally(() => store.close())
}

const inBulk = (url: string, mapping: Plan) => openStore(url, { mapping })

async function resume(url: string, plan: Plan, open = gently): Promise<void> {
  const store = await open(url, plan)
  const { run: done } = await resumeRun(store, CONFIG.seed, { workers: 0 })
  expect((await store.verify(done.id)).difference).toBeNull()
  await store.close()
}

function inside<T>(file: string, work: (db: InstanceType<typeof Database>) => T): T {
  const db = new Database(file)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

/** Every row of the site's tables. */
function dump(file: string): Record<string, string[]> {
  return inside(file, (db) => {
    expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([])
    const tables = db
      .prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'seed_%'",
      )
      .all() as { name: string }[]
    return Object.fromEntries(
      tables.map(({ name }) => [
        name,
        (db.prepare(`SELECT * FROM "${name}"`).raw().all() as unknown[][])
          .map((row) => JSON.stringify(row))
          .sort((a, b) => (a < b ? -1 : 1)),
      ]),
    )
  })
}

beforeAll(async () => {
  snake = (await fixture('snake')).plan
  await prepareSnake(empty)
  cpSync(empty, whole)
  await run(`file:${whole}`, snake)
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The run, cut off when a table is about to get one row more than a share of what the whole run gives it. */
async function cut(table: string, share: number, event = 'INSERT'): Promise<string> {
  const file = join(folder, `cut-${++copies}.db`)
  cpSync(empty, file)
  const rows = inside(whole, (db) => (db.prepare(`SELECT count(*) FROM "${table}"`).raw().get() as number[])[0]!)
  inside(file, (db) => {
    const reached = `(SELECT count(*) FROM "${table}") >= ${Math.floor(rows * share)}`
    db.exec(
      `CREATE TRIGGER cut BEFORE ${event} ON "${table}" WHEN ${reached} BEGIN SELECT RAISE(ABORT, 'cut off'); END`,
    )
  })
  await expect(run(`file:${file}`, snake)).rejects.toThrow()
  inside(file, (db) => db.exec('DROP TRIGGER cut'))
  return file
}

describe('the prisma writer under a mapping, cut off', () => {
  it.each([
    ['accounts', 0.5, 'INSERT'],
    ['accounts', 0.9, 'UPDATE'],
    ['looks', 0.55, 'INSERT'],
    ['applause', 0.5, 'INSERT'],
    ['swipes', 0.7, 'INSERT'],
    ['pairs', 0.8, 'INSERT'],
    ['seats', 0.7, 'INSERT'],
    ['lines', 0.6, 'INSERT'],
    ['seed_run_days', 0.5, 'INSERT'],
  ])('among %s (%d, %s), resumes to the rows of a run that nothing happened to', async (table, share, event) => {
    const file = await cut(table, share, event)
    await resume(`file:${file}`, snake)
    expect(dump(file)).toEqual(dump(whole))
  })

  it('leaves the rows that the site wrote meanwhile, and finds other numbers', async () => {
    const file = await cut('swipes', 0.7)
    inside(file, (db) => {
      db.exec(`INSERT INTO accounts (e_mail, password, nick_name, born_on, sex, looking_for, lat, lon, town, joined_at, changed_at)
        VALUES ('own@site', 'x', 'own', '1990', 10, 'own', 1, 2, 'T', '2020', '2020')`)
      const own = "(SELECT account_no FROM accounts WHERE e_mail = 'own@site')"
      db.exec(`INSERT INTO notes (author, words, written_at) VALUES (${own}, 'own', '2020')`)
      db.exec(
        `INSERT INTO swipes (swiper, swiped, is_right, swiped_at) SELECT ${own}, min(account_no), 1, '1999' FROM accounts`,
      )
    })
    await resume(`file:${file}`, snake)
    inside(file, (db) => {
      const count = (sql: string) => (db.prepare(sql).raw().get() as number[])[0]
      expect(count("SELECT count(*) FROM notes WHERE words = 'own'")).toBe(1)
      expect(count("SELECT count(*) FROM swipes WHERE swiped_at = '1999'")).toBe(1)
      const all = (file: string) => inside(file, (other) => other.prepare('SELECT count(*) FROM applause').raw().get())
      expect(all(file)).toEqual(all(whole))
      expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([])
    })
    const store = await gently(`file:${file}`, snake)
    await store.reset((await store.findRun(CONFIG.seed))!.id, 'all')
    await store.close()
    const left = dump(file)
    // The site's swipe hung on a person of the run, and went by the site's own foreign key.
    expect([left.accounts, left.notes, left.swipes, left.applause].map((rows) => rows!.length)).toEqual([1, 1, 0, 0])
  })

  it.each(['swipes', 'pairs'])(
    'while its days are removed, among %s, writes them again to the same rows',
    async (table) => {
      const file = join(folder, `reset-${table}.db`)
      cpSync(whole, file)
      inside(file, (db) =>
        db.exec(`CREATE TRIGGER cut BEFORE DELETE ON "${table}" BEGIN SELECT RAISE(ABORT, 'cut off'); END`),
      )
      const store = await gently(`file:${file}`, snake)
      const { id } = (await store.findRun(CONFIG.seed))!
      await expect(store.reset(id, 'activity')).rejects.toThrow(/cut off/)
      await store.close()
      inside(file, (db) => db.exec('DROP TRIGGER cut'))
      await resume(`file:${file}`, snake)
      expect(dump(file)).toEqual(dump(whole))
    },
  )

  it('has its days removed and written again, to the same rows', async () => {
    const file = join(folder, 'again.db')
    cpSync(whole, file)
    const store = await gently(`file:${file}`, snake)
    await store.reset((await store.findRun(CONFIG.seed))!.id, 'activity')
    expect(dump(file)).toMatchObject({ swipes: [], pairs: [], lines: [], applause: [] })
    await extendRun(store, CONFIG.seed, { days: DAYS }, { workers: 0 })
    await store.close()
    expect(dump(file)).toEqual(dump(whole))
  })

  it('takes other numbers when the site took those that a step was to have', async () => {
    const file = join(folder, 'taken.db')
    cpSync(empty, file)
    const inner = await new HostedBackend({ kind: 'sqlite', path: file }, `file:${file}`, { pauseMs: 0 }).connect()
    let taken = 0
    const query = inner.query.bind(inner)
    // As if the site had been quicker by a moment, once.
    inner.query = async (sql, values) =>
      /FROM "notes" WHERE .* BETWEEN/.test(sql) && taken++ === 0 ? [[1]] : query(sql, values)
    const sources = { texts: CONTENT_TEXTS, pictures: picsum, onFault: () => {} }
    const store = new DatabaseStore(new MappedBackend(inner, snake), sources)
    await startRun(store, CONFIG, DAYS, { workers: 0 })
    await store.close()
    expect(taken).toBeGreaterThan(1)
    expect(dump(file)).toEqual(dump(whole))
  })
})

describe('cut off on a server', () => {
  let server: PostgresServer
  let maria: Mariadb | undefined
  beforeAll(async () => {
    server = await startPostgres()
    if (MARIADBD) maria = await startMariadb(MARIADBD)
  }, 60_000)
  afterAll(async () => {
    await server?.stop()
    await maria?.stop()
  })

  const TABLES = [
    'people."User"',
    'activity."Post"',
    'activity."Reaction"',
    'activity."Swipe"',
    'activity."Bond"',
    'activity."Seat"',
  ]

  it.each([
    ['activity."Swipe"', 'prisma', gently],
    ['activity."Swipe"', 'bulk', inBulk],
  ])('PostgreSQL, among %s, resumed by the %s writer', async (table, _, open) => {
    const { plan } = await fixture('swipes')
    const rows = (url: string) =>
      Promise.all(
        TABLES.map(async (name) =>
          (await query(url, `SELECT t::text AS row FROM ${name} t ORDER BY 1`)).map(({ row }) => row),
        ),
      )
    const [calm, cutOff] = [await server.createDatabase(), await server.createDatabase()]
    for (const url of [calm, cutOff]) await prepareSwipes(url)
    await run(calm, plan)
    const [{ n }] = (await query(calm, `SELECT count(*) AS n FROM ${table}`)) as [{ n: string }]
    await query(
      cutOff,
      `CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF (SELECT count(*) FROM ${table}) >= ${Math.floor(Number(n) * 0.6)} THEN RAISE EXCEPTION 'cut off'; END IF; RETURN NEW; END $$;
       CREATE TRIGGER cut BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION cut()`,
    )
    await expect(run(cutOff, plan)).rejects.toThrow(/cut off/)
    await query(cutOff, `DROP TRIGGER cut ON ${table}`)
    await resume(cutOff, plan, open)
    expect(await rows(cutOff)).toEqual(await rows(calm))
  })

  it('a connection that PostgreSQL ends amid a statement is made anew, and said so', async () => {
    const { plan } = await fixture('swipes')
    const url = await server.createDatabase()
    await prepareSwipes(url)
    // A sequence is not rolled back: the second time the row is let in.
    await query(
      url,
      `CREATE SEQUENCE told;
       CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF nextval('told') IN (100, 250) THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$;
       CREATE TRIGGER lose BEFORE INSERT ON activity."Swipe" FOR EACH ROW EXECUTE FUNCTION lose()`,
    )
    const said: string[] = []
    const options = {
      mapping: plan,
      writer: 'prisma',
      batchSize: 50,
      pauseMs: 0,
      onFault: (line: string) => said.push(line),
    }
    const store = await openStore(url, options)
    const { run: done } = await startRun(store, CONFIG, DAYS, { workers: 0 })
    expect((await store.verify(done.id)).difference).toBeNull()
    await store.close()
    expect(said).toHaveLength(2)
    expect(said[0]).toMatch(/the connection was lost .*; trying again/)
  })

  it.skipIf(!MARIADBD).each(['Bond'])('MariaDB, among %s', async (table) => {
    const { plan } = await fixture('swipes-mysql')
    const names = TABLES.map((name) => name.replace(/.*\./, '').replaceAll('"', ''))
    const [calm, cutOff] = [await maria!.createDatabase(), await maria!.createDatabase()]
    for (const { name } of [calm, cutOff]) await prepareMariadb(maria!, name, 'swipes-mysql')
    const rows = (database: string) =>
      Promise.all(names.map(async (name) => await maria!.query(database, `SELECT * FROM \`${name}\` ORDER BY 1, 2, 3`)))
    await run(calm.url, plan)
    const [{ n }] = (await maria!.query(calm.name, `SELECT count(*) AS n FROM \`${table}\``)) as [{ n: bigint }]
    await maria!.query(
      cutOff.name,
      `CREATE TRIGGER cut BEFORE INSERT ON \`${table}\` FOR EACH ROW BEGIN
         IF (SELECT count(*) FROM \`${table}\`) >= ${Math.floor(Number(n) * 0.6)} THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'cut off'; END IF; END`,
    )
    await expect(run(cutOff.url, plan)).rejects.toThrow(/cut off/)
    await maria!.query(cutOff.name, 'DROP TRIGGER cut')
    // The site's own rows would come above all that was announced, whether it was written or not.
    const one = async (sql: string) => Number(Object.values((await maria!.query(cutOff.name, sql))[0]!)[0])
    const next = await one(
      "SELECT auto_increment FROM information_schema.tables WHERE table_schema = database() AND table_name = 'Reaction'",
    )
    expect(next).toBeGreaterThan(
      2 * (await one("SELECT max(last_id) FROM seed_run_days WHERE table_name = 'feed_seen'")),
    )
    await resume(cutOff.url, plan)
    expect(await rows(cutOff.name)).toEqual(await rows(calm.name))
  })
})

import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore, type Plan, type RunStore } from '../../../../persist/index.ts'
import { configFromSettings, extendRun, resumeRun, startRun } from '../../../../run/index.ts'
import { type PostgresServer, query, startPostgres } from '../../servers/postgres-server.ts'
import { fixture, prepareSnake, prepareSwipes } from '../site.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-mapped-'))
const empty = join(folder, 'empty.db')
let plan: Plan
let copies = 0

beforeAll(async () => {
  plan = (await fixture('snake')).plan
  await prepareSnake(empty)
  const db = new Database(empty)
  // The site's own people and rows, with ids among which a run's must find room.
  db.exec(`
    INSERT INTO accounts (account_no, e_mail, password, nick_name, born_on, sex, looking_for, lat, lon, town, joined_at, changed_at)
      VALUES (40, 'a@site', 'x', 'A', '1990-01-01T00:00:00.000+00:00', 10, 'man', 1, 2, 'T', '2020-01-01T00:00:00.000+00:00', '2020-01-01T00:00:00.000+00:00'),
             (41, 'b@site', 'x', 'B', '1990-01-01T00:00:00.000+00:00', 20, 'woman', 1, 2, 'T', '2020-01-01T00:00:00.000+00:00', '2020-01-01T00:00:00.000+00:00');
    INSERT INTO swipes VALUES (1000, 40, 41, 1, '2020-01-02T00:00:00.000+00:00');
    INSERT INTO notes VALUES (77, 40, 'mine', '2020-01-02T00:00:00.000+00:00');`)
  db.close()
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function site(): string {
  const file = join(folder, `site-${++copies}.db`)
  cpSync(empty, file)
  return file
}

const open = (file: string) => openStore(`file:${file}`, { mapping: plan, intoExisting: true })
const people = (seed: string, count: number) => configFromSettings({ seed, count })

function inside<T>(file: string, work: (db: InstanceType<typeof Database>) => T): T {
  const db = new Database(file)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

/** Every row of every table but the ledger's, which has the time of the run's creation. */
function dump(file: string): Record<string, string[]> {
  return inside(file, (db) => {
    const names = db
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all() as { name: string }[]
    const own = names.map(({ name }) => name).filter((name) => !name.startsWith('seed_'))
    return Object.fromEntries(
      own.map((name) => [
        name,
        (db.prepare(`SELECT * FROM "${name}"`).raw().all() as unknown[][])
          .map((row) => JSON.stringify(row))
          .sort((a, b) => (a < b ? -1 : 1)),
      ]),
    )
  })
}

async function withStore<T>(file: string, work: (store: RunStore) => Promise<T>): Promise<T> {
  const store = await open(file)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

describe('a run under a mapping', () => {
  it('stopped and resumed, ends with the rows of one that was not', async () => {
    const [whole, parts] = [site(), site()]
    await withStore(whole, (store) => startRun(store, people('one', 50), 5, { workers: 0 }))
    const stop = new AbortController()
    await withStore(parts, (store) =>
      startRun(store, people('one', 50), 5, {
        workers: 0,
        signal: stop.signal,
        onProgress: ({ phase, done }) => phase === 'days' && done === 2 && stop.abort(),
      }),
    )
    expect((await withStore(parts, (store) => store.listRuns()))[0]!.status).toBe('activity')
    await withStore(parts, (store) => resumeRun(store, 'one', { workers: 0 }))
    expect(dump(parts)).toEqual(dump(whole))
  })

  it('extended, ends with the rows of one run of all days', async () => {
    const [whole, parts] = [site(), site()]
    const result = await withStore(whole, (store) => startRun(store, people('one', 50), 5, { workers: 0 }))
    await withStore(parts, (store) => startRun(store, people('one', 50), 2, { workers: 0 }))
    const extended = await withStore(parts, (store) => extendRun(store, 'one', { days: 3 }, { workers: 0 }))
    expect(extended.digest).toBe(result.digest)
    expect(dump(parts)).toEqual(dump(whole))
  })

  it('gives ids above those of the site, and fills the cycle of people and their cover photos', async () => {
    const file = site()
    await withStore(file, (store) => startRun(store, people('one', 50), 3, { workers: 0 }))
    inside(file, (db) => {
      const number = (sql: string) => (db.prepare(sql).raw().get() as number[])[0]!
      expect(number('SELECT min(account_no) FROM accounts WHERE account_no > 41')).toBe(42)
      expect(number('SELECT min(swipe_no) FROM swipes WHERE swipe_no <> 1000')).toBe(1001)
      const covers = number(
        'SELECT count(*) FROM accounts a JOIN photos p ON p.photo_no = a.cover_photo AND p.owner = a.account_no',
      )
      expect(covers).toBe(number('SELECT count(DISTINCT owner) FROM photos'))
      expect(covers).toBeGreaterThan(20)
      // Two facts, one table: both there, with ids of their own.
      expect(number('SELECT count(DISTINCT kind) FROM looks')).toBe(2)
      expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([])
      // Tags that were there are used as they are.
      expect(number("SELECT count(*) FROM tags WHERE label = 'Hiking'")).toBe(1)
    })
  })

  it('removed, leaves the site and other runs as they were', async () => {
    const [file, alone] = [site(), site()]
    await withStore(alone, (store) => startRun(store, people('one', 40), 3, { workers: 0 }))
    await withStore(file, async (store) => {
      await startRun(store, people('one', 40), 3, { workers: 0 })
      const second = await startRun(store, people('two', 30), 3, { workers: 0 })
      expect(await store.verify(second.run.id)).toMatchObject({
        difference: null,
        foreignRows: { account: 2, swipe: 1, note: 1 },
      })
      await store.reset(second.run.id, 'all')
      expect((await store.listRuns()).map(({ seed }) => seed)).toEqual(['one'])
    })
    expect(dump(file)).toEqual(dump(alone))
    await withStore(file, async (store) => store.reset((await store.findRun('one'))!.id, 'all'))
    const rest = dump(file)
    expect(rest.accounts).toHaveLength(2)
    expect(rest.swipes).toHaveLength(1)
    expect(rest.seats).toHaveLength(0)
    expect(rest.pairs).toHaveLength(0)
  })

  it('has its days removed and written again, to the same rows', async () => {
    const file = site()
    await withStore(file, (store) => startRun(store, people('one', 40), 3, { workers: 0 }))
    const before = dump(file)
    await withStore(file, async (store) => {
      const run = (await store.findRun('one'))!
      await store.reset(run.id, 'activity')
      expect(dump(file)).toMatchObject({ lines: [], conversations: [], accounts: before.accounts })
      await extendRun(store, 'one', { days: 3 }, { workers: 0 })
    })
    expect(dump(file)).toEqual(before)
  })

  it.each([
    [
      'a changed message',
      "UPDATE lines SET words = words || '!' WHERE line_no = (SELECT max(line_no) FROM lines)",
      'line',
    ],
    ['a missing swipe', 'DELETE FROM swipes WHERE swipe_no = (SELECT max(swipe_no) FROM swipes)', 'swipe'],
    ['a changed half of a pair', "UPDATE pairs SET low_says = 'perhaps' WHERE low_says = 'yes'", 'pair'],
    ['another seat', 'UPDATE seats SET account = 40 WHERE rowid = (SELECT max(rowid) FROM seats)', 'seat'],
    [
      'a tag that was taken away',
      'DELETE FROM _accountTotag WHERE rowid = (SELECT max(rowid) FROM _accountTotag)',
      'account',
    ],
  ])('verify finds %s', async (_, sql, model) => {
    const file = site()
    const { run } = await withStore(file, (store) => startRun(store, people('one', 60), 4, { workers: 0 }))
    inside(file, (db) => {
      db.exec('PRAGMA foreign_keys = OFF')
      expect(db.prepare(sql).run().changes).toBeGreaterThan(0)
    })
    const { difference } = await withStore(file, (store) => store.verify(run.id))
    expect(difference?.table.toLowerCase()).toContain(model)
  })

  it.each([true, false])(
    'refuses a database whose tables are not those of the schema, intoExisting %s',
    async (intoExisting) => {
      const file = site()
      inside(file, (db) => db.exec('ALTER TABLE lines DROP COLUMN said_at; DROP TABLE seats; DROP TABLE accounts'))
      const store = await openStore(`file:${file}`, { mapping: plan, intoExisting })
      await expect(startRun(store, people('one', 10), 1, { workers: 0 })).rejects.toThrow(
        /does not fit[\s\S]*not in the database · account [\s\S]*not in the database · seat [\s\S]*not in the database · line\.said/,
      )
      await store.close()
    },
  )

  it('refuses a database without a ledger, and one of another kind', async () => {
    const bare = join(folder, 'bare.db')
    inside(bare, (db) => db.exec('CREATE TABLE x (y)'))
    await expect(withStore(bare, (store) => startRun(store, people('one', 10), 1, { workers: 0 }))).rejects.toThrow(
      /has no ledger/,
    )
    await expect(openStore('postgresql://u:p@127.0.0.1:1/x', { mapping: plan })).rejects.toThrow(
      /the schema is for sqlite/,
    )
    await expect(openStore('memory:', { mapping: plan })).rejects.toThrow(
      /a mapping is for databases .* to memory:; name such a database/,
    )
  })
})

describe('a run under a mapping on PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  }, 60_000)
  afterAll(() => server?.stop())

  it('finds a changed row, and is removed without a trace', async () => {
    const { plan: swipes } = await fixture('swipes')
    const url = await server.createDatabase()
    await prepareSwipes(url)
    const store = await openStore(url, { mapping: swipes })
    const { run } = await startRun(store, people('one', 60), 4, { workers: 0 })
    expect((await store.verify(run.id)).difference).toBeNull()
    await query(
      url,
      `UPDATE activity."Bond" SET "highAt" = now() WHERE id = (SELECT max(id) FROM activity."Bond" WHERE "highAt" IS NOT NULL)`,
    )
    expect((await store.verify(run.id)).difference?.table).toContain('Bond')
    // The sequence went on above the run's ids.
    const [last] = await query(url, 'SELECT max(id) AS id FROM activity.visits')
    const [next] = await query(url, `SELECT nextval(pg_get_serial_sequence('activity.visits', 'id')) AS id`)
    expect(Number(next!.id)).toBe(Number(last!.id) + 1)
    await store.reset(run.id, 'all')
    await store.close()
    const left = await query(
      url,
      `SELECT (SELECT count(*) FROM people."User") + (SELECT count(*) FROM people.profile) + (SELECT count(*) FROM activity."Bond")
        + (SELECT count(*) FROM activity."Reaction") + (SELECT count(*) FROM seed_runs) + (SELECT count(*) FROM seed_people) AS n`,
    )
    expect(left[0]!.n).toBe('0')
  })
})

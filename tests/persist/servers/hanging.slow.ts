import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../persist/index.ts'
import { configFromSettings, startRun } from '../../../run/index.ts'
import { type PostgresServer, query, startPostgres } from './postgres-server.ts'

/** Tables of the site's own, named so that a careless statement breaks, whose rows hang on a run's people. */
const TABLES = (uses: string, id: string) => `
  CREATE TABLE "or""der" ("se""lect" ${id} NOT NULL REFERENCES users (id) ON DELETE ${uses}, "note.d" TEXT);
  CREATE TABLE "group" (a ${id}, b ${id}, FOREIGN KEY (a, b) REFERENCES user_interests (user_id, interest_id) ON DELETE CASCADE);
  INSERT INTO "or""der" SELECT id, 'x' FROM users;
  INSERT INTO "group" SELECT user_id, interest_id FROM user_interests;
  INSERT INTO "group" VALUES (NULL, 1);`

const folder = mkdtempSync(join(tmpdir(), 'mingle-hanging-'))
let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

let files = 0
interface Place {
  readonly url: string
  run(sql: string): Promise<void>
  count(table: string): Promise<number>
}
const PLACES: Record<string, () => Promise<Place>> = {
  async SQLite() {
    const file = join(folder, `${++files}.db`)
    const inside = <T>(work: (db: InstanceType<typeof Database>) => T): T => {
      const db = new Database(file)
      try {
        return work(db)
      } finally {
        db.close()
      }
    }
    return {
      url: `file:${file}`,
      run: async (sql) => inside((db) => void db.exec(sql)),
      count: async (table) =>
        inside((db) => (db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as unknown as { n: number }).n),
    }
  },
  async PostgreSQL() {
    const url = await server.createDatabase()
    return {
      url,
      run: async (sql) => void (await query(url, sql)),
      count: async (table) => Number((await query(url, `SELECT count(*) AS n FROM ${table}`))[0]!.n),
    }
  },
}

describe.each(Object.keys(PLACES))('rows of the site that hang on a run in %s', (name) => {
  async function reset(uses: string) {
    const place = await PLACES[name]!()
    const store = await openStore(place.url)
    const { run } = await startRun(store, configFromSettings({ seed: 'hang', count: 20 }), 1, { workers: 0 })
    await place.run(TABLES(uses, name === 'SQLite' ? 'INTEGER' : 'BIGINT'))
    const outcome = await store.reset(run.id, 'all').then(
      () => null,
      (error: Error & { code?: string }) => error,
    )
    await store.close()
    return { outcome, place }
  }

  it('go with it where their foreign key cascades, also one of two columns', async () => {
    const { outcome, place } = await reset('CASCADE')
    expect(outcome).toBeNull()
    expect(await place.count('users')).toBe(0)
    expect(await place.count('"or""der"')).toBe(0)
    expect(await place.count('"group"')).toBe(1)
  })

  it.each(['RESTRICT', 'NO ACTION'])('keep it there where it says %s', async (uses) => {
    const { outcome, place } = await reset(uses)
    expect(outcome).toMatchObject({ code: 'ROWS_HANG' })
    expect(outcome!.message).toMatch(/rows of or"der refer by se"lect to rows of users .* Nothing was removed/)
    expect(await place.count('users')).toBe(20)
    expect(await place.count('"or""der"')).toBe(20)
    expect(await place.count('seed_runs')).toBe(1)
  })

  /** Rows of the site's own that other rows hang on, and rows that never referred to anything. */
  const CHAIN = (id: string, late: string) => `
    CREATE TABLE note (id ${id} PRIMARY KEY, code VARCHAR(9) UNIQUE, user_id ${id} REFERENCES Users ON DELETE CASCADE);
    CREATE TABLE reply (note_id ${id} REFERENCES note (id) ON DELETE CASCADE, above ${id});
    CREATE TABLE label (code VARCHAR(9) REFERENCES note (code) ON DELETE SET NULL);
    CREATE TABLE letter (email TEXT REFERENCES users (email) ON DELETE CASCADE);
    ${late}
    INSERT INTO note SELECT id, 'n' || id, id FROM users;
    INSERT INTO reply SELECT id, 1 FROM note;
    INSERT INTO label SELECT code FROM note;
    INSERT INTO letter SELECT email FROM users;`
  const OLD = `
    INSERT INTO note VALUES (999999, 'old', 999999);
    INSERT INTO reply VALUES (888888, 1);
    INSERT INTO label VALUES ('older');
    INSERT INTO letter VALUES ('nobody');`

  it('go as far as it did, and what referred to nothing before stays', async () => {
    const place = await PLACES[name]!()
    const store = await openStore(place.url)
    const { run } = await startRun(store, configFromSettings({ seed: 'hang', count: 20 }), 1, { workers: 0 })
    const sqlite = name === 'SQLite'
    await place.run('CREATE UNIQUE INDEX one_email ON users (email)').catch(() => {})
    if (sqlite) await place.run(`PRAGMA foreign_keys = OFF; ${CHAIN('INTEGER', OLD)}`)
    else
      await place.run(CHAIN('BIGINT', `SET session_replication_role = replica; ${OLD} RESET session_replication_role;`))
    await store.reset(run.id, 'all')
    await store.close()
    expect(await place.count('users')).toBe(0)
    expect(await place.count('note')).toBe(1)
    expect(await place.count('reply')).toBe(2)
    expect(await place.count('letter')).toBe(1)
    expect(await place.count('label WHERE code IS NULL')).toBe(20)
    expect(await place.count('label')).toBe(22)
  })
})

describe('rows of another schema that hang on a run', () => {
  async function reset(uses: string) {
    const url = await server.createDatabase()
    const store = await openStore(url)
    const { run } = await startRun(store, configFromSettings({ seed: 'hang', count: 20 }), 1, { workers: 0 })
    await query(
      url,
      `CREATE SCHEMA audit;
       CREATE TABLE audit.users (id bigint PRIMARY KEY REFERENCES public.users (id) ON DELETE ${uses});
       INSERT INTO audit.users SELECT id FROM users`,
    )
    const outcome = await store.reset(run.id, 'all').then(
      () => null,
      (error: Error & { code?: string }) => error,
    )
    await store.close()
    const left = await query(url, 'SELECT (SELECT count(*) FROM users) AS users, count(*) AS audit FROM audit.users')
    return { outcome, left: left[0] }
  }

  it('keep it there where their foreign key says RESTRICT', async () => {
    const { outcome, left } = await reset('RESTRICT')
    expect(outcome).toMatchObject({ code: 'ROWS_HANG' })
    expect(left).toEqual({ users: '20', audit: '20' })
  })

  it('go with it where it cascades', async () => {
    expect(await reset('CASCADE')).toEqual({ outcome: null, left: { users: '0', audit: '0' } })
  })
})

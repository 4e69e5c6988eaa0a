import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../persist/index.ts'
import { configFromSettings, startRun } from '../../run/index.ts'
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
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../persist/index.ts'
import { createOwnTables } from '../../persist/own/index.ts'
import { adoptPeople, configFromSettings, extendRun } from '../../run/index.ts'
import { fillSite, onSite } from '../jobs/site.ts'
import { MARIADBD, startMariadb } from '../persist/servers/mariadb-server.ts'
import { type PostgresServer, startPostgres } from '../persist/servers/postgres-server.ts'
import { wavesLife } from './waves.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-adopt-'))
let postgres: PostgresServer
let mariadb: Awaited<ReturnType<typeof startMariadb>> | undefined
let onSqlite: unknown

beforeAll(async () => {
  postgres = await startPostgres()
  mariadb = MARIADBD ? await startMariadb(MARIADBD) : undefined
  onSqlite = await life(`file:${join(folder, 'site.db')}`)
}, 240_000)

afterAll(async () => {
  await postgres?.stop()
  await mariadb?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const OWN = ['users', 'profiles', 'user_interests', 'sessions', 'posts'] as const

/** People of the site's own are adopted into a run of theirs and into one that is there, live, and are left as they were. */
async function life(url: string): Promise<unknown> {
  await fillSite(url, 'providers', 60, 2)
  const select = (sql: string) => onSite(url, (backend) => backend.query(sql))
  const key = (table: string) => (table === 'users' ? 'id' : 'user_id')
  const own = () => Promise.all(OWN.map((table) => select(`SELECT * FROM ${table} WHERE ${key(table)} > 90000`)))
  const before = await own()
  const store = await openStore(url, { intoExisting: true })
  const create = (count: number) => configFromSettings({ seed: 'staff', count })
  const apart = await adoptPeople(store, 'staff', { where: ['birthdate < 2000-01-01'], limit: 10 }, create)
  await extendRun(store, 'staff', { days: 2 }, { workers: 0 })
  expect((await store.verify(apart.run.id)).difference).toBeNull()
  const joined = await adoptPeople(
    store,
    'providers',
    { where: ['id >= 90002', "city = 'Own City'"], limit: 10 },
    undefined,
  )
  const { digest } = await extendRun(store, 'providers', { days: 2 }, { workers: 0 })
  expect((await store.verify(joined.run.id)).difference).toBeNull()
  const people = await select(
    'SELECT run_id, k, user_id, archetype, joined_day, flags FROM seed_people WHERE user_id > 90000 ORDER BY 1, 2',
  )
  const sessions = await select(
    'SELECT user_id, count(*) FROM sessions WHERE id NOT IN (900001, 900002) AND user_id > 90000 GROUP BY user_id ORDER BY 1',
  )
  expect(sessions.length).toBeGreaterThan(1)
  for (const { run } of [apart, joined]) await store.reset(run.id, 'all')
  await store.close()
  expect(await own()).toEqual(before)
  const plain = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.map(String))
  return { adopted: [apart.userIds, joined.userIds], digest, people: plain(people), sessions: plain(sessions) }
}

describe('facts of an extension are what they are on SQLite', () => {
  const plain = ({
    whole,
    rows,
    joined,
    posts,
    before,
    after,
    removal,
    emptied,
  }: Awaited<ReturnType<typeof wavesLife>>) => ({
    digest: whole.digest,
    // But for times, which each driver reads in its own way.
    rows: rows.map((table) => table.map((row) => row.slice(0, 4).map(String))),
    counts: [joined, posts].map((found) => Number(found[0]![0])),
    ...{ before, after, removal, emptied },
  })

  it('on PostgreSQL and MariaDB', { timeout: 240_000 }, async () => {
    const expected = plain(await wavesLife(`file:${join(folder, 'waves.db')}`))
    expect(plain(await wavesLife(await postgres.createDatabase()))).toEqual(expected)
    if (mariadb) expect(plain(await wavesLife((await mariadb.createDatabase()).url))).toEqual(expected)
  })

  it('with --writer prisma, on all three', { timeout: 300_000 }, async () => {
    const gently = { writer: 'prisma', pauseMs: 0 }
    const expected = plain(await wavesLife(`file:${join(folder, 'waves.db')}`))
    expect(plain(await wavesLife(`file:${join(folder, 'gently.db')}`, gently))).toEqual(expected)
    expect(plain(await wavesLife(await postgres.createDatabase(), gently))).toEqual(expected)
    if (mariadb) expect(plain(await wavesLife((await mariadb.createDatabase()).url, gently))).toEqual(expected)
  })
})

describe("indexes of an extension's tables", () => {
  const columns = { user_id: { person: 'k' }, other_id: { person: 'other' } }
  const tables = [{ kind: 'nod', table: 'nods', columns, unique: [['user_id', 'other_id']] }]

  /** Made once and no more, made again where they are missing, and asked for where there are rows. */
  async function indexed(url: string, drop: string): Promise<void> {
    await fillSite(url, 'nods', 5, 0)
    await onSite(url, async (backend) => {
      for (let i = 0; i < 2; i++) await createOwnTables(backend, tables)
      await backend.execute(drop)
      await createOwnTables(backend, tables)
      await expect(backend.execute(drop)).resolves.toBeUndefined()
      const [[user]] = (await backend.query('SELECT min(id) FROM users')) as [[number]]
      await backend.execute(`INSERT INTO nods (user_id, other_id) VALUES (${user}, ${user})`)
      await expect(createOwnTables(backend, tables)).rejects.toThrow('no unique on (user_id, other_id)')
    })
  }

  it('on PostgreSQL and MariaDB', { timeout: 240_000 }, async () => {
    await indexed(await postgres.createDatabase(), 'DROP INDEX nods_user_id_other_id_key')
    if (!mariadb) return
    // A foreign key wants an index, too.
    const drop = 'ALTER TABLE nods ADD INDEX mine (user_id), DROP INDEX nods_user_id_other_id_key'
    await indexed((await mariadb.createDatabase()).url, drop.replace('ADD INDEX', 'ADD INDEX IF NOT EXISTS'))
  })
})

describe('adopting gives what it gives on SQLite', () => {
  it('on PostgreSQL', { timeout: 240_000 }, async () => {
    expect(await life(await postgres.createDatabase())).toEqual(onSqlite)
  })

  it.skipIf(!MARIADBD)('on MariaDB', { timeout: 240_000 }, async () => {
    expect(await life((await mariadb!.createDatabase()).url)).toEqual(onSqlite)
  })
})

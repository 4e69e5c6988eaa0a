import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TableBatch } from '../../../persist/batch.ts'
import { openStore } from '../../../persist/index.ts'
import { PostgresBackend } from '../../../persist/postgres/postgres-backend.ts'
import { type PostgresServer, query, startPostgres } from '../servers/postgres-server.ts'
import { factDigests, MadeUpSite, newRun, people, TEXTS } from '../site.ts'
import { contractSuite } from './contract.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** A database whose owner is no superuser. */
async function ordinary(role = 'site'): Promise<string> {
  const url = await server.createDatabase()
  const name = new URL(url).pathname.slice(1)
  await query(
    url,
    `DO $$ BEGIN IF to_regrole('${role}') IS NULL THEN CREATE ROLE ${role} LOGIN PASSWORD 'password'; END IF; END $$;
     ALTER DATABASE ${name} OWNER TO ${role}; ALTER SCHEMA public OWNER TO ${role}`,
  )
  return url.replace('postgres:password', `${role}:password`)
}

/** The same, and may say that the server's triggers leave foreign keys to us (PostgreSQL 15 and later). */
async function granted(): Promise<string> {
  const url = await ordinary('trusted')
  const owner = url.replace('trusted:password', 'postgres:password')
  await query(owner, 'GRANT SET ON PARAMETER session_replication_role TO trusted')
  return url
}

contractSuite('PostgreSQL, a user who is no superuser', { lasting: true, sql: true }, async () => {
  const url = await ordinary()
  return {
    open: (options) => openStore(url, { ...options, texts: TEXTS }),
    rows: (table) => query(url, `SELECT * FROM ${table} ORDER BY 1, 2`),
    execute: async (sql) => {
      await query(url, sql)
    },
  }
})

describe('foreign keys', () => {
  /** Day 1 of a run whose person 3 was deleted after day 0. */
  async function dayAfterDeletion(url: string) {
    const store = await openStore(url, { texts: TEXTS })
    const { id } = await store.createRun(newRun('gone', 6, 2))
    await store.writeProfiles(id, people(1, 6), true)
    const site = new MadeUpSite('gone', 6)
    await store.writeDay(id, site.day(0), [], factDigests(0))
    await query(url, 'DELETE FROM users WHERE id = 3')
    const error = await store.writeDay(id, site.day(1), [], factDigests(1)).catch((error) => error)
    const { lastDay } = (await store.findRun('gone'))!
    await store.close()
    return { error, lastDay }
  }

  it('are checked where the server leaves them to us', async () => {
    const { error, lastDay } = await dayAfterDeletion(await server.createDatabase())
    expect(error).toMatchObject({ code: 'FOREIGN_KEY', message: expect.stringContaining('refer to users with id 3') })
    expect(lastDay).toBe(0)
  })

  it('are checked by the server for an ordinary user', async () => {
    const { error, lastDay } = await dayAfterDeletion(await ordinary())
    expect(error).toMatchObject({ code: '23503' })
    expect(lastDay).toBe(0)
  })

  it('are checked by us for an ordinary user who was granted the parameter, and guard as much', async () => {
    const { error, lastDay } = await dayAfterDeletion(await granted())
    expect(error).toMatchObject({ code: 'FOREIGN_KEY', message: expect.stringContaining('refer to users with id 3') })
    expect(lastDay).toBe(0)
  })

  it('change no row and no digest, whoever checks them', async () => {
    const tables = 'users profiles posts feed_seen liked_posts profile_views likes matches messages sessions'.split(' ')
    const written = async (url: string) => {
      const store = await openStore(url, { texts: TEXTS })
      const { id } = await store.createRun(newRun('same', 6, 2))
      const receipts = [await store.writeProfiles(id, people(1, 6), true)]
      const site = new MadeUpSite('same', 6)
      for (const day of [0, 1]) receipts.push(await store.writeDay(id, site.day(day), [], factDigests(day)))
      expect((await store.verify(id)).difference).toBeNull()
      const rows = await Promise.all(tables.map((table) => query(url, `SELECT * FROM ${table} ORDER BY 1, 2`)))
      const digests = await query(url, `SELECT to_jsonb(d) - 'created_at' AS day FROM seed_run_days d ORDER BY 1`)
      await store.reset(id, 'all')
      const left = await Promise.all(tables.map((table) => query(url, `SELECT FROM ${table}`)))
      await store.close()
      return { receipts, rows, digests, left: left.flat() }
    }
    const trusted = await written(await granted())
    expect(trusted).toEqual(await written(await ordinary()))
    expect(trusted.rows.every((rows) => rows.length > 0)).toBe(true)
    expect(trusted.left).toEqual([])
  })

  it('keep what they refer to from being deleted until the transaction ends', async () => {
    const url = await server.createDatabase()
    const backend = await site(url)
    const other = new pg.Client({ connectionString: url })
    await other.connect()
    await other.query("SET lock_timeout = '200ms'")
    await backend.begin()
    await backend.insert(batch('child', 'parent_id', [1, 2, 2]))
    // Both the check and the deletion want the row: who comes first wins.
    const commit = backend.commit.bind(backend)
    await other.query('BEGIN')
    await other.query('DELETE FROM parent WHERE id = 2')
    const outcome = commit().catch((error) => error)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await other.query('COMMIT')
    expect(await outcome).toMatchObject({ code: 'FOREIGN_KEY' })
    await backend.rollback()
    await other.end()
    await backend.close()
  })
})

it('a foreign key to char(n) is compared by all its characters', async () => {
  const url = await server.createDatabase()
  await query(
    url,
    `CREATE TABLE parent (id char(36) PRIMARY KEY);
     INSERT INTO parent VALUES ('abc');
     CREATE TABLE child (id bigint, parent_id char(36) REFERENCES parent)`,
  )
  const backend = new PostgresBackend(url)
  const child = (parent: string): TableBatch => ({
    shape: { table: 'child', key: 'id', order: ['id'], columns: { id: 'id', parent_id: 'text' } },
    rows: 1,
    columns: { id: Float64Array.of(1), parent_id: [parent] },
  })
  await backend.begin()
  await backend.insert(child('abc'))
  await backend.commit()
  await backend.begin()
  await backend.insert(child('abd'))
  await expect(backend.commit()).rejects.toMatchObject({ code: 'FOREIGN_KEY' })
  await backend.rollback()
  await backend.close()
})

/** A parent with ids 1–3, a child with a foreign key, and another table with a trigger of the site's own. */
async function site(url: string): Promise<PostgresBackend> {
  await query(
    url,
    `CREATE TABLE parent (id int PRIMARY KEY);
     INSERT INTO parent VALUES (1), (2), (3);
     CREATE TABLE child (id bigint, parent_id int REFERENCES parent);
     CREATE TABLE counted (id bigint, parent_id int REFERENCES parent);
     CREATE TABLE total (n int);
     INSERT INTO total VALUES (0);
     CREATE FUNCTION count_up() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN UPDATE total SET n = n + 1; RETURN NEW; END';
     CREATE TRIGGER up AFTER INSERT ON counted FOR EACH ROW EXECUTE FUNCTION count_up();
     CREATE TABLE later (id bigint UNIQUE DEFERRABLE INITIALLY DEFERRED, parent_id int)`,
  )
  return new PostgresBackend(url)
}

function batch(table: string, column: string, values: readonly number[]): TableBatch {
  return {
    shape: { table, key: 'id', order: ['id'], columns: { id: 'id', [column]: 'int' } },
    rows: values.length,
    columns: { id: Float64Array.from(values, (_, i) => i + 1), [column]: Float64Array.from(values) },
  }
}

describe('a table of the site', () => {
  it('with triggers: they fire, whoever writes', async () => {
    const url = await server.createDatabase()
    const backend = await site(url)
    await backend.begin()
    await backend.insert(batch('child', 'parent_id', [1]))
    await backend.insert(batch('counted', 'parent_id', [1, 2]))
    await backend.commit()
    expect(await query(url, 'SELECT n FROM total')).toEqual([{ n: '2' }])
    await backend.begin()
    await expect(backend.insert(batch('counted', 'parent_id', [7]))).rejects.toMatchObject({ code: '23503' })
    await backend.rollback()
    await backend.close()
  })

  it('with a deferred unique: it holds', async () => {
    const url = await server.createDatabase()
    const backend = await site(url)
    await backend.begin()
    await backend.insert(batch('later', 'parent_id', [1]))
    await backend.insert(batch('later', 'parent_id', [1]))
    await expect(backend.commit()).rejects.toMatchObject({ code: '23505' })
    await backend.rollback()
    await backend.close()
  })

  it('has a null where there is none, and nothing beyond 32 bits in an integer', async () => {
    const url = await server.createDatabase()
    const backend = await site(url)
    await backend.begin()
    await backend.insert(batch('child', 'parent_id', [Number.NaN, 3]))
    await backend.commit()
    expect(await query(url, 'SELECT * FROM child')).toEqual([
      { id: '1', parent_id: null },
      { id: '2', parent_id: '3' },
    ])
    await backend.begin()
    await expect(backend.insert(batch('child', 'parent_id', [2 ** 31]))).rejects.toThrow(
      'child.parent_id is an integer of 32 bits, and 2147483648 is none',
    )
    await backend.rollback()
    expect(await backend.count('child')).toBe(2)
    await backend.close()
  })
})

it('every kind of column is the same in either format of COPY', async () => {
  const url = await server.createDatabase()
  const kinds = { id: 'id', i: 'int', f: 'float', t: 'time', d: 'date', j: 'json', s: 'text' } as const
  const types = { id: 'bigint', i: 'integer', f: 'float8', t: 'timestamp(3)', d: 'date', j: 'jsonb', s: 'text' }
  // A column of a type that only the text format carries sends the whole table that way.
  for (const [table, extra] of [
    ['in_binary', 'text'],
    ['in_text', 'numeric'],
  ]) {
    const columns = Object.entries(types).map(([name, type]) => `"${name}" ${type}`)
    await query(url, `CREATE TABLE ${table} (${columns.join(', ')}, x ${extra})`)
    const backend = new PostgresBackend(url)
    await backend.begin()
    await backend.insert({
      shape: { table: table!, key: 'id', order: ['id'], columns: { ...kinds, x: extra === 'text' ? 'text' : 'float' } },
      rows: 4,
      columns: {
        id: Float64Array.of(1, 2 ** 40 + 5, 2 ** 53 - 1, -3),
        i: Float64Array.of(0, -1, 2 ** 31 - 1, Number.NaN),
        f: Float64Array.of(0.1, -1e300, Number.NaN, 5e-324),
        t: Float64Array.of(0, Date.UTC(2024, 1, 29, 23, 59, 59, 999), Date.UTC(1950, 5, 1, 0, 0, 0, 1), Number.NaN),
        d: ['1969-12-31', '2000-01-01', '2024-02-29', null],
        j: ['{"a":[1,"é"]}', '[]', 'null', null],
        s: ['', 'tab\tand\nline \\N', `${'long '.repeat(200_000)}Zoë 🙂`, null],
        x: extra === 'text' ? ['1', '1', '1', '1'] : Float64Array.of(1, 1, 1, 1),
      },
    })
    await backend.commit()
    await backend.close()
  }
  const [binary, text] = await Promise.all(
    ['in_binary', 'in_text'].map((table) => query(url, `SELECT ${Object.keys(types).join(', ')} FROM ${table}`)),
  )
  expect(binary).toEqual(text)
  expect(binary![1]).toMatchObject({ id: '1099511627781', f: '-1e+300', t: '2024-02-29 23:59:59.999', d: '2000-01-01' })
})

import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countMarket, openStore, type RunStore } from '../../../persist/index.ts'
import { openBackend } from '../../../persist/open.ts'
import { TaskTransaction } from '../../../persist/planned/task-transaction.ts'
import { PostgresBackend } from '../../../persist/postgres/postgres-backend.ts'
import { DAY_TABLES } from '../../../persist/rows/placement.ts'
import { writeSmallDays } from '../backends/contract.ts'
import { makeBlocks } from '../backends/through-blocks.ts'
import { type PostgresServer, query, startPostgres } from '../servers/postgres-server.ts'
import { factDigests, MadeUpSite, newRun, people, TEXTS } from '../site.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

const byDay = (url: string) => openStore(url, { texts: TEXTS, partition: true })

async function backendOn(url: string): Promise<PostgresBackend> {
  const backend = await openBackend(url)
  expect(backend).toBeInstanceOf(PostgresBackend)
  return backend as PostgresBackend
}

/** Partitions of days by their bounds. */
async function roomOf(url: string, table: string): Promise<string[]> {
  const rows = await query(
    url,
    `SELECT c.relname || ' ' || pg_get_expr(relpartbound, c.oid) AS room FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid
      WHERE i.inhparent = '${table}'::regclass AND pg_get_expr(relpartbound, c.oid) <> 'DEFAULT' ORDER BY 1`,
  )
  return rows.map(({ room }) => room!)
}

/** Room for 10 ids of every table, from `first` on. */
const rangesOf = (day: number, first: number) => DAY_TABLES.map((table) => ({ table, day, first, last: first + 9 }))

describe('tables that are made anew in partitions', () => {
  it('stay as they are where something of the site would be lost, and say what', async () => {
    const url = await server.createDatabase()
    const backend = await backendOn(url)
    await backend.prepare()
    await query(url, 'CREATE ROLE reader; CREATE ROLE writer LOGIN; CREATE TABLE notes (id bigint)')
    const ways: [string, string, RegExp][] = [
      [
        'ALTER TABLE likes ENABLE ROW LEVEL SECURITY',
        'ALTER TABLE likes DISABLE ROW LEVEL SECURITY',
        /row level security of likes/,
      ],
      ['CREATE POLICY own ON likes USING (true)', 'DROP POLICY own ON likes', /policy own on table likes/],
      [
        'CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$; CREATE TRIGGER noted BEFORE INSERT ON posts FOR EACH ROW EXECUTE FUNCTION noted()',
        'DROP FUNCTION noted CASCADE',
        /trigger noted on table posts/,
      ],
      [
        'GRANT SELECT (id) ON messages TO reader',
        'REVOKE SELECT (id) ON messages FROM reader',
        /rights on column id of messages/,
      ],
      ['ALTER TABLE sessions OWNER TO writer', 'ALTER TABLE sessions OWNER TO postgres', /sessions belongs to writer/],
      ['CREATE VIEW crushes AS SELECT * FROM likes', 'DROP VIEW crushes', /view crushes/],
      ['CREATE PUBLICATION feed FOR ALL TABLES', 'DROP PUBLICATION feed', /publication feed of/],
      [
        'ALTER TABLE posts SET (fillfactor = 70)',
        'ALTER TABLE posts RESET (fillfactor)',
        /posts has settings of its own/,
      ],
      [
        'ALTER TABLE messages ALTER body SET STATISTICS 500',
        'ALTER TABLE messages ALTER body SET STATISTICS -1',
        /settings of column body of messages/,
      ],
      [
        'ALTER TABLE posts ALTER user_id SET (n_distinct = -0.5)',
        'ALTER TABLE posts ALTER user_id RESET (n_distinct)',
        /settings of column user_id of posts/,
      ],
      [
        'ALTER TABLE likes ADD UNIQUE USING INDEX likes_from_user_id_to_user_id_key',
        'ALTER TABLE likes DROP CONSTRAINT likes_from_user_id_to_user_id_key; CREATE UNIQUE INDEX likes_from_user_id_to_user_id_key ON likes (from_user_id, to_user_id)',
        /unique constraint likes_from_user_id_to_user_id_key/,
      ],
      ['CREATE UNIQUE INDEX mine ON posts (created_at)', 'DROP INDEX mine', /unique index mine/],
      [
        'CREATE SCHEMA public_days CREATE TABLE likes_rest (id bigint)',
        'DROP SCHEMA public_days CASCADE',
        /there is a table public_days\.likes_rest/,
      ],
    ]
    for (const [way, back, words] of ways) {
      await query(url, way)
      expect(await backend.partition('itself')).toMatch(words)
      await expect(backend.partition('wish')).rejects.toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringMatching(words),
      })
      await query(url, back)
    }
    expect(await query(url, "SELECT FROM pg_class WHERE relkind = 'p'")).toHaveLength(0)
    const site = new pg.Client(url)
    await site.connect()
    await site.query('BEGIN; LOCK TABLE likes IN SHARE MODE')
    expect(await backend.partition('itself')).toMatch(/another session is using them/)
    await site.end()
    await backend.close()
  })

  it('are refused to a user who may make no schema, and a run goes on without them', async () => {
    const url = await server.createDatabase()
    await query(url, "CREATE ROLE guest LOGIN PASSWORD 'x'; GRANT CREATE ON SCHEMA public TO guest")
    const guest = await backendOn(Object.assign(new URL(url), { username: 'guest', password: 'x' }).href)
    await guest.prepare()
    expect(await guest.partition('itself')).toMatch(/may not create a schema \(GRANT CREATE ON DATABASE\)/)
    expect(await guest.keepsDays()).toBe(false)
    await guest.close()
  })

  it('keep what others may do, and comments; what new tables are given by default is not added', async () => {
    const url = await server.createDatabase()
    const backend = await backendOn(url)
    await backend.prepare()
    await query(
      url,
      "GRANT SELECT ON likes TO PUBLIC; COMMENT ON TABLE likes IS 'who''s liked'; ALTER TABLE posts ALTER text SET COMPRESSION pglz; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader",
    )
    expect(await backend.partition('itself')).toBeNull()
    await backend.close()
    const [likes] = await query(
      url,
      "SELECT relkind, relacl::text AS rights, obj_description(oid) AS comment FROM pg_class WHERE oid = 'likes'::regclass",
    )
    expect(likes).toMatchObject({ relkind: 'p', comment: "who's liked" })
    expect(likes!.rights).toMatch(/[{,]=r\/postgres/)
    expect(likes!.rights).not.toMatch(/reader/)
    const compressed = await query(url, "SELECT attrelid::regclass FROM pg_attribute WHERE attcompression = 'p'")
    expect(compressed.map(({ attrelid }) => attrelid).sort()).toEqual(['posts', 'public_days.posts_rest'])
  })
})

describe('room for days', () => {
  it('is made and dropped some days at a time; what an attempt left gives way, what holds rows or is another run’s does not', async () => {
    const url = await server.createDatabase()
    const store = await byDay(url)
    const [a, b] = [await store.createRun(newRun('a', 5, 30)), await store.createRun(newRun('b', 5, 30))]
    const days = Array.from({ length: 25 }, (_, day) => rangesOf(day, 1000 + day * 10)).flat()
    await TaskTransaction.openDays(url, a.id, days)
    expect(await roomOf(url, 'likes')).toHaveLength(25)
    await TaskTransaction.openDays(url, a.id, days)
    // The same days by other ids.
    await TaskTransaction.openDays(url, a.id, rangesOf(3, 995))
    const rooms = await roomOf(url, 'likes')
    expect(rooms).toContain("likes_run_1_day_3 FOR VALUES FROM ('995') TO ('1005')")
    expect(rooms.join()).not.toMatch(/day_0 /)
    const beside = TaskTransaction.openDays(url, b.id, rangesOf(0, 1050))
    await expect(beside).rejects.toMatchObject({
      code: 'IDS_TAKEN',
      message: expect.stringMatching(/make its plan again/),
    })
    await store.reset(a.id, 'all')
    expect(await roomOf(url, 'likes')).toEqual([])

    await TaskTransaction.openDays(url, b.id, rangesOf(0, 1000))
    await query(url, 'ALTER TABLE messages DETACH PARTITION public_days.messages_run_2_day_0')
    const detached = TaskTransaction.openDays(url, b.id, rangesOf(0, 1000))
    await expect(detached).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/no partition of 'messages'/),
    })
    await query(url, 'DROP TABLE public_days.messages_run_2_day_0')
    await store.writeProfiles(b.id, people(1, 5), true)
    await query(url, 'INSERT INTO sessions SELECT 1001, min(id), now(), now() FROM users')
    const held = TaskTransaction.openDays(url, b.id, rangesOf(0, 2000))
    await expect(held).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/sessions_run_2_day_0' holds rows/),
    })
    await store.close()
  })

  it('is there before a day is written, and rows that the site adds meanwhile lie beside it', async () => {
    const url = await server.createDatabase()
    const store = await byDay(url)
    const { id } = await store.createRun(newRun('a', 40, 2))
    await store.writeProfiles(id, people(1, 40), true)
    const facts = new MadeUpSite('a', 40).day(0)
    const make = makeBlocks((await store.blockSetup(id))!, facts, 1)
    await store.writeBlocks(id, {
      day: 0,
      markets: facts.markets.map(countMarket),
      newcomers: [],
      factDigests: factDigests(0),
      blocks: async (bases) => {
        expect(await roomOf(url, 'sessions')).toHaveLength(1)
        await query(
          url,
          "SET lock_timeout = '2s'; INSERT INTO sessions (user_id, started_at, ended_at) SELECT min(id), now(), now() FROM users",
        )
        return make(bases)
      },
    })
    const [{ n } = {}] = await query(url, 'SELECT count(*) AS n FROM public_days.sessions_rest')
    expect(Number(n)).toBe(1)
    expect((await store.verify(id)).difference).toBeNull()
    await store.close()
  })

  it('waits for whoever reads the tables only briefly at a time, and is made once they let go', async () => {
    const url = await server.createDatabase()
    const said: string[] = []
    const store = await openStore(url, { texts: TEXTS, partition: true, onFault: (line) => said.push(line) })
    const { id } = await store.createRun(newRun('a', 40, 1))
    await store.writeProfiles(id, people(1, 40), true)
    const dump = new pg.Client(url)
    await dump.connect()
    await dump.query('BEGIN; SELECT FROM likes; SELECT FROM sessions')
    const written = writeSmallDays(store, id, 'a', 1)
    await expect.poll(() => said.join('\n'), { timeout: 30_000 }).toMatch(/a dump or a report.*; trying again in/)
    await dump.query('COMMIT')
    await written
    expect(await roomOf(url, 'sessions')).toHaveLength(1)

    said.length = 0
    await dump.query('BEGIN; SELECT FROM messages')
    const reset = store.reset(id, 'all')
    await expect.poll(() => said.join('\n'), { timeout: 30_000 }).toMatch(/a dump or a report.*; trying again in/)
    expect(await query(url, 'SELECT FROM seed_runs')).toHaveLength(0)
    await dump.end()
    await reset
    expect(await roomOf(url, 'messages')).toEqual([])
    await store.close()
  })

  it('of runs that the ledger no longer has is dropped with the next run that is reset, that of others is not', async () => {
    const url = await server.createDatabase()
    const store = await byDay(url)
    const ids: number[] = []
    for (const seed of ['a', 'b', 'c']) ids.push((await store.createRun(newRun(seed, 5, 3))).id)
    for (const [i, id] of ids.entries()) await TaskTransaction.openDays(url, id, rangesOf(0, 1000 + i * 100))
    await query(
      url,
      `DELETE FROM seed_run_segments WHERE run_id = ${ids[0]}; DELETE FROM seed_runs WHERE id = ${ids[0]}`,
    )
    await store.reset(ids[1]!, 'all')
    for (const table of DAY_TABLES) {
      expect(await roomOf(url, table)).toEqual([expect.stringMatching(`^${table}_run_${ids[2]}_day_0 `)])
    }
    await store.close()
  })

  it('that a dead writer left keeps neither it nor others from going on; two runs at once both come through', async () => {
    const url = await server.createDatabase()
    const [one, two] = [await byDay(url), await byDay(url)]
    const started = async (store: RunStore, seed: string) => {
      const { id } = await store.createRun(newRun(seed, 40, 3))
      await store.writeProfiles(id, people(1, 40), true)
      return id
    }
    const [a, b] = [await started(one, 'a'), await started(two, 'b')]
    // A day of `a` that nobody came to write.
    await TaskTransaction.openDays(url, a, rangesOf(0, 1))
    const first = await query(url, 'SELECT min(id) AS id FROM sessions')
    expect(first[0]!.id).toBeNull()
    await Promise.all([writeSmallDays(one, a, 'a', 3), writeSmallDays(two, b, 'b', 3)])
    for (const id of [a, b]) expect((await one.verify(id)).difference).toBeNull()
    const [{ n } = {}] = await query(url, 'SELECT count(*) AS n FROM public_days.sessions_rest')
    expect(Number(n)).toBe(0)
    await one.close()
    await two.close()
  })
})

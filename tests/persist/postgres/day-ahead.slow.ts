import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  BlockMaker,
  countMarket,
  openStore,
  placeMarkets,
  type RenderedDay,
  type RunStore,
} from '../../../persist/index.ts'
import { PostgresBackend } from '../../../persist/postgres/postgres-backend.ts'
import { picsum } from '../../../persist/rows/media.ts'
import { DAY_TABLES } from '../../../persist/rows/placement.ts'
import { type PostgresServer, query, startPostgres } from '../servers/postgres-server.ts'
import { factDigests, MadeUpSite, newRun, people, TEXTS } from '../site.ts'

const PEOPLE = 40
const DAYS = 6

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** Of each day that could have, whether it began with rows that had been copied beside the day before. */
let begun: boolean[] = []
const { beginCopied } = PostgresBackend.prototype
PostgresBackend.prototype.beginCopied = async function () {
  const copied = await beginCopied.call(this)
  begun.push(copied)
  return copied
}
beforeEach(() => {
  begun = []
})
const ahead = () => begun.filter((copied) => copied).length

interface Run {
  readonly store: RunStore
  readonly id: number
  readonly said: string[]
  /** Its days in their order. */
  readonly days: readonly RenderedDay[]
}

async function newRunOn(url: string, { seed = 'a', together = true, partition = false } = {}): Promise<Run> {
  const said: string[] = []
  const store = await openStore(url, {
    texts: TEXTS,
    intoExisting: true,
    partition,
    onFault: (line) => said.push(line),
  })
  const { id } = await store.createRun(newRun(seed, PEOPLE, DAYS))
  await store.writeProfiles(id, people(1, PEOPLE), true)
  const site = new MadeUpSite(seed, PEOPLE)
  const maker = new BlockMaker((await store.blockSetup(id))!, { texts: TEXTS, pictures: picsum }, seed)
  const days: RenderedDay[] = Array.from({ length: DAYS }, (_, day) => {
    const { markets } = site.day(day)
    const counts = markets.map(countMarket)
    const made = new Map<string, Promise<ReturnType<BlockMaker['make']>>>()
    return {
      day,
      markets: counts,
      newcomers: [],
      factDigests: factDigests(day),
      blocks: async (bases) => {
        const key = JSON.stringify(bases)
        const known = made.get(key)
        if (known) return known
        const blocks = Promise.resolve(maker.make(day, markets, placeMarkets(counts, bases)))
        made.set(key, blocks)
        return blocks
      },
      next: async () => (together ? (days[day + 1] ?? null) : null),
    }
  })
  return { store, id, said, days }
}

async function write({ store, id, days }: Run, from = 0): Promise<void> {
  for (const day of days.slice(from)) await store.writeBlocks(id, day)
}

async function contents(url: string): Promise<Record<string, unknown>> {
  const tables: Record<string, unknown> = {}
  for (const table of [...DAY_TABLES, 'seed_run_days']) {
    tables[table] = await query(
      url,
      `SELECT * FROM ${table} ORDER BY ${table === 'seed_run_days' ? '1, 2, 3, 4' : 'id'}`,
    )
  }
  return tables
}

/** What days leave that were written one by one. */
let plain: Promise<Record<string, unknown>> | undefined
function oneByOne(): Promise<Record<string, unknown>> {
  plain ??= (async () => {
    const url = await server.createDatabase()
    const run = await newRunOn(url, { together: false })
    await write(run)
    await run.store.close()
    return contents(url)
  })()
  return plain
}

async function endsWell(url: string, { store, id }: Run): Promise<void> {
  expect(await store.verify(id)).toMatchObject({ difference: null, foreignRows: {} })
  await store.close()
  expect(await contents(url)).toEqual(await oneByOne())
}

/** Keeps a day from being committed, as its people are locked; the next one then waits for it with all of its rows. */
async function held(url: string, run: Run, day: number) {
  const site = new pg.Client(url)
  await site.connect()
  await site.query('BEGIN; SELECT FROM users FOR UPDATE')
  const written = run.store.writeBlocks(run.id, run.days[day]!)
  written.catch(() => {})
  const waiting = async (sql: string) =>
    (await query(url, `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '${sql}'`))[0]
      ?.pid
  const [first, second] = ['SELECT v::text FROM unnest%', 'SELECT FROM seed_runs%']
  await expect.poll(() => waiting(first), { timeout: 30_000 }).toBeTruthy()
  await expect.poll(() => waiting(second), { timeout: 30_000 }).toBeTruthy()
  return {
    written,
    site,
    release: () => site.end(),
    kill: async (which: 'first' | 'second') =>
      query(url, `SELECT pg_terminate_backend(${await waiting(which === 'first' ? first : second)})`),
  }
}

const lastDay = async (url: string) => Number((await query(url, 'SELECT last_day FROM seed_runs'))[0]!.last_day)
const sessionsOf = async (url: string) => Number((await query(url, 'SELECT count(*) AS n FROM sessions'))[0]!.n)

describe('two days under way at once', () => {
  it('are row for row what they are one by one', async () => {
    const url = await server.createDatabase()
    const run = await newRunOn(url)
    await write(run)
    expect(ahead()).toBe(DAYS - 1)
    expect(run.said).toEqual([])
    await endsWell(url, run)
  })

  it('are committed in their order; until then nobody sees a row of either', async () => {
    const url = await server.createDatabase()
    const run = await newRunOn(url)
    await write({ ...run, days: run.days.slice(0, 1) })
    const before = await sessionsOf(url)
    const { written, release } = await held(url, run, 1)
    expect(await lastDay(url)).toBe(0)
    expect(await sessionsOf(url)).toBe(before)
    await release()
    await written
    expect(await lastDay(url)).toBe(1)
    expect(await sessionsOf(url)).toBe(before * 2)
    await write(run, 2)
    await endsWell(url, run)
  })

  it('of which the first loses its connection: both are written again', async () => {
    const url = await server.createDatabase()
    const run = await newRunOn(url)
    const { written, release, kill } = await held(url, run, 0)
    await kill('first')
    await release()
    await written
    expect(run.said).toEqual([expect.stringMatching(/connection was lost.*trying again/)])
    expect(await lastDay(url)).toBe(0)
    await write(run, 1)
    await endsWell(url, run)
  })

  it('of which the second loses its connection: it is written in its turn, and nobody is told', async () => {
    const url = await server.createDatabase()
    const run = await newRunOn(url)
    const { written, release, kill } = await held(url, run, 0)
    await kill('second')
    await release()
    await written
    await write(run, 1)
    expect(run.said).toEqual([])
    await endsWell(url, run)
  })

  it('leave the site the ids above both', async () => {
    const url = await server.createDatabase()
    const run = await newRunOn(url)
    const { written, release } = await held(url, run, 0)
    const posts = run.days.slice(0, 2).flatMap(({ markets }) => markets.map(({ rows }) => rows.posts))
    const [{ id } = {}] = await query(url, "SELECT nextval(pg_get_serial_sequence('posts', 'id')) AS id")
    expect(Number(id)).toBe(posts.reduce((sum, rows) => sum + rows, 0) + 1)
    await release()
    await written
    await write(run, 1)
    await endsWell(url, run)
  })

  it('and a run that is stopped then: the second is undone before anything else is done', async () => {
    const url = await server.createDatabase()
    const run = await newRunOn(url)
    await write({ ...run, days: run.days.slice(0, 1) })
    await run.store.reset(run.id, 'all')
    expect(await sessionsOf(url)).toBe(0)
    await run.store.close()
    await expect
      .poll(
        async () =>
          (
            await query(
              url,
              "SELECT FROM pg_stat_activity WHERE application_name = 'mingle' AND datname = current_database()",
            )
          ).length,
      )
      .toBe(0)
  })

  it('of which the second’s turn does not come: it is undone, and another process may go on', async () => {
    const url = await server.createDatabase()
    const run = await newRunOn(url)
    await write({ ...run, days: run.days.slice(0, 1) })
    await run.store.endDays()
    await query(url, "SET lock_timeout = '10s'; UPDATE seed_runs SET updated_at = updated_at")
    await write(run, 1)
    await endsWell(url, run)
  })

  it('of two runs at once: both come through', async () => {
    const url = await server.createDatabase()
    const runs = [await newRunOn(url, { seed: 'a' }), await newRunOn(url, { seed: 'b' })]
    await Promise.all(runs.map((run) => write(run)))
    for (const { store, id } of runs) {
      expect((await store.findRun(id === runs[0]!.id ? 'a' : 'b'))!.lastDay).toBe(DAYS - 1)
      expect((await store.verify(id)).difference).toBeNull()
      await store.close()
    }
  })
})

describe('days go one by one, without a word', () => {
  async function trusted(role: string): Promise<string> {
    const url = await server.createDatabase()
    const name = new URL(url).pathname.slice(1)
    await query(
      url,
      `CREATE ROLE ${role} LOGIN PASSWORD 'password' CONNECTION LIMIT 2; ALTER DATABASE ${name} OWNER TO ${role}; ALTER SCHEMA public OWNER TO ${role}`,
    )
    return url.replace('postgres:password', `${role}:password`)
  }

  it('where the server has no session left', async () => {
    const url = await trusted('two_sessions')
    const owner = url.replace('two_sessions:', 'postgres:')
    await query(owner, 'GRANT SET ON PARAMETER session_replication_role TO two_sessions')
    const run = await newRunOn(url)
    await write(run)
    expect(ahead()).toBe(0)
    expect(run.said).toEqual([])
    await endsWell(owner, run)
  })

  it('for a user whom the server makes look up every foreign key', async () => {
    const url = await trusted('ordinary')
    const run = await newRunOn(url)
    await write(run)
    expect(ahead()).toBe(0)
    await endsWell(url.replace('ordinary:', 'postgres:'), run)
  })

  it('where a table has triggers of the site’s', async () => {
    const url = await server.createDatabase()
    const run = await newRunOn(url)
    await query(
      url,
      'CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$; CREATE TRIGGER noted BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION noted()',
    )
    await write(run)
    expect(ahead()).toBe(0)
    await endsWell(url, run)
  })

  it('where tables are kept by day', async () => {
    const run = await newRunOn(await server.createDatabase(), { partition: true })
    await write(run)
    expect(ahead()).toBe(0)
    expect((await run.store.verify(run.id)).difference).toBeNull()
    await run.store.close()
  })
})

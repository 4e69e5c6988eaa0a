import { describe, expect, it } from 'vitest'
import { openStore, type RunStore } from '../../../persist/index.ts'
import { factDigests, MadeUpSite, newRun, people, TEXTS } from '../site.ts'
import { farFromUtc } from '../time-zone.ts'

farFromUtc()

/** A place to write to, as a test suite needs it. */
export interface Place {
  /** Opens the place; more than one store may be open at once where `shared`. */
  open(options?: { readonly intoExisting: boolean }): Promise<RunStore>
  /** Rows of a table in order of their key, in whatever form; null where the place keeps none. */
  rows(table: string): Promise<readonly Record<string, unknown>[]>
  /** Runs a statement as the site would, beside us. */
  execute(sql: string): Promise<void>
}

export interface PlaceTraits {
  /** Rows stay when the store is closed. */
  readonly lasting: boolean
  /** `Place.execute` works. */
  readonly sql: boolean
}

const TABLES = [
  'users',
  'profiles',
  'profile_media',
  'user_interests',
  'quiz_answers',
  'sessions',
  'posts',
  'post_media',
  'feed_seen',
  'liked_posts',
  'profile_views',
  'likes',
  'matches',
  'messages',
]

/** Content digests by table of a small run. */
async function contentDigests(store: RunStore): Promise<Record<string, string>> {
  const { id } = await store.createRun(newRun('digests', 30, 1))
  const profiles = await store.writeProfiles(id, people(1, 30), true)
  const day = await store.writeDay(id, new MadeUpSite('digests', 30).day(0), [], factDigests(0))
  expect((await store.verify(id)).difference).toBeNull()
  await store.close()
  return { ...profiles.contentDigests, ...day.contentDigests }
}

/** A run of 40 people (two chunks) and days 0–3, two newcomers on day 2. */
export async function writeSmallRun(store: RunStore, seed: string, days = 4) {
  const { id } = await store.createRun(newRun(seed, 40, days))
  await store.writeProfiles(id, people(1, 25), false)
  await store.writeProfiles(id, people(26, 40), true)
  return { id, site: await writeSmallDays(store, id, seed, days) }
}

/** The days of the same run, once more. */
export async function writeSmallDays(store: RunStore, id: number, seed: string, days = 4): Promise<MadeUpSite> {
  const site = new MadeUpSite(seed, 40)
  for (let day = 0; day < days; day++) {
    const joining = day === 2 ? [41, 42] : []
    const facts = site.day(day, joining)
    const newcomers = facts.markets.flatMap(({ tables }) => [...tables.arrival.k].flatMap((k) => people(k, k)))
    await store.writeDay(id, facts, newcomers, factDigests(day))
  }
  return site
}

/** What every adapter does alike. Each test gets a fresh place. */
export function contractSuite(name: string, traits: PlaceTraits, create: () => Promise<Place>): void {
  describe(name, () => {
    it('writes a run, and reads what it wrote from the ledger', async () => {
      const place = await create()
      const store = await place.open()
      expect(await store.findRun('a')).toBeNull()
      const { id } = await writeSmallRun(store, 'a')
      const before = (await store.findRun('a'))!
      expect(before).toMatchObject({ status: 'activity', lastDay: 3, people: 42, profilesThrough: 40, startDay: 19723 })
      const run = await store.finishRun(id, { digest: 'd'.repeat(32), metrics: '{"x":1}' })
      expect(run).toMatchObject({ status: 'finished', digest: 'd'.repeat(32), metrics: '{"x":1}', seed: 'a' })
      expect(run.segments).toEqual([newRun('a', 40, 4).segment])
      expect(await store.listRuns()).toEqual([run])
      const days = await store.days(id, 1)
      expect(days.map(({ day }) => day)).toEqual([1, 2, 3])
      expect(days[1]!.factDigests).toEqual(factDigests(2))
      expect(days[1]!.rows.users).toBe(2)
      expect(await store.userId(id, 42)).toBeGreaterThan(0)
      expect(await store.userId(id, 43)).toBe(-1)
      const rows = await store.rows(id)
      expect(rows).toMatchObject({ users: 42, profiles: 42, sessions: 80, posts: 40 })
      for (const table of TABLES) expect([table, (await place.rows(table)).length]).toEqual([table, rows[table]])
      await store.close()
    })

    it('gives dense ids that ascend by day, and points at rows that are there', async () => {
      const place = await create()
      const store = await place.open()
      await writeSmallRun(store, 'a')
      for (const table of TABLES.filter((table) => !['profiles', 'user_interests', 'quiz_answers'].includes(table))) {
        const ids = (await place.rows(table)).map((row) => Number(row.id))
        expect([table, ids]).toEqual([table, ids.map((_, i) => i + 1)])
      }
      const posts = new Map((await place.rows('posts')).map((row) => [Number(row.id), time(row.created_at)]))
      for (const row of await place.rows('feed_seen')) {
        expect(time(row.seen_at)).toBeGreaterThan(posts.get(Number(row.post_id))!)
      }
      const matches = new Map((await place.rows('matches')).map((row) => [Number(row.id), row]))
      for (const row of await place.rows('messages')) {
        const match = matches.get(Number(row.match_id))!
        expect([Number(match.user_a_id), Number(match.user_b_id)]).toContain(Number(row.sender_id))
        expect(time(row.sent_at)).toBeGreaterThan(time(match.created_at))
      }
      await store.close()
    })

    it('gives the same content digests as every other adapter', async () => {
      const digests = await contentDigests(await (await create()).open())
      expect(digests).toEqual(await contentDigests(await openStore('memory:', { texts: TEXTS })))
      expect(Object.keys(digests).sort()).toEqual([...TABLES].sort())
    })

    it('refuses a seed that is there, and steps out of order', async () => {
      const store = await (await create()).open()
      const { id } = await store.createRun(newRun('a', 10, 5))
      await expect(store.createRun(newRun('a', 10, 5))).rejects.toMatchObject({ code: 'RUN_EXISTS' })
      await expect(store.createRun(newRun('', 10, 5))).rejects.toMatchObject({ code: 'BAD_INPUT' })
      const site = new MadeUpSite('a', 10)
      await expect(store.writeDay(id, site.day(0), [], factDigests(0))).rejects.toMatchObject({ code: 'RUN_MOVED' })
      await expect(store.writeProfiles(id, people(2, 3), false)).rejects.toMatchObject({ code: 'RUN_MOVED' })
      await store.writeProfiles(id, people(1, 10), true)
      await expect(store.writeDay(id, site.day(1), [], factDigests(1))).rejects.toMatchObject({ code: 'RUN_MOVED' })
      const segment = { fromDay: -1, days: 1, firstPerson: 11, people: 0, gap: 0, inputs: '{}' }
      await expect(store.addSegment(id, segment)).rejects.toMatchObject({ code: 'BAD_INPUT' })
      expect(await store.findRun('a')).toMatchObject({ lastDay: -1, people: 10, status: 'activity' })
      await store.close()
    })

    it('extends a run by days and people, with a gap', async () => {
      const store = await (await create()).open()
      const { id, site } = await writeSmallRun(store, 'a', 2)
      await store.finishRun(id, { digest: '0'.repeat(32) })
      const segment = { fromDay: 5, days: 1, firstPerson: 41, people: 3, gap: 3, inputs: '{"policy":1}' }
      const run = await store.addSegment(id, segment)
      expect(run).toMatchObject({ status: 'profiles', profilesThrough: 40, lastDay: 4 })
      expect(run.segments[1]).toEqual(segment)
      await store.writeProfiles(id, people(41, 43), true)
      await store.writeDay(id, site.day(5), [], factDigests(5))
      expect((await store.days(id)).map(({ day }) => day)).toEqual([0, 1, 5])
      expect((await store.verify(id)).difference).toBeNull()
      await store.close()
    })

    it('keeps several runs side by side, and removes one without touching the other', async () => {
      const place = await create()
      const store = await place.open()
      const { id: a, site } = await writeSmallRun(store, 'a')
      const rowsOfA = await all(place)
      const { id: b } = await writeSmallRun(store, 'b')
      await store.writeDay(a, site.day(4), [], factDigests(4))
      expect((await store.verify(a)).difference).toBeNull()
      expect(await store.verify(b)).toMatchObject({ difference: null, foreignRows: {} })
      await store.reset(b, 'all')
      expect(await store.findRun('b')).toBeNull()
      expect(await store.verify(a)).toMatchObject({ difference: null, foreignRows: {} })
      await store.reset(a, 'activity')
      expect(await store.findRun('a')).toMatchObject({ status: 'activity', lastDay: -1, people: 40 })
      expect(Object.keys(await store.rows(a)).sort()).toEqual([
        'profile_media',
        'profiles',
        'quiz_answers',
        'user_interests',
        'users',
      ])
      const again = new MadeUpSite('a', 40)
      for (let day = 0; day < 4; day++) {
        const facts = again.day(day, day === 2 ? [41, 42] : [])
        const newcomers = facts.markets.flatMap(({ tables }) => [...tables.arrival.k].flatMap((k) => people(k, k)))
        await store.writeDay(a, facts, newcomers, factDigests(day))
      }
      expect(await all(place)).toEqual(rowsOfA)
      await store.close()
    })

    it.runIf(traits.lasting)('goes on from the ledger in a new process as if there had been one', async () => {
      const whole = await create()
      await writeSmallRun(await whole.open(), 'a')
      const place = await create()
      const site = new MadeUpSite('a', 40)
      let store = await place.open()
      const { id } = await store.createRun(newRun('a', 40, 4))
      await store.writeProfiles(id, people(1, 25), false)
      await store.close()
      store = await place.open()
      expect(await store.findRun('a')).toMatchObject({ status: 'profiles', profilesThrough: 25 })
      await store.writeProfiles(id, people(26, 40), true)
      for (let day = 0; day < 4; day++) {
        await store.close()
        store = await place.open()
        const facts = site.day(day, day === 2 ? [41, 42] : [])
        const newcomers = facts.markets.flatMap(({ tables }) => [...tables.arrival.k].flatMap((k) => people(k, k)))
        await store.writeDay(id, facts, newcomers, factDigests(day))
      }
      await store.close()
      expect(await all(place)).toEqual(await all(whole))
    })

    it.runIf(traits.lasting)('lets one of two writers of a run win, and tells the other', async () => {
      const place = await create()
      const [one, other] = [await place.open(), await place.open()]
      const { id } = await one.createRun(newRun('a', 20, 3))
      await one.writeProfiles(id, people(1, 20), true)
      const facts = new MadeUpSite('a', 20).day(0)
      expect(await other.userId(id, 1)).toBeGreaterThan(0)
      await one.writeDay(id, facts, [], factDigests(0))
      await expect(other.writeDay(id, facts, [], factDigests(0))).rejects.toMatchObject({ code: 'RUN_MOVED' })
      expect((await one.verify(id)).difference).toBeNull()
      await one.close()
      await other.close()
    })

    it.runIf(traits.sql)(
      'is not the first to mix made-up people with rows that are there, unless told to',
      async () => {
        const place = await create()
        const store = await place.open()
        const { id } = await writeSmallRun(store, 'a', 1)
        await place.execute(
          "INSERT INTO users (email, password_hash, created_at) VALUES ('own', 'x', '2024-01-01 00:00:00')",
        )
        await store.reset(id, 'all')
        const refused = store.createRun(newRun('b', 10, 1))
        await expect(refused).rejects.toMatchObject({ code: 'BAD_INPUT' })
        await expect(refused).rejects.toThrow(/^users in .* holds rows .*--into-existing/)
        expect(await store.listRuns()).toEqual([])
        await store.close()
        const told = await place.open({ intoExisting: true })
        const { id: b } = await writeSmallRun(told, 'b', 1)
        expect(await told.verify(b)).toMatchObject({ difference: null, foreignRows: { users: 1 } })
        await told.close()
        const after = await place.open()
        expect((await after.createRun(newRun('c', 10, 1))).seed).toBe('c')
        await after.close()
      },
    )

    it.runIf(traits.sql)("leaves the site's own rows alone, and counts them", async () => {
      const place = await create()
      const store = await place.open()
      const { id, site } = await writeSmallRun(store, 'a', 2)
      const at = "'2024-01-01 00:00:00'"
      await place.execute(`INSERT INTO users (email, password_hash, created_at) VALUES ('own@example.com', 'x', ${at})`)
      const own = (await place.rows('users')).find((row) => row.email === 'own@example.com')!.id
      expect(Number(own)).toBe(41)
      await place.execute(`INSERT INTO posts (user_id, text, created_at) VALUES (${own}, 'mine', ${at})`)
      await place.execute(
        `INSERT INTO likes (from_user_id, to_user_id, action, created_at) VALUES (${own}, 1, 'LIKE', ${at})`,
      )
      await store.writeDay(id, site.day(2, [41]), people(41, 41), factDigests(2))
      expect(await store.userId(id, 41)).toBe(42)
      const report = await store.verify(id)
      expect(report).toMatchObject({ difference: null, foreignRows: { users: 1, posts: 1, likes: 1 } })
      await store.reset(id, 'all')
      expect((await place.rows('users')).map((row) => row.email)).toEqual(['own@example.com'])
      expect(await place.rows('posts')).toHaveLength(1)
      expect(await place.rows('likes')).toHaveLength(0)
      await store.close()
    })

    it.runIf(traits.sql)('writes no day that refers to a person who is gone', async () => {
      const place = await create()
      const store = await place.open()
      const { id } = await store.createRun(newRun('gone', 6, 2))
      await store.writeProfiles(id, people(1, 6), true)
      const site = new MadeUpSite('gone', 6)
      await store.writeDay(id, site.day(0), [], factDigests(0))
      await place.execute('DELETE FROM users WHERE id = 3')
      await expect(store.writeDay(id, site.day(1), [], factDigests(1))).rejects.toThrow()
      expect(await store.findRun('gone')).toMatchObject({ lastDay: 0 })
      await store.close()
    })

    it.runIf(traits.sql)('finds a changed, a missing and an added row, and says where', async () => {
      const place = await create()
      const store = await place.open()
      const { id } = await writeSmallRun(store, 'a')
      const message = (await place.rows('messages')).at(-1)!
      await place.execute(`DELETE FROM messages WHERE id = ${message.id}`)
      const missing = (await store.verify(id)).difference!
      expect(missing).toMatchObject({ day: 3, table: 'messages' })
      expect(missing.foundRows).toBe(missing.expectedRows - 1)
      await place.execute("UPDATE profiles SET bio = 'other' WHERE user_id = 7")
      expect((await store.verify(id)).difference).toMatchObject({ day: 0, table: 'profiles' })
      await place.execute("UPDATE profiles SET bio = 'no matter' WHERE user_id = 7")
      await place.execute('INSERT INTO user_interests (user_id, interest_id) VALUES (1, 99)')
      const added = (await store.verify(id)).difference!
      expect(added.day).toBe(0)
      await store.close()
    })

    it.runIf(traits.sql)('finds a whole day that is gone, from the rows, from the ledger or from both', async () => {
      const place = await create()
      const store = await place.open()
      const { id } = await writeSmallRun(store, 'a')
      const tables = ['messages', 'matches', 'likes', 'liked_posts', 'profile_views', 'feed_seen', 'posts', 'sessions']
      const bound = (column: string, table: string) =>
        `(SELECT ${column} FROM seed_run_days WHERE day = 2 AND chunk = 0 AND table_name = '${table}')`
      for (const table of tables) {
        const ids = `${bound('first_id', table)} AND ${bound('last_id', table)}`
        await place.execute(`DELETE FROM ${table} WHERE id BETWEEN ${ids}`)
      }
      const rows = (await store.verify(id)).difference!
      expect(rows).toMatchObject({ day: 2, table: 'feed_seen', foundRows: 0 })
      expect(rows.expectedRows).toBeGreaterThan(0)
      const ledger = 'DELETE FROM seed_run_days WHERE day = 2 AND chunk = 0'
      await place.execute(`${ledger} AND table_name = 'likes'`)
      const some = (await store.verify(id)).difference!
      expect(some).toMatchObject({ day: 2, table: 'seed_run_days' })
      expect(some.foundRows).toBe(some.expectedRows - 1)
      await place.execute(ledger)
      const day = (await store.verify(id)).difference!
      expect(day).toMatchObject({ day: 2, table: 'seed_run_days', foundRows: 0 })
      // A day that is gone earlier is named first.
      await place.execute('DELETE FROM seed_run_days WHERE day = 1 AND chunk = 0')
      expect((await store.verify(id)).difference).toMatchObject({ day: 1, table: 'seed_run_days', foundRows: 0 })
      await store.close()
    })

    it.runIf(traits.sql)('finds people that the ledger has lost', async () => {
      const place = await create()
      const store = await place.open()
      const { id } = await writeSmallRun(store, 'a', 1)
      await place.execute('DELETE FROM users WHERE id <= 25')
      await place.execute('DELETE FROM seed_run_days WHERE chunk = 1')
      const { difference } = await store.verify(id)
      expect(difference).toEqual({ day: 0, table: 'users', expectedRows: 40, foundRows: 15 })
      await store.close()
    })
  })
}

async function all(place: Place): Promise<Record<string, readonly Record<string, unknown>[]>> {
  const tables: Record<string, readonly Record<string, unknown>[]> = {}
  for (const table of TABLES) tables[table] = await place.rows(table)
  return tables
}

function time(value: unknown): number {
  return typeof value === 'number' ? value : new Date(value as string).getTime()
}

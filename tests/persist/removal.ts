import { describe, expect, it } from 'vitest'
import type { RunStore } from '../../persist/index.ts'
import { DERIVED_TABLES } from '../../persist/rows/derived.ts'
import { LOOKUPS } from '../../persist/rows/tables.ts'
import { type Place, writeSmallDays, writeSmallRun } from './backends/contract.ts'
import { newRun, people } from './site.ts'

const T = "'2024-02-01 00:00:00'"
/** Two people of the site's own, with a row in every table, the derived ones included. */
const FOREIGN = [
  ...[900001, 900002].flatMap((id) => [
    `INSERT INTO users VALUES (${id}, 'site${id}@example.org', 'x', ${T})`,
    `INSERT INTO profiles (user_id, display_name, bio, birthdate, gender, seeks, intent, city, state, country, latitude, longitude, time_zone) VALUES (${id}, 'S', 'b', '1990-01-01', 'woman', 'man', 'dating', 'X', 'Y', 'US', 1, 1, 'UTC')`,
    `INSERT INTO profile_media VALUES (${id}, ${id}, 'a', 'b', 0)`,
    `INSERT INTO user_interests SELECT ${id}, min(id) FROM interests`,
    `INSERT INTO quiz_answers SELECT ${id}, min(id), '{}', '[]', ${T} FROM quizzes`,
    `INSERT INTO sessions VALUES (${id}, ${id}, ${T}, ${T})`,
    `INSERT INTO posts VALUES (${id}, ${id}, 'hi', ${T})`,
    `INSERT INTO post_media VALUES (${id}, ${id}, 'a', 'b')`,
  ]),
  `INSERT INTO feed_seen VALUES (900001, 900001, 900002, ${T})`,
  `INSERT INTO profile_views VALUES (900001, 900001, 900002, ${T}, 900002)`,
  `INSERT INTO likes VALUES (900001, 900001, 900002, 'LIKE', ${T})`,
  `INSERT INTO liked_posts VALUES (900001, 900001, 900002, ${T})`,
  `INSERT INTO matches VALUES (900001, 900001, 900002, ${T})`,
  `INSERT INTO messages VALUES (900001, 900001, 900001, 'yo', ${T})`,
  `INSERT INTO trending_posts (post_id, views, likes, score, computed_at) VALUES (900001, 1, 1, 1, ${T})`,
]
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
  'profile_views',
  'likes',
  'liked_posts',
  'matches',
  'messages',
]
const RAW = Object.fromEntries(TABLES.map((table) => [table, expect.any(Number)]))

/** A place that also answers queries, as the site asks them. */
export interface SelectablePlace extends Place {
  select(sql: string): Promise<readonly Record<string, unknown>[]>
}

/** What databases do alike when a run goes. Each test gets a fresh place. */
export function removalSuite(name: string, create: () => Promise<SelectablePlace>): void {
  const withForeign = async (place: Place, store: RunStore) => {
    const { id } = await writeSmallRun(store, 'a')
    for (const sql of FOREIGN) await place.execute(sql)
    return id
  }
  const foreignRows = async (place: Place) => {
    const rows = await Promise.all(
      TABLES.map(async (table) => {
        const found = (await place.rows(table)).map((row) => Object.values(row).map(String))
        return [table, found.filter((row) => row.slice(0, 2).some((value) => value.startsWith('90000')))] as const
      }),
    )
    return Object.fromEntries(rows)
  }
  const count = async (place: SelectablePlace, sql: string) => Number(Object.values((await place.select(sql))[0]!)[0])

  describe(name, () => {
    it('removes a run and no row of others, lookup rows only where nobody uses them', async () => {
      const place = await create()
      const store = await place.open()
      const id = await withForeign(place, store)
      const before = await foreignRows(place)
      expect(Object.values(before).every((rows) => rows.length > 0)).toBe(true)
      const removal = await store.removal(id, 'all')
      expect(removal).toMatchObject({ rows: RAW, derived: {}, dependents: {} })
      expect(removal.rows.users).toBe(42)
      const lookups = await store.reset(id, 'all')
      expect(await foreignRows(place)).toEqual(before)
      for (const table of TABLES) expect(await place.rows(table)).toHaveLength(before[table]!.length)
      expect(lookups).toMatchObject({ interests: 121, quizzes: 2 })
      expect(await count(place, 'SELECT count(*) FROM interests')).toBe(1)
      expect(
        await count(
          place,
          'SELECT count(*) FROM quiz_options WHERE question_id NOT IN (SELECT id FROM quiz_questions)',
        ),
      ).toBe(0)
      expect(await count(place, 'SELECT count(*) FROM quizzes')).toBe(1)
      expect(await count(place, 'SELECT count(*) FROM trending_posts')).toBe(1)
      await store.close()
    })

    it('removes the days alone, and writes the same rows again', async () => {
      const place = await create()
      const store = await place.open()
      const { id } = await writeSmallRun(store, 'a')
      const before = await Promise.all(TABLES.map((table) => place.rows(table)))
      const { rows } = await store.removal(id, 'activity')
      expect(rows).not.toHaveProperty('quizzes')
      // The newcomers of day 2 go with it.
      expect(rows.users).toBe(2)
      expect(await store.reset(id, 'activity')).toEqual({})
      expect(await place.rows('users')).toHaveLength(40)
      expect(await count(place, 'SELECT count(*) FROM interests')).toBe(122)
      await store.close()
      const again = await place.open()
      await writeSmallDays(again, id, 'a')
      expect(await Promise.all(TABLES.map((table) => place.rows(table)))).toEqual(before)
      await again.close()
    })

    it('counts what others hang on its rows by any foreign key', async () => {
      const place = await create()
      const store = await place.open()
      const id = await withForeign(place, store)
      const user = (await store.userId(id, 5)).toString()
      await place.execute(`INSERT INTO likes VALUES (900002, 900001, ${user}, 'LIKE', ${T})`)
      await place.execute(`INSERT INTO messages SELECT 900002, min(id), 900001, 'x', ${T} FROM matches`)
      await place.execute(
        `INSERT INTO user_interests SELECT ${user}, min(id) FROM interests WHERE id NOT IN (SELECT interest_id FROM user_interests WHERE user_id = ${user})`,
      )
      await place.execute(
        `INSERT INTO trending_posts (post_id, views, likes, score, computed_at) SELECT min(id), 1, 1, 1, ${T} FROM posts`,
      )
      expect(await store.removal(id, 'all')).toMatchObject({
        derived: { trending_posts: 1 },
        dependents: { likes: 1, messages: 1, user_interests: 1 },
      })
      expect((await store.removal(id, 'activity')).dependents).toEqual({ messages: 1 })
      await store.close()
    })

    it('passes lookup rows on to a run that is left, and removes them with the last', async () => {
      const place = await create()
      const store = await place.open()
      const first = await store.createRun(newRun('a', 3, 1))
      await store.writeProfiles(first.id, people(1, 3), true)
      const second = await store.createRun(newRun('b', 2, 1))
      await store.writeProfiles(second.id, people(1, 2), true)
      expect(await store.reset(first.id, 'all')).toEqual({})
      expect(await count(place, 'SELECT count(*) FROM interests')).toBe(122)
      expect(await store.reset(second.id, 'all')).toMatchObject({ interests: 122, interest_subjects: 12, quizzes: 3 })
      for (const table of Object.keys(LOOKUPS))
        expect(await count(place, `SELECT count(*) FROM ${table}`), table).toBe(0)
      await store.close()
    })

    it('leaves lookup rows that the site had', async () => {
      const place = await create()
      const store = await place.open()
      const { id } = await store.createRun(newRun('a', 1, 1))
      await store.reset(id, 'all')
      await place.execute("INSERT INTO interest_subjects (id, name) VALUES (77, 'Outdoors')")
      await place.execute("INSERT INTO interests (id, subject_id, name) VALUES (78, 77, 'Hiking')")
      await store.close()
      const again = await place.open({ intoExisting: true })
      const run = await again.createRun(newRun('b', 2, 1))
      await again.writeProfiles(run.id, people(1, 2), true)
      expect(await again.reset(run.id, 'all')).toMatchObject({ interests: 121, interest_subjects: 11 })
      expect(await count(place, "SELECT count(*) FROM interests WHERE id = 78 AND name = 'Hiking'")).toBe(1)
      await again.close()
    })

    it('removes what jobs derived, no row of others, and marks every interest', async () => {
      const place = await create()
      const store = await place.open()
      await withForeign(place, store)
      await place.execute('DELETE FROM interest_dirty')
      const at = "'2024-02-02 00:00:00'"
      await place.execute(`INSERT INTO seed_jobs (job, as_of) VALUES ('trending', ${at})`)
      await place.execute(
        `INSERT INTO trending_posts (post_id, views, likes, score, computed_at) SELECT id, 1, 1, 1, ${at} FROM posts WHERE id < 900001`,
      )
      // The moment is one of another job.
      await place.execute(`INSERT INTO user_traits (user_id, trait, value, computed_at) VALUES (900001, 'x', 1, ${at})`)
      const posts = await count(place, 'SELECT count(*) FROM posts WHERE id < 900001')
      expect(posts).toBeGreaterThan(0)
      expect(await store.derived()).toEqual({ trending_posts: posts })
      expect(await store.derived('others')).toEqual({ trending_posts: 1, user_traits: 1 })
      await store.resetDerived()
      expect(await store.derived()).toEqual({})
      expect(await store.derived('others')).toEqual({ trending_posts: 1, user_traits: 1 })
      for (const table of [...DERIVED_TABLES, 'seed_jobs']) {
        const left = ['trending_posts', 'user_traits'].includes(table) ? 1 : 0
        expect(await count(place, `SELECT count(*) FROM ${table}`), table).toBe(left)
      }
      expect(await count(place, 'SELECT count(*) FROM interest_dirty')).toBe(122)
      expect(await count(place, 'SELECT count(*) FROM posts WHERE id = 900001')).toBe(1)
      await store.close()
    })
  })
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { type MingleConfig, to } from '../../../../persist/index.ts'
import { tablesLookedAt } from '../../../../persist/mapping/rows/source-rows.ts'
import { ask, attached, verdict } from '../attached.ts'
import { schema } from '../schema-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-looked-at-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const METADATA = schema({
  User: { id: 'String id uuid', email: 'String unique' },
  Post: { id: 'String id ulid', by: 'String >User.id' },
  Shot: { id: 'Int id auto', owner: 'String >User.id', url: 'String', place: 'Int' },
  Applause: { id: 'Int id auto', from: 'String >User.id', for: 'String >User.id', what: 'String' },
  Swipe: { id: 'Int id auto', from: 'String >User.id', to: 'String >User.id', made: 'Int?' },
  Look: { id: 'Int id auto', who: 'String >User.id', whom: 'String >User.id' },
})
const MAP: MingleConfig['map'] = {
  user: to('User', { id: 'id', email: 'email' }),
  post_picture: to('Shot', { id: 'id', user_id: 'owner', url: 'url', position: 'place' }),
  liked_post: to('Applause', { id: 'id', user_id: 'from', author_id: 'for' }, { set: { what: 'post' } }),
  like: to('Swipe', { id: 'id', from_user_id: 'from', to_user_id: 'to' }, { set: { made: (row) => row.match_id } }),
}
const MORE: MingleConfig['map'] = {
  ...MAP,
  post: to('Post', { id: 'id', user_id: 'by' }),
  profile_view: to('Look', { id: 'id', viewer_id: 'who', viewed_id: 'whom' }),
}

it('rows that nobody maps are not made, and what others tell of them is as it was', async () => {
  const life = async (name: string, map: MingleConfig['map']) => {
    const site = await attached(join(folder, name), METADATA, map, { count: 150, days: 6 })
    const { digest } = (await site.store.findRun('site'))!
    expect(await verdict(site)).toMatchObject({ difference: null, failed: [] })
    const [shots, likes, swipes, ranges] = ['Shot', 'Applause', 'Swipe']
      .map((model) => ask(site.file, `SELECT * FROM ${model}`))
      .concat([
        ask(
          site.file,
          'SELECT day, chunk, table_name, first_id, last_id, fact_digest FROM seed_run_days ORDER BY day, chunk, table_name',
        ),
      ])
    return { digest, shots, likes, swipes, ranges }
  }
  const few = await life('few.db', MAP)
  expect(few).toEqual(await life('more.db', MORE))
  expect(few.shots!.length).toBeGreaterThan(5)
  expect(few.likes!.length).toBeGreaterThan(5)
  expect(few.swipes!.filter(({ made }) => made !== null).length).toBeGreaterThan(0)
})

it.each([
  [['sessions', 'likes'], false, ['likes', 'matches', 'sessions']],
  [['feed_seen'], true, ['feed_seen', 'matches', 'posts']],
  [['post_media'], false, ['matches', 'post_media', 'posts']],
])('of the days of a mapping of %s', (mapped, authors, looked) => {
  expect([...tablesLookedAt(mapped, { authors })].toSorted()).toEqual(looked)
})

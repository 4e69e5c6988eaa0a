import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type MingleConfig, openStore, rows, to } from '../../../../persist/index.ts'
import { extendRun } from '../../../../run/index.ts'
import { ask, attached, soundPlan, verdict } from '../attached.ts'
import { schema } from '../schema-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-earlier-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const SITE = schema(
  {
    User: { id: 'String id cuid', email: 'String unique' },
    Post: { id: 'Int id auto', by: 'String >User.id', text: 'String' },
    Notice: { id: 'Int id auto', from: 'String >User.id', for: 'String >User.id', post: 'Int >Post.id' },
    Look: { id: 'Int id auto', who: 'String >User.id', post: 'Int >Post.id', whose: 'String >User.id' },
    Pair: { id: 'Int id auto', a: 'String >User.id', b: 'String >User.id' },
    Line: { id: 'String id uuid', pair: 'Int >Pair.id', place: 'Int', at: 'DateTime', nth: 'Int', text: 'String' },
  },
  { uniques: { Line: [['pair', 'place']] } },
)
const MAP: MingleConfig['map'] = {
  user: to('User', { id: 'id', email: 'email' }),
  post: to('Post', { id: 'id', user_id: 'by', text: 'text' }),
  liked_post: to('Notice', { id: 'id', user_id: 'from', author_id: 'for', post_id: 'post' }),
  feed_seen: to('Look', { id: 'id', user_id: 'who', post_id: 'post' }, { set: { whose: (row) => row.author_id } }),
  match: to('Pair', { id: 'id', user_a_id: 'a', user_b_id: 'b' }),
  message: to(
    'Line',
    { match_id: 'pair', position: 'place', body: 'text', sent_at: 'at' },
    { set: { nth: (row) => row.position + 1 } },
  ),
}
const SETTINGS = { count: 90, seed: 'earlier' }

const all = (file: string) =>
  ['Notice', 'Look', 'Line'].map((table) => ask(file, `SELECT * FROM "${table}" ORDER BY id`))

describe('facts know of earlier ones', () => {
  it.each([true, false])(
    'who wrote a post, and the place of a message in its thread, also after days (gently: %s)',
    async (gently) => {
      const site = await attached(join(folder, `parts-${gently}.db`), SITE, MAP, { ...SETTINGS, days: 7, gently })
      await site.store.close()
      const plan = soundPlan(SITE, MAP)
      const writer = gently ? ({ writer: 'prisma', pauseMs: 0 } as const) : {}
      const store = await openStore(`file:${site.file}`, { mapping: plan, ...writer })
      await extendRun(store, 'earlier', { days: 5 }, { workers: 0 })
      expect(await verdict({ ...site, store })).toMatchObject({ difference: null, failed: [] })

      const authors = (table: string, of: string) =>
        ask(
          site.file,
          `SELECT count(*) AS n, sum(t."${of}" = p.by) AS same FROM "${table}" t JOIN Post p ON p.id = t.post`,
        )[0]!
      for (const [table, of] of [
        ['Notice', 'for'],
        ['Look', 'whose'],
      ] as const) {
        const { n, same } = authors(table, of)
        expect(n).toBeGreaterThan(20)
        expect(same).toBe(n)
      }
      const [threads] = ask(
        site.file,
        `SELECT count(*) AS n, max(place) AS last, sum(nth = place + 1) AS same, sum(place = before) AS inTurn FROM
        (SELECT *, row_number() OVER (PARTITION BY pair ORDER BY at) - 1 AS before FROM Line)`,
      )
      expect(threads!.last).toBeGreaterThan(1)
      expect(threads).toMatchObject({ same: threads!.n, inTurn: threads!.n })
      expect(
        ask(site.file, "SELECT count(*) AS n FROM Line WHERE at > (SELECT date(min(at), '+7 days') FROM Line)")[0]!.n,
      ).toBeGreaterThan(0)
    },
  )

  it('a run in one go has the same rows', async () => {
    const site = await attached(join(folder, 'whole.db'), SITE, MAP, { ...SETTINGS, days: 12 })
    await site.store.close()
    expect(all(site.file)).toEqual(all(join(folder, 'parts-false.db')))
  })

  it('nothing is kept where nobody asks, and a position that is asked for out of sight is refused', async () => {
    const { author_id: _, ...plain } = (MAP.liked_post as ReturnType<typeof to>).fields
    const quiet = { ...MAP, liked_post: to('Notice', { ...plain, user_id: ['from', 'for'] } as never) }
    const { feed_seen: _seen, ...others } = quiet
    const hidden = (row: Record<string, unknown>) => row[['posi', 'tion'].join('')]
    const silent = rows<string, string, 'message'>('Line', ['pair', 'at', 'text', 'place', 'nth'], (row) =>
      row.body.length > 100_000
        ? null
        : { pair: row.match_id, at: row.sent_at, text: row.body, place: Number(row.sent_at) % 2_000_000_000, nth: 1 },
    )
    const site = await attached(join(folder, 'quiet.db'), SITE, { ...others, message: silent } as never, {
      ...SETTINGS,
      days: 3,
    })
    await site.store.close()
    const kept = ask(
      site.file,
      "SELECT DISTINCT substr(table_name, 1, instr(table_name, ' ') - 1) AS t FROM seed_run_days WHERE table_name LIKE '% %'",
    )
    // A function may ask whom a message is for.
    expect(kept).toEqual([{ t: 'match_pairs' }])
    const late = rows<string, string, 'message'>('Line', ['pair', 'at', 'text', 'place', 'nth'], (row) => ({
      pair: row.match_id,
      at: row.sent_at,
      text: row.body,
      // Not of the made-up rows on which functions are tried.
      place: row.body.startsWith(' Text') ? 0 : hidden(row),
      nth: 1,
    }))
    await expect(
      attached(join(folder, 'late.db'), SITE, { ...others, message: late } as never, { ...SETTINGS, days: 3 }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('let it read row.position itself') })
  })
})

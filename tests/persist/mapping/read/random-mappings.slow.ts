import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { as, type MingleConfig, openStore, to, validateDatabase } from '../../../../persist/index.ts'
import { invertRun, Staging } from '../../../../persist/mapping/read/invert/index.ts'
import { openBackend } from '../../../../persist/open.ts'
import { TABLE_NAMES } from '../../../../persist/rows/tables.ts'
import { configFromSettings, startRun } from '../../../../run/index.ts'
import { ask, attached, verdict } from '../attached.ts'
import { schema, type Words } from '../schema-text.ts'

/** Ten seeds, several mappings of each: whatever the mapping, rows turn back into the same facts. */
const SEEDS = Array.from({ length: 10 }, (_, i) => `seed ${i}`)
const MAPPINGS = 2
const PEOPLE = { count: 30, days: 3 }

const folder = mkdtempSync(join(tmpdir(), 'mingle-random-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const KEYS = ['Int id auto', 'BigInt id auto', 'String id uuid', 'String id cuid', 'String id'] as const
/** What differs between the mappings. */
const mapping = fc.record({
  keys: fc.record(
    Object.fromEntries(
      ['User', 'Post', 'Like', 'Match', 'Message', 'Seen'].map((name) => [name, fc.constantFrom(...KEYS)]),
    ),
  ),
  /** Names of fields: every name gets this behind it. */
  tail: fc.constantFrom('', '_x', 'Of', ' "quoted"'.trim().replaceAll('"', '')),
  profile: fc.constantFrom('with the user', 'in a model of its own', 'nowhere'),
  likes: fc.constantFrom('one model', 'a model each', 'likes alone', 'folded'),
  /** Whether messages refer to the match by its key, or by the two people. */
  message: fc.constantFrom('match', 'people', 'nowhere'),
  seen: fc.boolean(),
  where: fc.boolean(),
})
type Mapping = typeof mapping extends fc.Arbitrary<infer T> ? T : never

function built(given: Mapping) {
  const { keys, tail } = given
  const n = (name: string) => `${name}${tail}`
  const typeOf = (model: string) => keys[model]!.split(' ')[0]!
  const ref = (model: string) => `${typeOf(model)} >${model}.${n('id')}`
  const named = (words: Words): Words =>
    Object.fromEntries(Object.entries(words).map(([name, text]) => [n(name), text]))
  const models: Record<string, Words> = {}
  const map: Record<string, unknown> = {}
  const person = { name: 'String', born: 'DateTime', sex: 'String', tz: 'String', lat: 'Float' }
  const profile = {
    display_name: n('name'),
    birthdate: n('born'),
    gender: as(n('sex'), { woman: 'f', man: 'm', nonbinary: 'x' }),
    time_zone: n('tz'),
    latitude: n('lat'),
  }
  const inUser = given.profile === 'with the user'
  models.User = named({ id: keys.User!, mail: 'String unique', joined: 'DateTime', ...(inUser && person) })
  map.user = to('User', { id: n('id'), email: n('mail'), created_at: n('joined'), ...(inUser && profile) } as never)
  if (given.profile === 'in a model of its own') {
    models.Profile = named({ userId: `${typeOf('User')} id >User.${n('id')}`, ...person })
    map.profile = to('Profile', { user_id: n('userId'), ...profile } as never)
  }
  models.Post = named({ id: keys.Post!, by: ref('User'), text: 'String', at: 'DateTime' })
  map.post = to('Post', { id: n('id'), user_id: n('by'), text: n('text'), created_at: n('at') } as never)
  const like = { id: keys.Like!, by: ref('User'), whom: ref('User'), at: 'DateTime' }
  const liked = { id: n('id'), from_user_id: n('by'), to_user_id: n('whom'), created_at: n('at') }
  const uniques: Record<string, string[][]> = {}
  if (given.likes === 'one model') {
    models.Like = named({ ...like, way: 'Boolean' })
    map.like = to('Like', { ...liked, action: as(n('way'), { LIKE: true, DISLIKE: false }) } as never)
  } else if (given.likes === 'folded') {
    models.Like = named({
      id: 'String id uuid',
      aId: ref('User'),
      bId: ref('User'),
      aAt: 'DateTime?',
      bAt: 'DateTime?',
      aWay: 'String?',
      bWay: 'String?',
    })
    uniques.Like = [[n('aId'), n('bId')]]
    map.like = (['low', 'high'] as const).map((side) => {
      const own = side === 'low' ? 'a' : 'b'
      return to(
        'Like',
        { low_user_id: n('aId'), high_user_id: n('bId'), created_at: n(`${own}At`), action: n(`${own}Way`) } as never,
        {
          where: { side },
          fold: [n('aId'), n('bId')],
        } as never,
      )
    })
  } else {
    models.Like = named(like)
    if (given.likes === 'a model each') models.Dislike = named({ ...like, id: KEYS[0] })
    map.like = [
      to('Like', liked as never, { where: { action: 'LIKE' } }),
      ...(given.likes === 'a model each' ? [to('Dislike', liked as never, { where: { action: 'DISLIKE' } })] : []),
    ]
  }
  models.Match = named({ id: keys.Match!, a: ref('User'), b: ref('User'), at: 'DateTime' })
  map.match = to('Match', { id: n('id'), user_a_id: n('a'), user_b_id: n('b'), created_at: n('at') } as never)
  if (given.message !== 'nowhere') {
    const people = given.message === 'people'
    models.Message = named({
      id: keys.Message!,
      by: ref('User'),
      body: 'String',
      at: 'DateTime',
      ...(people ? { whom: ref('User') } : { matchId: ref('Match') }),
    })
    map.message = to('Message', {
      id: n('id'),
      sender_id: n('by'),
      body: n('body'),
      sent_at: n('at'),
      ...(people ? { recipient_id: n('whom') } : { match_id: n('matchId') }),
    } as never)
  }
  if (given.seen) {
    models.Seen = named({ id: keys.Seen!, by: ref('User'), post: ref('Post'), at: 'DateTime' })
    map.feed_seen = to('Seen', { id: n('id'), user_id: n('by'), post_id: n('post'), seen_at: n('at') } as never)
  }
  return { metadata: schema(models, { uniques }), map: map as MingleConfig['map'] }
}

/** Rows of a table in some columns, in any order. */
function sorted(rows: readonly Record<string, unknown>[], columns: readonly string[]): string[] {
  return rows.map((row) => JSON.stringify(columns.map((name) => row[name]))).sort()
}

describe.each(SEEDS)('%s', (seed) => {
  const reference = join(folder, `${seed.replaceAll(' ', '-')}-reference.db`)
  let failing: readonly string[]
  beforeAll(async () => {
    const store = await openStore(`file:${reference}`)
    await startRun(store, configFromSettings({ seed, count: PEOPLE.count }), PEOPLE.days, { workers: 0 })
    await store.close()
    // So small a run misses some averages, whatever it is written to.
    const { checks } = await validateDatabase(`file:${reference}`)
    failing = checks.filter(({ ok }) => !ok).map(({ name }) => name)
  }, 60_000)

  it('turns back into the same facts under any mapping', async () => {
    await fc.assert(
      fc.asyncProperty(mapping, async (given) => {
        const { metadata, map } = built(given)
        const site = await attached(join(folder, 'site.db'), metadata, map, { ...PEOPLE, seed })
        const { difference, failed } = await verdict(site)
        expect(difference).toBeNull()
        expect(failed.filter((name) => !failing.includes(name))).toEqual([])
        const backend = await openBackend(`file:${site.file}`, { mapping: site.plan })
        const staging = new Staging()
        try {
          const [run] = await backend.ledger.runs({ seed })
          const { held } = await invertRun(backend as never, site.plan, run!, staging)
          let compared = 0
          for (const table of TABLE_NAMES) {
            // Numbers of rows that the models do not tell are counted anew.
            const columns = [...held].flatMap((name) =>
              name.startsWith(`${table}.`) && name.endsWith('!') ? [name.slice(table.length + 1, -1)] : [],
            )
            if (columns.length === 0 || (table === 'likes' && !held.has('likes.dislikes'))) continue
            const back = staging.db.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[]
            const facts = ask(reference, `SELECT * FROM "${table}"`)
            expect(sorted(back, columns), table).toEqual(sorted(facts, columns))
            compared += facts.length
          }
          expect(compared).toBeGreaterThan(PEOPLE.count)
        } finally {
          staging.close()
          await backend.close()
        }
      }),
      { numRuns: MAPPINGS, seed: SEEDS.indexOf(seed) + 1, endOnFailure: true },
    )
  }, 180_000)
})

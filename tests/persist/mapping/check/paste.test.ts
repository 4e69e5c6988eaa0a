import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import {
  as,
  checkPlan,
  type Metadata,
  type MingleConfig,
  type Problem,
  planMapping,
  type Target,
  to,
} from '../../../../persist/index.ts'
import { attached } from '../attached.ts'
import { schema } from '../schema-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-paste-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const USER = { id: 'Int id auto', email: 'String unique' }
const user = to('User', { id: 'id', email: 'email' })

function problems(metadata: Metadata, map: MingleConfig['map']): Problem[] {
  const plan = planMapping({ schema: '.', map }, metadata)
  return [...plan.problems, ...checkPlan(plan)]
}

/** A target with a line of check put where it belongs. */
function pasted(target: Target, line: string): Target {
  const text = line.replace(/\s*\/\/.*$/, '')
  const given = new Function('as', `return ({ ${text.replace(/^\{(.*)\}$/s, '$1')} })`)(as) as Record<string, never>
  const options = ['set', 'fold', 'truncate', 'where']
  const isOption = Object.keys(given).every((name) => options.includes(name))
  if (!isOption) return { ...target, fields: { ...target.fields, ...given } }
  return {
    ...target,
    options: {
      ...target.options,
      ...given,
      ...('set' in given && { set: { ...target.options.set, ...(given.set as object) } }),
    },
  }
}

const PLACE = { lat: 'Decimal Decimal(8,6)', lon: 'Decimal Decimal(8,6)' }

it.each<[string, Metadata, MingleConfig['map']]>([
  [
    'a reference that the fact knows',
    schema({
      User: USER,
      Topic: { id: 'Int id auto', name: 'String unique' },
      Taste: { id: 'Int id auto', userId: 'Int >User.id', subjectId: 'Int >Topic.id' },
    }),
    { user, subject: to('Topic', { name: 'name' }), user_interest: to('Taste', { user_id: 'userId' }) },
  ],
  [
    'a required number, time, text, truth value, JSON, bytes',
    schema({
      User: {
        ...USER,
        n: 'Int',
        b: 'BigInt',
        at: 'DateTime',
        t: 'String',
        is: 'Boolean',
        j: 'Json',
        raw: 'Bytes',
        f: 'Float',
      },
    }),
    { user },
  ],
  [
    'a unique number',
    schema({ User: { ...USER, code: 'Int unique' } }),
    { user: to('User', { id: 'id', email: 'email' }, { set: { code: 7 } }) },
  ],
  [
    'a unique text',
    schema({ User: { ...USER, handle: 'String unique' } }),
    { user: to('User', { id: 'id', email: 'email', display_name: 'handle' }) },
  ],
  [
    'a unique of two people',
    schema(
      { User: USER, Visit: { id: 'Int id auto', by: 'Int >User.id', whom: 'Int >User.id', at: 'DateTime' } },
      { uniques: { Visit: [['by', 'whom']] } },
    ),
    { user, profile_view: to('Visit', { viewer_id: 'by', viewed_id: 'whom', viewed_at: 'at' }) },
  ],
  [
    'a number that is too great',
    schema({ User: { ...USER, ...PLACE } }),
    { user: to('User', { id: 'id', email: 'email', latitude: 'lat', longitude: 'lon' }) },
  ],
  [
    'a text that is too long',
    schema({ User: { ...USER, bio: 'String? VarChar(20)' } }),
    { user: to('User', { id: 'id', email: 'email', bio: 'bio' }) },
  ],
  [
    'an enum of which half is known',
    schema(
      { User: USER, Swipe: { id: 'Int id auto', by: 'Int >User.id', whom: 'Int >User.id', way: 'Way enum' } },
      { enums: { Way: ['LIKE', 'skip'] } },
    ),
    { user, like: to('Swipe', { id: 'id', from_user_id: 'by', to_user_id: 'whom', action: 'way' }) },
  ],
  [
    'an enum of which nothing is known',
    schema(
      { User: USER, Swipe: { id: 'Int id auto', by: 'Int >User.id', whom: 'Int >User.id', way: 'Way enum' } },
      { enums: { Way: ['up', 'skip'] } },
    ),
    { user, like: to('Swipe', { id: 'id', from_user_id: 'by', to_user_id: 'whom', action: 'way' }) },
  ],
  [
    'a value that may be empty',
    schema({ User: { ...USER, bio: 'String' } }),
    { user: to('User', { id: 'id', email: 'email', bio: 'bio' }) },
  ],
  [
    'an enum from any text',
    schema({ User: { ...USER, town: 'Town enum' } }, { enums: { Town: ['ours', 'other'] } }),
    { user: to('User', { id: 'id', email: 'email', city: 'town' }) },
  ],
  [
    'likes that look like dislikes',
    schema({ User: USER, Swipe: { id: 'Int id auto', by: 'Int >User.id', whom: 'Int >User.id' } }),
    { user, like: to('Swipe', { id: 'id', from_user_id: 'by', to_user_id: 'whom' }) },
  ],
])('the line to paste leads to a run: %s', async (name, metadata, given) => {
  let map = given
  const lines: string[] = []
  for (let found = problems(metadata, map); found.length > 0 && lines.length < 12; found = problems(metadata, map)) {
    const { source, paste } = found[0]!
    lines.push(paste.split(', or ')[0]!)
    map = { ...map, [source!]: pasted(map[source as 'user'] as Target, lines.at(-1)!) }
  }
  expect(
    problems(metadata, map).map(({ message, paste }) => [message, paste]),
    lines.join('\n'),
  ).toEqual([])
  expect(lines.length).toBeGreaterThan(0)
  const { store, runId } = await attached(join(folder, `${name.replaceAll(/\W/g, '-')}.db`), metadata, map, {
    count: 40,
    days: 2,
  })
  expect((await store.verify(runId)).difference).toBeNull()
  await store.close()
})

it('two words of an enum do not become one', () => {
  const metadata = schema(
    { User: USER, Swipe: { id: 'Int id auto', by: 'Int >User.id', way: 'Way enum' } },
    { enums: { Way: ['LIKE', 'skip'] } },
  )
  const [found] = problems(metadata, { user, like: to('Swipe', { id: 'id', from_user_id: 'by', action: 'way' }) })
  expect(found!.paste).toBe("action: as('way', { LIKE: 'LIKE', DISLIKE: 'skip' }),")
})

it('a reference that no fact knows is no number to paste', () => {
  const metadata = schema({
    User: USER,
    Plan: { id: 'Int id auto' },
    Post: { id: 'Int id auto', by: 'Int >User.id', planId: 'BigInt >Plan.id' },
  })
  const [found] = problems(metadata, { user, post: to('Post', { id: 'id', user_id: 'by' }) })
  expect(found!.paste).toMatch(/^planId BigInt\?/)
})

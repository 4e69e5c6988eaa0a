import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { type MingleConfig, to } from '../../../../persist/index.ts'
import { planMapping } from '../../../../persist/mapping/plan/planner.ts'
import { asKept } from '../../../../persist/mapping/sql/integer-times.ts'
import { ask, attached, verdict } from '../attached.ts'
import { schema } from '../schema-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-times-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const SITE = schema({
  User: {
    id: 'Int id auto',
    email: 'String unique',
    joined: 'DateTime',
    born: 'DateTime',
    changed: 'DateTime updatedAt',
  },
  Post: { id: 'Int id auto', by: 'Int >User.id', text: 'String', at: 'DateTime', seen: 'DateTime?', fixed: 'DateTime' },
})
const MAP: MingleConfig['map'] = {
  user: to('User', { id: 'id', email: 'email', created_at: 'joined', birthdate: 'born' }),
  post: to(
    'Post',
    { id: 'id', user_id: 'by', text: 'text', created_at: 'at' },
    {
      set: { seen: null, fixed: new Date('2024-01-01T00:00:00.123Z') },
    },
  ),
}
const kinds = (file: string) =>
  ask(
    file,
    `SELECT DISTINCT typeof(joined) AS joined, typeof(born) AS born, typeof(changed) AS changed, typeof(at) AS at, typeof(fixed) AS fixed
     FROM User JOIN Post ON Post.by = User.id WHERE User.id > 1`,
  )

it.each([false, true])("are written where the site's rows have them, gently: %s", async (gently) => {
  // One row of the site's, of Prisma 6: integers; posts have no row yet.
  const rows = ["INSERT INTO User VALUES (1, 'own@site.example', 1600000000000, 631152000000, 1600000000000)"]
  const site = await attached(join(folder, `integers-${gently}.db`), SITE, MAP, { rows, gently })
  expect(kinds(site.file)).toEqual([
    { joined: 'integer', born: 'integer', changed: 'integer', at: 'integer', fixed: 'integer' },
  ])
  const [row] = ask(
    site.file,
    'SELECT min(at) > 1704067200000 AS later, max(born) < 1500000000000 AS young, min(fixed) = 1704067200123 AS exact, count(seen) AS seen FROM Post JOIN User ON User.id = by',
  )
  expect(row).toEqual({ later: 1, young: 1, exact: 1, seen: 0 })
  expect(await verdict(site)).toMatchObject({ difference: null, failed: [] })
  ask(site.file, 'UPDATE Post SET at = at + 1 WHERE id = (SELECT max(id) FROM Post) RETURNING id')
})

it('are text where the rows have text', async () => {
  const rows = [
    "INSERT INTO User VALUES (1, 'own@site.example', '2020-01-01T00:00:00.000+00:00', '1990-01-01T00:00:00.000+00:00', '2020-01-01T00:00:00.000+00:00')",
  ]
  const site = await attached(join(folder, 'text.db'), SITE, MAP, { rows })
  expect(kinds(site.file)).toEqual([{ joined: 'text', born: 'text', changed: 'text', at: 'text', fixed: 'text' }])
  expect((await verdict(site)).difference).toBeNull()
})

it.each([
  [undefined, 'integer', 'int'],
  [undefined, 'text', 'time'],
  ['text', 'integer', 'time'],
  ['integer', 'text', 'int'],
] as const)('of an empty database: the configuration says %s, Prisma keeps %s', async (times, usual, kind) => {
  const plan = planMapping({ schema: '.', map: MAP, ...(times && { times }) }, SITE, usual)
  const nothing = { dialect: 'sqlite', exists: async () => true, query: async () => [] }
  const kept = await asKept(nothing as never, plan)
  expect(kept.targets[0]!.shape.columns.joined).toBe(kind)
})

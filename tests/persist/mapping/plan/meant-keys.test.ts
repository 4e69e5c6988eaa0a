import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkPlan, keyOf, link, type MingleConfig, planMapping, to } from '../../../../persist/index.ts'
import { ask, attached, verdict } from '../attached.ts'
import { schema } from '../schema-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-meant-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string) => join(folder, `${name.replaceAll(/\W/g, '-')}.db`)

const user = to('User', { id: 'id', email: 'email' })
const SITE = schema({
  User: { id: 'String id uuid', email: 'String unique' },
  Pair: { id: 'String id uuid', aId: 'String >User.id', bId: 'String >User.id', at: 'DateTime' },
  Room: { id: 'String id cuid', pairId: 'String', lastAt: 'DateTime?' },
  Line: { id: 'String id uuid', ref: 'String', words: 'String', at: 'DateTime' },
})

describe('a match that fills two models with keys of their own', () => {
  const match: MingleConfig['map'] = {
    user,
    match: [to('Pair', { user_a_id: 'aId', user_b_id: 'bId', created_at: 'at' }), to('Room', { id: ['id', 'pairId'] })],
  }

  it.each([
    ['Pair first', (map: MingleConfig['map']) => map],
    ['Room first', (map: MingleConfig['map']) => ({ ...map, match: [...(map.match as never[])].reverse() })],
  ])('is found by the model that is updated: %s', async (name, order) => {
    const map = order({ ...match, message: to('Room', { match_id: 'id', sent_at: 'lastAt' }, { update: ['id'] }) })
    const site = await attached(file(name), SITE, map, { count: 150, days: 6 })
    expect(await verdict(site)).toMatchObject({ difference: null, failed: [] })
    const [row] = ask(site.file, 'SELECT count(*) AS rooms, count(lastAt) AS told FROM Room')
    expect(row!.told).toBeGreaterThan(0)
    const [pairs] = ask(site.file, 'SELECT count(*) AS of FROM Room JOIN Pair ON Pair.id = Room.pairId')
    expect(pairs!.of).toBe(row!.rooms)
  })

  it('is folded into by the same key', async () => {
    const map = { ...match, message: to('Room', { match_id: 'id', sent_at: 'lastAt' }, { fold: ['id'] }) }
    const metadata = { ...SITE, models: SITE.models.map((model) => (model.name === 'Room' ? loose(model) : model)) }
    const site = await attached(file('fold'), metadata, map, { count: 150, days: 6 })
    expect((await verdict(site)).difference).toBeNull()
    const [row] = ask(site.file, 'SELECT count(*) AS rooms, count(pairId) AS paired FROM Room')
    expect(row!.rooms).toBe(row!.paired)
  })

  it('is what keyOf says where no relation does', async () => {
    const message = (ref: ReturnType<typeof keyOf>) =>
      to('Line', { match_id: ref, body: 'words', sent_at: 'at' } as never)
    const site = await attached(
      file('named'),
      SITE,
      { ...match, message: message(keyOf('ref', 'Room')) },
      { count: 150 },
    )
    expect((await verdict(site)).difference).toBeNull()
    const [row] = ask(
      site.file,
      'SELECT count(*) AS n, count(Room.id) AS found FROM Line LEFT JOIN Room ON Room.id = ref',
    )
    expect(row!.n).toBeGreaterThan(0)
    expect(row!.found).toBe(row!.n)
    const wrong = planMapping({ schema: '.', map: { ...match, message: message(keyOf('ref', 'Line')) } }, SITE)
    expect(wrong.problems[0]).toMatchObject({
      code: 'unknown name',
      paste: expect.stringContaining("keyOf('ref', 'Room')"),
    })
  })

  it('is asked for by check where two keys could be meant', () => {
    const map = { ...match, message: to('Line', { match_id: 'ref', body: 'words', sent_at: 'at' }) }
    const plan = planMapping({ schema: '.', map }, SITE)
    const [problem] = [...plan.problems, ...checkPlan(plan)]
    expect(problem).toMatchObject({ code: 'which key', model: 'Line', field: 'ref' })
    expect(problem!.paste).toBe("match_id: keyOf('ref', 'Pair'),   // or keyOf('ref', 'Room'),")
  })
})

function loose(model: (typeof SITE)['models'][number]) {
  return {
    ...model,
    fields: model.fields.map((field) => (field.name === 'pairId' ? { ...field, required: false } : field)),
  }
}

describe('two updates by a match in both directions', () => {
  const likes = schema(
    {
      User: { id: 'Int id auto', email: 'String unique' },
      Like: {
        id: 'Int id auto',
        fromId: 'Int >User.id',
        toId: 'Int >User.id',
        verdict: 'String',
        matchedAt: 'DateTime?',
      },
    },
    { uniques: { Like: [['fromId', 'toId']] } },
  )
  const mirrored = (options = {}) => [
    to(
      'Like',
      { user_a_id: 'fromId', user_b_id: 'toId', created_at: 'matchedAt' },
      { update: ['fromId', 'toId'], ...options },
    ),
    to(
      'Like',
      { user_b_id: 'fromId', user_a_id: 'toId', created_at: 'matchedAt' },
      { update: ['fromId', 'toId'], ...options },
    ),
  ]
  const like = to('Like', { id: 'id', from_user_id: 'fromId', to_user_id: 'toId', action: 'verdict' })

  it('set both rows, and verify and validate hold', async () => {
    const site = await attached(file('mirrored'), likes, { user, like, match: mirrored() }, { count: 150, days: 6 })
    expect(await verdict(site)).toMatchObject({ difference: null, failed: [] })
    const [row] = ask(site.file, 'SELECT count(matchedAt) AS set_, count(*) AS n FROM "Like"')
    expect(row!.set_).toBeGreaterThan(0)
    expect((row!.set_ as number) % 2).toBe(0)
  })

  it('a changed row of them is found', async () => {
    const site = await attached(
      file('mirrored changed'),
      likes,
      { user, like, match: mirrored() },
      { count: 150, days: 6 },
    )
    ask(
      site.file,
      'UPDATE "Like" SET matchedAt = NULL WHERE id = (SELECT min(id) FROM "Like" WHERE matchedAt IS NOT NULL) RETURNING id',
    )
    expect((await verdict(site)).difference).toMatchObject({ table: 'Like' })
  })

  it('a field that both the insert and the update fill is no false alarm', async () => {
    const said = to(
      'Like',
      { id: 'id', from_user_id: 'fromId', to_user_id: 'toId', action: 'verdict' },
      { set: { matchedAt: null } },
    )
    const site = await attached(
      file('overwritten'),
      likes,
      { user, like: said, match: mirrored() },
      { count: 150, days: 6 },
    )
    expect(await verdict(site)).toMatchObject({ difference: null, failed: [] })
  })
})

it('two links of a match in both directions are turned back', async () => {
  const models = schema({ User: { id: 'Int id auto', email: 'String unique' } })
  const [member, ...ledger] = models.models
  const relation = (field: string) => ({ name: 'Friends', field, model: 'User', from: [], to: [], list: true })
  const metadata = {
    ...models,
    models: [{ ...member!, relations: [relation('friends'), relation('friendOf')] }, ...ledger],
  }
  const site = await attached(
    file('links'),
    metadata,
    {
      user,
      match: [link('User.friends', ['user_a_id', 'user_b_id']), link('User.friends', ['user_b_id', 'user_a_id'])],
    },
    {
      count: 150,
      days: 6,
      rows: ['CREATE TABLE "_Friends" ("A" INTEGER NOT NULL, "B" INTEGER NOT NULL, PRIMARY KEY ("A", "B"))'],
    },
  )
  expect(await verdict(site)).toMatchObject({ difference: null, failed: [] })
  const [row] = ask(site.file, 'SELECT count(*) AS n, sum(A < B) AS up FROM _Friends')
  expect(row!.n).toBeGreaterThan(0)
  expect(row!.up).toBe((row!.n as number) / 2)
})

describe("a fact's own number in a key of several fields", () => {
  const rows = [
    "INSERT INTO User VALUES (3, '2020-01-01T00:00:00.000+00:00', 'site@example.com')",
    "INSERT INTO Swipe VALUES (1, '2020-01-01T00:00:00.000+00:00', 3, 3)",
  ]
  const parts = schema(
    {
      User: { id: 'Int', createdAt: 'DateTime', email: 'String' },
      Swipe: { id: 'String uuid', createdAt: 'DateTime', fromId: 'Int', toId: 'Int' },
    },
    { keys: { User: ['id', 'createdAt'], Swipe: ['id', 'createdAt'] } },
  )
  const map: MingleConfig['map'] = {
    user: to('User', { id: 'id', created_at: 'createdAt', email: 'email' }),
    like: to(
      'Swipe',
      { from_user_id: 'fromId', to_user_id: 'toId', created_at: 'createdAt' },
      { where: { action: 'LIKE' } },
    ),
  }

  it('is made, and its rows are the run’s alone', async () => {
    const site = await attached(file('composite'), parts, map, { rows })
    ask(
      site.file,
      "INSERT INTO Swipe VALUES ('x', '2024-02-01T00:00:00.000+00:00', (SELECT max(id) FROM User), 3) RETURNING id",
    )
    expect(await verdict(site)).toMatchObject({ difference: null, failed: [] })
    const [row] = ask(site.file, 'SELECT count(*) AS n, min(id) AS low FROM User WHERE id > 3')
    expect(row).toEqual({ n: 60, low: 4 })
  })

  it('stands beside a tenant', async () => {
    const tenants = schema(
      {
        Member: { tenantId: 'Int', id: 'Int', email: 'String' },
        Note: { tenantId: 'Int', id: 'Int', authorId: 'Int', text: 'String' },
      },
      { keys: { Member: ['tenantId', 'id'], Note: ['tenantId', 'id'] } },
    )
    const site = await attached(file('tenants'), tenants, {
      user: to('Member', { id: 'id', email: 'email' }, { set: { tenantId: 7 } }),
      post: to('Note', { id: 'id', user_id: 'authorId', text: 'text' }, { set: { tenantId: 7 } }),
    })
    // Another tenant's rows have the same numbers.
    ask(site.file, 'INSERT INTO Note SELECT 8, id, authorId, text FROM Note RETURNING id')
    expect(await verdict(site)).toMatchObject({ difference: null, failed: [] })
  })
})

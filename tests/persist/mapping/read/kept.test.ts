import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { link, type MingleConfig, to } from '../../../../persist/index.ts'
import { ask, attached, verdict } from '../attached.ts'
import { schema } from '../schema-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-kept-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const SITE = schema({
  User: { id: 'Int id auto', email: 'String unique', name: 'String' },
  Decided: { id: 'Int id auto', by: 'Int >User.id', whom: 'Int >User.id' },
})
const MAP: MingleConfig['map'] = { user: to('User', { id: 'id', email: 'email', display_name: 'name' }) }

it('a trigger that changes what is written is named at once', async () => {
  const rows = [
    'CREATE TRIGGER loud AFTER INSERT ON User BEGIN UPDATE User SET name = upper(name) WHERE id = NEW.id; END',
  ]
  const file = join(folder, 'loud.db')
  await expect(attached(file, SITE, MAP, { rows })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringMatching(
      /^user → User\.name: the database keeps "[^a-z]+" where ".*[a-z].*" was written \(a trigger/,
    ),
  })
  expect(ask(file, 'SELECT count(*) AS n FROM User')).toEqual([{ n: 0 }])
})

it('a table that wants likes and dislikes says so; a link takes some of the facts', async () => {
  const models = SITE.models
  const relation = (field: string) => ({ name: 'Liked', field, model: 'User', from: [], to: [], list: true })
  const [member, ...others] = models
  const metadata = { ...SITE, models: [{ ...member!, relations: [relation('liked'), relation('likedBy')] }, ...others] }
  const map: MingleConfig['map'] = {
    ...MAP,
    like: [
      to('Decided', { id: 'id', from_user_id: 'by', to_user_id: 'whom' }, { where: { action: ['LIKE', 'DISLIKE'] } }),
      link('User.liked', ['from_user_id', 'to_user_id'], { where: { action: 'LIKE' } }),
    ],
  }
  const rows = ['CREATE TABLE "_Liked" ("A" INTEGER NOT NULL, "B" INTEGER NOT NULL, PRIMARY KEY ("A", "B"))']
  const site = await attached(join(folder, 'decided.db'), metadata, map, { rows })
  expect((await verdict(site)).difference).toBeNull()
  const [row] = ask(
    site.file,
    'SELECT (SELECT count(*) FROM Decided) AS decided, (SELECT count(*) FROM _Liked) AS liked',
  )
  expect(row!.liked).toBeGreaterThan(0)
  expect(row!.decided).toBeGreaterThan(row!.liked as number)
})

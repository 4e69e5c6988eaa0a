import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { type MingleConfig, to } from '../../../../persist/index.ts'
import { ask, attached } from '../attached.ts'
import { schema } from '../schema-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-hanging-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const SITE = schema({
  User: { id: 'Int id auto', email: 'String unique' },
  Post: { id: 'String id uuid', by: 'Int >User.id', text: 'String' },
  Report: { id: 'Int id auto', userId: 'Int >User.id', why: 'String' },
})
const MAP: MingleConfig['map'] = {
  user: to('User', { id: 'id', email: 'email' }),
  post: to('Post', { user_id: 'by', text: 'text' }),
}

it("reset names the site's rows that hang on a run's people, and removes nothing", async () => {
  const { file, store, runId } = await attached(join(folder, 'site.db'), SITE, MAP)
  const count = () => ask(file, 'SELECT (SELECT count(*) FROM User) AS users, (SELECT count(*) FROM Post) AS posts')[0]
  const before = count()
  ask(file, "INSERT INTO Report (userId, why) SELECT id, 'spam' FROM User ORDER BY id LIMIT 2 RETURNING id")
  ask(file, "INSERT INTO Post SELECT 'own', min(id), 'by the site' FROM User RETURNING id")
  await expect(store.reset(runId, 'all')).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringMatching(
      /^1 row of Post \(by\) hangs on rows of User that this run made.*onDelete: Cascade|^2 rows of Report \(userId\) hang on rows of User that this run made.*onDelete: Cascade/,
    ),
  })
  expect(count()).toMatchObject({ users: before!.users, posts: (before!.posts as number) + 1 })
  ask(file, "DELETE FROM Post WHERE id = 'own' RETURNING id")
  await expect(store.reset(runId, 'all')).rejects.toThrow(/^2 rows of Report \(userId\) hang on rows of User/)
  ask(file, 'DELETE FROM Report RETURNING id')
  await store.reset(runId, 'all')
  await store.close()
  expect(count()).toEqual({ users: 0, posts: 0 })
})

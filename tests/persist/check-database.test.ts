import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkDatabase, openStore, parseDatabaseUrl, to } from '../../persist/index.ts'
import { configFromSettings, startRun } from '../../run/index.ts'
import { ask, siteFile, soundPlan } from './mapping/attached.ts'
import { schema } from './mapping/schema-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-live-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const SITE = schema({
  User: { id: 'Int id auto', email: 'String unique', joined: 'DateTime' },
  Post: { id: 'String id uuid', by: 'Int >User.id', text: 'String' },
})
const plan = soundPlan(SITE, {
  user: to('User', { id: 'id', email: 'email', created_at: 'joined' }),
  post: to('Post', { user_id: 'by', text: 'text' }),
})

describe('the live database is looked at by check, and before a run is made', () => {
  it.each([
    [
      'a view',
      ['ALTER TABLE Post RENAME TO posts', 'CREATE VIEW Post AS SELECT * FROM posts'],
      "'Post' is a view: no rows can be written to it",
      null,
    ],
    [
      'a column that is computed',
      [
        'DROP TABLE Post',
        "CREATE TABLE Post (id TEXT PRIMARY KEY, by INTEGER, text TEXT GENERATED ALWAYS AS (id || '!') VIRTUAL)",
      ],
      "the database computes 'text' itself",
      'text',
    ],
    [
      'a column that wants a value',
      ['DROP TABLE Post', 'CREATE TABLE Post (id TEXT PRIMARY KEY, by INTEGER, text TEXT, extra TEXT NOT NULL)'],
      "the database wants a value in 'extra' (NOT NULL, no default), and post → Post gives none",
      'extra',
    ],
    ['a column that is missing', ['ALTER TABLE Post DROP COLUMN text'], "table 'Post' has no column 'text'", 'text'],
    [
      'a ledger that is missing',
      ['DROP TABLE seed_people', 'DROP TABLE seed_run_days', 'DROP TABLE seed_run_segments', 'DROP TABLE seed_runs'],
      'has no ledger',
      null,
    ],
  ])('%s', async (name, sql, message, field) => {
    const file = join(folder, `${name.replaceAll(' ', '-')}.db`)
    await siteFile(file, SITE, sql)
    const { problems } = await checkDatabase(`file:${file}`, plan)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ message: expect.stringContaining(message), field })
    expect(problems[0]!.paste).not.toBe('')
    const store = await openStore(`file:${file}`, { mapping: plan })
    await expect(
      startRun(store, configFromSettings({ seed: 'no', count: 5 }), 1, { workers: 0 }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await store.close()
    if (!message.includes('ledger')) expect(ask(file, 'SELECT count(*) AS n FROM seed_runs')).toEqual([{ n: 0 }])
  })

  it('has nothing to say of one that is as the schema says, but how times are kept', async () => {
    const file = join(folder, 'sound.db')
    await siteFile(file, SITE, ["INSERT INTO User VALUES (1, 'own@site.example', 1600000000000)"])
    expect(await checkDatabase(`file:${file}`, plan)).toMatchObject({
      url: `file:${file}`,
      problems: [],
      notes: [
        {
          message: expect.stringContaining('times are written as integers'),
          paste: expect.stringContaining("times: 'text'"),
        },
      ],
    })
  })
})

describe('URLs of SQLite that mean something else than a file', () => {
  it.each([
    ['file::memory:', /in memory/],
    ['file:x.db?mode=memory&cache=shared', /in memory/],
    ['file:what?.db', /has a \? in its file's name/],
    ['file:x.db?mode=ro', /asks for reading alone/],
  ])('%s', (url, message) => {
    expect(() => parseDatabaseUrl(url)).toThrow(message)
  })

  it('Prisma’s own parameters are left aside', () => {
    expect(parseDatabaseUrl('file:./x.db?connection_limit=1&socket_timeout=5')).toEqual({
      kind: 'sqlite',
      path: './x.db',
    })
  })
})

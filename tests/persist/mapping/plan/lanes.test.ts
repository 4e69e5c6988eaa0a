import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, describe, expect, it } from 'vitest'
import {
  checkPlan,
  ledgerModels,
  type MingleConfig,
  openStore,
  planMapping,
  problemText,
  rows,
  to,
} from '../../../../persist/index.ts'
import { migrationSql } from '../../../../persist/migrate/make.ts'
import { configFromSettings, startRun } from '../../../../run/index.ts'
import { schema } from '../schema-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-lanes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const KEYS = {
  'numbers for keys': { words: 'Int id auto', prisma: 'Int @id @default(autoincrement())' },
  'texts for keys': { words: 'String id uuid', prisma: 'String @id @default(uuid())' },
} as const

const OTHERS = {
  person: 'Int? >User.id',
  other: 'Int? >User.id',
  pair: 'String?',
  kind: 'String?',
  at: 'DateTime?',
}
const pair = { from_user_id: 'person', to_user_id: 'other' }
const liked = (action: string, kind?: string) =>
  to('Event', pair, { where: { action }, ...(kind && { set: { kind } }) })
const seat = { user_id: 'person' }

const MAPS: Readonly<Record<string, { map: MingleConfig['map']; text?: true }>> = {
  'a third target that takes the same facts as the first': {
    map: { like: [liked('LIKE', 'one'), liked('DISLIKE', 'two'), liked('LIKE', 'three')] },
  },
  'two halves of a fact beside other facts': {
    map: { like: [liked('LIKE'), liked('DISLIKE')], match: to('Event', { user_a_id: 'person', user_b_id: 'other' }) },
  },
  'halves that fill different fields': {
    map: {
      like: [
        liked('LIKE'),
        to('Event', { from_user_id: 'person', created_at: 'at' }, { where: { action: 'DISLIKE' } }),
      ],
    },
  },
  'two rows that look alike': {
    map: { match: [to('Event', { user_a_id: 'person' }), to('Event', { user_b_id: 'person' })] },
  },
  'several rows of one half, one of the other': {
    map: {
      like: [
        liked('LIKE', 'like'),
        rows(
          'Event',
          ['person', 'other', 'kind'],
          (row) => ['first', 'second'].map((kind) => ({ person: row.from_user_id, other: row.to_user_id, kind })),
          { most: 2, where: { action: 'DISLIKE' } },
        ),
      ],
      post: to('Event', { ...seat, created_at: 'at' }, { set: { kind: 'post' } }),
    },
  },
  'a fold by a person beside rows of another fact': {
    map: {
      session: to('Event', { user_id: 'pair', started_at: 'at' }, { fold: ['pair'] }),
      post: to('Event', seat, { set: { kind: 'post' } }),
    },
    text: true,
  },
}

const CASES = Object.entries(MAPS).flatMap(([name, { map, text }]) =>
  (Object.keys(KEYS) as (keyof typeof KEYS)[])
    .filter((keys) => !text || keys === 'texts for keys')
    .map((keys) => ({ name, keys, map })),
)

describe('targets that share a model', () => {
  it.each(CASES)('$name: $keys that no two rows share', async ({ name, keys, map }) => {
    const user = to('User', { id: 'id', email: 'email' })
    const models = {
      User: { id: 'Int id auto', email: 'String unique' },
      Event: { id: KEYS[keys].words, ...OTHERS },
    }
    const config = { schema: '.', map: { user, ...map } }
    const plan = planMapping(config, schema(models, { uniques: { Event: [['pair']] } }))
    expect([...plan.problems, ...checkPlan(plan)].map(problemText)).toEqual([])
    const file = join(folder, `${CASES.findIndex((one) => one.name === name && one.keys === keys)}.db`)
    const db = new Database(file)
    db.exec(
      await migrationSql(
        'sqlite',
        null,
        `datasource db {\n  provider = "sqlite"\n}\nmodel User {\n id Int @id @default(autoincrement())\n email String @unique\n}
        model Event {\n id ${KEYS[keys].prisma}\n person Int?\n other Int?\n pair String? @unique\n kind String?\n at DateTime?\n}\n${ledgerModels('sqlite')}`,
      ),
    )
    const store = await openStore(`file:${file}`, { mapping: plan })
    const { run } = await startRun(store, configFromSettings({ seed: 'lanes', count: 40 }), 4, { workers: 0 })
    // A key that two rows share would have been refused by the database.
    const verified = await store.verify(run.id)
    expect(verified).toMatchObject({ difference: null, foreignRows: {} })
    const [{ n }] = db.prepare('SELECT count(*) AS n FROM "Event"').all() as [{ n: number }]
    expect(n).toBeGreaterThan(0)
    expect(await store.rows(run.id)).toMatchObject({ Event: n })
    const person = '(SELECT min(id) FROM "User" WHERE id <> person)'
    db.exec(`UPDATE "Event" SET person = ${person} WHERE id = (SELECT max(id) FROM "Event" WHERE person IS NOT NULL)`)
    expect((await store.verify(run.id)).difference?.table).toBe('Event')
    await store.reset(run.id, 'all')
    const [{ left }] = db.prepare('SELECT count(*) AS left FROM "Event"').all() as [{ left: number }]
    expect(left).toBe(0)
    await store.close()
    db.close()
  })
})

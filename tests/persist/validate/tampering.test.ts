import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PrismaClient } from '../../../persist/generated/sqlite/client.ts'
import { openStore } from '../../../persist/index.ts'
import { type Validation, validateRun } from '../../../persist/validate/index.ts'
import { startRun } from '../../../run/index.ts'
import { resolveConfig } from '../../../sim/index.ts'

/** Limits low enough for a small run to be asserted of. */
const LIMITS = { people: 50, days: 5, observations: 5 }

let folder: string
let file: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingle-tampering-'))
  file = join(folder, 'run.db')
  const store = await openStore(`file:${file}`)
  await startRun(store, resolveConfig({ seed: 'tampering', count: 160 }), 12, { workers: 0 })
  await store.close()
}, 60_000)

afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Changes the rows, validates, and changes them back. */
async function after(...statements: readonly string[]): Promise<Validation> {
  const database = new Database(file)
  database.exec('PRAGMA foreign_keys = OFF')
  const copy = join(folder, 'tampered.db')
  database.exec(`VACUUM INTO '${copy}'`)
  database.close()
  const tampered = new Database(copy)
  tampered.exec('PRAGMA foreign_keys = OFF')
  for (const statement of statements) expect(tampered.prepare(statement).run().changes, statement).toBeGreaterThan(0)
  tampered.close()
  const client = new PrismaClient({ adapter: new PrismaLibSql({ url: pathToFileURL(copy).href }) })
  try {
    return await validateRun(client, 'sqlite', 'tampering', LIMITS)
  } finally {
    await client.$disconnect()
    rmSync(copy)
  }
}

function failing({ checks }: Validation): string[] {
  return checks.filter(({ ok }) => ok === false).map(({ id }) => id)
}

const FIRST_MESSAGE = '(SELECT min(id) FROM messages)'

describe('a check fails for what it is there for', () => {
  it.each([
    ['users.profiles', 'DELETE FROM profiles WHERE user_id = 3'],
    ['email.form', "UPDATE users SET email = 'me@example.com' WHERE id = 3"],
    ['rows.likes', 'DELETE FROM likes WHERE id = 5'],
    ['session.length', 'UPDATE sessions SET ended_at = started_at WHERE id = 5'],
    [
      'session.joined',
      "UPDATE users SET created_at = '2024-01-12T00:00:00.000+00:00' WHERE id IN (SELECT user_id FROM sessions)",
    ],
    ['seen.after', "UPDATE feed_seen SET seen_at = '2023-12-31T00:00:00.000+00:00' WHERE id = 5"],
    ['liked.after', "UPDATE liked_posts SET created_at = '2023-12-31T00:00:00.000+00:00' WHERE id = 5"],
    ['view.source', 'UPDATE profile_views SET viewed_id = 1 + viewed_id % 160 WHERE source_post_id IS NOT NULL'],
    ['like.self', 'UPDATE likes SET to_user_id = from_user_id WHERE id = 5'],
    ['match.likes', "UPDATE likes SET action = 'DISLIKE'"],
    ['message.match', `UPDATE messages SET sent_at = '2023-12-31T00:00:00.000+00:00' WHERE id = ${FIRST_MESSAGE}`],
    ['message.order', "UPDATE messages SET sent_at = '2024-01-09T23:59:59.999+00:00'"],
    ['time.run', "UPDATE posts SET created_at = '2024-01-13T00:00:00.000+00:00' WHERE id = 5"],
    ['orphan.messages', 'DELETE FROM matches WHERE id = (SELECT match_id FROM messages LIMIT 1)'],
    ['orphan.posts', 'UPDATE posts SET user_id = 9999 WHERE id = 5'],
    ['interests', 'DELETE FROM user_interests WHERE user_id < 20'],
    [
      'threads',
      "UPDATE matches SET created_at = '2024-01-01T00:00:09.000+00:00'",
      `DELETE FROM messages WHERE id > ${FIRST_MESSAGE}`,
    ],
    [
      'search',
      "INSERT INTO searchable_users SELECT 999999, 'a', 20, 'man', '', '', '', '', '', 0, 0, 0, 0, 0, NULL, 0",
    ],
  ])('%s', async (id, ...statements) => {
    const validation = await after(...statements)
    expect(failing(validation)).toContain(id)
    expect(validation.passed).toBe(false)
  })

  it('and finds nothing in the run as it is', async () => {
    expect(failing(await after('UPDATE users SET password_hash = password_hash'))).toEqual([])
  })
})

describe('a metric that fails', () => {
  it('names the days behind it', async () => {
    const { metrics, passed } = await after("UPDATE likes SET action = 'LIKE'")
    const rate = metrics.find(({ metric }) => metric.id === '1')!
    expect(rate.verdict).toBe('fail')
    expect(rate.behind).toHaveLength(3)
    expect(rate.behind[0]).toMatch(/^day \d+: 0\.\d{3} of \d+ likes$/)
    expect(passed).toBe(false)
  })

  it('names the people behind it', async () => {
    const { metrics } = await after("UPDATE profiles SET birthdate = '1950-05-05T00:00:00.000+00:00' WHERE user_id = 7")
    const age = metrics.find(({ metric }) => metric.id === '11.range')!
    expect(age).toMatchObject({ verdict: 'fail', behind: ['user 7: 73 years'] })
  })
})

describe('rows of the site itself', () => {
  it('are no part of the run', async () => {
    const time = "'2024-01-02T00:00:00.000+00:00'"
    const plain = await after('UPDATE users SET password_hash = password_hash')
    const mixed = await after(
      `INSERT INTO users (id, email, password_hash, created_at) VALUES (5000, 'real@example.com', '', ${time})`,
      `INSERT INTO posts (id, user_id, text, created_at) VALUES (90000, 3, 'typed by hand', ${time})`,
      `INSERT INTO likes (id, from_user_id, to_user_id, action, created_at) VALUES (9000000, 5000, 3, 'LIKE', ${time})`,
      `INSERT INTO liked_posts (id, user_id, post_id, created_at) VALUES (9000000, 5000, 1, ${time})`,
      `INSERT INTO sessions (id, user_id, started_at, ended_at) VALUES (9000000, 3, ${time}, ${time})`,
    )
    expect(mixed.metrics).toEqual(plain.metrics)
    expect(mixed.checks).toEqual(plain.checks)
  })
})

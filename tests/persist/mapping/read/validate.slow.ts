import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  type MingleConfig,
  openStore,
  type Plan,
  planMapping,
  problemText,
  readMetadata,
  rows,
  to,
  type Validation,
  validateDatabase,
  validateMapped,
} from '../../../../persist/index.ts'
import { checkPlan } from '../../../../persist/mapping/index.ts'
import { configFromSettings, extendRun, startRun } from '../../../../run/index.ts'
import { MARIADBD, startMariadb } from '../../servers/mariadb-server.ts'
import { type PostgresServer, query, startPostgres } from '../../servers/postgres-server.ts'
import { fixture, type Mariadb, prepareMariadb, prepareSnake, prepareSwipes, SCHEMAS } from '../site.ts'

/** Limits low enough for a small run to be asserted of. */
const LIMITS = { people: 50, days: 5, observations: 5 }
const CONFIG = configFromSettings({ seed: 'mapped and validated', count: 120 })

const folder = mkdtempSync(join(tmpdir(), 'mingle-mapped-'))
const empty = join(folder, 'empty.db')
let server: PostgresServer
let reference: Validation
const plans: Record<string, Plan> = {}
const urls: Record<string, string> = {}

async function fill(url: string, plan?: Plan): Promise<void> {
  const store = await openStore(url, plan ? { mapping: plan } : {})
  await startRun(store, CONFIG, 9, { workers: 0 })
  await extendRun(store, CONFIG.seed, { days: 3, join: 8 }, { workers: 0 })
  await store.close()
}

beforeAll(async () => {
  server = await startPostgres()
  for (const name of ['snake', 'swipes']) plans[name] = (await fixture(name)).plan
  await prepareSnake(empty)
  cpSync(empty, join(folder, 'snake.db'))
  urls.snake = `file:${join(folder, 'snake.db')}`
  urls.swipes = await server.createDatabase()
  await prepareSwipes(urls.swipes)
  const url = `file:${join(folder, 'default.db')}`
  await fill(url)
  await fill(urls.snake, plans.snake)
  await fill(urls.swipes, plans.swipes)
  reference = await validateDatabase(url, undefined, LIMITS)
}, 120_000)

afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** What was looked at must be what the reference schema shows, and nothing may be lost on the way. */
function expectAgreement({ run, checks, metrics, drift, unchecked }: Validation): void {
  expect(run).toMatchObject({ seed: CONFIG.seed, people: 128, days: 12 })
  for (const check of checks) {
    const { value, ok } = reference.checks.find(({ id }) => id === check.id)!
    expect({ id: check.id, value: check.value, ok: check.ok }).toEqual({ id: check.id, value, ok })
  }
  for (const row of metrics) {
    const { metric, n, value, verdict } = reference.metrics.find(({ metric: { id } }) => id === row.metric.id)!
    expect([metric.id, row.n, row.verdict]).toEqual([metric.id, n, verdict])
    if (Number.isNaN(value)) expect(row.value, metric.id).toBeNaN()
    else expect(row.value, metric.id).toBeCloseTo(value, 9)
  }
  expect(checks.length + unchecked.filter(({ kind }) => kind === 'check').length).toBe(reference.checks.length)
  expect(metrics.length + unchecked.filter(({ kind }) => kind === 'metric').length).toBe(reference.metrics.length)
  for (const { metric } of drift) expect(metrics.some((row) => row.metric.id === metric.id)).toBe(true)
}

const wanted = ({ unchecked }: Validation) => new Set(unchecked.flatMap(({ missing }) => missing))

describe('validate under a mapping', () => {
  it('sees in snake case what it sees in the reference schema, and names what is not there', async () => {
    const validation = await validateMapped(urls.snake!, plans.snake!, undefined, LIMITS)
    expectAgreement(validation)
    expect(wanted(validation)).toEqual(
      new Set([
        'profile (rows of its own)',
        'quiz_answer',
        'session',
        'post_picture',
        'profile.time_zone',
        'searchable_users',
      ]),
    )
    expect(validation.checks.map(({ id }) => id)).toContain('match.likes')
    expect(validation.metrics).toHaveLength(34)
  })

  it('sees it in merged swipes and uuid keys on PostgreSQL', async () => {
    const validation = await validateMapped(urls.swipes!, plans.swipes!, CONFIG.seed, LIMITS)
    expectAgreement(validation)
    expect(wanted(validation)).toEqual(
      new Set(['user_interest', 'profile_view', 'post_picture', 'profile.time_zone', 'searchable_users']),
    )
    expect(validation.metrics).toHaveLength(45)
  })

  describe.runIf(MARIADBD)('on MariaDB', () => {
    let maria: Mariadb
    beforeAll(async () => {
      maria = await startMariadb(MARIADBD!)
    }, 60_000)
    afterAll(() => maria?.stop())

    it.each([
      ['snake-mysql', 34],
      ['swipes-mysql', 45],
    ])(
      'sees it in %s',
      async (name, metrics) => {
        const { plan } = await fixture(name)
        const { url, name: database } = await maria.createDatabase()
        await prepareMariadb(maria, database, name)
        await fill(url, plan)
        const validation = await validateMapped(url, plan, CONFIG.seed, LIMITS)
        expectAgreement(validation)
        expect(validation.metrics).toHaveLength(metrics)
      },
      60_000,
    )
  })

  it('leaves no file behind, and changes none', async () => {
    // A folder for temporary files of its own: other tests fill theirs meanwhile.
    const temporary = mkdtempSync(join(folder, 'tmp-'))
    vi.stubEnv('TMPDIR', temporary)
    const dump = () => {
      const db = new Database(urls.snake!.slice('file:'.length))
      const tags = db.prepare('SELECT count(*) AS n, (SELECT count(*) FROM accounts) AS people FROM tags').all()
      db.close()
      return tags
    }
    const rowsBefore = dump()
    await validateMapped(urls.snake!, plans.snake!, undefined, LIMITS)
    await expect(validateMapped(urls.snake!, plans.snake!, 'nobody', LIMITS)).rejects.toThrow(
      'the database holds no run "nobody"',
    )
    vi.unstubAllEnvs()
    expect(readdirSync(temporary)).toEqual([])
    expect(dump()).toEqual(rowsBefore)
  })

  it.each([
    [
      'message.match',
      `UPDATE lines SET said_at = '2023-12-31T00:00:00.000+00:00' WHERE line_no = (SELECT min(line_no) FROM lines)`,
    ],
    ['match.likes', 'UPDATE swipes SET is_right = 0'],
    ['rows.likes', 'DELETE FROM swipes WHERE swipe_no = (SELECT min(swipe_no) FROM swipes)'],
    ['like.self', 'UPDATE looks SET page_of = account WHERE page_of IS NOT NULL'],
    ['seen.after', `UPDATE looks SET looked_at = '2023-12-31T00:00:00.000+00:00' WHERE kind = 'note'`],
    ['orphan.messages', 'DELETE FROM conversations WHERE conversation_no = (SELECT min(conversation) FROM lines)'],
    ['match.likes', 'DELETE FROM seats WHERE account = (SELECT min(account) FROM seats)'],
    ['email.form', `UPDATE accounts SET e_mail = 'me@example.org' WHERE account_no = 5`],
  ])('%s fails where it should: %s', async (id, change) => {
    const file = join(folder, 'tampered.db')
    new Database(urls.snake!.slice('file:'.length)).exec(`VACUUM INTO '${file}'`)
    const db = new Database(file)
    db.exec('PRAGMA foreign_keys = OFF')
    expect(db.prepare(change).run().changes).toBeGreaterThan(0)
    db.close()
    const { checks, passed } = await validateMapped(`file:${file}`, plans.snake!, undefined, LIMITS)
    rmSync(file)
    expect(checks.filter(({ ok }) => ok === false).map((check) => check.id)).toContain(id)
    expect(passed).toBe(false)
  })

  it('names rows by the keys that the site has for them', async () => {
    const [post] = await query(
      urls.swipes!,
      'SELECT id, "createdAt"::text AS at FROM activity."Post" ORDER BY "createdAt" LIMIT 1',
    )
    await query(urls.swipes!, `UPDATE activity."Post" SET "createdAt" = '2031-01-01' WHERE id = '${post!.id}'`)
    const [person] = await query(urls.swipes!, 'SELECT id, email FROM people."User" ORDER BY email LIMIT 1')
    await query(urls.swipes!, `UPDATE people."User" SET email = 'x@example.org' WHERE id = '${person!.id}'`)
    const { checks } = await validateMapped(urls.swipes!, plans.swipes!, undefined, LIMITS)
    await query(urls.swipes!, `UPDATE activity."Post" SET "createdAt" = '${post!.at}' WHERE id = '${post!.id}'`)
    await query(urls.swipes!, `UPDATE people."User" SET email = '${person!.email}' WHERE id = '${person!.id}'`)
    expect(checks.find(({ id }) => id === 'email.form')).toMatchObject({ ok: false, detail: `ids ${person!.id}` })
    expect(checks.find(({ id }) => id === 'time.run')).toMatchObject({ ok: false, detail: '' })
  })

  it('a part of a person that is missing is found', async () => {
    await query(urls.swipes!, 'CREATE TABLE kept AS SELECT * FROM people."Location"')
    await query(
      urls.swipes!,
      'DELETE FROM people."Location" WHERE "profileId" = (SELECT min("profileId") FROM people."Location")',
    )
    const { checks } = await validateMapped(urls.swipes!, plans.swipes!, undefined, LIMITS)
    expect(checks.filter(({ ok }) => ok === false)).toMatchObject([{ id: 'whole.profile → Location', value: 1 }])
    await query(urls.swipes!, 'INSERT INTO people."Location" SELECT * FROM kept EXCEPT SELECT * FROM people."Location"')
  })
})

describe('what a mapping tells', () => {
  /** The snake schema with another mapping of some facts. */
  async function validated(map: MingleConfig['map']): Promise<Validation> {
    const { config } = await fixture('snake')
    const metadata = readMetadata(join(SCHEMAS, 'snake'))
    const planned = planMapping({ ...config, map: { ...config.map, ...map } }, metadata)
    const plan = { ...planned, problems: [...planned.problems, ...checkPlan(planned)] }
    expect(plan.problems.map(problemText)).toEqual([])
    const file = join(folder, 'other.db')
    cpSync(empty, file)
    await fill(`file:${file}`, plan)
    try {
      return await validateMapped(`file:${file}`, plan, undefined, LIMITS)
    } finally {
      rmSync(file)
    }
  }

  it('functions that give a column back, in other words or none, are seen through', async () => {
    const validation = await validated({
      like: to(
        'swipe',
        { from_user_id: 'by_id', to_user_id: 'of_id' },
        { set: { right: (row) => row.action === 'LIKE', at: (row) => row.created_at } },
      ),
      message: rows('line', ['conversation_id', 'author_id', 'words', 'said'], (row) => ({
        conversation_id: row.match_id,
        author_id: row.sender_id,
        words: row.body.toUpperCase(),
        said: row.sent_at,
      })),
    })
    expectAgreement(validation)
    expect(wanted(validation).has('like.action')).toBe(false)
    expect(validation.metrics).toHaveLength(34)
  })

  it('functions that lose something are not trusted', async () => {
    const validation = await validated({
      like: to(
        'swipe',
        { from_user_id: 'by_id', to_user_id: 'of_id', liked: 'right' },
        { set: { at: (row) => new Date(Math.floor(row.created_at / 86_400_000) * 86_400_000) } },
      ),
      message: rows('line', ['conversation_id', 'author_id', 'words', 'said'], (row) =>
        row.body.length > 40
          ? null
          : { conversation_id: row.match_id, author_id: row.sender_id, words: row.body, said: row.sent_at },
      ),
    })
    expectAgreement(validation)
    for (const want of ['like.created_at (exact)', 'like.created_at', 'message'])
      expect(wanted(validation)).toContain(want)
    const ids = validation.metrics.map(({ metric }) => metric.id)
    for (const id of ['1', '2', '3', '4', '16.median']) expect(ids).not.toContain(id)
    expect(ids).toContain('13.women')
  })

  it('likes without dislikes tell the match rate, and no like rate', async () => {
    const validation = await validated({
      like: to(
        'swipe',
        { from_user_id: 'by_id', to_user_id: 'of_id', created_at: 'at' },
        { where: { action: 'LIKE' }, set: { right: true } },
      ),
    })
    const likes = validation.checks.find(({ id }) => id === 'rows.likes')!
    expect(likes.ok).toBe(true)
    expect(likes.value).toBeLessThan(reference.checks.find(({ id }) => id === 'rows.likes')!.value)
    expect(wanted(validation)).toContain('like (DISLIKE)')
    const ids = validation.metrics.map(({ metric }) => metric.id)
    for (const id of ['1', '14.men', '14.order']) {
      expect(ids).toContain(id)
      expect(validation.metrics.find(({ metric }) => metric.id === id)!.value).toBeCloseTo(
        reference.metrics.find(({ metric }) => metric.id === id)!.value,
        9,
      )
    }
    for (const id of ['13.women', '20.distance', 't.selectivity.likes']) expect(ids).not.toContain(id)
  })

  it('without people there is nothing to check', async () => {
    await expect(
      validated({
        user: [],
        picture: [],
        like: [],
        match: [],
        message: [],
        post: [],
        liked_post: [],
        feed_seen: [],
        profile_view: [],
        user_interest: [],
      } as never),
    ).rejects.toThrow(/keeps no row of a person/)
  })
})

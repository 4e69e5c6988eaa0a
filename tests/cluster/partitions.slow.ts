import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDays } from '../../cluster/control/open-days.ts'
import { makePlan, openObjects, outputOf, Standing, TaskHand } from '../../cluster/index.ts'
import { configFromSettings } from '../../run/index.ts'
import { type PostgresServer, query, startPostgres } from '../persist/servers/postgres-server.ts'
import { contentOfDatabase } from './machines/databases.ts'
import { mingle } from './machines/processes.ts'

const RUN = ['--run-seed', 'parts', '--count', '160', '--days', '3', '--market', 'division']
const folder = mkdtempSync(join(tmpdir(), 'mingle-partitions-'))
let server: PostgresServer
/** A run on one machine, into plain tables. */
let plain = ''

beforeAll(async () => {
  server = await startPostgres()
  plain = await server.createDatabase()
  await well('run', ...RUN, '--skip-jobs', '--database-url', plain)
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

describe('tables of days in PostgreSQL that are kept by day', () => {
  it('hold the rows that tasks write, each day in partitions of its own; and the run goes on, is validated and reset', async () => {
    const url = await server.createDatabase()
    const plan = join(folder, 'plan')
    await well('plan', 'run', ...RUN, '--partition', 'on', '--database-url', url, '--out', plan)
    const parts = ['0', '1'].map((part) =>
      well('task', 'run', plan, '--part', part, '--parts', '2', '--database-url', url),
    )
    await Promise.all(parts)
    await well('plan', 'finish', plan, '--database-url', url)
    expect(await contentOfDatabase(url)).toEqual(await contentOfDatabase(plain))
    for (const day of [0, 1, 2]) {
      const [rows] = await query(
        url,
        `SELECT count(*) AS n, min(seen_at)::date AS first, max(seen_at)::date AS last FROM public_days.feed_seen_run_1_day_${day}`,
      )
      expect(Number(rows!.n)).toBeGreaterThan(100)
      expect([rows!.first, rows!.last]).toEqual([`2024-01-0${day + 1}`, `2024-01-0${day + 1}`])
    }
    expect(await countOf(url, 'public_days.feed_seen_rest')).toBe(0)

    for (const each of [url, plain]) await well('extend', '--days', '1', '--skip-jobs', '--database-url', each)
    expect(await contentOfDatabase(url)).toEqual(await contentOfDatabase(plain))
    expect(await countOf(url, 'public_days.messages_rest')).toBe(0)
    await well('verify', '--database-url', url)
    expect(await brokenChecks(url)).toEqual([])

    // What PostgreSQL does not see: the same pair on two days.
    await query(
      url,
      'UPDATE likes SET from_user_id = f.from_user_id, to_user_id = f.to_user_id FROM (SELECT * FROM public_days.likes_run_1_day_0 LIMIT 1) f ' +
        'WHERE likes.id = (SELECT max(id) FROM public_days.likes_run_1_day_2)',
    )
    expect(await brokenChecks(url)).toContain('like.once')
    await well('reset', 'all', '--yes', '--database-url', url)
    expect(await partitionsOf(url)).toEqual([])
    await well('run', ...RUN, '--skip-jobs', '--database-url', url)
    expect((await partitionsOf(url)).length).toBeGreaterThan(20)
    expect(await countOf(url, 'feed_seen')).toBeGreaterThan(300)
  }, 400_000)

  it('go with a plan that is given up half-way, and another takes its place', async () => {
    const url = await server.createDatabase()
    const options = { where: url, partition: true }
    const half = configFromSettings({ seed: 'half', count: 60, market: 'division' })
    const control = await openObjects(join(folder, 'half'))
    const given = await makePlan(half, 3, outputOf(url), control, options)
    const order = { plan: given, control: join(folder, 'half'), output: url }
    const standing = new Standing(given, control)
    const hand = new TaskHand()
    for (const task of standing.counting) await hand.carryOut({ ...order, task })
    const [task] = (await standing.writing())!
    await openDays(standing, url)
    await hand.carryOut({ ...order, task: task! })
    await control.close()
    expect((await partitionsOf(url)).length).toBeGreaterThan(20)
    await well('reset', 'all', '--yes', '--database-url', url)
    expect(await partitionsOf(url)).toEqual([])
    await well('run', ...RUN, '--skip-jobs', '--database-url', url)
    expect((await partitionsOf(url)).every((name) => name.includes('_run_1_day_'))).toBe(true)
    await well('verify', '--database-url', url)
  }, 200_000)

  it('refuses tables that hold rows, and places that have no partitions', async () => {
    const full = await mingle(
      'run',
      ...RUN.slice(2),
      '--run-seed',
      'more',
      '--partition',
      'on',
      '--database-url',
      plain,
    )
    expect(full.code).toBe(2)
    expect(full.stderr).toMatch(/holds rows already, and only empty tables can be partitioned by day/)
    const files = await mingle('run', ...RUN, '--partition', 'on', '--database-url', `ndjson:${folder}/files`)
    expect(files.code).toBe(2)
    expect(files.stderr).toMatch(/--partition on is for the reference schema in PostgreSQL/)
  })
})

async function well(...words: string[]): Promise<void> {
  const { code, stderr } = await mingle(...words)
  expect(code, `${words.join(' ')}: ${stderr}`).toBe(0)
}

/** Checks of a validation that fail. */
async function brokenChecks(url: string): Promise<string[]> {
  const { stdout } = await mingle('validate', '--json', '--database-url', url)
  const { checks } = JSON.parse(stdout) as { checks: { id: string; ok: boolean | null }[] }
  return checks.filter(({ ok }) => ok === false).map(({ id }) => id)
}

async function countOf(url: string, table: string): Promise<number> {
  return Number((await query(url, `SELECT count(*) AS n FROM ${table}`))[0]!.n)
}

/** Those of days. */
async function partitionsOf(url: string): Promise<string[]> {
  const rows = await query(
    url,
    "SELECT relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE nspname = 'public_days' AND relkind = 'r' AND relname NOT LIKE '%_rest' ORDER BY 1",
  )
  return rows.map(({ name }) => name!)
}

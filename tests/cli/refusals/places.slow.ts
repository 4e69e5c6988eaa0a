import { existsSync, statSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Workplace } from '../command-line.ts'

const place = new Workplace()
afterAll(() => place.remove())
const PEOPLE = ['--run-seed', 'places', '--count', '40', '--skip-jobs']
const DAYS = ['--days', '3']

/** Says what to do, for this command, in one line. */
function expectAdvice({ code, stderr }: { code: number | null; stderr: string }, advice: RegExp): void {
  expect(code, stderr).toBe(1)
  expect(stderr.trimEnd().split('\n').at(-1)).toMatch(advice)
  expect(stderr).not.toContain('not expected')
}

describe('a place that is full', () => {
  beforeAll(async () => {
    expect((await place.mingle(['run', ...PEOPLE, ...DAYS, '--database-url', 'ndjson:./out'])).code).toBe(0)
  })

  it('ends a run, which resume goes on with', async () => {
    const to = ['--database-url', 'file:./run.db']
    expectAdvice(
      await place.mingleWithin(1500, ['run', ...PEOPLE, '--days=30', ...to]),
      /make room there; what was written stays\. To go on: mingle resume --run-seed places --database-url file:\.\/run\.db$/,
    )
    expect((await place.mingle(['resume', '--skip-jobs', ...to])).code).toBe(0)
  })

  it('ends the jobs of a run, which mingle jobs goes on with', async () => {
    const to = ['--database-url', 'file:./jobs.db']
    expect((await place.mingle(['run', ...PEOPLE, ...DAYS, ...to])).code).toBe(0)
    // Room for one day more, and for less than all that derives from them.
    const kilobytes = statSync(join(place.folder, 'jobs.db')).size / 1024 + 120
    expectAdvice(
      await place.mingleWithin(kilobytes, ['extend', '--days', '1', '--snapshot-dir', 'off', ...to]),
      /make room there; .*; the run is complete\. To go on with the derived tables: mingle jobs --database-url file:\.\/jobs\.db$/,
    )
    expect((await place.mingle(['jobs', ...to])).code).toBe(0)
  })

  it('ends mingle load, of which nothing is left: it is given again', async () => {
    const full = await place.mingleWithin(300, ['load', './out', 'file:./loaded.db'])
    expectAdvice(full, /make room there, then the same command again$/)
    expect(full.stderr).not.toContain('resume')
    expect((await place.mingle(['load', './out', 'file:./loaded.db'])).code).toBe(0)
    expect((await place.mingle(['verify', '--database-url', 'file:./loaded.db'])).code).toBe(0)
  })

  it('ends plan finish, which is given again', async () => {
    const plan = ['plan', 'run', ...PEOPLE.slice(0, -1), ...DAYS, '--database-url', 'ndjson:./tasks', '--out', 'plan']
    for (const words of [plan, ['task', 'run', 'plan']]) expect((await place.mingle(words)).code).toBe(0)
    const full = await place.mingleWithin(4, ['plan', 'finish', 'plan'])
    expectAdvice(full, /no room in .*make some there, then the same command again$/)
    expect(full.stderr).not.toContain('resume')
    expect(existsSync(join(place.folder, 'tasks', '_SUCCESS'))).toBe(false)
    expect((await place.mingle(['plan', 'finish', 'plan'])).code).toBe(0)
  })
})

describe('a place that another process keeps to itself', () => {
  it('ends a run, which resume goes on with', async () => {
    const to = ['--database-url', 'file:./locked.db']
    const running = place.mingle(['run', ...PEOPLE, '--days', '200', ...to])
    const other = await keptFrom(join(place.folder, 'locked.db'))
    expectAdvice(
      await running,
      /is locked by another process; .*; what was written stays\. To go on: mingle resume --run-seed places --database-url file:\.\/locked\.db$/,
    )
    other.exec('ROLLBACK')
    other.close()
    expect((await place.mingle(['resume', '--skip-jobs', ...to])).code).toBe(0)
    expect((await place.mingle(['verify', ...to])).code).toBe(0)
  })
})

/** Keeps a database from a run as soon as it has written a day. */
async function keptFrom(file: string): Promise<InstanceType<typeof Database>> {
  while (!existsSync(file)) await sleep(20)
  const database = new Database(file)
  for (;;) {
    await sleep(5)
    try {
      database.exec('BEGIN IMMEDIATE')
    } catch {
      // The run itself is at it.
      continue
    }
    try {
      if (database.prepare('SELECT 1 FROM seed_run_days WHERE chunk = 0').get() !== undefined) return database
    } catch {
      // It has no tables yet.
    }
    database.exec('ROLLBACK')
  }
}

describe('a server that is named, and does not answer', () => {
  const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'nobody', AWS_SECRET_ACCESS_KEY: 'nothing' }
  const run = ['run', '--count', '5', '--days', '1', '--database-url']

  it('is told from one that takes the connection and ends it, as a proxy does whose server is away', async () => {
    const proxy = createServer((socket) => socket.destroy())
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const { port } = proxy.address() as AddressInfo
    const { code, stderr } = await place.mingle(['runs', '--database-url', `postgresql://127.0.0.1:${port}/site`])
    proxy.close()
    expect(stderr).toMatch(/takes no connection \(.*\); is a PostgreSQL running there, and the port right\?\n$/)
    expect(code).toBe(2)
  })

  // One rule for all: nothing was begun, so what the command names is to be looked at.
  it.concurrent.each([
    ['a PostgreSQL', [...run, 'postgresql://127.0.0.1:1/site'], 'postgresql://127.0.0.1:1/site does not answer'],
    ['a MySQL', [...run, 'mysql://me@127.0.0.1:1/site'], 'does not answer'],
    ['a bucket', [...run, 'parquet:s3://site/run?endpoint=http://127.0.0.1:1'], 'does not answer'],
    ['a Redis as a queue', ['worker', '--queue', 'redis://127.0.0.1:1'], 'there is no queue at redis://127.0.0.1:1'],
    ['a PostgreSQL as a queue', ['worker', '--queue', 'postgresql://127.0.0.1:1/site'], 'there is no queue at'],
    ['the queue of a run', [...run, 'parquet:./never', '--cluster', 'redis://127.0.0.1:1'], 'there is no queue at'],
    ['the place of a plan', ['task', 'run', 'postgresql://127.0.0.1:1/site#plan'], 'does not answer'],
  ])('ends the command with 2, before anything is done: %s', { timeout: 120_000 }, async (_, words, says) => {
    const { code, stderr } = await place.mingle(words, CREDENTIALS)
    expect(code, stderr).toBe(2)
    expect(stderr).toContain(says)
    expect(stderr).not.toContain('not expected')
    expect(existsSync(join(place.folder, 'never'))).toBe(false)
  })

  // Such as a server of another kind, which waits for words that it knows.
  it.concurrent.each([
    ['a PostgreSQL', [...run, 'postgresql://SILENT/site'], 'does not answer'],
    ['a MySQL', [...run, 'mysql://me@SILENT/site'], 'does not answer'],
    ['a Redis as a queue', ['worker', '--queue', 'redis://SILENT'], 'there is no queue at redis:'],
    ['a PostgreSQL as a queue', ['worker', '--queue', 'postgresql://SILENT/site'], 'there is no queue at postgresql:'],
    ['the place of a plan', ['task', 'run', 'postgresql://SILENT/site#plan'], 'does not answer'],
  ])('ends the command, though it takes the connection: %s', { timeout: 120_000 }, async (_, words, says) => {
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const host = `127.0.0.1:${(silent.address() as AddressInfo).port}`
    const { child, outcome } = place.start(words.map((word) => word.replace('SILENT', host)))
    const late = setTimeout(() => child.kill('SIGKILL'), 60_000)
    const { code, stderr } = await outcome
    clearTimeout(late)
    silent.close()
    expect(code, stderr).toBe(2)
    expect(stderr).toContain(says)
    expect(stderr).not.toContain('not expected')
  })
})

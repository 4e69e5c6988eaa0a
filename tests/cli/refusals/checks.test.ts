import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Workplace } from '../command-line.ts'
import { count, tablesOf } from '../rows.ts'

const place = new Workplace()
const file = join(place.folder, 'mingle.db')
const RUN = ['--run-seed', 'checked', '--count', '60', '--days', '8', '--json']

function change(sql: string): void {
  const database = new Database(file)
  database.exec(sql)
  database.close()
}

beforeAll(async () => {
  const outcome = await place.mingle(['run', ...RUN])
  expect(outcome.code, outcome.stderr).toBe(0)
}, 120_000)
afterAll(() => place.remove())

describe('what is written can be checked, and removed', () => {
  it('validate finds nothing wrong', async () => {
    const { code, stdout, stderr } = await place.mingle(['validate', '--json'])
    expect(code, stderr).toBe(0)
    const result = JSON.parse(stdout)
    expect(result).toMatchObject({ passed: true, run: { seed: 'checked', people: 60, days: 8 } })
    expect(result.metrics['9']).toMatchObject({ name: 'quiz completed', n: 60, verdict: 'not asserted' })
  })

  it('verify finds the rows that were written, then the one that was changed', async () => {
    const whole = await place.mingle(['verify'])
    expect(whole.stdout).toContain("run 'checked' is as it was written")
    expect(whole.code).toBe(0)
    change("update messages set body = body || '!' where id = (select max(id) from messages)")
    const changed = await place.mingle(['verify', '--json'])
    expect(changed.code).toBe(1)
    expect(JSON.parse(changed.stdout).difference).toMatchObject({ table: 'messages' })
  })

  it('validate names a check that fails, and its exit code says so', async () => {
    change('delete from users where id = (select min(sender_id) from messages)')
    const { code, stdout } = await place.mingle(['validate'])
    expect(stdout).toContain('WRONG')
    expect(stdout).toContain('Something that must hold does not.')
    expect(code).toBe(1)
  })

  it('reset removes the run and leaves the rows of others', async () => {
    change(
      "insert into users (email, password_hash, created_at) values ('owner@example.org', 'x', '2020-01-01T00:00:00.000+00:00')",
    )
    expect(await place.mingle(['reset'])).toMatchObject({ code: 2, stdout: '' })
    const activity = await place.mingle(['reset', '--run-seed', 'checked', '--activity'])
    expect(activity.code, activity.stderr).toBe(0)
    expect(count(file, 'select count(*) from messages')).toBe(0)
    expect(count(file, 'select count(*) from profiles')).toBeGreaterThan(50)
    const all = await place.mingle(['reset', '--run-seed', 'checked'])
    expect(all.code, all.stderr).toBe(0)
    expect((await place.mingle(['runs'])).stdout).toContain('no runs in')
    expect(tablesOf(file).users!.rows).toBe(1)
    expect((await place.mingle(['run', ...RUN])).code).toBe(2)
    expect((await place.mingle(['run', ...RUN, '--into-existing'])).code).toBe(0)
  })
})

describe('scorecard', () => {
  it('judges seeds without a database', async () => {
    const { code, stdout, stderr } = await place.mingle([
      'scorecard',
      '--seeds',
      '2',
      '--count',
      '60',
      '--days',
      '3',
      '--json',
    ])
    expect(code, stderr).toBe(0)
    const result = JSON.parse(stdout)
    expect(result).toMatchObject({ seeds: 2, people: 60, days: 3, holds: true })
    expect(result.metrics['9']).toMatchObject({ name: 'quiz completed', seeds: 0, verdict: 'not asserted' })
    expect(result.metrics['9'].mean).toBeGreaterThan(0.5)
    expect(stderr).toContain('2/2 seeds')
  })
})

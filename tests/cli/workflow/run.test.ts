import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Outcome, Workplace } from '../command-line.ts'
import { count, tablesOf } from '../rows.ts'

/** 2024-03-07 to 03-12: the clocks of most cities change on the 10th. */
const RUN = ['--run-seed', 'demo', '--count', '80', '--start-date', '2024-03-07']
const place = new Workplace()
const file = (name: string): string => join(place.folder, `${name}.db`)
const url = (name: string): string[] => ['--database-url', `file:./${name}.db`]
const run = (name: string, ...more: string[]): Promise<Outcome> =>
  place.mingle(['run', ...RUN, '--days', '6', ...url(name), '--json', ...more])

let first: Outcome
beforeAll(async () => {
  first = await run('first')
}, 120_000)
afterAll(() => place.remove())

describe('mingle run', () => {
  it('prints one JSON object on stdout', () => {
    expect(first.code, first.stderr).toBe(0)
    expect(first.stdout.trimEnd().split('\n')).toHaveLength(1)
    const result = JSON.parse(first.stdout)
    expect(result).toMatchObject({ seed: 'demo', status: 'finished', people: 80, days: 6, startDate: '2024-03-07' })
    expect(result.digest).toMatch(/^[0-9a-f]{32}$/)
    expect(result.metrics['1']).toMatchObject({ name: 'match rate', low: 0.05, high: 0.15 })
    expect(result.seconds.total).toBeGreaterThan(0)
    const tables = tablesOf(file('first'))
    for (const [table, rows] of Object.entries(result.rows)) expect([table, rows]).toEqual([table, tables[table]!.rows])
    expect(result.rows.users).toBe(80)
    expect(result.rows.messages).toBeGreaterThan(0)
  })

  it('leaves no effect before its cause, and no orphan', () => {
    const none = (sql: string): void => expect(count(file('first'), sql), sql).toBe(0)
    none('select count(*) from pragma_foreign_key_check')
    none('select count(*) from messages m join matches a on a.id = m.match_id where m.sent_at <= a.created_at')
    none('select count(*) from liked_posts l join posts p on p.id = l.post_id where l.created_at <= p.created_at')
    none('select count(*) from feed_seen s join posts p on p.id = s.post_id where s.seen_at <= p.created_at')
  })

  it.each<[string, string[], Record<string, string>]>([
    [
      'with one worker in another time zone and locale',
      ['--workers', '1'],
      { TZ: 'Asia/Tokyo', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
    ],
    ['without workers, on the reference queue', ['--workers=0', '--queue', 'tinyqueue'], {}],
  ])('gives the same digest and rows %s', async (what, options, env) => {
    const name = what.replaceAll(/\W+/g, '-')
    const again = await place.mingle(['run', ...RUN, '--days', '6', ...url(name), '--json', ...options], env)
    expect(again.code, again.stderr).toBe(0)
    const { digest, rows, metrics } = JSON.parse(first.stdout)
    expect(JSON.parse(again.stdout)).toMatchObject({ digest, rows, metrics })
    // The queue is part of the recorded configuration.
    const leaveOut = options.includes('--queue') ? ['seed_runs'] : []
    expect(tablesOf(file(name), leaveOut)).toEqual(tablesOf(file('first'), leaveOut))
  })

  it('is its two phases together', async () => {
    const profiles = await place.mingle(['profiles', ...RUN, ...url('phases')])
    expect(profiles.code, profiles.stderr).toBe(0)
    expect(count(file('phases'), 'select count(*) from sessions')).toBe(0)
    const early = await place.mingle(['activity', '--start-date', '2024-03-01', ...url('phases')])
    expect(early).toMatchObject({ code: 2, stdout: '' })
    expect(early.stderr).toContain('its next day is 2024-03-07, got --start-date 2024-03-01')
    const activity = await place.mingle(['activity', '--days', '6', ...url('phases'), '--json'])
    expect(activity.code, activity.stderr).toBe(0)
    const { digest, rows } = JSON.parse(first.stdout)
    expect(JSON.parse(activity.stdout)).toMatchObject({ digest, rows })
    const segments = ['seed_run_segments']
    expect(tablesOf(file('phases'), segments)).toEqual(tablesOf(file('first'), segments))
  })

  it('in parts is the whole: 2 days and an extension of 4', async () => {
    expect((await place.mingle(['run', ...RUN, '--days', '2', ...url('parts')])).code).toBe(0)
    const extended = await place.mingle(['extend', '--days', '4', ...url('parts'), '--json'])
    expect(extended.code, extended.stderr).toBe(0)
    const { digest, rows, metrics } = JSON.parse(first.stdout)
    expect(JSON.parse(extended.stdout)).toMatchObject({ digest, rows, metrics })
    const segments = ['seed_run_segments']
    expect(tablesOf(file('parts'), segments)).toEqual(tablesOf(file('first'), segments))
  })

  it('refuses a seed that the database holds, and writes nothing', async () => {
    const before = tablesOf(file('first'))
    const again = await run('first')
    expect(again).toMatchObject({ code: 2, stdout: '' })
    expect(again.stderr).toContain("already holds run 'demo'")
    expect(again.stderr).toContain('mingle extend --run-seed demo')
    expect(again.stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(tablesOf(file('first'))).toEqual(before)
  })

  it('gives the same facts beside another run', async () => {
    const other = await place.mingle([
      'run',
      '--run-seed',
      '007',
      '--count',
      '30',
      '--days',
      '2',
      ...url('both'),
      '--json',
    ])
    expect(JSON.parse(other.stdout)).toMatchObject({ seed: '007', people: 30 })
    const beside = await run('both')
    expect(JSON.parse(beside.stdout).digest).toBe(JSON.parse(first.stdout).digest)
    const runs = await place.mingle(['runs', ...url('both'), '--json'])
    expect(JSON.parse(runs.stdout).runs.map((each: { seed: string }) => each.seed)).toEqual(['007', 'demo'])
    const which = await place.mingle(['extend', ...url('both')])
    expect(which).toMatchObject({ code: 2 })
    expect(which.stderr).toContain('say which: --run-seed 007, --run-seed demo')
    for (const [command, option] of [
      ['verify', '--run=2'],
      ['validate', '--run=demo'],
    ] as const) {
      const named = await place.mingle([command, option, ...url('both'), '--json'])
      expect(named.stdout, named.stderr).toContain('"seed":"demo"')
    }
    expect(await place.mingle(['reset', '--run', 'nobody', ...url('both')])).toMatchObject({ code: 2, stdout: '' })
  })

  it('takes its database from the environment', async () => {
    const outcome = await place.mingle(['run', ...RUN, '--days', '1'], { DATABASE_URL: 'file:./environment.db' })
    expect(outcome.code, outcome.stderr).toBe(0)
    expect(existsSync(file('environment'))).toBe(true)
    expect(existsSync(file('mingle'))).toBe(false)
    expect(outcome.stdout).toContain('match rate')
    expect(outcome.stdout).toMatch(/digest {4}[0-9a-f]{32}\n/)
    expect(outcome.stderr).toContain('1/1 days')
  })

  it('draws a seed when none is given, and says how to repeat the run', async () => {
    const outcome = await place.mingle([
      'run',
      '--count',
      '20',
      '--days',
      '1',
      '--women',
      '0.4',
      '--set',
      'policy.deck.tries=5',
      '--writer',
      'none',
      '--json',
    ])
    expect(outcome.code, outcome.stderr).toBe(0)
    const repeat = /The same run again: mingle (run .+)$/m.exec(outcome.stderr)![1]!.split(' ')
    expect(repeat).toContain('2024-01-01')
    expect(repeat.slice(-2)).toEqual(['--writer', 'none'])
    const again = await place.mingle([...repeat, '--json'])
    expect(JSON.parse(again.stdout).digest).toBe(JSON.parse(outcome.stdout).digest)
    expect(existsSync(file('mingle'))).toBe(false)
  })

  it('prints one person as the run has them', async () => {
    const outcome = await place.mingle(['user', '--run-seed', 'demo', '--start-date', '2024-03-07', '--user-id', '17'])
    const person = JSON.parse(outcome.stdout)
    expect(person).toMatchObject({ k: 17 })
    const bio = `select count(*) from profiles where display_name = '${person.displayName.replaceAll("'", "''")}'`
    expect(count(file('first'), bio)).toBeGreaterThan(0)
  })
})

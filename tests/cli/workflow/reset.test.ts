import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Workplace } from '../command-line.ts'
import { count, tablesOf } from '../rows.ts'

const place = new Workplace()
const file = join(place.folder, 'mingle.db')
const rows = (sql: string): number => count(file, sql)
const raw = () => tablesOf(file, ['seed_runs', 'seed_run_segments', 'seed_run_days'])

beforeAll(async () => {
  const { code, stderr } = await place.mingle([
    'run',
    '--run-seed',
    'gone',
    '--count',
    '30',
    '--days',
    '2',
    '--skip-jobs',
  ])
  expect(code, stderr).toBe(0)
}, 300_000)
afterAll(() => place.remove())

describe('mingle reset', () => {
  it('asks first, and where nobody can answer removes nothing', async () => {
    const before = raw()
    const { code, stdout, stderr } = await place.mingle(['reset', 'activity'])
    expect([code, stderr]).toEqual([
      2,
      'mingle: nobody is there to confirm it; add --yes, or --dry-run to see what would go\n',
    ])
    expect(stdout).toMatch(/^sessions +\d/m)
    const dry = await place.mingle(['reset', 'all', '--dry-run', '--json'])
    expect(JSON.parse(dry.stdout)).toMatchObject({ what: 'all', seed: 'gone', removed: false, rows: { users: 30 } })
    expect(raw()).toEqual(before)
  })

  it('removes the days, which activity then writes again', async () => {
    const before = raw()
    const database = new Database(file)
    const at = "'2024-01-03T00:00:00.000+00:00'"
    database.exec(`insert into seed_jobs (job, as_of) values ('build-user-traits', ${at})`)
    database.exec(
      `insert into user_traits (user_id, trait, value, computed_at) select min(id), 'x', 1, ${at} from users`,
    )
    const reset = await place.mingle(['reset', 'activity', '--run-seed', 'gone', '--yes'])
    expect(reset.code, reset.stderr).toBe(0)
    expect(reset.stdout).toContain("removed the days of run 'gone'; its people stay")
    expect(reset.stdout).toContain(
      "still in user_traits: 'mingle jobs' computes it anew, 'mingle reset derived' removes",
    )
    database.exec('delete from user_traits; delete from seed_jobs')
    database.close()
    expect([rows('select count(*) from sessions'), rows('select count(*) from users')]).toEqual([0, 30])
    const again = await place.mingle(['activity', '--days', '2', '--skip-jobs'])
    expect(again.code, again.stderr).toBe(0)
    expect(raw()).toEqual(before)
  }, 300_000)

  it('is stopped by rows of others, counted by table, unless they shall go too', async () => {
    const database = new Database(file)
    database.exec(
      'create table comments (id integer primary key, post_id integer references posts(id) on delete cascade)',
    )
    database.exec('insert into comments (post_id) select id from posts limit 3')
    database.close()
    const before = tablesOf(file)
    for (const which of [['all'], ['activity', '--yes'], ['--run-seed', 'gone']]) {
      const { code, stderr } = await place.mingle(['reset', ...which])
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining("hang on rows of run 'gone': 3 of comments. Nothing was removed"),
      ])
    }
    for (const [words, told] of [
      [[], /comments +3 +of others, and what hangs on them: --with-dependents takes them along\n/],
      [['--with-dependents'], /comments +3 +of others, and what hangs on them\n/],
    ] as const) {
      expect((await place.mingle(['reset', 'all', '--dry-run', ...words])).stdout).toMatch(told)
    }
    expect(tablesOf(file)).toEqual(before)
    const gone = await place.mingle(['reset', 'all', '--with-dependents', '--yes', '--json'])
    expect(JSON.parse(gone.stdout)).toMatchObject({
      dependents: { comments: 3 },
      lookups: { interests: 122 },
      removed: true,
    })
    expect(Object.values(tablesOf(file, ['_prisma_migrations'])).every((table) => table.rows === 0)).toBe(true)
  }, 300_000)

  it('removes what jobs derived without a run, and says what of others stays', async () => {
    const database = new Database(file)
    database.exec('pragma foreign_keys = off')
    database.exec(`insert into user_traits (user_id, trait, value, computed_at) values (1, 'own', 1, '2024-01-01')`)
    database.close()
    const { code, stdout, stderr } = await place.mingle(['reset', 'derived', '--yes', '--json'])
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      what: 'derived',
      derived: {},
      others: { user_traits: 1 },
      removed: true,
    })
    const again = await place.mingle(['reset', 'derived', '--yes'])
    expect(again.stdout).toMatch(/^user_traits +1 +of others, stay$/m)
    expect(again.stdout).toContain('rows of others stay: 1 of user_traits\n')
    expect(rows('select count(*) from user_traits')).toBe(1)
  })

  it.each([
    [['everything'], "reset removes all, activity or derived, got 'everything'"],
    [['all', '--activity'], 'both all and --activity were given'],
    [['derived', '--run', 'gone'], 'derived data belongs to no run'],
    [['all'], 'no run in file:./mingle.db'],
  ])('%j is refused', async (args, says) => {
    const { code, stdout, stderr } = await place.mingle(['reset', ...args])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(says)
  })
})

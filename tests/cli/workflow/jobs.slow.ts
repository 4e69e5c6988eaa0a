import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Workplace } from '../command-line.ts'
import { tablesOf } from '../rows.ts'

const place = new Workplace()
const file = join(place.folder, 'mingle.db')
const RUN = [
  'run',
  '--run-seed',
  'jobs',
  '--count',
  '140',
  '--days',
  '3',
  '--start-date',
  '2024-01-01',
  '--workers',
  '0',
]
afterAll(() => place.remove())

const all = (sql: string) => {
  const database = new Database(file)
  try {
    return database.prepare(sql).all() as Record<string, unknown>[]
  } finally {
    database.close()
  }
}
const config = (text: string) => writeFileSync(join(place.folder, 'mingle.config.mjs'), `export default ${text}\n`)

beforeAll(async () => {
  const { code, stderr, stdout } = await place.mingle([...RUN, '--json'])
  expect(code, stderr).toBe(0)
  expect(JSON.parse(stdout).jobs).toMatchObject({
    status: 'finished',
    asOf: '2024-01-04T00:00:00.000Z',
    jobs: [
      'interest-relationships',
      'searchable-user',
      'build-user-traits',
      'match-scores',
      'quiz-stats',
      'trending',
    ].map((job) => ({ job, status: 'done', updated: 0, deleted: 0 })),
  })
}, 120_000)

describe('mingle jobs', () => {
  it('has been done by mingle run: the search page has somebody for everybody active, and validate says so', async () => {
    const { code, stdout } = await place.mingle(['validate', '--json'])
    expect([0, 1]).toContain(code)
    const check = JSON.parse(stdout).checks.find(({ id }: { id: string }) => id === 'search.page')
    expect(check).toMatchObject({
      value: 1,
      ok: true,
      detail: expect.stringMatching(/^(\d+) of \1, in the last 14 days$/),
    })
    const docs = readFileSync(join(import.meta.dirname, '../../../docs/jobs.md'), 'utf8')
    const page = /```sql\n(SELECT[^`]*)```/.exec(docs)![1]!
    const [user] = all('SELECT user_id FROM sessions LIMIT 1') as { user_id: number }[]
    const found = all(page.replace('123', String(user!.user_id))) as { score: number; display_name: string }[]
    expect(found).toHaveLength(20)
    expect([...found].sort((a, b) => b.score - a.score)).toEqual(found)
  })

  it('lists what each job reads and writes, without a database', async () => {
    const nowhere = { DATABASE_URL: 'file:./none.db' }
    const { code, stdout } = await place.mingle(['jobs', '--list', '--json'], nowhere)
    expect(code).toBe(0)
    const { jobs } = JSON.parse(stdout)
    expect(jobs).toHaveLength(6)
    expect(jobs[3]).toMatchObject({
      name: 'match-scores',
      inputs: ['searchable_users', 'user_traits', 'user_interests'],
      outputs: ['match_scores'],
      after: ['searchable-user', 'build-user-traits'],
    })
    expect(existsSync(join(place.folder, 'none.db'))).toBe(false)
    expect((await place.mingle(['jobs', '--list', '--only', 'trending'])).stdout).toContain('trending_posts')
  })

  it('is gone on with by mingle resume, when mingle run was cut off in its jobs', async () => {
    const before = tablesOf(file)
    all("INSERT INTO seed_jobs (job, as_of) SELECT 'jobs', as_of FROM seed_jobs WHERE job = 'trending' RETURNING job")
    all('DELETE FROM match_scores WHERE user_id > 50 RETURNING user_id')
    const { code, stdout, stderr } = await place.mingle(['resume', '--json'])
    expect(code, stderr).toBe(0)
    expect(stderr).toContain("run 'jobs' is complete, its derived tables are not")
    expect(JSON.parse(stdout)).toMatchObject({ status: 'finished', days: 3, jobs: { status: 'finished' } })
    expect(tablesOf(file)).toEqual(before)
    const again = await place.mingle(['resume', '--run-seed', 'jobs'])
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('is complete') })
  })

  it('changes nothing when it runs again, whatever it is told of batches', async () => {
    const before = tablesOf(file)
    const again = await place.mingle(['jobs', '--user-batch-size', '9', '--candidate-batch-size=11', '--pause-ms', '1'])
    expect(again.code, again.stderr).toBe(0)
    expect(again.stdout).toMatch(/match-scores +[\d,]+ +0 +0 +0/)
    expect(again.stdout).toContain('as of 2024-01-04T00:00:00.000Z')
    expect(tablesOf(file)).toEqual(before)
  })

  it('does some, one, and as of another day', async () => {
    const some = await place.mingle(['jobs', '--only', 'trending,quiz-stats', '--as-of', '2024-01-02', '--json'])
    expect(JSON.parse(some.stdout)).toMatchObject({
      asOf: '2024-01-03T00:00:00.000Z',
      jobs: [{ job: 'quiz-stats' }, { job: 'trending' }],
    })
    const moments = (table: string) => all(`SELECT DISTINCT computed_at AS at FROM ${table}`).map(({ at }) => at)
    expect(moments('trending_posts')).toEqual(['2024-01-03T00:00:00.000+00:00'])
    expect(moments('searchable_users')).toEqual(['2024-01-04T00:00:00.000+00:00'])
    const one = await place.mingle(['job', 'match-scores', '--top', '5', '--json'])
    expect(JSON.parse(one.stdout)).toMatchObject({ jobs: [{ job: 'match-scores' }] })
    expect(all('SELECT max(n) AS n FROM (SELECT count(*) AS n FROM match_scores GROUP BY user_id)')).toEqual([{ n: 5 }])
    expect((await place.mingle(['jobs'])).code).toBe(0)
  })

  it('lets a command and a function of the configuration take a job’s place', async () => {
    config(`{ jobs: {
      'build-user-traits': 'node -e "console.log(process.env.MINGLE_JOB, process.env.MINGLE_AS_OF, process.env.DATABASE_URL)"',
      'quiz-stats': ({ job, asOf }) => job.length + asOf.getUTCDate(),
    } }`)
    const before = tablesOf(file)
    const { code, stdout, stderr } = await place.mingle(['jobs', '--json'])
    expect(code, stderr).toBe(0)
    const { jobs } = JSON.parse(stdout)
    expect(jobs.map(({ status }: { status: string }) => status)).toEqual([
      'done',
      'done',
      'hook',
      'done',
      'hook',
      'done',
    ])
    expect(jobs[4].rows).toBe(10 + 4)
    expect(stderr).toContain('build-user-traits 2024-01-04T00:00:00.000Z file:./mingle.db')
    expect(tablesOf(file)).toEqual(before)
    config(`{ jobs: { 'searchable-user': 'exit 3' } }`)
    const failed = await place.mingle(['jobs'])
    expect(failed).toMatchObject({ code: 1, stdout: '' })
    expect(failed.stderr).toContain("job 'searchable-user': the command 'exit 3' ended with 3")
  })

  it.each([
    [['jobs', '--only', 'scores'], "there is no job 'scores': expected interest-relationships"],
    [['job', 'all'], "there is no job 'all'"],
    [['jobs', '--as-of', 'now'], '--as-of expects a date, whose end is meant (2024-01-31), or a time'],
    [['jobs', '--as-of', '2024-02-30'], 'is not a day of the calendar'],
    [['jobs', '--top', '0'], '--top expects a whole number from 1 to 1000'],
    [['jobs', '--half-life-hours', '-1'], '--half-life-hours expects a whole number from 1'],
    [['jobs', '--database-url', 'csv:./folder'], 'is no SQL database'],
    [['jobs', '--database-url', 'file:./none.db'], 'there is no run of Mingle in file:./none.db'],
    [['run', '--days', '3', '--activity-days', '3'], '--activity-days is another word for --days'],
  ])('refuses %j', async (args, words) => {
    config('{ jobs: {} }')
    const refused = await place.mingle(args)
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain(words)
    expect(existsSync(join(place.folder, 'none.db'))).toBe(false)
  })

  it('refuses hooks that fit no job before anything is written', async () => {
    config(`{ jobs: { scores: 'true' } }`)
    const unknown = await place.mingle([...RUN, '--database-url', 'file:./never.db'])
    expect(unknown).toMatchObject({ code: 2, stdout: '' })
    expect(unknown.stderr).toContain("there is no job 'scores' to replace")
    config(`{ jobs: { trending: 7 } }`)
    expect((await place.mingle(['jobs'])).stderr).toContain("'trending' is 7; expected a command or a function")
    expect(existsSync(join(place.folder, 'never.db'))).toBe(false)
    config('{ jobs: {} }')
  })
})

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PostgresServer, query, startPostgres } from '../../persist/servers/postgres-server.ts'
import { type Outcome, Workplace } from '../command-line.ts'

const SECRET = "hunter2/P@ss w:rd'ü"
const IN_URL = encodeURIComponent(SECRET)
const place = new Workplace()
let server: PostgresServer
/** A database that asks for the password. */
let url: URL

beforeAll(async () => {
  server = await startPostgres()
  const owner = await server.createDatabase()
  await query(owner, `CREATE ROLE site LOGIN SUPERUSER PASSWORD '${SECRET.replaceAll("'", "''")}'`)
  url = new URL(owner)
  url.username = 'site'
  url.password = SECRET
}, 60_000)
afterAll(async () => {
  await server?.stop()
  place.remove()
})

function expectNoSecret({ stdout, stderr }: Outcome): void {
  for (const word of [SECRET, IN_URL, 'hunter2', 'P@ss', 'P%40ss']) expect(stdout + stderr).not.toContain(word)
}

const RUN = ['run', '--run-seed', 'x', '--count', '10', '--days', '1', '--workers', '0', '--debug']

describe('a password in a connection string is never printed', () => {
  it.each(['behind the user', 'as a parameter'])(
    'by commands that succeed: %s',
    async (where) => {
      const given = new URL(url)
      if (where === 'as a parameter') {
        given.password = ''
        given.searchParams.set('password', SECRET)
        given.searchParams.set('schema', 'other')
      }
      const at = ['--database-url', given.href]
      const run = await place.mingle([...RUN, ...at])
      expectNoSecret(run)
      expect(run.code, run.stderr).toBe(0)
      const lines = where === 'as a parameter' ? [RUN] : [['runs'], ['verify'], ['validate'], ['extend', '--json'], RUN]
      for (const outcome of await Promise.all(lines.map((line) => place.mingle([...line, ...at]))))
        expectNoSecret(outcome)
      const mingle = await place.mingle(['resume'], { DATABASE_URL: given.href })
      expectNoSecret(mingle)
      expect(mingle.stderr).toContain('***')
    },
    120_000,
  )

  it('by the ledger', async () => {
    const owner = new URL(url)
    for (const table of ['seed_runs', 'seed_run_segments', 'seed_run_days', 'seed_people']) {
      const rows = await query(owner.href, `SELECT to_jsonb(t)::text AS row FROM ${table} t`)
      expect(rows.length).toBeGreaterThan(0)
      expect(JSON.stringify(rows)).not.toMatch(/hunter2|127\.0\.0\.1/)
    }
  })

  it.each([
    ['a server that does not answer', `postgresql://me:${IN_URL}@127.0.0.1:1/site`],
    ['a host that is none', `postgresql://me:${IN_URL}@no-such-host.invalid/site`],
    ['a port that is none', `mysql://me:${IN_URL}@127.0.0.1:99999/site`],
    ['no database', `postgresql://me:${IN_URL}@127.0.0.1`],
    ['no slashes', `postgresql:me:${IN_URL}@127.0.0.1/site`],
    ['another kind of URL', `sqlserver://host:1433;user=sa;password=${IN_URL}`],
    ['words', `host=localhost password=${IN_URL}`],
    ['an escape that is none', `mysql://me:${IN_URL}%zz@127.0.0.1:1/site`],
    ['a password as it is', `postgresql://me:${SECRET}@127.0.0.1:1/site`],
    ['a socket', `postgresql:///site?host=/nowhere&user=me&password=${IN_URL}`],
    ['no scheme', `me:${IN_URL}@127.0.0.1:1/site`],
    ['no scheme, a password as it is', `me:${SECRET}@127.0.0.1:1/site`],
    ['a colon and an @', 'postgresql://me:hunter2:P@ss:hunter2@127.0.0.1:1/site'],
    ['no host', 'mysql://me:hunter2'],
    ['keywords with spaces', "host = localhost password = 'hunter2 \\' P@ss'"],
    ['a parameter as it is', 'mysql://127.0.0.1:99999/site?user=me&password=hunter2@P@ss&hunter2'],
    ['production', `postgresql://me:${IN_URL}@prod-db.example.com/site`],
  ])(
    'in errors: %s',
    async (what, wrong) => {
      const at = ['--database-url', wrong]
      // Every form by the command that writes, and by one of the others.
      const others = [
        () => place.mingle(['validate', '--debug', ...at]),
        () => place.mingle(['reset', '--run-seed', 'x', '--debug', `--database-url=${wrong}`]),
        () => place.mingle(['runs', '--debug'], { DATABASE_URL: wrong }),
      ]
      const outcomes = await Promise.all([place.mingle([...RUN, ...at]), others[what.length % 3]!()])
      for (const outcome of outcomes) {
        expect(outcome.code).not.toBe(0)
        expect(outcome.stderr).not.toBe('')
        expectNoSecret(outcome)
      }
    },
    120_000,
  )

  it('where the option was forgotten, or the password is wrong', async () => {
    const wrong = new URL(url)
    wrong.password = `${SECRET}!`
    for (const line of [[url.href], ['run', url.href], ['run', '--run-seed', 'y', '--bogus', url.href]]) {
      const outcome = await place.mingle([...line, '--debug'])
      expect(outcome.code).toBe(2)
      expectNoSecret(outcome)
    }
    const refused = await place.mingle([...RUN, '--database-url', wrong.href])
    expectNoSecret(refused)
  })

  it('where another option was given it', async () => {
    for (const wrong of ['postgresql://me:hunter2', 'me:hunter2@host/site', 'host=h password=hunter2']) {
      for (const option of ['--count', '--config', '--snapshot-dir', '--databse-url', '--writer', '--run-seed']) {
        expectNoSecret(await place.mingle(['run', '--workers', '300', option, wrong, '--debug']))
      }
      expectNoSecret(await place.mingle(['init', '--schema', wrong, '--debug']))
    }
  }, 120_000)

  it('from a configuration', async () => {
    writeFileSync(join(place.folder, 'mingle.json'), '{"version":2,"provider":"postgresql","models":[],"enums":[]}')
    const config = { schema: '.', database: `postgresql://me:${IN_URL}@127.0.0.1:1/site`, map: {} }
    writeFileSync(join(place.folder, 'mingle.config.json'), JSON.stringify(config))
    for (const line of [RUN, ['validate', '--debug'], ['check', '--debug']]) expectNoSecret(await place.mingle(line))
    expect(existsSync(join(place.folder, 'mingle.db'))).toBe(false)
    expect(readFileSync(join(place.folder, 'mingle.config.json'), 'utf8')).toContain(IN_URL)
  })
})

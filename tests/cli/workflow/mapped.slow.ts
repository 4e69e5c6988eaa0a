import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareSnake } from '../../persist/mapping/site.ts'
import { type Outcome, Workplace } from '../command-line.ts'
import { count, tablesOf } from '../rows.ts'
import { mapFolder } from '../site.ts'

/** A site of its own schema: every command finds `mingle.config.mjs` in the folder. */
const place = new Workplace()
const file = join(place.folder, 'mingle.db')
const RUN = ['--run-seed', 'mapped', '--count', '60']
let ran: Outcome

beforeAll(async () => {
  mapFolder(place.folder, 'mingle.config.mjs')
  await prepareSnake(file)
  ran = await place.mingle(['run', ...RUN, '--days', '8'])
}, 120_000)
afterAll(() => place.remove())

const json = ({ stdout }: Outcome) => JSON.parse(stdout)

describe('commands under a mapping', () => {
  it("run reports the site's own tables, with their rows", async () => {
    expect(ran.code, ran.stderr).toBe(0)
    for (const table of ['accounts', 'swipes', 'pairs', 'conversations', 'seats', '_accountTotag']) {
      const rows = count(file, `select count(*) from "${table}"`).toLocaleString('en-US')
      expect(ran.stdout).toMatch(new RegExp(`^${table} +${rows}$`, 'm'))
    }
    for (const table of ['users', 'likes', 'matches', 'feed_seen'])
      expect(ran.stdout).not.toMatch(new RegExp(`^${table} +[0-9,]+$`, 'm'))
    const again = await place.mingle(['run', '--run-seed', 'other', '--count', '10', '--days', '1', '--json'])
    expect(again.code, again.stderr).toBe(0)
    expect(json(again).rows.accounts).toBe(10)
    expect(json(again).rows.swipes).toBeGreaterThan(0)
    expect((await place.mingle(['reset', '--run-seed', 'other'])).code).toBe(0)
  })

  it('check lists the targets', async () => {
    const { code, stdout } = await place.mingle(['check'])
    expect(code).toBe(0)
    expect(stdout).toContain('the mapping works')
  })

  it('runs lists the run', async () => {
    const { code, stdout } = await place.mingle(['runs', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout).runs).toMatchObject([{ seed: 'mapped', people: 60, days: 8, standing: 'complete' }])
  })

  it('validate checks the rows, and says what it cannot', async () => {
    const { code, stdout, stderr } = await place.mingle(['validate', '--json'])
    expect(code, stderr).toBe(0)
    const { run, passed, checks, metrics, unchecked } = JSON.parse(stdout)
    expect({ run, passed }).toMatchObject({ run: { seed: 'mapped', people: 60, days: 8 }, passed: true })
    expect(checks.map(({ id }: { id: string }) => id)).toContain('match.likes')
    expect(metrics['14.men'].n).toBeGreaterThan(10)
    expect(metrics['9']).toBeUndefined()
    expect(unchecked).toContainEqual({ kind: 'metric', id: '9', name: 'quiz completed', missing: ['quiz_answer'] })
    const text = await place.mingle(['validate'])
    expect(text.stdout).toMatch(/^quiz completed +quiz_answer$/m)
    expect(text.stdout).toContain('Everything holds that must.')
  })

  it('validate names a check that fails, and its exit code says so', async () => {
    const database = new Database(file)
    const [first] = database.prepare('select min(line_no) as n from lines').all() as { n: number }[]
    const [{ said_at }] = database.prepare('select said_at from lines where line_no = ?').all(first!.n) as [
      { said_at: string },
    ]
    database.prepare('update lines set said_at = ? where line_no = ?').run(['2023-12-01T00:00:00.000+00:00', first!.n])
    const { code, stdout } = await place.mingle(['validate'])
    expect(stdout).toMatch(/no message before its match, or by someone else +1 +0 +WRONG/)
    expect(code).toBe(1)
    const verified = await place.mingle(['verify'])
    expect(verified).toMatchObject({ code: 1 })
    expect(verified.stdout).toContain('table line')
    database.prepare('update lines set said_at = ? where line_no = ?').run([said_at, first!.n])
    database.close()
    expect((await place.mingle(['verify'])).code).toBe(0)
  })

  it('an edited mapping is named, by verify and extend', async () => {
    const config = join(place.folder, 'mingle.config.mjs')
    const text = readFileSync(config, 'utf8')
    writeFileSync(config, text.replace('is_test: true', 'is_test: false'))
    for (const words of [['verify'], ['extend', '--days', '1']]) {
      const { code, stderr } = await place.mingle(words)
      expect(stderr).toMatch(
        /^mingle: run 'mapped' was written under another mapping, which differs in account\.\w*test\w*; /m,
      )
      expect(code).toBe(2)
    }
    writeFileSync(config, text.replace('town: (row) =>', 'town:   (row)   =>  '))
    expect((await place.mingle(['verify'])).code).toBe(0)
    writeFileSync(config, text)
  })

  it('activity, extend and resume go on with it', async () => {
    const more = await place.mingle(['activity', '--days', '1', '--json'])
    expect(more.code, more.stderr).toBe(0)
    const joined = await place.mingle(['extend', '--days', '1', '--join', '3', '--json'])
    expect(joined.code, joined.stderr).toBe(0)
    expect(json(joined)).toMatchObject({ people: 63, days: 10 })
    expect(json(joined).rows.accounts).toBe(63)
    const resumed = await place.mingle(['resume', '--run-seed', 'mapped'])
    expect(resumed).toMatchObject({ code: 2 })
    expect(resumed.stderr).toContain('is complete')
  })

  it('user and scorecard read no rows', async () => {
    const person = await place.mingle(['user', '--run-seed', 'mapped', '--user-id', '3'])
    expect(json(person)).toMatchObject({ k: 3 })
    const card = await place.mingle(['scorecard', '--seeds', '1', '--count', '20', '--days', '1', '--json'])
    expect(card.code, card.stderr).toBe(0)
  })

  it.each(['validate', 'verify', 'reset --run-seed mapped'])(
    '%s without the mapping says what is missing',
    async (line) => {
      const { code, stdout, stderr } = await place.mingle([...line.split(' '), '--config', 'off'])
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
      expect(stderr).toContain('written through a mapping')
      expect(stderr).toContain('--config')
    },
  )

  it.each([
    'run --run-seed other --count 10 --days 1',
    'run --run-seed other --count 10 --days 1 --into-existing',
    'profiles --run-seed other --count 10 --writer prisma',
    'extend --run-seed mapped --days 1',
  ])('%s without the mapping writes nothing, and says what is missing', async (line) => {
    const before = tablesOf(file)
    const outcome = await place.mingle([...line.split(' '), '--config', 'off'])
    expect(outcome).toMatchObject({ code: 2, stdout: '' })
    expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(outcome.stderr).toMatch(/has Mingle's ledger, but not its tables.*--config.*Nothing was written/)
    expect(tablesOf(file)).toEqual(before)
  })

  it('reset removes the run', async () => {
    const { code, stderr } = await place.mingle(['reset', '--run-seed', 'mapped'])
    expect(code, stderr).toBe(0)
    expect(count(file, 'select count(*) from accounts')).toBe(0)
  })

  it('files and memory have no schema of their own: said, with what to do', async () => {
    for (const url of ['ndjson:./rows', 'memory:']) {
      const { code, stderr } = await place.mingle(['run', ...RUN, '--days', '1', '--database-url', url])
      expect(code).toBe(2)
      expect(stderr).toContain('--config off')
    }
  })
})

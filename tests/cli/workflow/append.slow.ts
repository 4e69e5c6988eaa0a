import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSimulation } from '../../../sim/index.ts'
import { Workplace } from '../command-line.ts'
import { count, tablesOf } from '../rows.ts'

const RUN = ['--run-seed', 'law', '--count', '90', '--set', 'policy.arrivals.perDay=2']
/** Ledger tables, which tell in which parts the rows were written. */
const PARTS = ['seed_runs', 'seed_run_segments', 'seed_run_days']
const place = new Workplace()
const file = (name: string): string => join(place.folder, `${name}.db`)
const url = (name: string): string[] => ['--database-url', `file:./${name}.db`, '--json', '--skip-jobs']

async function done(...args: string[]): Promise<{ digest: string; people: number }> {
  const { code, stdout, stderr } = await place.mingle(args)
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout)
}

let whole: { digest: string; people: number }
beforeAll(async () => {
  await done('run', ...RUN, '--days', '3', ...url('whole'), '--workers', '0')
  whole = await done('extend', '--days', '3', '--join', '30', ...url('whole'), '--workers', '0')
}, 300_000)
afterAll(() => place.remove())

describe('appending to a run', () => {
  it('run, grow, extend is one run in which they join on that day, snapshots or none', async () => {
    await done('run', ...RUN, '--days', '3', ...url('parts'))
    const grown = await done('grow', '--count', '30', ...url('parts'))
    expect(grown.people).toBe(count(file('parts'), 'select count(*) from users'))
    const later = await done('extend', '--days', '3', ...url('parts'))
    expect(later.digest).toBe(whole.digest)
    const parameters = { policy: { arrivals: { perDay: 2 } } }
    const planned = createSimulation({ seed: 'law', count: 90, parameters, cohorts: [{ day: 3, count: 30 }] })
    planned.passDays(6)
    expect(planned.digest).toBe(whole.digest)
    expect(tablesOf(file('parts'), PARTS)).toEqual(tablesOf(file('whole'), PARTS))

    await done('verify', ...url('parts').slice(0, 3))
  }, 300_000)

  it('a changed policy is kept in the segment and lived again by every replay', async () => {
    for (const [name, ...options] of [['kept'], ['again', '--snapshot-dir', 'off']] as const) {
      await done('run', ...RUN, '--days', '2', ...url(name), ...options)
      await done('extend', '--days', '2', '--set', 'policy.like.baseHigh=0.9', ...url(name), ...options)
      await done('extend', '--days', '1', '--set', 'policy.like.nearKm=5', ...url(name), ...options)
    }
    expect(tablesOf(file('again'))).toMatchObject(tablesOf(file('kept'), PARTS))
    const inputs = count(
      file('kept'),
      `select count(*) from seed_run_segments where inputs = '{"policy":{"like":{"nearKm":5}}}'`,
    )
    expect(inputs).toBe(1)
    const likes = (name: string) =>
      count(file(name), "select count(*) from likes where action = 'LIKE' and created_at < '2024-01-05'")
    expect(likes('kept')).toBeGreaterThan(likes('whole'))
  }, 300_000)

  it.each([
    [
      ['extend', '--set', 'population.posts.medianPerDay=0.3'],
      "population.posts.medianPerDay is 0.105 in run 'law' and shall be 0.3",
    ],
    [['extend', '--set', 'policy.feed.windowHours=3'], 'policy.feed.windowHours was 72 and shall be 3'],
    [['extend', '--set', 'policy.like.nope=3'], "no parameter 'policy.like.nope'"],
    [['grow'], 'grow needs --count'],
    [['grow', '--count', '0'], '--count expects'],
  ])('%j is refused, and nothing is written', async (args, says) => {
    const before = tablesOf(file('whole'))
    const refused = await place.mingle([...args, ...url('whole')])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain(says)
    expect(tablesOf(file('whole'))).toEqual(before)
  })
})

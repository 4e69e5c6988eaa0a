import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DERIVED_TABLES } from '../../persist/index.ts'
import { makeRng } from '../../sim/kernel/index.ts'
import { Workplace } from '../cli/command-line.ts'
import { tablesOf } from '../cli/rows.ts'
import { onSite } from './site.ts'

const place = new Workplace()
const path = (name: string) => join(place.folder, `${name}.db`)
const url = (name: string) => ['--database-url', `file:./${name}.db`]
const SEED = ['--run-seed', 'kills', '--workers', '0']
const PEOPLE = [...SEED, '--count', '150', '--start-date', '2024-01-01']
/** What only tells how a run came about. */
const HISTORY = ['seed_run_segments']
afterAll(() => place.remove())

async function mingle(...args: string[]): Promise<void> {
  const { code, stderr } = await place.mingle(args)
  expect(code, stderr).toBe(0)
}

/** Starts a command and ends it, as kill -9 does, after some ms or when it is done. */
async function killed(args: string[], ms: number): Promise<boolean> {
  const program = join(import.meta.dirname, '../../dist/cli/mingle.js')
  const child = spawn(process.execPath, [program, ...args], { cwd: place.folder, stdio: 'ignore' })
  const timer = setTimeout(() => child.kill('SIGKILL'), ms)
  const signal = await new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)))
  clearTimeout(timer)
  return signal === 'SIGKILL'
}

let seconds = 0
beforeAll(async () => {
  await mingle('run', ...PEOPLE, '--days', '6', ...url('whole'))
  const begun = performance.now()
  await onSite(`file:${path('whole')}`, async (site) => {
    for (const table of [...DERIVED_TABLES, 'seed_jobs']) await site.execute(`DELETE FROM ${table}`)
  })
  await mingle('jobs', ...url('whole'))
  seconds = (performance.now() - begun) / 1000
}, 240_000)

describe('after kill -9', () => {
  it('at ten random moments, the jobs end with the same rows', { timeout: 400_000 }, async () => {
    const whole = tablesOf(path('whole'))
    const rng = makeRng('kills')
    let cuts = 0
    for (let i = 0; i < 10; i++) {
      await onSite(`file:${path('whole')}`, async (site) => {
        for (const table of [...DERIVED_TABLES, 'seed_jobs']) await site.execute(`DELETE FROM ${table}`)
      })
      // From when the database is open, on some machines later than on others, to the end.
      if (await killed(['jobs', ...url('whole')], (0.3 + 0.7 * rng.next()) * seconds * 1000)) cuts++
      await mingle('jobs', ...url('whole'))
      expect(tablesOf(path('whole')), `cut ${i}`).toEqual(whole)
    }
    expect(cuts).toBeGreaterThan(4)
  })

  it('a run that is resumed and extended equals one as long, derived tables included', {
    timeout: 300_000,
  }, async () => {
    const rng = makeRng('resume')
    await killed(['run', ...PEOPLE, '--days', '3', ...url('cut')], 1500 + 2500 * rng.next())
    const there = await place.mingle(['runs', ...url('cut'), '--json'])
    const [run] = there.code === 0 ? JSON.parse(there.stdout).runs : []
    if (run === undefined) await mingle('run', ...PEOPLE, '--days', '3', ...url('cut'))
    else if (run.standing !== 'complete') await mingle('resume', '--workers', '0', ...url('cut'))
    await mingle('extend', ...SEED, '--days', '3', ...url('cut'))
    expect(tablesOf(path('cut'), HISTORY)).toEqual(tablesOf(path('whole'), HISTORY))
  })

  it('jobs between days leave nothing behind: 3 days, 20 join, 3 more', { timeout: 300_000 }, async () => {
    for (const [name, skip] of [
      ['often', []],
      ['once', ['--skip-jobs']],
    ] as const) {
      await mingle('run', ...PEOPLE, '--days', '3', ...skip, ...url(name))
      await mingle('grow', ...SEED.slice(0, 2), '--count', '20', ...skip, ...url(name))
      await mingle('extend', ...SEED, '--days', '3', ...url(name))
    }
    expect(tablesOf(path('often'))).toEqual(tablesOf(path('once')))
  })
})

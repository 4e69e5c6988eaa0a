import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
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

const program = join(import.meta.dirname, '../../dist/cli/mingle.js')

/** Starts a command and ends it, as kill -9 does, when `due` says so. Returns whether it was still at work. */
async function killed(args: string[], due: () => boolean): Promise<boolean> {
  const child = spawn(process.execPath, [program, ...args], { cwd: place.folder, stdio: 'ignore' })
  const timer = setInterval(() => due() && child.kill('SIGKILL'), 2)
  const signal = await new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)))
  clearInterval(timer)
  return signal === 'SIGKILL'
}

/** Rows of some tables, as others see them while a process writes. */
function rowsIn(name: string, tables: readonly string[]): number {
  if (!existsSync(path(name))) return 0
  const database = new Database(path(name), { readonly: true })
  try {
    const counts = tables.map((table) => `(SELECT count(*) FROM ${table})`).join(' + ')
    return (database.prepare(`SELECT ${counts} AS n`).get() as { n: number }).n
  } catch {
    // No tables yet.
    return 0
  } finally {
    database.close()
  }
}

const empty = () =>
  onSite(`file:${path('whole')}`, async (site) => {
    for (const table of [...DERIVED_TABLES, 'seed_jobs']) await site.execute(`DELETE FROM ${table}`)
  })

beforeAll(() => mingle('run', ...PEOPLE, '--days', '6', ...url('whole')), 240_000)

describe('after kill -9', () => {
  it('at ten random moments, the jobs end with the same rows', { timeout: 400_000 }, async () => {
    const whole = tablesOf(path('whole'))
    const rows = rowsIn('whole', DERIVED_TABLES)
    const rng = makeRng('kills')
    let cuts = 0
    for (let i = 0; i < 10; i++) {
      await empty()
      const target = rng.next() * rows
      const due = () => rowsIn('whole', DERIVED_TABLES) > target
      if (await killed(['jobs', '--user-batch-size', '5', '--pause-ms', '5', ...url('whole')], due)) cuts++
      await mingle('jobs', ...url('whole'))
      expect(tablesOf(path('whole')), `cut ${i}`).toEqual(whole)
    }
    expect(cuts).toBeGreaterThan(4)
  })

  it('a run that is resumed and extended equals one as long, derived tables included', {
    timeout: 300_000,
  }, async () => {
    const due = () => rowsIn('cut', ['sessions']) > 0
    expect(await killed(['run', ...PEOPLE, '--days', '3', ...url('cut')], due)).toBe(true)
    const [run] = JSON.parse((await place.mingle(['runs', ...url('cut'), '--json'])).stdout).runs
    // It may have got as far as the jobs.
    if (run.standing !== 'complete') await mingle('resume', '--workers', '0', ...url('cut'))
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

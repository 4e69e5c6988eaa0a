import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createSimulation } from '../../sim/index.ts'
import { Workplace } from '../cli/command-line.ts'
import { count, tablesOf } from '../cli/rows.ts'

/** What only tells in which steps a run came about, and which row of a day stood where. */
const HISTORY = ['seed_run_segments']
const PEOPLE = ['--count', '120', '--start-date', '2024-01-01', '--workers', '0', '--snapshot-dir', 'off']
const place = new Workplace()
const path = (name: string) => join(place.folder, `${name}.db`)
const url = (name: string) => ['--database-url', `file:./${name}.db`]
afterAll(() => place.remove())

async function mingle(...args: string[]): Promise<{ digest: string; run: unknown }> {
  const { code, stdout, stderr } = await place.mingle([...args, '--json'])
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout)
}

const program = join(import.meta.dirname, '../../dist/cli/mingle.js')

/** Starts a run and ends it, as kill -9 does, once it has written so many days. */
async function killAt(day: number, name: string, args: string[]): Promise<void> {
  const child = spawn(process.execPath, [program, ...args, ...url(name)], { cwd: place.folder, stdio: 'ignore' })
  const timer = setInterval(() => daysIn(name) > day && child.kill('SIGKILL'), 5)
  const signal = await new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)))
  clearInterval(timer)
  expect(signal).toBe('SIGKILL')
}

function daysIn(name: string): number {
  if (!existsSync(path(name))) return 0
  try {
    return count(path(name), 'SELECT last_day + 1 FROM seed_runs')
  } catch {
    // No tables yet.
    return 0
  }
}

describe('a run of 60 days in parts equals one of 60 days, derived tables included', () => {
  it('run 30 → kill -9 → resume → extend 30', { timeout: 400_000 }, async () => {
    const seed = ['--run-seed', 'whole']
    await mingle('run', ...seed, ...PEOPLE, '--days', '60', ...url('whole'))
    await killAt(9, 'cut', ['run', ...seed, ...PEOPLE, '--days', '30'])
    expect(daysIn('cut')).toBeLessThan(30)
    await mingle('resume', '--workers', '0', ...url('cut'))
    await mingle('extend', ...seed, '--days', '30', '--workers', '0', ...url('cut'))
    expect(tablesOf(path('cut'), HISTORY)).toEqual(tablesOf(path('whole'), HISTORY))
  })

  it('run 30 → grow 200 → extend 30, in which the 200 join on day 30', { timeout: 400_000 }, async () => {
    const seed = ['--run-seed', 'grows']
    await mingle('run', ...seed, ...PEOPLE, '--days', '30', ...url('grown'))
    await mingle('grow', ...seed, '--count', '200', ...url('grown'))
    const grown = await mingle('extend', ...seed, '--days', '30', '--workers', '0', ...url('grown'))
    // In one step, without jobs on the way.
    await mingle('run', ...seed, ...PEOPLE, '--days', '30', '--skip-jobs', ...url('once'))
    await mingle('extend', ...seed, '--join', '200', '--days', '30', '--workers', '0', ...url('once'))
    const history = [...HISTORY, 'seed_run_days', 'seed_runs']
    expect(tablesOf(path('grown'), history)).toEqual(tablesOf(path('once'), history))
    const simulation = createSimulation({ seed: 'grows', count: 120, cohorts: [{ day: 30, count: 200 }] })
    for (let day = 0; day < 60; day++) simulation.runDay()
    expect(grown.digest).toBe(simulation.digest)
  })
})

import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Outcome, Workplace } from '../command-line.ts'
import { count, tablesOf } from '../rows.ts'

const place = new Workplace()
const file = (name: string): string => join(place.folder, `${name}.db`)
const url = (name: string): string[] => ['--database-url', `file:./${name}.db`]
const RUN = ['run', '--run-seed', 'cut off', '--count', '80', '--days', '40', '--json']

/** Starts a run and waits until it has written this many days. */
async function runUntil(name: string, day: number): Promise<{ child: ChildProcess; outcome: Promise<Outcome> }> {
  const started = place.start([...RUN, ...url(name)])
  let ended = false
  started.child.once('close', () => {
    ended = true
  })
  for (let waited = 0; waited < 30_000 && !ended; waited += 20) {
    if (daysIn(name) >= day) return started
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`the run did not reach day ${day}: ${(await started.outcome).stderr}`)
}

function daysIn(name: string): number {
  // Whoever reads while the tables are being made stands in their way; the log is there once days are written.
  if (!existsSync(`${file(name)}-wal`)) return 0
  try {
    return count(file(name), 'select last_day + 1 from seed_runs')
  } catch {
    return 0
  }
}

let whole: Outcome
beforeAll(async () => {
  whole = await place.mingle([...RUN, ...url('whole')])
}, 120_000)
afterAll(() => place.remove())

async function expectResumed(name: string): Promise<void> {
  const resumed = await place.mingle(['resume', ...url(name), '--json'])
  expect(resumed.code, resumed.stderr).toBe(0)
  const { digest, rows } = JSON.parse(whole.stdout)
  expect(JSON.parse(resumed.stdout)).toMatchObject({ digest, rows, status: 'finished' })
  expect(tablesOf(file(name))).toEqual(tablesOf(file('whole')))
}

describe('a run that is cut off', () => {
  it('whole', () => expect(whole.code, whole.stderr).toBe(0))

  it('by kill -9 is resumed to the same rows', async () => {
    const { child, outcome } = await runUntil('killed', 2)
    child.kill('SIGKILL')
    expect((await outcome).code).toBeNull()
    expect(count(file('killed'), 'select last_day + 1 from seed_runs')).toBeLessThan(40)
    await expectResumed('killed')
  })

  it('by a worker that crashes says how to go on, and is resumed to the same rows', async () => {
    // The worker's thread ends, whatever it was about to answer, when the sixth day is asked for.
    const crashing = `
      import { isMainThread, parentPort } from 'node:worker_threads'
      const on = isMainThread ? undefined : parentPort.on.bind(parentPort)
      let days = 0
      if (on) parentPort.on = (name, listener) => on(name, name !== 'message' ? listener : (order) => {
        if (order.order === 'simulate' && ++days === 6) throw new Error('boom')
        listener(order)
      })
    `
    const preload = `--import=data:text/javascript,${encodeURIComponent(crashing)}`
    const { code, stdout, stderr } = await place.mingle([...RUN, ...url('crashed')], { NODE_OPTIONS: preload })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    const line = stderr.trimEnd().split('\n').at(-1)
    expect(line).toBe(
      'mingle: a simulation worker stopped: boom; what was written stays. ' +
        "To go on: mingle resume --run-seed 'cut off' --database-url file:./crashed.db",
    )
    // The fifth day's rows and the crash are on their way at once, and either may come first.
    expect([4, 5]).toContain(count(file('crashed'), 'select last_day + 1 from seed_runs'))
    await expectResumed('crashed')
  })

  it('by Ctrl-C ends after the commit and says how to go on', async () => {
    const { child, outcome } = await runUntil('stopped', 1)
    child.kill('SIGINT')
    const { code, stdout, stderr } = await outcome
    expect(code).toBe(130)
    expect(stderr).toContain('Stopping after the current commit')
    expect(stderr).toContain("mingle resume --run-seed 'cut off' --database-url file:./stopped.db")
    expect(JSON.parse(stdout)).toMatchObject({ status: 'stopped', digest: null })
    const more = await place.mingle(['extend', ...url('stopped')])
    expect(more).toMatchObject({ code: 2 })
    expect(more.stderr).toContain('complete it first')
    const again = await place.mingle([...RUN, ...url('stopped')])
    expect(again).toMatchObject({ code: 2 })
    expect(again.stderr).toContain('mingle resume')
    await expectResumed('stopped')
  })

  it('by Ctrl-C twice ends at once, and is resumed all the same', async () => {
    const { child, outcome } = await runUntil('twice', 1)
    child.kill('SIGINT')
    child.kill('SIGINT')
    // Two signals in one moment may count as one.
    await new Promise((resolve) => setTimeout(resolve, 5))
    child.kill('SIGINT')
    expect((await outcome).code).toBe(130)
    await expectResumed('twice')
  })

  it('has nothing to resume when it is complete', async () => {
    const outcome = await place.mingle(['resume', '--run-seed', 'cut off', ...url('whole')])
    expect(outcome).toMatchObject({ code: 2, stdout: '' })
    expect(outcome.stderr).toContain('is complete')
  })
})

import { existsSync, mkdirSync, readdirSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  finishPlan,
  makePlan,
  openObjects,
  outputOf,
  type Plan,
  planName,
  pointerOf,
  Standing,
  TaskHand,
} from '../../cluster/index.ts'
import { openStore } from '../../persist/index.ts'
import { configFromSettings, startRun } from '../../run/index.ts'
import { Workplace } from '../cli/command-line.ts'

const DAYS = 3
const config = configFromSettings({ seed: 'many', count: 160, market: 'division' })
const place = new Workplace()
const { folder } = place
/** Of the same run on one machine. */
let digest: string | null = null

beforeAll(async () => {
  digest = (await startRun(await openStore('none:'), config, DAYS, { workers: 0, raiseCompilerBudget: false })).digest
})
afterAll(() => place.remove())

it('a run in tasks is resumed where the configuration has its database, and tasks whose rows are lost are carried out again', async () => {
  const { plan, control, output } = await planned('postgres-a')
  await carryOutAll(plan, control, output)
  const [day] = readdirSync(join(output, 'feed_seen'))
  unlinkSync(join(output, 'feed_seen', day!, 'run-1-part-00002.ndjson'))
  writeFileSync(join(folder, 'mingle.config.ts'), `export default { database: 'ndjson:${output}' }\n`)
  const { code, stdout, stderr } = await place.mingle(['resume', '--skip-jobs', '--json'])
  expect(code, stderr).toBe(0)
  expect(JSON.parse(stdout).digest).toBe(digest)
  expect(stderr).toContain('1 tasks are carried out again')
  expect(await pointerOf({ where: output }, 'many')).toBeNull()
})

it('--config off changes nothing about whose tasks a run is', async () => {
  const { output } = await planned('b')
  const { code, stdout, stderr } = await place.mingle([
    ...['resume', '--skip-jobs', '--json', '--config', 'off', '--database-url', `ndjson:${output}`],
  ])
  expect(code, stderr).toBe(0)
  expect(JSON.parse(stdout).digest).toBe(digest)
  expect(stderr).toContain("run 'many' is carried out by tasks")
  expect(readdirSync(output)).toContain('_SUCCESS')
})

it('of a run that was reset nothing is left to be resumed: the place does not name its plan any more', async () => {
  const { output } = await planned('c')
  const url = `ndjson:${output}`
  expect(await pointerOf({ where: output }, 'many')).not.toBeNull()
  const { code, stderr } = await place.mingle(['reset', 'all', '--yes', '--config', 'off', '--database-url', url])
  expect(code, stderr).toBe(0)
  expect(await pointerOf({ where: output }, 'many')).toBeNull()
  expect(readdirSync(output).filter((name) => name.startsWith('_plan-'))).toEqual([])
})

it('of a run that tasks finished the files are called whole until days of it go, or another run is planned there', async () => {
  const { plan, control, output } = await planned('d')
  await carryOutAll(plan, control, output)
  await finishPlan(plan, await openObjects(control))
  const there = () => readdirSync(output).includes('_SUCCESS')
  expect(there()).toBe(true)
  const url = `ndjson:${output}`
  const other = await openObjects(join(folder, 'd-other'))
  await makePlan({ ...config, seed: 'other' }, DAYS, outputOf(url), other)
  expect(there()).toBe(false)
  await finishPlan(plan, await openObjects(control))
  const reset = (seed: string) =>
    place.mingle(['reset', 'all', '--run-seed', seed, '--yes', '--config', 'off', '--database-url', url])
  expect((await reset('other')).code).toBe(0)
  expect(there()).toBe(true)
  expect((await reset('many')).code).toBe(0)
  expect(there()).toBe(false)
})

it('a run is given up whatever became of the note of where its plan is', async () => {
  const { output } = await planned('k')
  const [note] = readdirSync(output).filter((name) => name.startsWith('_plan-'))
  writeFileSync(join(output, note!), '{"control":')
  const reset = await place.mingle(['reset', 'all', '--yes', '--config', 'off', '--database-url', `ndjson:${output}`])
  expect(reset.code, reset.stderr).toBe(0)
  expect(readdirSync(output)).not.toContain(note)
})

it('of a run whose reset broke off the files are not called whole any more', async () => {
  const { plan, control, output } = await planned('i')
  await carryOutAll(plan, control, output)
  await finishPlan(plan, await openObjects(control))
  const [day] = readdirSync(join(output, 'feed_seen'))
  const stuck = join(output, 'feed_seen', day!, 'run-1-part-00001.ndjson')
  unlinkSync(stuck)
  mkdirSync(join(stuck, 'x'), { recursive: true })
  const on = ['--yes', '--config', 'off', '--database-url', `ndjson:${output}`]
  const { code, stderr } = await place.mingle(['reset', 'all', ...on])
  expect(code, stderr).toBe(1)
  expect(readdirSync(output)).not.toContain('_SUCCESS')
})

it('a task of a run that was reset meanwhile writes nothing, though others of it were carried out by the same hand', async () => {
  const { plan, control, output } = await planned('j')
  const hand = new TaskHand()
  const [first, second] = new Standing(plan, await openObjects(control)).counting
  await hand.carryOut({ plan, control, output, task: first! })
  const reset = await place.mingle(['reset', 'all', '--yes', '--config', 'off', '--database-url', `ndjson:${output}`])
  expect(reset.code, reset.stderr).toBe(0)
  await expect(hand.carryOut({ plan, control, output, task: second! })).rejects.toMatchObject({ code: 'BAD_INPUT' })
  expect(filesIn(output)).toEqual([])
})

it('of a run that was reset no file is left that readers would take for rows; another is planned in its place, and what a late task left goes too', async () => {
  const { plan, control, output } = await planned('e')
  const url = `ndjson:${output}`
  await carryOutAll(plan, control, output)
  writeFileSync(join(output, 'feed_seen', 'notes.ndjson'), '')
  expect(filesIn(output).length).toBeGreaterThan(50)
  const reset = await place.mingle(['reset', 'all', '--yes', '--config', 'off', '--database-url', url])
  expect(reset.code, reset.stderr).toBe(0)
  expect(filesIn(output)).toEqual([join('feed_seen', 'notes.ndjson')])
  unlinkSync(join(output, 'feed_seen', 'notes.ndjson'))
  // A task that was at it while the run was reset.
  const late = join(output, 'feed_seen', 'day=2024-01-01', 'run-1-part-00777.ndjson')
  mkdirSync(dirname(late), { recursive: true })
  writeFileSync(late, '{"id":1}\n')
  const smaller = configFromSettings({ seed: 'many', count: 90, market: 'division' })
  const objects = await openObjects(control)
  const anew = await makePlan(smaller, DAYS, plan.output, objects)
  await carryOutAll(anew, control, output)
  expect((await finishPlan(anew, objects)).missing).toEqual([])
  const verified = await place.mingle(['verify', '--config', 'off', '--database-url', url])
  expect(verified.code, verified.stdout).toBe(0)
  expect(existsSync(late)).toBe(false)
  await expect(makePlan(config, DAYS, plan.output, objects)).rejects.toThrow('holds the plan of another run')
})

it('the days of a run whose tasks are not finished cannot be reset by themselves', async () => {
  const { plan, control, output } = await planned('f')
  const url = `ndjson:${output}`
  const reset = await place.mingle(['reset', 'activity', '--yes', '--config', 'off', '--database-url', url])
  expect(reset.code).toBe(2)
  expect(reset.stderr).toContain("run 'many' is carried out by tasks, which are not finished")
  await carryOutAll(plan, control, output)
  const finished = await finishPlan(plan, await openObjects(control))
  expect(finished.digest).toBe(digest)
  const again = await place.mingle(['reset', 'activity', '--yes', '--config', 'off', '--database-url', url])
  expect(again.code, again.stderr).toBe(0)
})

it('the files of a run whose tasks are not finished are its own: verify has them left alone, reset tells them and removes them', async () => {
  const { plan, control, output } = await planned('g')
  const on = ['--config', 'off', '--database-url', `ndjson:${output}`]
  const empty = await place.mingle(['reset', 'all', '--dry-run', ...on])
  expect(empty.stdout).toContain("run 'many' has no rows; it goes from the ledger")
  await carryOutAll(plan, control, output)
  const there = filesIn(output)
  const verified = await place.mingle(['verify', ...on])
  expect(verified.code, verified.stdout).toBe(0)
  expect(verified.stdout).toContain("run 'many' is not finished, and the ledger has no rows of it yet")
  expect(verified.stdout).toContain(`${there.length} files belong to runs that are not finished`)
  expect(verified.stdout).not.toContain("no run's")
  writeFileSync(join(output, 'feed_seen', 'run-2-part-00001.ndjson'), '')
  const stray = JSON.parse((await place.mingle(['verify', '--json', ...on])).stdout)
  expect(stray.strayFiles).toEqual(['feed_seen/run-2-part-00001.ndjson'])
  expect(stray.unenteredFiles).toHaveLength(there.length)
  const told = await place.mingle(['reset', 'all', '--dry-run', ...on])
  expect(told.stdout).toMatch(/feed_seen +\d+ +files, not in the ledger/)
  const reset = await place.mingle(['reset', 'all', '--yes', '--json', ...on])
  const { files, rows, removed } = JSON.parse(reset.stdout)
  expect([rows, removed]).toEqual([{}, true])
  const left = filesIn(output)
  expect(left).toEqual([join('feed_seen', 'run-2-part-00001.ndjson')])
  expect(Object.values<number>(files).reduce((sum, count) => sum + count, 0)).toBe(there.length)
})

it('a plan whose run was reset is refused, whatever its tasks left; a finished one has nothing left to do', async () => {
  const { plan, control, output } = await planned('h')
  await carryOutAll(plan, control, output)
  const task = () => place.mingle(['task', 'run', control])
  expect((await place.mingle(['plan', 'finish', control])).code).toBe(0)
  const done = await task()
  expect([done.code, done.stdout], done.stderr).toEqual([0, expect.stringContaining('0 tasks carried out')])
  const reset = await place.mingle(['reset', 'all', '--yes', '--config', 'off', '--database-url', `ndjson:${output}`])
  expect(reset.code, reset.stderr).toBe(0)
  const late = await task()
  expect([late.code, late.stdout]).toEqual([2, ''])
  expect(late.stderr).toContain(`knows of no run 'many' that tasks carry out: it is finished, or was reset`)
  const finish = await place.mingle(['plan', 'finish', control])
  expect([finish.code, finish.stdout]).toEqual([2, ''])
  expect(finish.stderr).toContain("holds no run 'many' that this plan is of; was it reset?")
})

it('what others wrote into the place since the plan was made is told before a task is carried out, by all who begin', async () => {
  const { plan, control, output } = await planned('l')
  const url = `ndjson:${output}`
  const store = await openStore(url)
  await startRun(store, { ...config, seed: 'others', count: 20 }, 1, { workers: 0, raiseCompilerBudget: false })
  await store.close()
  const before = filesIn(output)
  const people = ['--run-seed', 'many', '--count', '160', '--market', 'division', '--days', String(DAYS)]
  for (const words of [
    ['resume', '--run-seed', 'many', '--config', 'off', '--database-url', url],
    ['task', 'run', control],
    ['plan', 'run', ...people, '--config', 'off', '--database-url', url, '--out', control],
  ]) {
    const { code, stdout, stderr } = await place.mingle(words)
    expect([code, stdout], words.join(' ')).toEqual([2, ''])
    expect(stderr).toContain(
      "has taken in other rows since the plan of run 'many' was made, so its ids are taken; reset",
    )
  }
  expect(filesIn(output)).toEqual(before)
  const objects = await openObjects(control)
  expect(await new Standing(plan, objects).open(new Standing(plan, objects).counting)).toHaveLength(plan.groups.length)
})

it('a plan whose run was reset, and planned again elsewhere under its seed, is told apart from that one', async () => {
  const { plan, control, output } = await planned('m')
  const hand = new TaskHand()
  const [first, second] = new Standing(plan, await openObjects(control)).counting
  await hand.carryOut({ plan, control, output, task: first! })
  const on = ['--config', 'off', '--database-url', `ndjson:${output}`]
  expect((await place.mingle(['reset', 'all', '--yes', ...on])).code).toBe(0)
  const elsewhere = join(folder, 'm-elsewhere')
  const smaller = configFromSettings({ seed: 'many', count: 90, market: 'division' })
  const anew = await makePlan(smaller, DAYS, plan.output, await openObjects(elsewhere))
  expect(anew.setup.runId).toBe(plan.setup.runId)
  const told = `holds run 'many' of another plan by now: this one's was reset, and planned again in ${elsewhere}`
  await expect(hand.carryOut({ plan, control, output, task: second! })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining(told),
  })
  expect(filesIn(output)).toEqual([])
  const people = ['--run-seed', 'many', '--count', '160', '--market', 'division', '--days', String(DAYS)]
  for (const words of [
    ['task', 'run', control],
    ['plan', 'run', ...people, ...on, '--out', control],
  ]) {
    const { code, stderr } = await place.mingle(words)
    expect([code, stderr], words.join(' ')).toEqual([2, expect.stringContaining(told)])
  }
  await carryOutAll(anew, elsewhere, output)
  // Tasks of before the reset that said so late: all of the older plan is carried out, as far as its own place knows.
  const objects = await openObjects(control)
  const twin = await planned('m-twin')
  await carryOutAll(twin.plan, twin.control, twin.output)
  expect(planName(twin.plan)).toBe(planName(plan))
  const said = await openObjects(twin.control)
  for (const { key } of [...(await said.list('pass-1/')), ...(await said.list('pass-2/'))]) {
    await objects.put(key, [(await said.get(key))!])
  }
  await expect(finishPlan(plan, objects)).rejects.toThrow(told)
  expect((await finishPlan(anew, await openObjects(elsewhere))).missing).toEqual([])
  const late = await place.mingle(['plan', 'finish', control])
  expect([late.code, late.stdout]).toEqual([2, ''])
  const verified = await place.mingle(['verify', ...on])
  expect(verified.code, verified.stdout).toBe(0)
})

/** Of rows of days and people. */
function filesIn(output: string): string[] {
  const paths = readdirSync(output, { recursive: true, encoding: 'utf8' })
  return paths.filter((path) => path.endsWith('.ndjson') && !path.endsWith('all.ndjson')).sort()
}

async function planned(name: string): Promise<{ plan: Plan; control: string; output: string }> {
  const control = join(folder, `${name}-plan`)
  const output = join(folder, `${name}-out`)
  const plan = await makePlan(config, DAYS, outputOf(`ndjson:${output}`), await openObjects(control))
  return { plan, control, output }
}

async function carryOutAll(plan: Plan, control: string, output: string): Promise<void> {
  const hand = new TaskHand()
  const standing = new Standing(plan, await openObjects(control))
  for (const task of standing.counting) await hand.carryOut({ plan, control, output, task })
  for (const task of (await standing.writing())!) await hand.carryOut({ plan, control, output, task })
}

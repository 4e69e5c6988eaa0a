import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  carryOutShare,
  finishPlan,
  makePlan,
  outputOf,
  type Plan,
  planAt,
  planName,
  putOutcome,
  Standing,
  TaskHand,
} from '../../cluster/index.ts'
import { outcomeOf } from '../../cluster/plan/outcome.ts'
import { sealed } from '../../cluster/plan/sealed.ts'
import { type ObjectStore, openObjects, openStore } from '../../persist/index.ts'
import { configFromSettings, extendRun, startRun } from '../../run/index.ts'

const DAYS = 4
const config = configFromSettings({
  seed: 'many',
  count: 160,
  market: 'division',
  set: ['policy.arrivals.perDay=5'],
})
let folder = ''
/** Rows and ledger of the same run on one machine. */
let one: Record<string, unknown>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingle-tasks-'))
  one = await written(join(folder, 'one'), async (url) => {
    const store = await openStore(url)
    await startRun(store, config, DAYS, { workers: 0, raiseCompilerBudget: false })
    await store.close()
  })
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the tasks of a run', () => {
  it('give the ledger and the rows of one machine, in any order and done twice, and the run can be extended', async () => {
    const { plan, control, output } = await planned('a')
    expect(plan.groups.length).toBeGreaterThan(4)
    const [first, second] = [new TaskHand(), new TaskHand()]
    const standing = new Standing(plan, await openObjects(control))
    const order = { plan, control, output }
    for (const task of standing.counting.reverse()) await (task.group % 2 ? first : second).carryOut({ ...order, task })
    const tasks = (await standing.writing())!
    for (const task of [tasks[3]!, ...tasks, tasks[0]!]) await first.carryOut({ ...order, task })
    expect((await finish(plan, control)).missing).toEqual([])
    expect(await contentOf(output)).toEqual(one)
    const store = await openStore(`ndjson:${output}`)
    const { id } = (await store.findRun('many'))!
    expect((await store.verify(id)).difference).toBeNull()
    expect((await store.verify(id)).strayFiles).toEqual([])
    expect(readdirSync(output)).toContain('_SUCCESS')
    const { digest } = await extendRun(store, undefined, { days: 1 }, { workers: 0 })
    expect(readdirSync(output)).not.toContain('_SUCCESS')
    await store.close()
    const long = await openStore('none:')
    const whole = await startRun(long, config, DAYS + 1, { workers: 0 })
    expect(digest).toBe(whole.digest)
  })

  it('are missing until each has its manifest, and again when a file of theirs is gone', async () => {
    const { plan, control, output } = await planned('b')
    expect((await finish(plan, control)).missing).toHaveLength(plan.groups.length)
    const hand = new TaskHand()
    const standing = new Standing(plan, await openObjects(control))
    const order = { plan, control, output }
    for (const task of standing.counting) {
      expect(await standing.writing()).toBeNull()
      await hand.carryOut({ ...order, task })
    }
    const tasks = (await standing.writing())!
    for (const task of tasks.slice(1)) await hand.carryOut({ ...order, task })
    expect((await finish(plan, control)).missing).toEqual([{ pass: 2, group: 0, task: tasks[0]!.id }])
    expect(readdirSync(output)).not.toContain('_SUCCESS')
    await hand.carryOut({ ...order, task: tasks[0]! })
    const [day] = readdirSync(join(output, 'feed_seen'))
    unlinkSync(join(output, 'feed_seen', day!, 'run-1-part-00002.ndjson'))
    expect((await finish(plan, control)).missing).toEqual([{ pass: 2, group: 2, task: tasks[2]!.id }])
    await hand.carryOut({ ...order, task: tasks[2]! })
    const { digest } = await finish(plan, control)
    expect(await contentOf(output)).toEqual(one)
    expect((await finish(plan, control)).digest).toBe(digest)
  })

  it('that end otherwise than they ended before are an error, which says non-determinism', async () => {
    const { plan, control, output } = await planned('c')
    const objects = await openObjects(control)
    const standing = new Standing(plan, objects)
    const hand = new TaskHand()
    for (const task of standing.counting) await hand.carryOut({ plan, control, output, task })
    const task = (await standing.writing())![1]!
    await hand.carryOut({ plan, control, output, task })
    const outcome = (await outcomeOf(objects, task))!
    await putOutcome(objects, task, outcome)
    const other = { ...outcome, facts: outcome.facts.map((digest, i) => (i === 2 ? '0'.repeat(32) : digest)) }
    await expect(putOutcome(objects, task, other)).rejects.toThrow(/non-determinism.*facts of day 2/)
  })

  it('are refused by another version, by name, and by a folder that holds another plan', async () => {
    const { plan, control, output } = await planned('d')
    const objects = await openObjects(control)
    await expect(makePlan({ ...config, seed: 'other' }, DAYS, outputOf(`ndjson:${output}`), objects)).rejects.toThrow(
      "holds the plan of another run (seed 'many', 160 people, 4 days",
    )
    expect((await makePlan(config, DAYS, plan.output, objects)).groups).toEqual(plan.groups)
    writeFileSync(join(control, 'plan.json'), JSON.stringify({ ...plan, packageVersion: '0.0.9' }))
    await expect(planAt(objects)).rejects.toThrow('made by mingle 0.0.9 (engine 4')
  })

  it('are made by a command that a shell takes as it is told, whatever the place is called', async () => {
    const there = join(folder, "no plan's")
    const words = `--out '${there.replace("'", "'\\''")}'`
    await expect(planAt(await openObjects(there))).rejects.toThrow(
      `holds no plan; make one: mingle plan run … ${words}`,
    )
  })

  it('are refused where the plan or an outcome is not as it was put: each field changed or gone, and cut short', async () => {
    const { plan, control, output } = await planned('e')
    const objects = await openObjects(control)
    const file = join(control, 'plan.json')
    const text = readFileSync(file, 'utf8')
    const changes = [...changesOf(text), text.slice(0, -9), '', 'null', '[]', '3']
    expect(changes.length).toBeGreaterThan(100)
    for (const change of changes) {
      writeFileSync(file, change)
      const error = await planAt(objects).catch((each) => each)
      expect(error.message, change.slice(0, 200)).toMatch(/plan\.json in .* is damaged|was made by mingle/)
      expect(['BAD_INPUT', 'ENGINE_DIFFERS']).toContain(error.code)
    }
    writeFileSync(file, JSON.stringify(JSON.parse(text), null, 2))
    expect(await planAt(objects)).toEqual(plan)

    const standing = new Standing(plan, objects)
    const hand = new TaskHand()
    for (const task of standing.counting) await hand.carryOut({ plan, control, output, task })
    const [outcome] = readdirSync(join(control, 'pass-1')).filter((name) => name.endsWith('.json'))
    truncateSync(join(control, 'pass-1', outcome!), 60)
    await expect(finish(plan, control)).rejects.toThrow(/pass-1\/000000-.* is damaged.*remove it/)
    const [, another] = readdirSync(join(control, 'pass-1')).filter((name) => name.endsWith('.json'))
    copyFileSync(join(control, 'pass-1', another!), join(control, 'pass-1', outcome!))
    await expect(finish(plan, control)).rejects.toThrow(/pass-1\/000000-.* is damaged.*remove it/)
    unlinkSync(join(control, 'pass-1', outcome!))
    expect((await finish(plan, control)).missing).toMatchObject([{ pass: 1, group: 0 }])
  })

  it('of which two planners make a plan at once are those of the first, to which the place of the rows leads', async () => {
    const { plan, control, output } = await planned('h')
    const objects = await openObjects(control)
    // The second one looks before the first has put its plan; its own is another where tasks of the first have written meanwhile.
    const { setup } = plan
    const first = { ...plan, setup: { ...setup, people: { ...setup.people, users: setup.people.users + 1 } } }
    await objects.put('plan.json', [sealed(first)])
    let looks = 0
    const late: ObjectStore = {
      url: objects.url,
      put: (key, pieces) => objects.put(key, pieces),
      putNew: (key, bytes) => objects.putNew(key, bytes),
      get: async (key) => (looks++ === 0 ? null : objects.get(key)),
      list: (prefix) => objects.list(prefix),
      remove: (key) => objects.remove(key),
      sweep: () => objects.sweep(),
      close: () => objects.close(),
    }
    expect(await makePlan(config, DAYS, outputOf(`ndjson:${output}`), late)).toEqual(first)
    const pointer = readdirSync(output).find((name) => name.startsWith('_plan-'))!
    expect(JSON.parse(readFileSync(join(output, pointer), 'utf8'))).toMatchObject({ plan: planName(first) })
  })

  it('that are interrupted end as whatever is interrupted does, and stay open', async () => {
    const { plan, control } = await planned('g')
    const stop = new AbortController()
    const objects = await openObjects(control)
    const share = { part: 0, parts: 1, scratchMegabytes: 0, signal: stop.signal, onProgress: () => stop.abort() }
    await expect(carryOutShare(plan, objects, share)).rejects.toMatchObject({ code: 'INTERRUPTED' })
    expect((await finishPlan(plan, objects)).missing).toHaveLength(plan.groups.length)
  })

  it('write nothing into a folder that knows nothing of the run, as one that is not mounted', async () => {
    const { plan, control } = await planned('f')
    const [task] = new Standing(plan, await openObjects(control)).counting
    const order = { plan, control, output: join(folder, 'elsewhere'), task: task! }
    await expect(new TaskHand().carryOut(order)).rejects.toMatchObject({
      code: 'NOT_HERE',
      message: expect.stringMatching(
        /elsewhere holds no run as seen from this machine.*'many' into .*not mounted here/,
      ),
    })
    expect(readdirSync(folder)).not.toContain('elsewhere')
    // Where others' runs are, the place is seen: nobody else would find the run there either.
    const other = { ...order, output: join(folder, 'one') }
    await expect(new TaskHand().carryOut(other)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/one knows of no run 'many' that tasks carry out/),
    })
  })
})

/** Each field of some JSON gone, and each of another type, all others in their order. */
function changesOf(text: string): string[] {
  const changes: string[] = []
  const visit = (at: Record<string, unknown>, path: readonly string[]) => {
    for (const [name, value] of Object.entries(at)) {
      for (const change of [undefined, typeof value === 'string' ? 7 : 'seven']) {
        const whole = JSON.parse(text)
        path.reduce((inner, key) => inner[key], whole)[name] = change
        changes.push(JSON.stringify(whole))
      }
      const isInner = value !== null && typeof value === 'object' && !Array.isArray(value)
      if (isInner) visit(value as Record<string, unknown>, [...path, name])
    }
  }
  visit(JSON.parse(text), [])
  return changes
}

async function planned(name: string): Promise<{ plan: Plan; control: string; output: string }> {
  const control = join(folder, `${name}-plan`)
  const output = join(folder, `${name}-out`)
  const plan = await makePlan(config, DAYS, outputOf(`ndjson:${output}`), await openObjects(control))
  return { plan, control, output }
}

async function finish(plan: Plan, control: string) {
  return finishPlan(plan, await openObjects(control))
}

async function written(path: string, write: (url: string) => Promise<void>): Promise<Record<string, unknown>> {
  await write(`ndjson:${path}`)
  return contentOf(path)
}

/** The ledger without the clock, and each table's rows by day, whatever the files that they lie in. */
async function contentOf(path: string): Promise<Record<string, unknown>> {
  const { tables } = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'))
  for (const run of tables.seed_runs) run.created_at = run.updated_at = 0
  const content: Record<string, unknown> = { tables }
  for (const table of ['users', 'profiles', 'sessions', 'posts', 'feed_seen', 'likes', 'matches', 'messages']) {
    for (const day of readdirSync(join(path, table)).sort()) {
      const files = readdirSync(join(path, table, day)).sort()
      content[`${table} ${day}`] = files.map((file) => readFileSync(join(path, table, day, file), 'utf8')).join('')
    }
  }
  return content
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  carryOutShare,
  finishPlan,
  makePlan,
  outputOf,
  type Plan,
  pointerOf,
  Standing,
  TaskHand,
  urlOf,
} from '../../cluster/index.ts'
import { type ObjectStore, openObjects, openStore, taskTransactions } from '../../persist/index.ts'
import { configFromSettings, extendRun, startRun } from '../../run/index.ts'
import { type PostgresServer, query, startPostgres } from '../persist/servers/postgres-server.ts'
import { contentOfDatabase } from './machines/databases.ts'
import { Mingle } from './machines/processes.ts'
import { TcpProxy } from './stores/proxy.ts'

const DAYS = 4
const config = configFromSettings({ seed: 'many', count: 160, market: 'division', set: ['policy.arrivals.perDay=5'] })
const folder = mkdtempSync(join(tmpdir(), 'mingle-tasks-pg-'))
let server: PostgresServer
let one = ''
/** Of the run on one machine. */
let digest: string | null = null

beforeAll(async () => {
  server = await startPostgres()
  one = await server.createDatabase()
  const store = await openStore(one)
  digest = (await startRun(store, config, DAYS, { workers: 0, raiseCompilerBudget: false })).digest
  await store.close()
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

describe('the tasks of a run into PostgreSQL', () => {
  it('give the rows and the ledger of one machine, in any order, with the plan beside the rows; and the run goes on', async () => {
    const url = await server.createDatabase()
    const { plan, control, controlUrl } = await planned(url, `${url}#plan`)
    const order = { plan, control: controlUrl, output: url }
    const standing = new Standing(plan, control)
    const [first, second] = [new TaskHand(), new TaskHand()]
    for (const task of standing.counting.reverse()) await (task.group % 2 ? first : second).carryOut({ ...order, task })
    const tasks = (await standing.writing())!
    await Promise.all(
      [0, 1].map(async (part) => {
        for (const task of tasks.filter(({ group }) => group % 2 === part))
          await [first, second][part]!.carryOut({ ...order, task })
      }),
    )
    // Carried out once more, as if its manifest had been lost with the broker.
    await control.remove((await control.list('pass-2/'))[1]!.key)
    expect((await finishPlan(plan, control, { where: url })).missing).toHaveLength(1)
    await first.carryOut({ ...order, task: tasks[1]! })
    const finished = await finishPlan(plan, control, { where: url })
    expect(finished).toMatchObject({ missing: [], digest })
    await control.close()
    expect(await contentOfDatabase(url)).toEqual(await contentOfDatabase(one))
    const store = await openStore(url)
    const run = (await store.findRun('many'))!
    expect(run.digest).toBe(digest)
    expect((await store.verify(run.id)).difference).toBeNull()
    await extendRun(store, undefined, { days: 1 }, { workers: 0, raiseCompilerBudget: false })
    await store.close()
    const other = await openStore(one)
    await extendRun(other, undefined, { days: 1 }, { workers: 0, raiseCompilerBudget: false })
    await other.close()
    expect(await contentOfDatabase(url)).toEqual(await contentOfDatabase(one))
  })

  it('that somebody else finishes at the same time are lost by nobody', async () => {
    const url = await server.createDatabase()
    const { plan, control, controlUrl } = await planned(url, join(folder, 'twice'))
    await carryOutAll(plan, control, controlUrl, url)
    const first = await finishPlan(plan, control, { where: url })
    // The other one has looked before the first was done, and asks for the tasks' notes when they are gone.
    await query(url, "UPDATE seed_runs SET status = 'profiles'")
    const session = new pg.Client({ connectionString: url })
    await session.connect()
    await session.query('BEGIN; LOCK TABLE seed_run_days')
    const second = finishPlan(plan, control, { where: url })
    const waiting = "SELECT 1 FROM pg_locks WHERE relation = 'seed_run_days'::regclass AND NOT granted"
    while ((await query(url, waiting)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    await session.query("UPDATE seed_runs SET status = 'finished'; COMMIT")
    await session.end()
    expect(await second).toEqual(first)
    expect(first).toMatchObject({ missing: [], digest })
    await control.close()
    expect(await verified(url)).toBeNull()
  })

  it('carried out by a user whom the server makes look up every foreign key', async () => {
    const url = await server.createDatabase()
    await query(
      url,
      "DO $$ BEGIN CREATE ROLE clerk LOGIN PASSWORD 'sesame'; EXCEPTION WHEN duplicate_object THEN END $$",
    )
    await query(url, 'GRANT ALL ON SCHEMA public TO clerk')
    await query(url, `DO $$ BEGIN EXECUTE 'GRANT CREATE ON DATABASE ' || current_database() || ' TO clerk'; END $$`)
    const own = new URL(url)
    own.username = 'clerk'
    own.password = 'sesame'
    const { plan, control, controlUrl } = await planned(own.href, join(folder, 'clerk'))
    // No plan keeps a password.
    expect(JSON.stringify(plan)).not.toContain('sesame')
    expect(new URL(plan.output.where).password).toBe('')
    await carryOutAll(plan, control, controlUrl, own.href)
    expect((await finishPlan(plan, control, { where: own.href })).missing).toEqual([])
    expect(await verified(own.href)).toBeNull()
  })

  it('whose plan lies in another database leave one of the same name beside their rows alone', async () => {
    const [url, planner] = [await server.createDatabase(), await server.createDatabase()]
    const beside = await openObjects(`${url}#plan`)
    await beside.put('plan.json', [new TextEncoder().encode('of another run')])
    const { plan, control, controlUrl } = await planned(url, `${planner}#plan`)
    await carryOutAll(plan, control, controlUrl, url)
    expect((await finishPlan(plan, control, { where: url })).missing).toEqual([])
    expect((await beside.list('')).map(({ key }) => key)).toEqual(['plan.json'])
    await beside.close()
    await control.close()
  })

  it('in two schemas of one database know nothing of each other, and a reset takes the note of its own alone', async () => {
    const url = await server.createDatabase()
    for (const schema of ['north', 'south']) await query(url, `CREATE SCHEMA ${schema}`)
    const urls = ['north', 'south'].map((schema) => `${url}?schema=${schema}`)
    const [north, south] = urls as [string, string]
    // The plans as `run --cluster` keeps them, under one name.
    const plans: Awaited<ReturnType<typeof planned>>[] = []
    for (const each of urls) plans.push(await planned(each, `${each}#same`))
    expect(plans[1]!.plan.output.where).toContain('schema=south')
    expect(await pointerOf({ where: north }, 'many')).toContain('schema=north')
    const order = ({ plan, controlUrl }: (typeof plans)[0], output: string) => ({ plan, control: controlUrl, output })
    for (const task of plans[0]!.standing.counting) await new TaskHand().carryOut({ ...order(plans[0]!, north), task })
    expect(await plans[1]!.standing.open(plans[1]!.standing.counting)).toHaveLength(plans[1]!.plan.groups.length)
    await carryOutAll(plans[1]!.plan, plans[1]!.control, plans[1]!.controlUrl, south)
    expect(await finishPlan(plans[1]!.plan, plans[1]!.control, { where: south })).toMatchObject({ missing: [], digest })
    // What the other one's tasks left is still known.
    expect(await plans[0]!.standing.open(plans[0]!.standing.counting)).toEqual([])
    const [records] = await query(
      url,
      "SELECT count(*) AS left FROM mingle_tasks.objects WHERE key LIKE 'schema north/records%'",
    )
    expect(Number(records!.left)).toBeGreaterThan(0)
    // Their rows are the run's, though it does not stand behind them yet.
    const store = await openStore(north)
    const { id } = (await store.findRun('many'))!
    expect(await store.removal(id, 'all')).toMatchObject({ rows: { users: config.count }, dependents: {} })
    expect((await store.verify(id)).foreignRows).toEqual({})
    await store.close()
    const reset = await new Mingle(['reset', 'all', '--yes', '--database-url', north]).ended
    expect(reset.code, reset.stderr).toBe(0)
    expect(await pointerOf({ where: north }, 'many')).toBeNull()
    // Nothing of either is left, so what it was kept in goes too.
    const left = await query(url, "SELECT 1 FROM information_schema.schemata WHERE schema_name = 'mingle_tasks'")
    expect(left).toEqual([])
    for (const { control } of plans) await control.close()
  })

  it('keep their records where another run was finished meanwhile, which takes the table with it unless somebody uses it', async () => {
    const url = await server.createDatabase()
    const [objects, transactions] = [await openObjects(`${url}#one`), await taskTransactions()]
    const bytes = new TextEncoder().encode('kept')
    const isThere = async () => (await query(url, "SELECT to_regclass('mingle_tasks.objects') AS there"))[0]!.there
    await objects.put('key', [bytes])
    const other = new pg.Client({ connectionString: url })
    await other.connect()
    await other.query('BEGIN')
    await other.query('SELECT 1 FROM mingle_tasks.objects')
    await transactions.clear(url, ['one/'])
    expect(await isThere()).toBe('mingle_tasks.objects')
    await other.end()
    await transactions.clear(url, ['one/'])
    expect(await isThere()).toBeNull()
    await objects.put('key', [bytes])
    expect(await objects.get('key')).toEqual(Buffer.from(bytes))
    await transactions.clear(url, ['two/'])
    expect(await isThere()).toBe('mingle_tasks.objects')
    await objects.close()
  })

  it('wait for a server that is away when they look whether the run is there', async () => {
    const url = await server.createDatabase()
    const { plan, standing, control, controlUrl } = await planned(url, join(folder, 'away'))
    await control.close()
    const proxy = await TcpProxy.start(Number(new URL(url).port), new URL(url).hostname)
    const through = Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(proxy.port) }).href
    const order = { plan, control: controlUrl, output: through, task: standing.counting[0]! }
    try {
      proxy.cut()
      setTimeout(() => proxy.heal(), 1000)
      expect(await new TaskHand().carryOut(order)).toMatchObject({ pass: 1, group: 0 })
    } finally {
      await proxy.stop()
    }
  })

  it('are not begun where others have taken the ids since the plan was made', async () => {
    const url = await server.createDatabase()
    const { plan, control, standing } = await planned(url, join(folder, 'taken'))
    const store = await openStore(url)
    await startRun(store, { ...config, seed: 'others', count: 20 }, 1, { workers: 0, raiseCompilerBudget: false })
    await store.close()
    const share = { part: 0, parts: 1, where: url }
    await expect(carryOutShare(plan, control, share)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining("has taken in other rows since the plan of run 'many' was made"),
    })
    expect(await standing.open(standing.counting)).toHaveLength(plan.groups.length)
    await control.close()
  })

  it('of a plan whose run was reset, and planned again elsewhere, write nothing into that one, though it has the same id', async () => {
    const url = await server.createDatabase()
    const { plan, standing, control, controlUrl } = await planned(url, join(folder, 'older'))
    const hand = new TaskHand()
    const order = { plan, control: controlUrl, output: url }
    const [silent, writing] = [standing.counting[0]!, standing.counting.at(-1)!]
    // The group has no share of the people: the task looks whether the run is there, and writes nothing.
    expect(await hand.carryOut({ ...order, task: silent })).toMatchObject({ written: [] })
    const reset = await new Mingle(['reset', 'all', '--yes', '--database-url', url]).ended
    expect(reset.code, reset.stderr).toBe(0)
    // With the last of them goes what tasks keep their records in.
    for (const each of [hand, new TaskHand()]) {
      await expect(each.carryOut({ ...order, task: writing })).rejects.toThrow(
        /knows of no run 'many' that tasks carry out|the run of this task is gone in/,
      )
    }
    const elsewhere = await openObjects(join(folder, 'newer'))
    const smaller = configFromSettings({ seed: 'many', count: 90, market: 'division' })
    const anew = await makePlan(smaller, DAYS, outputOf(url), elsewhere, { where: url })
    expect(anew.setup.runId).toBe(plan.setup.runId)
    // The same hand has seen its place before, another looks first.
    for (const each of [hand, new TaskHand()]) {
      await expect(each.carryOut({ ...order, task: writing })).rejects.toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringContaining("of another plan by now: this one's was reset, and planned again in"),
      })
    }
    for (const table of ['users', 'seed_run_days']) {
      expect((await query(url, `SELECT count(*) AS left FROM ${table}`))[0]!.left, table).toBe('0')
    }
    await carryOutAll(anew, elsewhere, join(folder, 'newer'), url)
    expect((await finishPlan(anew, elsewhere, { where: url })).missing).toEqual([])
    expect(await verified(url)).toBeNull()
    await control.close()
    await elsewhere.close()
  })

  it('half-way, resumed by the command line; reset, planned and carried out anew', async () => {
    const url = await server.createDatabase()
    const { plan, control, controlUrl } = await planned(url, join(folder, 'half'))
    const hand = new TaskHand()
    const standing = new Standing(plan, control)
    const order = { plan, control: controlUrl, output: url }
    for (const task of standing.counting) await hand.carryOut({ ...order, task })
    const tasks = (await standing.writing())!
    for (const task of tasks.slice(0, 3)) await hand.carryOut({ ...order, task })
    await control.close()
    const reset = await new Mingle(['reset', 'all', '--yes', '--database-url', url]).ended
    expect(reset.code, reset.stderr).toBe(0)
    for (const table of ['users', 'messages', 'seed_people', 'seed_run_days', 'seed_runs']) {
      expect((await query(url, `SELECT count(*) AS left FROM ${table}`))[0]!.left, table).toBe('0')
    }
    // The records that stayed count for nothing: their rows are gone.
    const again = await planned(url, join(folder, 'half'))
    const first = new TaskHand()
    for (const task of again.standing.counting.slice(0, 2)) {
      await first.carryOut({ plan: again.plan, control: again.controlUrl, output: url, task })
    }
    await again.control.close()
    const { code, stdout, stderr } = await new Mingle(['resume', '--skip-jobs', '--json', '--database-url', url]).ended
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout).digest).toBe(digest)
    expect(await verified(url)).toBeNull()
    expect(urlOf(plan.output)).toMatch(/^postgresql:/)
  })
})

async function planned(url: string, controlUrl: string) {
  const control = await openObjects(controlUrl)
  const plan = await makePlan(config, DAYS, outputOf(url), control, { where: url })
  return { plan, control, controlUrl, standing: new Standing(plan, control) }
}

async function carryOutAll(plan: Plan, control: ObjectStore, controlUrl: string, output: string): Promise<void> {
  const hand = new TaskHand()
  const standing = new Standing(plan, control)
  for (const task of standing.counting) await hand.carryOut({ plan, control: controlUrl, output, task })
  for (const task of (await standing.writing())!) await hand.carryOut({ plan, control: controlUrl, output, task })
}

async function verified(url: string) {
  const store = await openStore(url)
  const { difference } = await store.verify((await store.findRun('many'))!.id)
  await store.close()
  return difference
}

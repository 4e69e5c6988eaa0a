/**
 * node dist/bench/cluster/coordinator.js [PEOPLE] [DAYS]: what planning pass 2 and finishing a run of so many people take, as one
 * line of JSON. The tasks' outcomes are made up (as many groups, markets, files and bytes as such a run has), the
 * coordinator is the real one.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  encodeCounts,
  finishPlan,
  groupMarkets,
  makePlan,
  type ObjectStore,
  type Outcome,
  openObjects,
  outcomeKey,
  outputOf,
  type Plan,
  putOutcome,
  Standing,
  TASK_TABLES,
  type Task,
  writtenFile,
} from '../../cluster/index.ts'
import { DAY_TABLES } from '../../persist/index.ts'
import { FACT_KINDS, resolveConfig } from '../../sim/index.ts'
import { parse, program, whole } from '../options.ts'
import { cpuNs } from '../record.ts'

/** Of a market of a million people in pools (docs/performance.md: 530 of them). */
const PEOPLE_OF_A_MARKET = 1_900
/** Rows a person and day, spread over the tables alike. */
const ROWS_A_PERSON_DAY = 38

await program(import.meta.url, 'node dist/bench/cluster/coordinator.js [PEOPLE] [DAYS]', async (args) => {
  const { words } = parse(args, {}, 2)
  const people = whole('PEOPLE', words[0], 1_900, 1_000_000)
  const days = whole('DAYS', words[1], 1, 90)
  const folder = mkdtempSync(join(tmpdir(), 'mingle-coordinator-'))
  try {
    console.log(JSON.stringify(await coordinated(folder, people, days)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

async function coordinated(folder: string, people: number, days: number) {
  const control = await openObjects(join(folder, 'plan'))
  const output = outputOf(`ndjson:${join(folder, 'out')}`)
  const config = resolveConfig({ seed: 'coordinator', count: 20, market: 'country' })
  const small = await makePlan(config, days, output, control)
  const markets = Math.round(people / PEOPLE_OF_A_MARKET)
  const ids = Array.from({ length: markets }, (_, i) => i)
  const sizes = ids.map(() => PEOPLE_OF_A_MARKET)
  const groups = groupMarkets(ids, sizes, days)
  const plan: Plan = { ...small, groups, people: groups.map(({ length }) => length * PEOPLE_OF_A_MARKET) }

  const standing = new Standing(plan, control)
  for (const task of standing.counting) await putCounts(plan, control, task)
  const [placing, placingCpu] = [performance.now(), cpuNs()]
  const tasks = (await standing.writing())!
  const placed = { seconds: (performance.now() - placing) / 1000, cpu: (cpuNs() - placingCpu) / 1e9 }
  let files = 0
  for (const task of tasks) files += await putFiles(plan, control, task)
  const [finishing, finishingCpu] = [performance.now(), cpuNs()]
  const { missing } = await finishPlan(plan, control)
  if (missing.length > 0) throw new Error(`${missing.length} tasks are missing`)
  return {
    people,
    days,
    markets,
    groups: plan.groups.length,
    files,
    placingSeconds: placed.seconds,
    finishingSeconds: (performance.now() - finishing) / 1000,
    finishingCpu: (cpuNs() - finishingCpu) / 1e9,
    megabytes: process.resourceUsage().maxRSS / 1024,
    countsMegabytes: (await sizeOf(control, 'pass-1/', '.counts')) / 2 ** 20,
    manifestMegabytes: (await stat(join(folder, 'out', 'manifest.json'))).size / 2 ** 20,
  }
}

/** A market's day of so many people. */
function rowsOfMarket(): Record<string, number> {
  const each = Math.round((PEOPLE_OF_A_MARKET * ROWS_A_PERSON_DAY) / DAY_TABLES.length)
  return Object.fromEntries(DAY_TABLES.map((table) => [table, each]))
}

async function putCounts(plan: Plan, control: ObjectStore, task: Task): Promise<void> {
  const ids = plan.groups[task.group]!
  const rows = rowsOfMarket() as never
  const summary = (market: number) => ({
    market,
    rows: new Uint32Array(FACT_KINDS.length).fill(7),
    digests: new Uint32Array(FACT_KINDS.length * 4).fill(market),
  })
  const market = (id: number) => ({
    counts: { market: id, rows, firstPost: 0, firstMatch: 0, arrivals: [] },
    summary: summary(id),
  })
  const days = Array.from({ length: plan.days }, () => ids.map(market))
  const tally = { days: plan.days, startDay: plan.config.startDay, vectors: {} }
  const bytes = encodeCounts({ days, tally })
  const key = `${outcomeKey(task)}.counts`
  await control.put(key, [bytes])
  const object = { key, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  const counted = DAY_TABLES.map((table) => rowsOfMarket()[table]! * ids.length)
  const outcome: Outcome = {
    task: task.id,
    pass: 1,
    group: task.group,
    days: days.map(() => ({ rows: counted, arrivals: 0, pictures: 0 })),
    facts: days.map(() => '0'.repeat(32)),
    object,
    written: [],
    marks: [],
  }
  await putOutcome(control, task, outcome)
}

/** Files of the right names and sizes, with nothing in them. */
async function putFiles(plan: Plan, control: ObjectStore, task: Task): Promise<number> {
  const rows = rowsOfMarket()
  const markets = plan.groups[task.group]!.length
  const written: [number, number, number, number, string, number, string][] = []
  const made = new Set<string>()
  for (let day = 0; day < plan.days; day++) {
    for (const table of DAY_TABLES) {
      const count = rows[table]! * markets
      const path = join(plan.output.where, writtenFile(plan, 2, task.group, day, table))
      if (!made.has(dirname(path))) mkdirSync(dirname(path), { recursive: true })
      made.add(dirname(path))
      const file = await open(path, 'w')
      await file.truncate(count)
      await file.close()
      written.push([
        day,
        TASK_TABLES.indexOf(table),
        count,
        task.places![day]![table],
        '0'.repeat(32),
        count,
        '0'.repeat(64),
      ])
    }
  }
  const sum = written.reduce((total, [, , count]) => total + count, 0)
  const facts = Array.from({ length: plan.days }, () => '0'.repeat(32))
  const outcome: Outcome = {
    task: task.id,
    pass: 2,
    group: task.group,
    rows: sum,
    bytes: sum,
    facts,
    written,
    marks: [],
  }
  await putOutcome(control, task, outcome)
  return written.length
}

async function sizeOf(control: ObjectStore, prefix: string, end: string): Promise<number> {
  const listed = await control.list(prefix)
  return listed.filter(({ key }) => key.endsWith(end)).reduce((sum, { bytes }) => sum + bytes, 0)
}

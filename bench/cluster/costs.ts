/**
 * node dist/bench/cluster/costs.js parquet|postgres [PEOPLE] [DAYS]: what a person-day costs the tasks of a run, by output, as
 * one line of JSON. `parquet` carries out both passes of a plan on this thread, the first task of each apart, as it is cold;
 * `postgres` is a run into a PostgreSQL started for it, with what the server itself takes, writes and leaves behind.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import {
  makePlan,
  openObjects,
  outputOf,
  type Plan,
  Standing,
  TASK_TABLES,
  type Task,
  TaskHand,
} from '../../cluster/index.ts'
import { raiseCompilerBudget } from '../../run/index.ts'
import { planMarkets, resolveConfig } from '../../sim/index.ts'
import { writeRun } from '../end-to-end/write.ts'
import { oneOf, parse, program, whole } from '../options.ts'
import { type Embedded, embeddedPostgres } from '../persist/server.ts'
import { cpuNs } from '../record.ts'

const TICKS_PER_SECOND = 100

await program(import.meta.url, 'node dist/bench/cluster/costs.js parquet|postgres [PEOPLE] [DAYS]', async (args) => {
  const { words } = parse(args, {}, 3)
  const what = oneOf('the output', words[0] ?? '', ['parquet', 'postgres'])
  const people = whole('PEOPLE', words[1], 100, what === 'parquet' ? 8_000 : 2_000)
  const days = whole('DAYS', words[2], 1, 14)
  const folder = mkdtempSync(join(tmpdir(), 'mingle-costs-'))
  try {
    raiseCompilerBudget()
    const figures = what === 'parquet' ? await ofTasks(folder, people, days) : await ofServer(folder, people, days)
    console.log(JSON.stringify(figures))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

interface PassCost {
  cpu: number
  personDays: number
  rows: number
  bytes: number
  /** Rows of the largest table. */
  seen: number
  /** Of the pass's first task: what it took longer than its people would. */
  cold: number
}

async function ofTasks(folder: string, people: number, days: number) {
  const hand = new TaskHand()
  // One day first: what of pass 1 are the people, who are written once.
  const short = await planned(folder, people, 1)
  const once = await carryOut(hand, short.plan, short.standing.counting, short.control)
  const { plan, standing, control } = await planned(folder, people, days)
  await carryOut(hand, plan, standing.counting, control)
  const write = await carryOut(hand, plan, (await standing.writing())!, control)
  return {
    people,
    days,
    tasks: plan.groups.length,
    peopleMicroseconds: (once.cpu / once.personDays) * 1e6,
    writeMicroseconds: (write.cpu / write.personDays) * 1e6,
    writeCold: write.cold,
    rowsAPersonDay: write.rows / write.personDays,
    feedSeenAPersonDay: write.seen / write.personDays,
    bytesAPersonDay: write.bytes / write.personDays,
    rowsASecond: write.rows / write.cpu,
    megabytes: process.resourceUsage().maxRSS / 1024,
  }
}

async function planned(folder: string, people: number, days: number) {
  const control = await openObjects(join(folder, `plan-${days}`))
  const config = resolveConfig({ seed: 'costs', count: people, market: 'area' })
  const plan = await makePlan(config, days, outputOf(`parquet:${join(folder, `out-${days}`)}`), control)
  return { plan, standing: new Standing(plan, control), control: control.url }
}

async function carryOut(hand: TaskHand, plan: Plan, tasks: readonly Task[], control: string): Promise<PassCost> {
  const { ids, sizes } = planMarkets(plan.config)
  const sum: PassCost = { cpu: 0, personDays: 0, rows: 0, bytes: 0, seen: 0, cold: 0 }
  let first: { readonly cpu: number; readonly personDays: number } | undefined
  for (const task of tasks) {
    const before = cpuNs()
    const outcome = await hand.carryOut({ plan, task, control, output: plan.output.where })
    const cpu = (cpuNs() - before) / 1e9
    const here = plan.groups[task.group]!.reduce((total, id) => total + sizes[ids.indexOf(id)]!, 0) * plan.days
    if (!first) {
      first = { cpu, personDays: here }
      continue
    }
    sum.cpu += cpu
    sum.personDays += here
    if (outcome.pass === 2) {
      sum.rows += outcome.rows
      sum.bytes += outcome.bytes
      for (const [, at, rows] of outcome.written) if (TASK_TABLES[at] === 'feed_seen') sum.seen += rows
    }
  }
  sum.cold = Math.max(0, first!.cpu - (first!.personDays * sum.cpu) / sum.personDays)
  return sum
}

async function ofServer(folder: string, people: number, days: number) {
  let embedded: Embedded
  try {
    embedded = await embeddedPostgres(folder, { user: 'mingle', password: 'mingle', persistent: false })
    await embedded.server.initialise()
    await embedded.server.start()
    await embedded.server.createDatabase('bench')
  } catch (error) {
    return { skipped: String(error).split('\n')[0] }
  }
  const url = `postgresql://mingle:mingle@localhost:${embedded.port}/bench`
  const client = new pg.Client(url)
  try {
    await client.connect()
    const wal = async () => Number((await client.query("SELECT pg_current_wal_lsn() - '0/0' AS at")).rows[0].at)
    const [server, log] = [serverSeconds(folder), await wal()]
    const { total, seconds, cpuSeconds } = await writeRun(url, people, days, 1)
    const personDays = people * days
    const size = await client.query('SELECT pg_database_size(current_database()) AS bytes')
    const [logged, took] = [(await wal()) - log, serverSeconds(folder) - server]
    const began = performance.now()
    await client.query('VACUUM (FREEZE, ANALYZE)')
    const vacuum = (performance.now() - began) / 1000
    return {
      people,
      days,
      clientMicroseconds: (cpuSeconds / personDays) * 1e6,
      serverMicroseconds: (took / personDays) * 1e6,
      rowsAPersonDay: total / personDays,
      rowsASecond: total / seconds,
      bytesAPersonDay: Number(size.rows[0].bytes) / personDays,
      logBytesAPersonDay: logged / personDays,
      vacuumMicroseconds: (vacuum / personDays) * 1e6,
    }
  } finally {
    await client.end().catch(() => {})
    await embedded.server.stop()
  }
}

/** Processor seconds of a server and its processes so far, those that have ended included. */
function serverSeconds(folder: string): number {
  const postmaster = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]!
  let ticks = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      // Behind the name in brackets: state, parent, … user and system time, and those of children that ended.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const [own, children] = [Number(fields[11]) + Number(fields[12]), Number(fields[13]) + Number(fields[14])]
      if (pid === postmaster) ticks += own + children
      else if (fields[1] === postmaster) ticks += own
    } catch {
      // It has just ended.
    }
  }
  return ticks / TICKS_PER_SECOND
}

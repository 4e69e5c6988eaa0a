import { derivedTarget, openSql, type Plan, sourcesOfTable } from '../persist/index.ts'
import { MingleError } from '../sim/kernel/index.ts'
import { endOfLastDay } from './as-of.ts'
import { JobDatabase } from './database/database.ts'
import { type Changes, noChanges } from './database/replace.ts'
import { callHook, checkedHooks, type JobHooks } from './hooks.ts'
import type { Job } from './job.ts'
import { MappedJobs } from './mapped.ts'
import { noteMoment } from './moments.ts'
import type { JobName } from './names.ts'
import { JOB_DEFAULTS, type JobOptions, SERVER_PAUSE_MS } from './options.ts'
import { JOBS } from './table.ts'
import { noteEnded, noteUnderWay } from './under-way.ts'
import { JobWork, Stopped } from './work.ts'

export interface JobsRequest {
  /** Which, in the order given; default: all. */
  readonly jobs?: readonly Job[]
  /** Epoch ms; default: the end of the last day that a run committed. */
  readonly asOf?: number | undefined
  readonly options?: { readonly [O in keyof JobOptions]?: JobOptions[O] | undefined }
  /** The user's own, by the job that they replace. */
  readonly hooks?: JobHooks | undefined
  /** Takes the facts to a site's own models: jobs run where the mapping says to which models what they derive goes. */
  readonly mapping?: Plan | undefined
  /** Stops after the transaction that is under way. */
  readonly signal?: AbortSignal
  readonly onProgress?: (job: JobName, done: number, total: number) => void
}

export interface JobReport extends Readonly<Changes> {
  readonly job: JobName
  /** `hook`: the user's own ran in its place; `stopped`: the signal came before it had ended. */
  readonly status: 'done' | 'hook' | 'stopped' | 'not mapped'
  /** Rows of its outputs when it ended, those of others included. */
  readonly rows: number
  readonly seconds: number
  /** A mapping: what the job would have needed, or leaves out, since it is not mapped: facts, or columns of facts. */
  readonly lacks?: readonly string[]
  /** A mapping: columns of facts that it computed without. */
  readonly without?: readonly string[]
}

export interface JobsResult {
  readonly status: 'finished' | 'stopped'
  readonly asOf: number
  readonly jobs: readonly JobReport[]
  readonly seconds: number
}

/**
 * Computes derived tables of the database that a URL names, job after job.
 * @throws MingleError BAD_INPUT when there is no such database, or nothing tells as of when; JOB_FAILED with the job's name
 */
export async function runJobs(databaseUrl: string, request: JobsRequest = {}): Promise<JobsResult> {
  const { jobs = JOBS, mapping, signal, onProgress } = request
  const hooks = checkedHooks(request.hooks ?? {})
  const begun = performance.now()
  const backend = await openSql(databaseUrl, mapping)
  let mapped: MappedJobs | undefined
  try {
    const database = new JobDatabase(backend)
    const asOf = request.asOf ?? endOfLastDay(await backend.ledger.runs())
    const given = Object.entries(request.options ?? {}).filter(([, value]) => value !== undefined)
    const pauseMs = backend.dialect === 'sqlite' ? 0 : SERVER_PAUSE_MS
    const options: JobOptions = { ...JOB_DEFAULTS, pauseMs, ...Object.fromEntries(given) }
    const reports: JobReport[] = []
    const due = jobs.some(({ name }) => !hooks.has(name))
    if (mapping && mapping.derived.length > 0 && due) mapped = await MappedJobs.open(backend, mapping)
    // Where nothing of what jobs derive is mapped, the site's ledger has no table for them.
    const ledgered = !mapping || mapping.derived.length > 0
    const wasCutOff = ledgered && (await noteUnderWay(database, asOf))
    for (const job of jobs) {
      if (signal?.aborted) break
      const hook = hooks.get(job.name)
      const progress = (done: number, total: number) => onProgress?.(job.name, done, total)
      const report = await timed(job, async () => {
        if (hook !== undefined) {
          // Before it writes, as with our own: what a hook that fails leaves as of this moment is known as the job's too.
          if (takesRows(job, mapping)) await noteMoment(database, job.name, asOf)
          const told = await callHook(hook, { job: job.name, databaseUrl, asOf: new Date(asOf) })
          const rows = told ?? (mapping ? ((await mapped?.count(job)) ?? 0) : await rowsOf(database, job))
          return { status: 'hook', ...noChanges(), rows }
        }
        if (mapped) return mapped.run(job, asOf, options, { progress, signal })
        if (mapping)
          return { status: 'not mapped', ...noChanges(), rows: 0, lacks: job.outputs.flatMap(sourcesOfTable) }
        const work = await JobWork.begin(database, job, asOf, options, { progress, signal })
        const status = await job.run(work).then(() => 'done' as const, stoppedOnly)
        if (status === 'done') await work.finish()
        return { status, ...work.changes, rows: await rowsOf(database, job) }
      })
      reports.push(report)
      if (report.status === 'stopped') break
    }
    const status = reports.length === jobs.length && reports.at(-1)?.status !== 'stopped' ? 'finished' : 'stopped'
    // Some jobs alone do not make up for others that were cut off.
    if (ledgered && status === 'finished' && (!wasCutOff || jobs.length === JOBS.length)) await noteEnded(database)
    return { status, asOf, jobs: reports, seconds: secondsSince(begun) }
  } finally {
    mapped?.close()
    await backend.close()
  }
}

/** Whether there are tables for what a job computes. */
function takesRows({ outputs }: Job, mapping: Plan | undefined): boolean {
  return !mapping || outputs.some((table) => derivedTarget(mapping, table) !== undefined)
}

async function rowsOf(database: JobDatabase, job: Job): Promise<number> {
  let rows = 0
  for (const table of job.outputs) rows += await database.number(`SELECT count(*) FROM ${table}`)
  return rows
}

async function timed(job: Job, work: () => Promise<Omit<JobReport, 'job' | 'seconds'>>): Promise<JobReport> {
  const begun = performance.now()
  try {
    return { job: job.name, ...(await work()), seconds: secondsSince(begun) }
  } catch (error) {
    const { message = String(error), code } = Object(error) as { message?: string; code?: string }
    const words = `job '${job.name}': ${message}; what it committed stays, and it goes on from there when it runs again`
    throw Object.assign(new MingleError(code === 'BAD_INPUT' ? code : 'JOB_FAILED', words), { cause: error })
  }
}

function stoppedOnly(error: unknown): 'stopped' {
  if (error instanceof Stopped) return 'stopped'
  throw error
}

function secondsSince(begun: number): number {
  return (performance.now() - begun) / 1000
}

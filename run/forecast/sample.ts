import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runJobs } from '../../jobs/index.ts'
import { DERIVED_TABLES, openSql, openStore } from '../../persist/index.ts'
import { type RunConfig, resolveConfig } from '../../sim/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import type { RunOptions } from '../options.ts'
import { startRun } from '../run.ts'

/**
 * Chosen: in so many people everybody still finds somebody to decide on, and they are lived and written in seconds. A run of
 * no more is its own sample, its first days exactly as they will be.
 */
const PEOPLE = 1000
/** Two weeks: people live by the week, and the second tells how far the first is from what follows. */
const DAYS = 14
const REPETITIONS = 3

/** A small run of the same kind, as it was measured. */
export interface SampledRun {
  /** Rows by table of the people alone. */
  readonly people: Readonly<Record<string, number>>
  /** Rows by table, day after day. */
  readonly days: readonly Readonly<Record<string, number>>[]
  readonly seconds: number
}

export interface Sample {
  /** Whether it is the run that was asked about, for its first days, or all of them. */
  readonly isItself: boolean
  readonly peopleEach: number
  readonly daysEach: number
  readonly runs: readonly SampledRun[]
  /** Rows of derived tables, computed from all of them together. */
  readonly derived: Readonly<Record<string, number>>
  readonly jobs: readonly { readonly job: string; readonly seconds: number }[]
  /** Bytes of the database before there was a row, and afterwards. */
  readonly bytes: { readonly empty: number; readonly full: number }
  /** Seconds to make and open it. */
  readonly opening: number
  /** Bytes that this process held at most. */
  readonly memory: number
}

export interface SampleOptions extends Pick<RunOptions, 'workers' | 'signal' | 'onProgress' | 'extension'> {
  readonly jobs: boolean
}

/** Lives and writes a few small runs of the same kind into a database in the temporary folder, which goes afterwards. */
export async function takeSample(config: RunConfig, days: number, options: SampleOptions): Promise<Sample> {
  const { jobs, ...driving } = options
  const isItself = config.count <= PEOPLE
  const peopleEach = isItself ? config.count : Math.max(PEOPLE, config.people?.length ?? 0)
  // A small run of many days costs no more than a large one of few.
  const daysEach = Math.min(days, isItself ? Math.max(DAYS, Math.floor((PEOPLE * DAYS) / config.count)) : DAYS)
  const folder = mkdtempSync(join(tmpdir(), 'mingle-sample-'))
  const file = join(folder, 'sample.db')
  try {
    const begun = performance.now()
    const store = await openStore(`file:${file}`, {})
    const opening = secondsSince(begun)
    const runs: SampledRun[] = []
    let empty = 0
    try {
      for (let i = 0; i < (isItself ? 1 : REPETITIONS); i++) {
        const so = isItself ? config : smaller(config, `${config.seed}/${i}`, peopleEach)
        const { run, status, seconds } = await startRun(store, so, daysEach, {
          ...driving,
          onBegin: () => {
            empty ||= bytesOf(file)
          },
        })
        if (status === 'stopped') throw new MingleError('INTERRUPTED', 'stopped; nothing was kept')
        const each = await store.days(run.id)
        const told = await store.rows(run.id)
        runs.push({
          people: less(
            told,
            each.map(({ rows }) => rows),
          ),
          days: each.map(({ rows }) => rows),
          seconds: seconds.total,
        })
      }
    } finally {
      await store.close()
    }
    const done = jobs ? await runJobs(`file:${file}`, driving.signal ? { signal: driving.signal } : {}) : undefined
    if (done?.status === 'stopped') throw new MingleError('INTERRUPTED', 'stopped; nothing was kept')
    const derived = done ? await derivedRows(`file:${file}`) : {}
    return {
      isItself,
      peopleEach,
      daysEach,
      runs,
      derived,
      jobs: done?.jobs.map(({ job, seconds }) => ({ job, seconds })) ?? [],
      bytes: { empty, full: bytesOf(file) },
      opening,
      memory: process.resourceUsage().maxRSS * 1024,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The same kind of run with fewer people: they meet as people of a run of that size do, and as many of each join. */
function smaller(config: RunConfig, seed: string, count: number): RunConfig {
  const { market } = resolveConfig({ seed, count, places: config.places, poolSize: config.poolSize })
  const { population, policy } = config.parameters
  const arrivals = { ...policy.arrivals, perDay: (policy.arrivals.perDay * count) / config.count }
  const people = config.people?.filter(({ k }) => k <= count)
  const { people: _, ...rest } = config
  return {
    ...rest,
    seed,
    count,
    market,
    parameters: { population, policy: { ...policy, arrivals } },
    ...(people && people.length > 0 && { people }),
  }
}

function less(all: Readonly<Record<string, number>>, days: readonly Readonly<Record<string, number>>[]) {
  const rest = Object.entries(all).map(([table, rows]): [string, number] => [
    table,
    days.reduce((left, day) => left - (day[table] ?? 0), rows),
  ])
  return Object.fromEntries(rest.filter(([, rows]) => rows > 0))
}

async function derivedRows(url: string): Promise<Record<string, number>> {
  const backend = await openSql(url)
  try {
    const rows: Record<string, number> = {}
    for (const table of DERIVED_TABLES) {
      const [[count] = []] = await backend.query(`SELECT count(*) FROM ${table}`)
      rows[table] = Number(count)
    }
    return rows
  } finally {
    await backend.close()
  }
}

/** With what SQLite has yet to copy into it. */
function bytesOf(file: string): number {
  return ['', '-wal'].reduce((sum, end) => sum + (statSync(file + end, { throwIfNoEntry: false })?.size ?? 0), 0)
}

function secondsSince(begun: number): number {
  return (performance.now() - begun) / 1000
}

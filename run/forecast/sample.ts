import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runJobs } from '../../jobs/index.ts'
import { DERIVED_TABLES, openSql, openStore, type Plan, trialSite } from '../../persist/index.ts'
import { type RunConfig, resolveConfig } from '../../sim/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { recordedExtension } from '../extension/index.ts'
import type { RunOptions } from '../options.ts'
import { type SampledRun, sampleMapped, sampleRun } from './sampled-run.ts'

/**
 * Chosen: in so many people everybody still finds somebody to decide on, and they are lived and written in seconds. A run of
 * no more is its own sample, its first days exactly as they will be.
 */
const PEOPLE = 1000
/** Two weeks: people live by the week, and the second tells how far the first is from what follows. */
const DAYS = 14
const REPETITIONS = 3

export interface Sample {
  /** Whether it is the run that was asked about, for its first days, or all of them. */
  readonly isItself: boolean
  readonly peopleEach: number
  readonly daysEach: number
  readonly runs: readonly SampledRun[]
  /** Rows of derived tables, computed from all of them together. */
  readonly derived: Readonly<Record<string, number>>
  /** Those of them whose rows are as many as there are interests, or answers to choose from, whoever lives there. */
  readonly bounded: readonly string[]
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
  /** Whose models the rows are for, and the database that they would be written to: what is looked up is read there. */
  readonly site?: { readonly mapping: Plan; readonly url: string } | undefined
}

/** Of the reference schema. */
const BOUNDED: readonly string[] = ['interest_relationships', 'quiz_answer_stats', 'trending_interests']

/** Lives and writes a few small runs of the same kind into a database in the temporary folder, which goes afterwards. */
export async function takeSample(config: RunConfig, days: number, options: SampleOptions): Promise<Sample> {
  const { jobs, site, ...driving } = options
  const isItself = config.count <= PEOPLE
  const peopleEach = isItself ? config.count : Math.max(PEOPLE, config.people?.length ?? 0)
  // A small run of many days costs no more than a large one of few.
  const daysEach = Math.min(days, isItself ? Math.max(DAYS, Math.floor((PEOPLE * DAYS) / config.count)) : DAYS)
  const folder = mkdtempSync(join(tmpdir(), 'mingle-sample-'))
  const file = join(folder, 'sample.db')
  try {
    const begun = performance.now()
    const own = site && driving.extension ? recordedExtension(driving.extension).tables : []
    const mapping = site && (await trialSite(site.mapping, site.url, file, own))
    const store = await openStore(`file:${file}`, mapping ? { mapping, intoExisting: true } : {})
    const opening = secondsSince(begun)
    const runs: SampledRun[] = []
    let empty = 0
    try {
      for (let i = 0; i < (isItself ? 1 : REPETITIONS); i++) {
        const so = isItself ? config : smaller(config, `${config.seed}/${i}`, peopleEach)
        const onBegin = () => {
          empty ||= bytesOf(file)
        }
        const live = mapping ? sampleMapped(mapping) : sampleRun
        runs.push(await live(store, so, daysEach, { ...driving, onBegin }))
      }
    } finally {
      await store.close()
    }
    const request = { ...(driving.signal && { signal: driving.signal }), ...(mapping && { mapping }) }
    const done = jobs ? await runJobs(`file:${file}`, request) : undefined
    if (done?.status === 'stopped') throw new MingleError('INTERRUPTED', 'stopped; nothing was kept')
    const tables = mapping ? mappedTables(mapping) : DERIVED_TABLES.map((table) => ({ table, of: table }))
    const derived = done ? await rowsOf(`file:${file}`, tables, mapping) : {}
    return {
      isItself,
      peopleEach,
      daysEach,
      runs,
      derived,
      bounded: tables.filter(({ of }) => BOUNDED.includes(of)).map(({ table }) => table),
      jobs: done?.jobs.map(({ job, seconds }) => ({ job, seconds })) ?? [],
      bytes: { empty, full: bytesOf(file) },
      opening,
      memory: process.resourceUsage().maxRSS * 1024,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Models that jobs fill, and of which derived table. */
function mappedTables({ derived }: Plan): { readonly table: string; readonly of: string }[] {
  return derived.map(({ model, facts }) => ({ table: model.table, of: facts.table }))
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

async function rowsOf(
  url: string,
  tables: readonly { readonly table: string }[],
  mapping: Plan | undefined,
): Promise<Record<string, number>> {
  const backend = await openSql(url, mapping)
  try {
    const rows: Record<string, number> = {}
    for (const { table } of tables) {
      const [[count] = []] = await backend.query(`SELECT count(*) FROM "${table}"`)
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

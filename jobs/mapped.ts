import { type DerivedTable, openSite, type Plan, type Site, type SqlBackend, sourcesOfTable } from '../persist/index.ts'
import { JobDatabase } from './database/database.ts'
import { type Changes, noChanges } from './database/replace.ts'
import type { Job } from './job.ts'
import type { JobName } from './names.ts'
import type { JobOptions } from './options.ts'
import { JOBS } from './table.ts'
import { type JobProgress, JobWork, Stopped } from './work.ts'

/** What a job came to under a mapping. */
export interface MappedReport extends Readonly<Changes> {
  readonly status: 'done' | 'stopped' | 'not mapped'
  readonly rows: number
  /** What it would have needed and the mapping does not have: derived facts, or columns of facts. */
  readonly lacks?: readonly string[]
  /** Columns of facts that the mapping does not have, for which something neutral stood. */
  readonly without?: readonly string[]
}

/**
 * Jobs of a site with models of its own: the same jobs, on the site's rows as the reference schema has them, and what they
 * compute back in the site's models, where the mapping says which these are.
 */
export class MappedJobs {
  readonly #site: Site
  readonly #staged: JobDatabase
  readonly #real: JobDatabase
  readonly #computed = new Set<JobName>()

  private constructor(site: Site, real: JobDatabase) {
    this.#site = site
    this.#staged = new JobDatabase(site.place)
    this.#real = real
  }

  static async open(backend: SqlBackend, mapping: Plan): Promise<MappedJobs> {
    return new MappedJobs(await openSite(backend, mapping), new JobDatabase(backend))
  }

  async run(
    job: Job,
    asOf: number,
    options: JobOptions,
    listeners: { readonly progress: JobProgress; readonly signal: AbortSignal | undefined },
  ): Promise<MappedReport> {
    const mapped = job.outputs.filter((table) => this.#site.isMapped(table))
    const outputs = mapped.filter((table) => this.#site.lacks(table).length === 0)
    const lacks = [
      ...job.outputs.filter((table) => !mapped.includes(table)).flatMap(sourcesOfTable),
      ...mapped.flatMap((table) => this.#site.lacks(table)),
    ]
    const told = { ...(lacks.length > 0 && { lacks: [...new Set(lacks)] }) }
    if (outputs.length === 0) return { status: 'not mapped', ...noChanges(), rows: await this.count(job), ...told }
    const without = [...new Set(outputs.flatMap((table) => this.#site.without(table)))]
    const work = await JobWork.begin(this.#real, { name: job.name, outputs: [] }, asOf, options, listeners)
    const status = await this.#carryOut(job, outputs, work, listeners).then(
      () => 'done' as const,
      (error) => {
        if (error instanceof Stopped) return 'stopped' as const
        throw error
      },
    )
    if (status === 'done') await work.finish()
    return {
      status,
      ...work.changes,
      rows: await this.count(job),
      ...told,
      ...(without.length > 0 && { without }),
    }
  }

  /** Rows of the site's models for a job's outputs. */
  async count(job: Job): Promise<number> {
    let rows = 0
    for (const table of job.outputs) rows += await this.#site.count(table)
    return rows
  }

  close(): void {
    this.#site.close()
  }

  async #carryOut(
    job: Job,
    outputs: readonly DerivedTable[],
    work: JobWork,
    listeners: { readonly progress: JobProgress; readonly signal: AbortSignal | undefined },
  ): Promise<void> {
    await this.#compute(job, work, listeners)
    for (const table of outputs) await this.#write(table, work)
  }

  /** Computes what a job derives, and what that is derived from, beside the site's database. */
  async #compute(
    job: Job,
    work: JobWork,
    listeners: { readonly progress: JobProgress; readonly signal: AbortSignal | undefined },
  ): Promise<void> {
    if (this.#computed.has(job.name)) return
    for (const name of job.after) {
      const before = JOBS.find((other) => other.name === name)!
      if (before.outputs.every((table) => this.#site.lacks(table).length === 0)) {
        await this.#compute(before, work, { ...listeners, progress: () => {} })
      }
    }
    for (const table of job.outputs) {
      await this.#site.bring(table)
      if (listeners.signal?.aborted) throw new Stopped()
    }
    const options = { ...work.options, pauseMs: 0 }
    await job.run(await JobWork.begin(this.#staged, job, work.asOf, options, listeners))
    this.#computed.add(job.name)
  }

  /** Makes the rows of the site's model those that were computed, batch by batch. */
  async #write(table: DerivedTable, work: JobWork): Promise<void> {
    const { unchanged, kept, total, steps } = await this.#site.difference(table, [work.asOf, ...work.earlier])
    work.changes.unchanged += unchanged
    work.changes.kept += kept
    let done = 0
    for (const { deed, rows, apply } of steps) {
      await work.batch(apply)
      if (deed === 'remove') work.changes.deleted += rows
      else if (deed === 'add') work.changes.inserted += rows
      else work.changes.updated += rows
      work.progress((done += rows), total)
    }
  }
}

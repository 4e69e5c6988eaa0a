import { DERIVED, type DerivedTable, momentsOf, type TableBatch, type TableShape } from '../persist/index.ts'
import type { JobDatabase } from './database/database.ts'
import { type Changes, noChanges, replaceRows } from './database/replace.ts'
import { noteMoment } from './moments.ts'
import type { JobName } from './names.ts'
import type { JobOptions } from './options.ts'

/** Told how far a job is: `done` of `total` of whatever it goes through. */
export type JobProgress = (done: number, total: number) => void

/** Another process that computes the same gets in the way of a batch once or twice, not for ever. */
const ATTEMPTS = 10

/** Thrown between two transactions when the signal came: what was committed stays. */
export class Stopped extends Error {}

/** What a job works with: the database, the moment, and the count of what it changed. */
export class JobWork {
  readonly database: JobDatabase
  readonly job: JobName
  /** Epoch ms of the moment as of which everything is computed. */
  readonly asOf: number
  readonly options: JobOptions
  readonly changes: Changes = noChanges()
  readonly progress: JobProgress
  readonly #signal: AbortSignal | undefined
  readonly #own: Set<number>
  readonly #fresh: Set<DerivedTable>

  private constructor(
    database: JobDatabase,
    job: JobName,
    asOf: number,
    options: JobOptions,
    own: Set<number>,
    fresh: Set<DerivedTable>,
    { progress, signal }: { readonly progress?: JobProgress | undefined; readonly signal?: AbortSignal | undefined },
  ) {
    this.database = database
    this.job = job
    this.asOf = asOf
    this.options = options
    this.progress = progress ?? (() => {})
    this.#own = own
    this.#fresh = fresh
    this.#signal = signal
  }

  /** Notes the moment, so that the rows which have it are known as the job's own, and looks which outputs are empty. */
  static async begin(
    database: JobDatabase,
    job: { readonly name: JobName; readonly outputs: readonly DerivedTable[] },
    asOf: number,
    options: JobOptions,
    listeners: { readonly progress?: JobProgress | undefined; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<JobWork> {
    const own = new Set(await momentsOf(database.backend, job.name))
    if (!own.has(asOf)) {
      await noteMoment(database, job.name, asOf)
      own.add(asOf)
    }
    const fresh = new Set<DerivedTable>()
    for (const table of job.outputs) if (await database.isEmpty(table)) fresh.add(table)
    return new JobWork(database, job.name, asOf, options, own, fresh, listeners)
  }

  /** Whether an output had no rows when the job began. */
  isFresh(table: DerivedTable): boolean {
    return this.#fresh.has(table)
  }

  /** Moments other than this one as of which the job computed before. */
  get earlier(): readonly number[] {
    return [...this.#own].filter((at) => at !== this.asOf)
  }

  /** To be called when everything is computed: every row of the job's own is of this moment now, and others are forgotten. */
  async finish(): Promise<void> {
    if (this.earlier.length === 0) return
    const { database } = this
    const others = `job = ${database.literal(this.job)} AND as_of <> ${database.moment(this.asOf)}`
    await database.transaction(() => database.execute(`DELETE FROM seed_jobs WHERE ${others}`))
    // Another process that ended meanwhile has forgotten this moment.
    await noteMoment(database, this.job, this.asOf)
  }

  /**
   * One transaction, with the pause after it. Where another process computes the same and was quicker, what it wrote is
   * looked at like any earlier rows.
   * @throws Stopped when the signal came
   */
  async batch(work: () => Promise<void>): Promise<void> {
    if (this.#signal?.aborted) throw new Stopped()
    for (let attempt = 1; ; attempt++) {
      const before = { ...this.changes }
      try {
        await this.database.transaction(work)
        break
      } catch (error) {
        if (attempt === ATTEMPTS || this.database.backend.isConflict?.(error) !== true) throw error
        Object.assign(this.changes, before)
        this.#fresh.clear()
        for (const moment of await momentsOf(this.database.backend, this.job)) this.#own.add(moment)
      }
    }
    const { pauseMs } = this.options
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }

  /**
   * Within a batch: makes the job's rows of a part of an output those that were computed.
   * @param where the part, as a condition
   * @param columns by name, without `computed_at`
   * @param apart whether no other batch writes into this part
   */
  async replace(
    table: DerivedTable,
    where: string,
    rows: number,
    columns: Omit<TableBatch['columns'], 'computed_at'>,
    apart = true,
  ): Promise<void> {
    const shape: TableShape = DERIVED[table]
    const computed = { shape, rows, columns: { ...columns, computed_at: new Float64Array(rows).fill(this.asOf) } }
    const found = await replaceRows(this.database, shape, where, computed, this.#own, apart && this.#fresh.has(table))
    for (const name of Object.keys(found) as (keyof Changes)[]) this.changes[name] += found[name]
  }
}

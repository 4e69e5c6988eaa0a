import { parseDate } from '../../sim/content/index.ts'
import { type IdRange, type LedgerDay, type LedgerReader, type LedgerRun, layoutOf } from '../ledger/records.ts'
import type { RunStatus } from '../store.ts'
import type { Row } from './row.ts'

/** Reads the ledger from tables in memory. */
export class MemoryLedger implements LedgerReader {
  readonly #rows: (table: string) => readonly Row[]

  constructor(rows: (table: string) => readonly Row[]) {
    this.#rows = rows
  }

  async runs(which?: { seed: string } | { id: number }): Promise<LedgerRun[]> {
    const [field, value] = which ? Object.entries(which)[0]! : [undefined, undefined]
    return this.#rows('seed_runs')
      .filter((row) => field === undefined || row[field] === value)
      .map((row) => this.#run(row))
  }

  async days(runId: number): Promise<LedgerDay[]> {
    return this.#rows('seed_run_days')
      .filter((row) => row.run_id === runId)
      .map((row) => ({
        day: row.day as number,
        chunk: row.chunk as number,
        table: row.table_name as string,
        rows: row.rows as number,
        firstId: row.first_id as number,
        lastId: row.last_id as number,
        factDigest: row.fact_digest as string | null,
        contentDigest: row.content_digest as string,
        markets: row.markets === null ? null : (JSON.parse(row.markets as string) as number[]),
      }))
      .sort((a, b) => a.day - b.day || a.chunk - b.chunk || (a.table < b.table ? -1 : 1))
  }

  async hasDays(runId: number): Promise<boolean> {
    return this.#rows('seed_run_days').some((row) => row.run_id === runId)
  }

  /** Steps in memory are undone as a whole. */
  async announcedBeside(): Promise<IdRange[]> {
    return []
  }

  async *people(runId: number) {
    const rows = this.#rows('seed_people').filter((row) => row.run_id === runId)
    yield rows.map((row) => ({ k: row.k as number, userId: row.user_id as number }))
  }

  #run(row: Row): LedgerRun {
    const own = this.#rows('seed_run_segments').filter((segment) => segment.run_id === row.id)
    const segments = own.map((segment) => {
      const [firstPerson, people] = JSON.parse(segment.cohorts as string) as [number, number]
      return {
        fromDay: segment.from_day as number,
        days: segment.days as number,
        firstPerson,
        people,
        gap: segment.gap as number,
        inputs: segment.inputs as string,
      }
    })
    return {
      id: row.id as number,
      seed: row.seed as string,
      startDay: parseDate(row.start_date as string),
      placePack: row.place_pack as string,
      config: row.config as string,
      engineVersion: row.engine_version as number,
      packageVersion: row.package_version as string,
      status: row.status as RunStatus,
      segments,
      layouts: own.map(({ bases }) => layoutOf(bases as string)),
      profilesThrough: row.profiles_through as number,
      chunks: row.chunks as number,
      lastDay: row.last_day as number,
      people: row.people as number,
      digest: row.digest as string | null,
      metrics: row.metrics as string | null,
    }
  }
}

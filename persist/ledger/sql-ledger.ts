import { DAY_MS } from '../../sim/content/index.ts'
import { parseTime } from '../rows/times.ts'
import type { RunStatus } from '../store.ts'
import { type IdRange, type LedgerDay, type LedgerReader, type LedgerRun, layoutOf } from './records.ts'

/** Rows of a statement with `?` for its values, each in the order of its columns. */
export type Query = (sql: string, values: readonly unknown[]) => Promise<unknown[][]>

const PEOPLE_PER_READ = 20_000

const RUNS = `SELECT id, seed, start_date, place_pack, config, engine_version, package_version, status,
  profiles_through, chunks, last_day, people, digest, metrics FROM seed_runs`

const ANNOUNCED_BESIDE = `SELECT d.table_name, d.first_id, d.last_id FROM seed_runs r JOIN seed_run_days d ON d.run_id = r.id
  WHERE r.id <> ? AND r.status <> 'finished' AND d.first_id <= d.last_id
    AND (d.chunk = 0 AND d.day > r.last_day OR d.chunk > r.chunks OR d.chunk < 0)`

/**
 * Reads the ledger by plain statements, where loading Prisma's client would take longer than all that is asked of it.
 * @see docs/decisions/0014-sqlite-without-an-engine.md
 */
export class SqlLedger implements LedgerReader {
  readonly #query: Query

  constructor(query: Query) {
    this.#query = query
  }

  async runs(which?: { seed: string } | { id: number }): Promise<LedgerRun[]> {
    const [where, values] = !which
      ? ['', []]
      : 'id' in which
        ? ['WHERE id = ?', [which.id]]
        : ['WHERE seed = ?', [which.seed]]
    const rows = (await this.#query(`${RUNS} ${where} ORDER BY id`, values)) as Cell[][]
    // One after the other: a client of PostgreSQL is asked one thing at a time.
    const runs: LedgerRun[] = []
    for (const row of rows) runs.push(await this.#run(row))
    return runs
  }

  async days(runId: number): Promise<LedgerDay[]> {
    const rows = (await this.#query(
      `SELECT day, chunk, table_name, "rows", first_id, last_id, fact_digest, content_digest, markets
        FROM seed_run_days WHERE run_id = ? ORDER BY day, chunk, table_name`,
      [runId],
    )) as Cell[][]
    return rows.map(([day, chunk, table, count, firstId, lastId, factDigest, contentDigest, markets]) => ({
      day: Number(day),
      chunk: Number(chunk),
      table: String(table),
      rows: Number(count),
      firstId: Number(firstId),
      lastId: Number(lastId),
      factDigest: textOrNull(factDigest),
      contentDigest: String(contentDigest),
      markets: markets == null ? null : (JSON.parse(String(markets)) as number[]),
    }))
  }

  async hasDays(runId: number): Promise<boolean> {
    return (await this.#query('SELECT run_id FROM seed_run_days WHERE run_id = ? LIMIT 1', [runId])).length > 0
  }

  async announcedBeside(runId: number): Promise<IdRange[]> {
    const rows = await this.#query(ANNOUNCED_BESIDE, [runId])
    return rows.map(([table, firstId, lastId]) => ({
      table: String(table),
      firstId: Number(firstId),
      lastId: Number(lastId),
    }))
  }

  async *people(runId: number) {
    for (let after = 0; ; ) {
      const rows = await this.#query(
        `SELECT k, user_id FROM seed_people WHERE run_id = ? AND k > ? ORDER BY k LIMIT ${PEOPLE_PER_READ}`,
        [runId, after],
      )
      if (rows.length > 0) yield rows.map(([k, userId]) => ({ k: Number(k), userId: Number(userId) }))
      if (rows.length < PEOPLE_PER_READ) return
      after = Number(rows.at(-1)![0])
    }
  }

  async #run(row: readonly Cell[]): Promise<LedgerRun> {
    const [id, seed, startDate, placePack, config, engineVersion, packageVersion, status, ...counts] = row
    const [profilesThrough, chunks, lastDay, people, digest, metrics] = counts
    const segments = (await this.#query(
      `SELECT from_day, days, cohorts, gap, inputs, bases FROM seed_run_segments WHERE run_id = ? ORDER BY position`,
      [id],
    )) as Cell[][]
    return {
      id: Number(id),
      seed: String(seed),
      startDay: Math.floor(timeOf(startDate!) / DAY_MS),
      placePack: String(placePack),
      config: String(config),
      engineVersion: Number(engineVersion),
      packageVersion: String(packageVersion),
      status: status as RunStatus,
      segments: segments.map(([fromDay, days, cohorts, gap, inputs]) => {
        const [firstPerson, people] = JSON.parse(String(cohorts)) as [number, number]
        return {
          fromDay: Number(fromDay),
          days: Number(days),
          firstPerson,
          people,
          gap: Number(gap),
          inputs: String(inputs),
        }
      }),
      layouts: segments.map(([, , , , , bases]) => layoutOf(String(bases))),
      profilesThrough: Number(profilesThrough),
      chunks: Number(chunks),
      lastDay: Number(lastDay),
      people: Number(people),
      digest: textOrNull(digest),
      metrics: textOrNull(metrics),
    }
  }
}

type Cell = string | number | null

function textOrNull(cell: Cell | undefined): string | null {
  return cell == null ? null : String(cell)
}

/** A time as text, in UTC unless it says otherwise, or as milliseconds: a site's SQLite file has either. */
export function timeOf(cell: Cell): number {
  return parseTime(cell)
}

import { MingleError } from '../../sim/kernel/index.ts'
import {
  DRIFT_METRICS,
  DRIFT_WINDOWS,
  type DriftRow,
  judge,
  judgeDrift,
  LIMITS,
  type Limits,
  type Measures,
  type MetricRow,
  mandatedHold,
} from '../../sim/observe/index.ts'
import { behind } from './behind.ts'
import { type Check, runChecks } from './checks.ts'
import { measureRun, measureWindow, readFindings } from './measures.ts'
import { type Provider, Sql, type SqlClient, toNumber, toTime } from './sql.ts'

/** Of the connection alone: millions of rows are sorted in memory and read without copying. Half the time. */
const SQLITE_SETTINGS = ['temp_store = MEMORY', 'cache_size = -131072', 'mmap_size = 1073741824']

/** A metric, its verdict, and the days or people behind it where it fails. */
export interface ValidatedMetric extends MetricRow {
  readonly behind: readonly string[]
}

export interface Validation {
  readonly run: { readonly id: number; readonly seed: string; readonly days: number; readonly people: number }
  readonly checks: readonly Check[]
  readonly metrics: readonly ValidatedMetric[]
  readonly drift: readonly DriftRow[]
  /** No check fails and no mandated metric does. */
  readonly passed: boolean
}

/**
 * Computes every metric and sanity check of a run from the database alone, by SQL over the run's own rows. It only reads.
 *
 * @param client a Prisma client of the reference schema
 * @param seed the run's seed; may be left out when the database holds one run
 * @throws {MingleError} BAD_INPUT when there is no such run, or several and none was named
 */
export async function validateRun(
  client: SqlClient,
  provider: Provider,
  seed?: string,
  limits: Limits = LIMITS,
): Promise<Validation> {
  if (provider === 'sqlite') for (const setting of SQLITE_SETTINGS) await client.$queryRawUnsafe(`PRAGMA ${setting}`)
  const run = await findRun(client, provider, seed)
  const sql = await Sql.of(client, provider, run)
  const findings = await readFindings(sql, run.days)
  const measures = await measureRun(sql, findings)
  const size = { people: findings.people.size, days: run.days }
  const metrics = judge(measures, size, limits).map((row) => ({
    ...row,
    behind: row.verdict === 'fail' ? behind(row, findings) : [],
  }))
  const drift = await driftOf(sql, findings, limits)
  const checks = await runChecks(sql, findings, limits.observations)
  const passed = mandatedHold(metrics) && checks.every(({ ok }) => ok !== false)
  return { run: { id: run.id, seed: run.seed, ...size }, checks, metrics, drift, passed }
}

async function driftOf(sql: Sql, findings: Parameters<typeof measureWindow>[1], limits: Limits): Promise<DriftRow[]> {
  const [early, late] = DRIFT_WINDOWS as readonly [{ from: number; to: number }, { from: number; to: number }]
  const none = Object.fromEntries(DRIFT_METRICS.map((id) => [id, { value: Number.NaN, n: 0, interval: null }]))
  const of = (window: typeof early): Promise<Measures> | Measures =>
    findings.days >= window.to ? measureWindow(sql, findings, window) : none
  return judgeDrift(await of(early), await of(late), findings.people.size, limits)
}

async function findRun(client: SqlClient, provider: Provider, seed: string | undefined) {
  const where = seed === undefined ? '' : `WHERE seed = ${provider === 'postgresql' ? '$1' : '?'}`
  const rows = await client.$queryRawUnsafe<Record<string, unknown>[]>(
    `SELECT id, seed, start_date, last_day FROM seed_runs ${where} ORDER BY id`,
    ...(seed === undefined ? [] : [seed]),
  )
  const row = rows[0]
  if (row === undefined)
    throw new MingleError(
      'BAD_INPUT',
      seed === undefined
        ? 'the database holds no run; make one with `mingle run`'
        : `the database holds no run with seed "${seed}"; list them with \`mingle runs\``,
    )
  if (rows.length > 1)
    throw new MingleError(
      'BAD_INPUT',
      `the database holds ${rows.length} runs (${rows.map((each) => each.seed).join(', ')}); name one with --run-seed`,
    )
  return {
    id: toNumber(row.id),
    seed: String(row.seed),
    startMs: toTime(row.start_date),
    days: toNumber(row.last_day) + 1,
  }
}

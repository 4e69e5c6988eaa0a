import { badInput } from '../../sim/kernel/index.ts'
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
import type { Holding } from '../mapping/read/invert/index.ts'
import { choiceName, type RunChoice, runsMeant } from '../run-choice.ts'
import { behind } from './behind.ts'
import { type Check, runChecks } from './checks.ts'
import { measureRun, measureWindow, readFindings } from './measures.ts'
import { missingForCheck, missingForMetric } from './needs.ts'
import { type Provider, Sql, type SqlClient, type SqlRow, toNumber, toTime } from './sql.ts'

/** Of the connection alone: millions of rows are sorted in memory and read without copying. Half the time. */
const SQLITE_SETTINGS = ['temp_store = MEMORY', 'cache_size = -131072', 'mmap_size = 1073741824']

/** A metric, its verdict, and the days or people behind it where it fails. */
export interface ValidatedMetric extends MetricRow {
  readonly behind: readonly string[]
}

/** A check or metric that was left out, and what it wants: facts and their columns, as a mapping names them. */
export interface Unchecked {
  readonly kind: 'check' | 'metric'
  readonly id: string
  readonly name: string
  readonly missing: readonly string[]
}

export interface Validation {
  readonly run: { readonly id: number; readonly seed: string; readonly days: number; readonly people: number }
  readonly checks: readonly Check[]
  readonly metrics: readonly ValidatedMetric[]
  readonly drift: readonly DriftRow[]
  /** Under a mapping: what was left out, since the user's models do not hold what it needs. */
  readonly unchecked: readonly Unchecked[]
  /** No check fails and no mandated metric does. */
  readonly passed: boolean
}

/**
 * Computes every metric and sanity check of a run from the database alone, by SQL over the run's own rows. It only reads.
 *
 * @param client a Prisma client of the reference schema
 * @param choice the run; may be left out when the database holds one
 * @param holding what the rows tell, where they were turned back from a user's own models
 * @throws {MingleError} BAD_INPUT when there is no such run, or several and none was named
 */
export async function validateRun(
  client: SqlClient,
  provider: Provider,
  choice?: RunChoice,
  limits: Limits = LIMITS,
  holding?: Holding,
): Promise<Validation> {
  if (provider === 'sqlite') for (const setting of SQLITE_SETTINGS) await client.$queryRawUnsafe(`PRAGMA ${setting}`)
  const run = await findRun(client, choice)
  const sql = await Sql.of(client, provider, run)
  const findings = await readFindings(sql, run.days)
  const unchecked: Unchecked[] = []
  const told = <T>(kind: Unchecked['kind'], rows: readonly T[], of: (row: T) => { id: string; name: string }): T[] =>
    rows.filter((row) => {
      if (!holding) return true
      const { id, name } = of(row)
      const missing = (kind === 'check' ? missingForCheck : missingForMetric)(id, holding.held)
      if (missing.length > 0) unchecked.push({ kind, id, name, missing })
      return missing.length === 0
    })
  const size = { people: findings.people.size, days: run.days }
  const checks = [
    ...told('check', await runChecks(sql, findings, limits.observations), (check) => check),
    ...(holding?.holes.map(holeCheck) ?? []),
  ]
  const judged = told('metric', judge(await measureRun(sql, findings), size, limits), ({ metric }) => metric)
  const metrics = judged.map((row) => ({ ...row, behind: row.verdict === 'fail' ? behind(row, findings) : [] }))
  const ids = new Set(metrics.map(({ metric }) => metric.id))
  const drift = (await driftOf(sql, findings, limits)).filter(({ metric }) => ids.has(metric.id))
  const passed = mandatedHold(metrics) && checks.every(({ ok }) => ok !== false)
  return { run: { id: run.id, seed: run.seed, ...size }, checks, metrics, drift, unchecked, passed }
}

/** Rows of a fact that one of its models lacks. */
function holeCheck({ label, rows }: Holding['holes'][number]): Check {
  return {
    id: `whole.${label}`,
    name: `${label}: no row is missing`,
    value: rows,
    expected: '0',
    ok: false,
    detail: '',
  }
}

async function driftOf(sql: Sql, findings: Parameters<typeof measureWindow>[1], limits: Limits): Promise<DriftRow[]> {
  const [early, late] = DRIFT_WINDOWS as readonly [{ from: number; to: number }, { from: number; to: number }]
  const none = Object.fromEntries(DRIFT_METRICS.map((id) => [id, { value: Number.NaN, n: 0, interval: null }]))
  const of = (window: typeof early): Promise<Measures> | Measures =>
    findings.days >= window.to ? measureWindow(sql, findings, window) : none
  return judgeDrift(await of(early), await of(late), findings.people.size, limits)
}

async function findRun(client: SqlClient, choice: RunChoice) {
  const rows = await client.$queryRawUnsafe<SqlRow[]>(
    'SELECT id, seed, start_date, last_day FROM seed_runs ORDER BY id',
  )
  const runs = rows.map((row) => ({
    id: toNumber(row.id!),
    seed: String(row.seed),
    startMs: toTime(row.start_date!),
    days: toNumber(row.last_day!) + 1,
  }))
  return chosenRun(runs, choice)
}

/** The run that was named, or the only one. @throws {MingleError} BAD_INPUT when there is none, or several */
export function chosenRun<R extends { readonly id: number; readonly seed: string }>(
  runs: readonly R[],
  choice: RunChoice,
): R {
  const meant = runsMeant(runs, choice)
  const [run] = meant
  if (run === undefined)
    throw badInput(
      choice === undefined
        ? 'the database holds no run; make one with `mingle run`'
        : `the database holds no run "${choiceName(choice)}"; list them with \`mingle runs\``,
    )
  if (meant.length > 1)
    throw badInput(
      `the database holds ${meant.length} runs (${meant.map((each) => each.seed).join(', ')}); name one with --run`,
    )
  return run
}

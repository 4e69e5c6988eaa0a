import { DRIFT_METRICS, METRICS, type Metric } from './bands.ts'
import { derive, deriveWindow, type Measure, type Measures } from './measures/derive.ts'
import { type Interval, meanInterval, spread } from './measures/intervals.ts'
import { type DayWindow, DRIFT_WINDOWS } from './people.ts'
import { type Tally, vector } from './tally.ts'

export type Verdict = 'pass' | 'fail' | 'not asserted'

/** A line of the scorecard. */
export interface MetricRow extends Measure {
  readonly metric: Metric
  readonly verdict: Verdict
}

/** Below any of these a metric is printed as "not asserted". */
export interface Limits {
  readonly people: number
  readonly days: number
  readonly observations: number
}
export const LIMITS: Limits = { people: 1000, days: 30, observations: 100 }

/** One run against the bands, each widened by a tenth of its width. */
export function scorecard(tally: Tally, limits: Limits = LIMITS): MetricRow[] {
  return judge(derive(tally), { people: vector(tally, 'profile')[0] ?? 0, days: tally.days }, limits)
}

/** Verdicts on measures that were derived elsewhere (the validator's SQL). */
export function judge(
  measures: Measures,
  size: { readonly people: number; readonly days: number },
  limits: Limits = LIMITS,
): MetricRow[] {
  const large = size.people >= limits.people && size.days >= limits.days
  return METRICS.map((metric) => {
    const measure = measures[metric.id] ?? { value: Number.NaN, n: 0, interval: null }
    const asserted = large && measure.n >= limits.observations && !Number.isNaN(measure.value)
    return { metric, ...measure, verdict: asserted ? (holds(metric, measure) ? 'pass' : 'fail') : 'not asserted' }
  })
}

/** A trait's correlation must exclude zero; anything else lies in the widened band. */
function holds(metric: Metric, { value, interval }: Measure): boolean {
  const slack = slackOf(metric)
  if (value < metric.low - slack || value > metric.high + slack) return false
  if (!metric.id.startsWith('t.')) return true
  return interval !== null && (value > 0 ? interval[0] > 0 : interval[1] < 0)
}

/** A tenth of the band's width; none when it has one end only. */
export function slackOf(metric: Metric): number {
  const width = metric.high - metric.low
  return Number.isFinite(width) ? width / 10 : 0
}

/** True when no mandated metric fails. */
export function mandatedHold(rows: readonly { readonly metric: Metric; readonly verdict: Verdict }[]): boolean {
  return rows.every(({ metric, verdict }) => metric.status !== 'mandated' || verdict !== 'fail')
}

/** A metric over many seeds. */
export interface SeedRow {
  readonly metric: Metric
  /** Seeds in which the metric was asserted, and its mean, least and greatest value there. */
  readonly seeds: number
  readonly mean: number
  readonly least: number
  readonly greatest: number
  /** t-interval of the mean. */
  readonly interval: Interval | null
  readonly verdict: Verdict
}

/** Fewest seeds for a verdict. */
export const MIN_SEEDS = 10

/**
 * Verdicts over seeds: the 95% interval of the mean lies inside the band, and no seed is outside it by more than a tenth
 * of its width.
 *
 * @param runs the scorecard of each seed
 */
export function seedVerdict(runs: readonly (readonly MetricRow[])[], minSeeds: number = MIN_SEEDS): SeedRow[] {
  return METRICS.map((metric, i) => {
    const rows = runs.map((run) => run[i]!)
    const asserted = rows.filter((row) => row.verdict !== 'not asserted')
    const known = asserted.length > 0 ? asserted : rows.filter((row) => !Number.isNaN(row.value))
    const values = known.map((row) => row.value)
    const stats = overSeeds(values)
    const enough = asserted.length >= minSeeds
    return { metric, seeds: asserted.length, ...stats, verdict: enough ? seedsHold(metric, stats) : 'not asserted' }
  })
}

function overSeeds(values: readonly number[]): Omit<SeedRow, 'metric' | 'seeds' | 'verdict'> {
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / values.length
  let squares = 0
  let least = Number.POSITIVE_INFINITY
  let greatest = Number.NEGATIVE_INFINITY
  for (const value of values) {
    squares += (value - mean) * (value - mean)
    least = Math.min(least, value)
    greatest = Math.max(greatest, value)
  }
  const { deviation } = spread(values.length, 0, squares)
  return { mean, least, greatest, interval: meanInterval(mean, deviation, values.length) }
}

function seedsHold(
  metric: Metric,
  { least, greatest, interval }: Omit<SeedRow, 'metric' | 'seeds' | 'verdict'>,
): Verdict {
  const slack = slackOf(metric)
  if (interval === null || interval[0] < metric.low || interval[1] > metric.high) return 'fail'
  return least >= metric.low - slack && greatest <= metric.high + slack ? 'pass' : 'fail'
}

/** How far a mandated metric moved between two windows. */
export interface DriftRow {
  readonly metric: Metric
  readonly early: Measure
  readonly late: Measure
  readonly change: number
  /** Greatest change allowed, up or down: a tenth of the band's width. */
  readonly limit: number
  readonly verdict: Verdict
}

/** The drift between two windows of one run; "not asserted" when the run does not reach the later one's end. */
export function drift(
  tally: Tally,
  windows: readonly DayWindow[] = DRIFT_WINDOWS,
  limits: Limits = LIMITS,
): DriftRow[] {
  const [early, late] = [windows[0]!, windows[1]!]
  const people = tally.days >= late.to ? (vector(tally, 'profile')[0] ?? 0) : 0
  return judgeDrift(deriveWindow(tally, early), deriveWindow(tally, late), people, limits)
}

/** Drift between measures of two windows that were derived elsewhere; nothing is asserted of too few people. */
export function judgeDrift(early: Measures, late: Measures, people: number, limits: Limits = LIMITS): DriftRow[] {
  return METRICS.filter(({ id }) => DRIFT_METRICS.includes(id)).map((metric) => {
    const a = early[metric.id]!
    const b = late[metric.id]!
    const change = b.value - a.value
    const limit = slackOf(metric)
    const asserted = people >= limits.people && Math.min(a.n, b.n) >= limits.observations && !Number.isNaN(change)
    const verdict = asserted ? (Math.abs(change) <= limit ? 'pass' : 'fail') : 'not asserted'
    return { metric, early: a, late: b, change, limit, verdict }
  })
}

/** The drift of a metric over many seeds. */
export interface SeedDriftRow {
  readonly metric: Metric
  /** Seeds in which the drift was asserted, and its mean there. */
  readonly seeds: number
  readonly mean: number
  /** t-interval of the mean. */
  readonly interval: Interval | null
  readonly limit: number
  readonly verdict: Verdict
}

/**
 * Verdicts on drift over seeds. The rule is about the mean: in one run of a thousand people chance alone moves some
 * metrics by more than a tenth of their band. A mean beyond the limit whose interval holds zero asserts nothing.
 */
export function seedDrift(runs: readonly (readonly DriftRow[])[], minSeeds: number = MIN_SEEDS): SeedDriftRow[] {
  return (runs[0] ?? []).map(({ metric, limit }, i) => {
    const changes = runs.map((run) => run[i]!).filter(({ verdict }) => verdict !== 'not asserted')
    const { mean, interval } = overSeeds(changes.map(({ change }) => change))
    const shown = interval !== null && (interval[0] > 0 || interval[1] < 0)
    const verdict = Math.abs(mean) <= limit ? 'pass' : shown ? 'fail' : 'not asserted'
    const enough = changes.length >= minSeeds
    return { metric, seeds: changes.length, mean, interval, limit, verdict: enough ? verdict : 'not asserted' }
  })
}

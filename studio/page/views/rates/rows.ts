import { judge, METRICS, type Measures, type Verdict } from '../../../../sim/index.ts'
import type { Curve } from '../../engine/curve.ts'
import { differenceAt, type Point, pointAt } from '../../engine/summary.ts'

/** Everything that a metric's chart shows. */
export interface RateRow {
  readonly now: readonly Point[]
  readonly base: readonly Point[] | null
  /** Now − baseline, by day; null when the two are the same run. */
  readonly difference: readonly Point[] | null
}

export function rateRow(metric: number, now: readonly Curve[], base: readonly Curve[] | null, days: number): RateRow {
  const each = (f: (day: number) => Point) => Array.from({ length: days }, (_, day) => f(day))
  return {
    now: each((day) => pointAt(now, day, metric)),
    base: base && each((day) => pointAt(base, day, metric)),
    difference: base && each((day) => differenceAt(now, base, day, metric)),
  }
}

/** Verdicts on the run of the address's own seed, as the command line gives them; null while it is under way. */
export function verdictsOf(curve: Curve, people: number): ReadonlyMap<string, Verdict> | null {
  if (!curve.complete) return null
  const day = curve.days - 1
  const measures: Measures = Object.fromEntries(
    METRICS.map(({ id }, i) => {
      const low = curve.low(day, i)
      const interval = Number.isNaN(low) ? null : ([low, curve.high(day, i)] as const)
      return [id, { value: curve.value(day, i), n: curve.n(day, i), interval }]
    }),
  )
  return new Map(judge(measures, { people, days: curve.days }).map((row) => [row.metric.id, row.verdict]))
}

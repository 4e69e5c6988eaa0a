import { type MetricUnit, scorecard, type Tally, type Verdict } from '../sim/observe/index.ts'

/** A rate that emerged, beside the band it should lie in; plain data. */
export interface MetricLine {
  readonly id: string
  readonly name: string
  readonly unit: MetricUnit
  /** Null when there was nothing to measure. */
  readonly value: number | null
  /** Ends of the band, null where it is open. */
  readonly low: number | null
  readonly high: number | null
  /** Observations. */
  readonly n: number
  readonly status: 'mandated' | 'banded' | 'reported'
  /** A single run's; 'not asserted' when there are too few people, days or observations. */
  readonly verdict: Verdict
}

/** The scorecard of a run, in its own order. */
export function metricLines(tally: Tally): MetricLine[] {
  return scorecard(tally).map(({ metric: { id, name, unit, low, high, status }, value, n, verdict }) => {
    return { id, name, unit, value: finite(value), low: finite(low), high: finite(high), n, status, verdict }
  })
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

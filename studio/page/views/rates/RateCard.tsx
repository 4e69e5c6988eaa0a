import { useRef } from 'preact/hooks'
import { METRICS, type Metric, type Verdict } from '../../../../sim/index.ts'
import { useVisible } from '../../charts/cursor.ts'
import { formatBand, formatInterval, formatValue } from '../../charts/format.ts'
import { Series, type SeriesLine } from '../../charts/Series.tsx'
import { baseCurves, isBaseline, nowCurves, turns } from '../../engine/rates.ts'
import type { Point } from '../../engine/summary.ts'
import { chosen, target } from '../../goals/state.ts'
import { baseline, day as lookedAt, openMetric, replications, scenario } from '../../model/store.ts'
import { CardGoal, gripOf } from './CardGoal.tsx'
import { type RateRow, rateRow } from './rows.ts'
import { VerdictMark } from './VerdictMark.tsx'

export const dayNames = (days: number) => Array.from({ length: days }, (_, day) => `day ${day + 1}`)

export function linesOf({ now, base }: RateRow, before: readonly number[] | null): SeriesLine[] {
  const values = (points: readonly Point[]) => points.map((point) => point.value)
  const lines: SeriesLine[] = []
  if (base) lines.push({ label: 'baseline', tone: 'base', values: values(base) })
  if (before) lines.push({ label: 'before the last change', tone: 'before', values: before })
  lines.push({ label: 'now', tone: 'now', values: values(now), band: now.map((point) => point.interval) })
  return lines
}

/** The last day that has come in, or the day that is looked at when it is earlier. */
export function lastPoint(points: readonly Point[], at: number): Point | undefined {
  for (let day = Math.min(at, points.length) - 1; day >= 0; day--) if (points[day]!.seeds > 0) return points[day]
  return undefined
}

/** What the change does to the metric, in words with the interval. */
export function Difference({ point, metric }: { point: Point | undefined; metric: Metric }) {
  if (!point || point.seeds === 0) return <span class="delta none">Δ –</span>
  const { value, interval } = point
  if (value === 0 && (!interval || (interval[0] === 0 && interval[1] === 0)))
    return <span class="delta zero">Δ exactly 0</span>
  const told = interval !== null && (interval[0] > 0 || interval[1] < 0)
  return (
    <span
      class={`delta ${told ? (value > 0 ? 'up' : 'down') : 'unsure'}`}
      title={told ? 'with the same random numbers' : 'cannot be told from 0 with these seeds'}
    >
      <span aria-hidden="true">{value > 0 ? '▲' : '▼'}</span> {formatValue(value, metric.unit, true)}
      {interval && <small> {formatInterval(interval, metric.unit, true)}</small>}
    </span>
  )
}

export function RateCard({ metric, verdict }: { metric: Metric; verdict: Verdict | undefined }) {
  const [visible, attach] = useVisible()
  const kept = useRef<{ row: RateRow; key: string } | null>(null)
  const previous = useRef<readonly number[] | null>(null)
  const { days } = scenario.value
  void replications.value
  void baseline.value
  // What lies outside the window reads no signal of the curves, so it is not drawn again.
  if (visible || !kept.current) {
    // Small multiples are drawn in turns, so that the page stays quick under the hand.
    void turns[METRICS.indexOf(metric) % turns.length]!.value
    const now = nowCurves.peek()
    const base = isBaseline.value ? null : baseCurves.peek()
    const key = JSON.stringify([scenario.value])
    const row = rateRow(METRICS.indexOf(metric), visible ? now : [], visible ? base : null, days)
    if (kept.current && kept.current.key !== key) previous.current = kept.current.row.now.map((point) => point.value)
    kept.current = { row, key }
  }
  const { row } = kept.current
  const filled = row.now.findLastIndex((point) => point.seeds > 0) + 1
  // The old curve stays where the new one has not come yet, and looks old.
  const before =
    previous.current && filled < days && previous.current.length === days
      ? previous.current.map((value, at) => (at >= filled - 1 ? value : Number.NaN))
      : null
  const at = lookedAt.value
  const point = lastPoint(row.now, at)
  const band = [metric.low, metric.high] as const
  const grip = filled >= days && at >= days ? gripOf(metric, point?.value ?? Number.NaN) : undefined
  return (
    <article class={`rate ${verdict ?? 'pending'}`} ref={attach} data-metric={metric.id}>
      <header>
        <VerdictMark verdict={verdict} />
        <h3>
          <button type="button" onClick={() => openMetric(metric.id)}>
            {metric.name}
          </button>
        </h3>
        <output
          class={filled < Math.min(at, days) ? 'partial' : ''}
          title={point?.interval ? formatInterval(point.interval, metric.unit) : ''}
        >
          {formatValue(point?.value ?? Number.NaN, metric.unit)}
        </output>
      </header>
      <Series
        name={metric.name}
        places={dayNames(days)}
        lines={linesOf(row, before)}
        target={band}
        format={(value) => formatValue(value, metric.unit)}
        height={92}
        mark={at < days ? Math.max(0, at - 1) : undefined}
        onOpen={() => openMetric(metric.id)}
        {...(grip && { grip })}
      />
      {chosen.value === metric.id && target.value !== null && <CardGoal metric={metric} />}
      <footer>
        <span class="band" title="the band it should lie in">
          {formatBand(metric.low, metric.high, metric.unit)}
        </span>
        {row.difference ? (
          <Difference point={lastPoint(row.difference, at)} metric={metric} />
        ) : (
          <span class="n">{point ? `${point.seeds} seed${point.seeds > 1 ? 's' : ''}` : ''}</span>
        )}
      </footer>
    </article>
  )
}

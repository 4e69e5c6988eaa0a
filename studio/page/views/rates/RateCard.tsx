import { memo } from 'preact/compat'
import { useRef } from 'preact/hooks'
import { METRICS, type Metric, type Verdict } from '../../../../sim/index.ts'
import { useVisible } from '../../charts/cursor.ts'
import { formatBand, formatInterval, formatValue } from '../../charts/format.ts'
import { Series, type SeriesLine } from '../../charts/Series.tsx'
import type { Curve } from '../../engine/curve.ts'
import { baseCurves, isBaseline, nowCurves } from '../../engine/rates.ts'
import type { Point } from '../../engine/summary.ts'
import { useTurn } from '../../engine/turns.ts'
import { chosen, target } from '../../goals/state.ts'
import { days, day as lookedAt, openMetric } from '../../model/store.ts'
import { CardGoal, gripOf } from './CardGoal.tsx'
import { type RateRow, rateRow } from './rows.ts'
import { VerdictMark } from './VerdictMark.tsx'
import { verdicts } from './verdicts.ts'

let names: readonly string[] = []
/** `day 1` … */
export function dayNames(length: number): readonly string[] {
  if (names.length !== length) names = Array.from({ length }, (_, day) => `day ${day + 1}`)
  return names
}

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

/** What a card shows, and of which run. */
interface Shown {
  readonly run: Curve | undefined
  readonly row: RateRow
  readonly verdict: Verdict | undefined
  /** Days of the run that are known. */
  readonly filled: number
  /** The last whole curve of another run. */
  readonly before: readonly number[] | null
}

function shownNow(metric: Metric, length: number, last: Shown | null): Shown {
  const now = nowCurves.peek()
  const row = rateRow(METRICS.indexOf(metric), now, isBaseline.peek() ? null : baseCurves.peek(), length)
  const filled = row.now.findLastIndex((point) => point.seeds > 0) + 1
  const whole = last !== null && last.run !== now[0] && last.filled > 0 && last.filled === last.row.now.length
  return {
    run: now[0],
    row,
    verdict: verdicts.peek()?.get(metric.id),
    filled,
    before: whole ? last.row.now.map(({ value }) => value) : (last?.before ?? null),
  }
}

/** A metric's chart with its verdict. It has its own turn to be drawn: the view around it is none of its business. */
export const RateCard = memo(function RateCard({ metric }: { metric: Metric }) {
  const [visible, attach] = useVisible()
  const kept = useRef<Shown | null>(null)
  const length = days.value
  // What is drawn for another reason than its turn shows what is newest all the same.
  const overtaken = useTurn(visible)
  if (visible || !kept.current) kept.current = shownNow(metric, length, kept.current)
  const { verdict } = kept.current
  return (
    <article
      class={`rate ${verdict ?? 'pending'}`}
      ref={attach}
      data-metric={metric.id}
      // Known to the framework as an attribute that follows a signal.
      data-overtaken={overtaken}
    >
      <RateFace metric={metric} shown={kept.current} length={length} at={lookedAt.value} />
    </article>
  )
})

/** What a card looks like. @param props.length days of the run; @param props.at the day boundary that is looked at */
export function RateFace({
  metric,
  shown: { row, filled, verdict, before: whole },
  length,
  at,
}: {
  metric: Metric
  shown: Shown
  length: number
  at: number
}) {
  // The old curve stays where the new one has not come yet, and looks old.
  const before =
    whole && filled < length && whole.length === length
      ? whole.map((value, day) => (day >= filled - 1 ? value : Number.NaN))
      : null
  const point = lastPoint(row.now, at)
  const band = [metric.low, metric.high] as const
  const grip = filled >= length && at >= length ? gripOf(metric, point?.value ?? Number.NaN) : undefined
  return (
    <>
      <header>
        <VerdictMark verdict={verdict} />
        <h3>
          <button type="button" onClick={() => openMetric(metric.id)}>
            {metric.name}
          </button>
        </h3>
        <output
          class={filled < Math.min(at, length) ? 'partial' : ''}
          title={point?.interval ? formatInterval(point.interval, metric.unit) : ''}
        >
          {formatValue(point?.value ?? Number.NaN, metric.unit)}
        </output>
      </header>
      <Series
        name={metric.name}
        places={dayNames(length)}
        lines={linesOf(row, before)}
        target={band}
        format={(value) => formatValue(value, metric.unit)}
        height={92}
        mark={at < length ? Math.max(0, at - 1) : undefined}
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
    </>
  )
}

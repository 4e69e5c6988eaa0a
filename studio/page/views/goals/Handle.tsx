import type { Metric } from '../../../../sim/index.ts'
import { formatValue } from '../../charts/format.ts'

/** The metric's axis with its band, where it is now, and the handle that says where it should be. */
export function Handle({
  metric,
  from,
  to,
  now,
  value,
  onChange,
}: {
  metric: Metric
  from: number
  to: number
  now: number
  value: number
  onChange: (value: number) => void
}) {
  const share = (of: number) => `${Math.max(0, Math.min(1, (of - from) / (to - from))) * 100}%`
  const low = Number.isFinite(metric.low) ? metric.low : from
  const high = Number.isFinite(metric.high) ? metric.high : to
  return (
    <div class="handle">
      <div class="axis" aria-hidden="true">
        <span class="band" style={{ left: share(low), right: `calc(100% - ${share(high)})` }} />
        {!Number.isNaN(now) && (
          <span class="now" style={{ left: share(now) }}>
            <i>now {formatValue(now, metric.unit)}</i>
          </span>
        )}
      </div>
      <input
        type="range"
        min={0}
        max={1000}
        step={5}
        value={Math.round(((value - from) / (to - from)) * 1000)}
        aria-label={`Wanted ${metric.name}`}
        aria-valuetext={formatValue(value, metric.unit)}
        onInput={(event) => onChange(from + ((to - from) * event.currentTarget.valueAsNumber) / 1000)}
      />
      <output>
        wanted <b>{formatValue(value, metric.unit)}</b>
      </output>
    </div>
  )
}

import type { Metric } from '../../../../sim/index.ts'
import { formatValue } from '../../charts/format.ts'
import type { Effect } from '../../goals/effects.ts'
import { locked } from '../../goals/state.ts'
import type { Shown } from '../../model/parameters.ts'

/** A parameter that moves the metric: free for a search or locked, and what it does where that was measured. */
export function Mover({
  parameter,
  free,
  effect,
  most,
  metric,
}: {
  parameter: Shown
  free: boolean
  effect: Effect | undefined
  most: number
  metric: Metric
}) {
  const { path, what } = parameter
  return (
    <li>
      <button
        type="button"
        class="chip"
        aria-pressed={!free}
        aria-label={`${free ? 'free' : 'locked'}: ${path}`}
        onClick={() => {
          const next = new Set(locked.value)
          if (!next.delete(path)) next.add(path)
          locked.value = next
        }}
      >
        {free ? 'free' : 'locked'}
      </button>
      <div>
        <code>{path}</code>
        <p>{what}</p>
      </div>
      {effect && (
        <div class={`effect ${effect.told ? '' : 'untold'}`}>
          <span class="effect-bar" aria-hidden="true">
            <span style={{ width: `${(effect.total / most) * 100}%` }} />
          </span>
          <span>
            {effect.told ? `${formatValue(effect.mean, metric.unit, true)} over its range` : 'cannot be told from 0'}{' '}
            <small>
              total {formatValue(effect.low, metric.unit)} … {formatValue(effect.high, metric.unit)}
            </small>
          </span>
        </div>
      )}
    </li>
  )
}

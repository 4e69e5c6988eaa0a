import type { Metric } from '../../../../sim/index.ts'
import { formatValue } from '../../charts/format.ts'
import type { GripProps } from '../../charts/Grip.tsx'
import { activity, choose, chosen, GOALS, start, steps, stop, target } from '../../goals/state.ts'
import { setChanges, show } from '../../model/store.ts'

/** The handle of a metric that some parameter moves, once it is known where it is. */
export function gripOf(metric: Metric, now: number): Omit<GripProps, 'y' | 'valueAt' | 'step'> | undefined {
  if (!GOALS.has(metric.id) || Number.isNaN(now)) return undefined
  const wanted = chosen.value === metric.id ? target.value : null
  const share = metric.unit === 'share'
  return {
    label: `Wanted ${metric.name}`,
    value: wanted ?? now,
    moved: wanted !== null,
    format: (value) => formatValue(value, metric.unit),
    least: 0,
    most: share ? 1 : Math.max(now, Number.isFinite(metric.high) ? metric.high : now) * 3,
    onMove: (value) => {
      choose(metric.id)
      if (activity.value !== 'idle') stop()
      steps.value = []
      target.value = value
    },
    onDone: () => void start(now),
    onCancel: () => {
      stop()
      steps.value = []
      target.value = null
    },
  }
}

/** How the search for a metric's goal stands, in place of its card's last line; null where none is set. */
export function CardGoal({ metric }: { metric: Metric }) {
  const wanted = target.value
  const last = steps.value.at(-1)
  if (wanted === null) return null
  const format = (value: number) => formatValue(value, metric.unit)
  const seeking = activity.value === 'seeking'
  return (
    <div class="card-goal">
      <span role="status">
        wanted <b>{format(wanted)}</b>
        {last && (
          <>
            {', '}
            {last.reached ? 'found' : 'nearest'} <b>{format(last.value)}</b> <small>run {last.run}</small>
          </>
        )}
      </span>
      <span class="row">
        {seeking ? (
          <button type="button" class="small" onClick={stop}>
            Stop
          </button>
        ) : (
          last && (
            <button
              type="button"
              class="small primary"
              onClick={() => {
                setChanges(last.changes)
                steps.value = []
                target.value = null
              }}
            >
              Take
            </button>
          )
        )}
        <button type="button" class="small" onClick={() => show('goals')}>
          Details
        </button>
      </span>
    </div>
  )
}

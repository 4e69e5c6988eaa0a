import { computed } from '@preact/signals'
import { change, changedPaths, days, scenario } from '../model/store.ts'

const forkDay = computed(() => scenario.value.forkDay)
const changesPolicy = computed(() => [...changedPaths.value].some((path) => path.startsWith('policy.')))

/** The day from which changed policies hold. */
export function Fork() {
  const from = forkDay.value
  return (
    <div class="fork" data-on={from > 0}>
      <label for="fork-day">Policy changes hold from day</label>
      <input
        id="fork-day"
        type="number"
        class="number"
        min={0}
        max={days.value - 1}
        value={from}
        onChange={(event) =>
          change({ forkDay: Math.max(0, Math.min(days.value - 1, Math.round(event.currentTarget.valueAsNumber) || 0)) })
        }
      />
      <p>
        {from === 0
          ? 'Day 0: from the start. A later day forks the run: its past stays as it was.'
          : changesPolicy.value
            ? `Days 0–${from} are the baseline’s own past; the change shows after them.`
            : 'No policy is changed yet, so nothing forks.'}
      </p>
    </div>
  )
}

import { computed } from '@preact/signals'
import { changedPaths, pin, pinned, scenario, setChanges } from '../model/store.ts'

const isPinned = computed(() => JSON.stringify(scenario.value.changes) === JSON.stringify(pinned.value))

/** What is set now as the baseline, and the ways back. */
export function Pinning() {
  return (
    <div class="row buttons">
      <button type="button" onClick={() => pin(scenario.value.changes)} disabled={isPinned.value}>
        Pin as baseline
      </button>
      <button type="button" onClick={() => setChanges(pinned.value)} disabled={isPinned.value}>
        Back to baseline
      </button>
      <button type="button" onClick={() => setChanges({})} disabled={changedPaths.value.size === 0}>
        Reset all
      </button>
    </div>
  )
}

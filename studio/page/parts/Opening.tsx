import type { WorldState } from '../engine/world.ts'

/** What a view shows while people are simulated, or when they cannot be. */
export function Opening({ state, what }: { state: WorldState; what: string }) {
  if (state.failure !== null)
    return (
      <p class="problem" role="alert">
        {state.failure}
      </p>
    )
  return (
    <div class="opening" role="status">
      <p>Simulating {what} …</p>
      <div
        class="meter"
        role="progressbar"
        aria-label={`Simulating ${what}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(state.progress * 100)}
      >
        <div style={{ transform: `scaleX(${state.progress})` }} />
      </div>
    </div>
  )
}

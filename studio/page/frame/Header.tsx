import { computed, signal } from '@preact/signals'
import { isPaused, isRunning, mainCurve, nowCurves } from '../engine/rates.ts'
import { change, scenario } from '../model/store.ts'
import { cycleTheme, theme } from '../parts/theme.ts'
import { RunDialog, showRun } from './RunDialog.tsx'

const progress = computed(() => {
  const curves = nowCurves.value
  const total = curves.length * scenario.value.days
  return curves.reduce((sum, curve) => sum + curve.filled, 0) / total
})

const standing = computed(() => {
  const curve = mainCurve.value
  if (curve.failure !== null) return 'cannot run'
  if (isPaused.value && nowCurves.value.some((one) => !one.complete)) return 'paused'
  if (!curve.complete) return curve.filled === 0 ? 'starting …' : `day ${curve.filled} of ${curve.days}`
  const done = nowCurves.value.filter((one) => one.complete).length
  return isRunning.value ? `seed ${done} of ${nowCurves.value.length}` : 'complete'
})

export const drawerOpen = signal(false)

function NumberField({
  name,
  label,
  least,
  most,
}: {
  name: 'count' | 'days'
  label: string
  least: number
  most: number
}) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="number"
        min={least}
        max={most}
        value={scenario.value[name]}
        onChange={(event) => {
          const value = Math.round(event.currentTarget.valueAsNumber)
          if (value >= least && value <= most) change({ [name]: value })
          event.currentTarget.value = String(scenario.value[name])
        }}
      />
    </label>
  )
}

export function Header() {
  const curve = mainCurve.value
  return (
    <header class="top">
      <a class="brand" href="#" onClick={(event) => event.preventDefault()} aria-label="Mingle studio">
        <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
          <circle cx="12" cy="16" r="7.5" />
          <circle cx="20" cy="16" r="7.5" />
        </svg>
        <span>
          Mingle <b>studio</b>
        </span>
      </a>
      <div class="run-fields">
        <label class="field seed">
          <span>seed</span>
          <input
            type="text"
            spellcheck={false}
            value={scenario.value.seed}
            maxLength={191}
            onChange={(event) => change({ seed: event.currentTarget.value.trim() || scenario.value.seed })}
          />
        </label>
        <NumberField name="count" label="people" least={2} most={200_000} />
        <NumberField name="days" label="days" least={1} most={3650} />
      </div>
      <button
        type="button"
        class={`standing ${isRunning.value ? 'busy' : standing.value === 'paused' ? 'paused' : ''}`}
        onClick={showRun}
        title={
          standing.value === 'paused'
            ? 'Nothing is simulated while real runs are looked at'
            : 'Digest, commands and export'
        }
      >
        <span class="standing-word">{standing.value}</span>
        <code class="digest">{curve.digest ? curve.digest.slice(0, 8) : '········'}</code>
        <span class="spoken">Digest, commands and export</span>
      </button>
      <button
        type="button"
        class="quiet theme"
        onClick={cycleTheme}
        aria-label={`Theme: ${theme.value}. Change it`}
        title={`Theme: ${theme.value}`}
      >
        {theme.value === 'light' ? '☀' : theme.value === 'dark' ? '☾' : '◐'}
      </button>
      <div
        class="progress"
        role="progressbar"
        aria-label="Simulated"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(progress.value * 100)}
      >
        <div style={{ transform: `scaleX(${progress.value})` }} class={progress.value >= 1 ? 'done' : ''} />
      </div>
      <RunDialog />
    </header>
  )
}

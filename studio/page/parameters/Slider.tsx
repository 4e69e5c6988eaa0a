import { useComputed } from '@preact/signals'
import { plain } from '../charts/format.ts'
import { atShare, metricNames, type Shown, shareOf, stepped } from '../model/parameters.ts'
import { DEFAULT_LEAVES, parameterValue, setParameter } from '../model/store.ts'
import { SliderEffect } from './SliderEffect.tsx'

/** Places of a slider: fine enough for a logarithm. */
const PLACES = 1000
const STEPS: Readonly<Record<string, number>> = {
  PageUp: 10,
  PageDown: -10,
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
}

/** A parameter: a slider over what is worth trying, a number box over all that a run accepts, and its way back. */
export function Slider({ parameter }: { parameter: Shown }) {
  const { path, label, unit, what, least, most, low, high, part } = parameter
  // Drawn again when this value changes: another slider that moves is none of its business.
  const value = useComputed(() => parameterValue(path)).value
  const standard = DEFAULT_LEAVES[path]!
  const changed = value !== standard
  const id = `p-${path}`
  const percent = (of: number) => `${Math.round(shareOf(parameter, of) * 1000) / 10}%`
  const moves = metricNames(parameter)
  return (
    <div class={`slider ${changed ? 'changed' : ''}`} data-path={path}>
      <label for={id} title={`${what} (${path})`}>
        {changed && (
          <span class="changed-mark" aria-hidden="true">
            ●
          </span>
        )}
        {label}
        {unit && <small> {unit}</small>}
        <SliderEffect path={path} />
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={PLACES}
        step={1}
        value={Math.round(shareOf(parameter, value) * PLACES)}
        aria-valuetext={`${plain(value)} ${unit}${changed ? `, default ${plain(standard)}` : ''}`}
        aria-describedby={`${id}-text`}
        onInput={(event) => setParameter(path, atShare(parameter, event.currentTarget.valueAsNumber / PLACES))}
        onKeyDown={(event) => {
          const steps = STEPS[event.key]
          if (steps !== undefined) setParameter(path, stepped(parameter, value, steps))
          else if (event.key === 'Home') setParameter(path, low)
          else if (event.key === 'End') setParameter(path, high)
          else return
          event.preventDefault()
        }}
        style={{ '--default': percent(standard), '--fill': percent(value) }}
      />
      <input
        type="number"
        class="number"
        aria-label={`${label}, exact value`}
        value={value}
        min={least}
        max={most}
        step="any"
        onChange={(event) => {
          const next = event.currentTarget.valueAsNumber
          if (Number.isFinite(next)) setParameter(path, Math.max(least, Math.min(most, next)))
          event.currentTarget.value = String(parameterValue(path))
        }}
      />
      <button
        type="button"
        class="quiet reset"
        aria-label={`Reset ${label} to ${plain(standard)}`}
        title={`Back to ${plain(standard)}`}
        disabled={!changed}
        onClick={() => setParameter(path, standard)}
      >
        ↺
      </button>
      <span id={`${id}-text`} class="spoken">
        {what}. {moves.length > 0 && `Moves ${moves.slice(0, 4).join(', ')}.`}{' '}
        {part === 'population' ? 'A change makes everybody anew.' : 'May change from a chosen day on.'}
      </span>
    </div>
  )
}

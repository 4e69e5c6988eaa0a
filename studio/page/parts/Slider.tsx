import { plain } from '../charts/format.ts'
import type { Described } from '../model/parameters.ts'
import { DEFAULT_LEAVES, parameterValue, setParameter } from '../model/store.ts'

/** Places of a slider: the browser's own steps are too coarse for a logarithm. */
const PLACES = 1000

const toPlace = ({ from, to, log }: Described, value: number) => {
  const share = log ? Math.log(Math.max(value, from) / from) / Math.log(to / from) : (value - from) / (to - from)
  return Math.round(Math.max(0, Math.min(1, share)) * PLACES)
}

const fromPlace = ({ from, to, log, step, least, most }: Described, place: number) => {
  const share = place / PLACES
  const value = log ? from * (to / from) ** share : from + (to - from) * share
  return tidy(Math.max(least, Math.min(most, Math.round(value / step) * step)), step)
}

/** Without the noise of binary fractions: what stands in the address is what a person would type. */
function tidy(value: number, step: number): number {
  return Number(value.toFixed(Math.max(0, Math.min(12, Math.ceil(-Math.log10(step)) + 1))))
}

/** A parameter: its name, a slider over the useful part of its range, a number box over all of it, and what it changes. */
export function Slider({ parameter, effect }: { parameter: Described; effect?: preact.ComponentChildren }) {
  const { path, label, unit, text, least, most, from, to, step, kind } = parameter
  const value = parameterValue(path)
  const standard = DEFAULT_LEAVES[path]!
  const changed = value !== standard
  const id = `p-${path}`
  const spoken = `${plain(value)}${unit ? ` ${unit}` : ''}${changed ? `, default ${plain(standard)}` : ''}`
  const move = (next: number) => setParameter(path, tidy(Math.max(least, Math.min(most, next)), step))
  const places: Record<string, number> = {
    PageUp: 10,
    PageDown: -10,
    ArrowUp: 1,
    ArrowRight: 1,
    ArrowDown: -1,
    ArrowLeft: -1,
  }
  return (
    <div class={`slider ${changed ? 'changed' : ''}`} data-path={path}>
      <label for={id} title={text || path}>
        {changed && (
          <span class="changed-mark" aria-hidden="true">
            ●
          </span>
        )}
        {label}
        {unit && <small> {unit}</small>}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={PLACES}
        step={1}
        value={toPlace(parameter, value)}
        aria-valuetext={spoken}
        aria-describedby={`${id}-text`}
        onInput={(event) => move(fromPlace(parameter, event.currentTarget.valueAsNumber))}
        onKeyDown={(event) => {
          const steps = places[event.key]
          if (steps !== undefined) move(value + steps * step)
          else if (event.key === 'Home') move(from)
          else if (event.key === 'End') move(to)
          else return
          event.preventDefault()
        }}
        style={{
          '--default': `${(toPlace(parameter, standard) / PLACES) * 100}%`,
          '--fill': `${(toPlace(parameter, value) / PLACES) * 100}%`,
        }}
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
        {text} {kind === 'population' ? 'A change makes everybody anew.' : 'May change from a chosen day on.'}
      </span>
      {effect}
    </div>
  )
}

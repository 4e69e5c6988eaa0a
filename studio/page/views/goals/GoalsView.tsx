import { signal } from '@preact/signals'
import { METRIC_BY_ID, METRICS, type Metric } from '../../../../sim/index.ts'
import { formatBand, formatValue, plain } from '../../charts/format.ts'
import { Series } from '../../charts/Series.tsx'
import { isRunning, mainCurve } from '../../engine/rates.ts'
import { type Effect, effectsOf } from '../../goals/effects.ts'
import { Evaluator } from '../../goals/evaluator.ts'
import { type Step, seek } from '../../goals/seek.ts'
import { effects } from '../../model/effects.ts'
import { movedBy, PARAMETERS, type Shown } from '../../model/parameters.ts'
import { DEFAULT_LEAVES, parameterValue, scenario, setChanges } from '../../model/store.ts'

const chosen = signal('1')
const target = signal<number | null>(null)
const locked = signal<ReadonlySet<string>>(new Set())
const steps = signal<readonly Step[]>([])
const state = signal<'idle' | 'seeking' | 'measuring'>('idle')
const measured = signal<{ done: number; all: number }>({ done: 0, all: 1 })
let stop: AbortController | null = null

const workers = () => Math.max(1, Math.min(3, (navigator.hardwareConcurrency || 2) - 1))

/** Parameters that are said to move a metric: what a search is free in unless it is locked. */
const moversOf = (metric: Metric): Shown[] =>
  PARAMETERS.filter((parameter) => movedBy(parameter).some(({ id }) => id === metric.id)).sort(
    (a, b) => Number(a.part === 'population') - Number(b.part === 'population'),
  )
/** As many as a search of some minutes can make sense of: those of the policy first, then those of the people. */
const MOST_FREE = 10

function freeOf(metric: Metric): Shown[] {
  return moversOf(metric)
    .filter(({ path }) => !locked.value.has(path))
    .slice(0, MOST_FREE)
}

/** Ends of the handle: the band with as much again on either side. */
function spanOf({ low, high }: Metric, value: number): [number, number] {
  const from = Number.isFinite(low) ? low : Number.isNaN(value) ? 0 : value / 2
  const to = Number.isFinite(high) ? high : Number.isNaN(value) ? 1 : Math.max(value * 2, from + 1)
  const wide = (to - from) * 0.75
  return [Math.max(0, from - wide), to + wide]
}

export function GoalsView() {
  const metric = METRIC_BY_ID.get(chosen.value)!
  const curve = mainCurve.value
  const now = curve.complete ? curve.value(curve.days - 1, METRICS.indexOf(metric)) : Number.NaN
  const [from, to] = spanOf(metric, now)
  const wanted = target.value ?? (Number.isNaN(now) ? (from + to) / 2 : now)
  const movers = moversOf(metric)
  const free = freeOf(metric)
  const last = steps.value.at(-1)
  const found = effects.value?.metric === metric.id ? effects.value.effects : null
  const choose = (id: string) => {
    stop?.abort()
    chosen.value = id
    target.value = null
    steps.value = []
    state.value = 'idle'
  }
  return (
    <div class="view goals">
      <header class="view-head">
        <div>
          <h2>Goals</h2>
          <p>
            Drag an outcome to where you want it: parameters that bring it there are looked for in the background,
            nearest to those set now.
          </p>
        </div>
        <label class="inline">
          metric{' '}
          <select value={chosen.value} onChange={(event) => choose(event.currentTarget.value)}>
            {METRICS.filter((one) => moversOf(one).length > 0).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </header>
      <section class="figure goal" aria-labelledby="goal-title">
        <h3 id="goal-title">
          {metric.name} <small>band {formatBand(metric.low, metric.high, metric.unit)}</small>
        </h3>
        <Handle
          metric={metric}
          from={from}
          to={to}
          now={now}
          value={wanted}
          onChange={(value) => (target.value = value)}
        />
        <p class="row">
          {state.value === 'idle' ? (
            <>
              <button
                type="button"
                class="primary"
                disabled={!curve.complete || free.length === 0 || target.value === null}
                onClick={() => void start(metric, wanted, to - from, free)}
              >
                Look for parameters
              </button>
              <button
                type="button"
                disabled={movers.length === 0}
                onClick={() => void measure(metric, movers.slice(0, MOST_FREE + 4))}
              >
                Measure effects
              </button>
            </>
          ) : (
            <button
              type="button"
              onClick={() => {
                stop?.abort()
                state.value = 'idle'
              }}
            >
              Stop
            </button>
          )}
          <span role="status">
            {state.value === 'seeking' &&
              `run ${last?.run ?? 0}: nearest so far ${formatValue(last?.value ?? Number.NaN, metric.unit)}`}
            {state.value === 'measuring' && `run ${measured.value.done} of ${measured.value.all}`}
            {state.value === 'idle' &&
              last &&
              (last.reached
                ? `Reached ${formatValue(last.value, metric.unit)} in ${last.run} runs.`
                : `Nearest: ${formatValue(last.value, metric.unit)} after ${last.run} runs; free more parameters, or come nearer.`)}
            {state.value === 'idle' &&
              !last &&
              target.value === null &&
              (isRunning.value && !curve.complete ? 'The run is being simulated …' : 'Move the handle first.')}
          </span>
        </p>
      </section>
      {last && (
        <section class="figure" aria-labelledby="found-title">
          <div class="row between">
            <h3 id="found-title">Found so far</h3>
            <button type="button" class="primary" onClick={() => setChanges(last.changes)}>
              Take these
            </button>
          </div>
          <Series
            name={`${metric.name}, the nearest so far by runs`}
            places={steps.value.map(({ run }) => `run ${run}`)}
            lines={[
              { label: 'nearest', tone: 'now', values: steps.value.map(({ value }) => value) },
              { label: 'wanted', tone: 'second', values: steps.value.map(() => wanted) },
            ]}
            target={[metric.low, metric.high]}
            format={(value) => formatValue(value, metric.unit)}
            height={160}
            axes
          />
          <ul class="found">
            {Object.entries(last.changes)
              .filter(([path, value]) => value !== (scenario.value.changes[path] ?? DEFAULT_LEAVES[path]))
              .map(([path, value]) => (
                <li key={path}>
                  <code>{path}</code> {plain(parameterValue(path))} → <b>{plain(value)}</b>
                </li>
              ))}
          </ul>
        </section>
      )}
      <section class="figure" aria-labelledby="free-title">
        <h3 id="free-title">
          What moves it{' '}
          <small>
            {free.length} free, {movers.length - free.length} locked or left out
          </small>
        </h3>
        {movers.length === 0 && <p class="empty">No parameter is said to move this metric.</p>}
        <ul class="movers">
          {movers.map((parameter) => (
            <Mover
              key={parameter.path}
              parameter={parameter}
              free={free.includes(parameter)}
              effect={found?.find(({ path }) => path === parameter.path)}
              most={Math.max(1e-12, ...(found ?? []).map(({ high }) => high))}
              metric={metric}
            />
          ))}
        </ul>
      </section>
    </div>
  )
}

function Mover({
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
        aria-label={`${free ? 'Lock' : 'Free'} ${path}`}
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

/** The metric's axis with its band, where it is now, and the handle that says where it should be. */
function Handle({
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

async function start(metric: Metric, wanted: number, span: number, free: readonly Shown[]): Promise<void> {
  stop?.abort()
  const own = (stop = new AbortController())
  state.value = 'seeking'
  steps.value = []
  const evaluator = new Evaluator(workers())
  try {
    for await (const step of seek(
      scenario.value,
      { metric: metric.id, target: wanted, tolerance: span * 0.012 },
      free,
      evaluator,
      own.signal,
    )) {
      if (own.signal.aborted) return
      steps.value = [...steps.value, step]
    }
  } finally {
    evaluator.close()
    if (stop === own) state.value = 'idle'
  }
}

async function measure(metric: Metric, movers: readonly Shown[]): Promise<void> {
  stop?.abort()
  const own = (stop = new AbortController())
  state.value = 'measuring'
  measured.value = { done: 0, all: 1 }
  const evaluator = new Evaluator(workers())
  own.signal.addEventListener('abort', () => evaluator.close())
  try {
    const found = await effectsOf(
      scenario.value,
      metric.id,
      movers,
      evaluator,
      own.signal,
      (done, all) => (measured.value = { done, all }),
    )
    if (!own.signal.aborted) effects.value = { metric: metric.id, effects: found }
  } finally {
    evaluator.close()
    if (stop === own) state.value = 'idle'
  }
}

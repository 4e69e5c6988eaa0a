import { METRIC_BY_ID, METRICS } from '../../../../sim/index.ts'
import { formatBand, formatValue, plain } from '../../charts/format.ts'
import { Series } from '../../charts/Series.tsx'
import { isRunning, mainCurve } from '../../engine/rates.ts'
import {
  activity,
  choose,
  chosen,
  freeOf,
  GOALS,
  measure,
  measured,
  moversOf,
  spanOf,
  start,
  steps,
  stop,
  target,
} from '../../goals/state.ts'
import { effects } from '../../model/effects.ts'
import { DEFAULT_LEAVES, parameterValue, scenario, setChanges } from '../../model/store.ts'
import { Handle } from './Handle.tsx'
import { Mover } from './Mover.tsx'

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
            {METRICS.filter(({ id }) => GOALS.has(id)).map(({ id, name }) => (
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
          {activity.value === 'idle' ? (
            <>
              <button
                type="button"
                class="primary"
                disabled={!curve.complete || free.length === 0 || target.value === null}
                onClick={() => void start(now)}
              >
                Look for parameters
              </button>
              <button type="button" disabled={movers.length === 0} onClick={() => void measure()}>
                Measure effects
              </button>
            </>
          ) : (
            <button type="button" onClick={stop}>
              Stop
            </button>
          )}
          <span role="status">
            {activity.value === 'seeking' &&
              `run ${last?.run ?? 0}: nearest so far ${formatValue(last?.value ?? Number.NaN, metric.unit)}`}
            {activity.value === 'measuring' && `run ${measured.value.done} of ${measured.value.all}`}
            {activity.value === 'idle' &&
              last &&
              (last.reached
                ? `Reached ${formatValue(last.value, metric.unit)} in ${last.run} runs.`
                : `Nearest: ${formatValue(last.value, metric.unit)} after ${last.run} runs; free more parameters, or come nearer.`)}
            {activity.value === 'idle' &&
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

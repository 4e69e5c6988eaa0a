import { useEffect, useState } from 'preact/hooks'
import { METRIC_BY_ID, METRICS } from '../../../../sim/index.ts'
import type { WatchedDay } from '../../../messages/index.ts'
import { formatBand, formatValue, grouped } from '../../charts/format.ts'
import { Series } from '../../charts/Series.tsx'
import { followServer } from '../../live/server.ts'
import { VerdictMark } from '../rates/VerdictMark.tsx'
import type { WatchState } from './types.ts'

const NOTHING: WatchState = { run: null, days: [], progress: null, warnings: [], end: null, connected: false }

/** A run while it is written: what the writing process tells, as it tells it. */
export function Watch({ onOpen }: { onOpen: (seed: string) => void }) {
  const [state, setState] = useState(NOTHING)
  useEffect(() => {
    const over = new AbortController()
    // Gathered here, shown a few times a second: a small run commits hundreds of days a second.
    let next = NOTHING
    let timer = 0
    const show = () => {
      if (timer === 0)
        timer = window.setTimeout(() => {
          timer = 0
          setState(next)
        }, 150)
    }
    void followServer(
      'watch',
      (event, data) => {
        next = reduced(next, event, data)
        show()
      },
      over.signal,
      (connected) => {
        next = { ...next, connected }
        show()
      },
    )
    return () => {
      over.abort()
      clearTimeout(timer)
    }
  }, [])
  const { run, days, progress, warnings, end, connected } = state
  if (!run)
    return (
      <p class="empty" role="status">
        {connected ? 'The run has not begun to write days yet …' : 'Waiting for the run …'}
        {progress && ` ${progress.phase}: ${grouped(progress.done)} of ${grouped(progress.total)}`}
      </p>
    )
  const done = (days.at(-1)?.day ?? run.before - 1) + 1
  const seen = days.filter(({ rates }) => rates !== null)
  const last = seen.at(-1)
  return (
    <section class="watch" aria-labelledby="watch-title">
      <header class="view-head">
        <div>
          <h3 id="watch-title">
            {run.seed}{' '}
            <small>
              {grouped(run.people)} people from {run.startDate}, into {run.database}
            </small>
          </h3>
          <p class="watch-state" role="status">
            <span class={`live ${end ? end.status : connected ? 'on' : 'off'}`} aria-hidden="true" />
            {end
              ? end.status === 'finished'
                ? `Finished: ${run.days} days.`
                : `${end.status === 'failed' ? 'Failed' : 'Stopped'}${end.message ? `: ${end.message}` : '.'}`
              : connected
                ? `Writing day ${Math.min(done + 1, run.days)} of ${run.days}`
                : 'The writing process does not answer; what it said last is shown. Trying again …'}
            {end?.digest && (
              <>
                {' '}
                Digest <code>{end.digest}</code>
              </>
            )}
          </p>
        </div>
        {end?.status === 'finished' && (
          <button type="button" class="primary" onClick={() => onOpen(run.seed)}>
            Open in the studio
          </button>
        )}
      </header>
      <div
        class="meter wide"
        role="progressbar"
        aria-label="Days written"
        aria-valuemin={0}
        aria-valuemax={run.days}
        aria-valuenow={done}
      >
        <div style={{ transform: `scaleX(${done / run.days})` }} />
      </div>
      {warnings.map((line) => (
        <p class="problem" role="alert" key={line}>
          {line}
        </p>
      ))}
      <div class="watch-grid">
        <Tables days={days} ended={end !== null} />
        <section aria-labelledby="watch-rates">
          <h3 id="watch-rates">Rates {last && <small>after day {last.day + 1}</small>}</h3>
          {!last && <p class="empty">No rates yet.</p>}
          <div class="grid">
            {last &&
              METRICS.filter(({ status }) => status !== 'reported').map((metric) => {
                const rate = last.rates!.find(({ id }) => id === metric.id)!
                if (rate.value === null && rate.n === 0) return null
                const of = (which: 'value' | 'low' | 'high') =>
                  seen.map(({ rates }) => rates!.find(({ id }) => id === metric.id)![which] ?? Number.NaN)
                const lows = of('low')
                const highs = of('high')
                return (
                  <article class={`rate ${rate.verdict}`} key={metric.id} data-metric={metric.id}>
                    <header>
                      <VerdictMark verdict={rate.verdict} />
                      <h3>{METRIC_BY_ID.get(metric.id)!.name}</h3>
                      <output>{formatValue(rate.value ?? Number.NaN, metric.unit)}</output>
                    </header>
                    <Series
                      name={metric.name}
                      places={seen.map(({ day }) => `day ${day + 1}`)}
                      lines={[
                        {
                          label: 'now',
                          tone: 'now',
                          values: of('value'),
                          band: lows.map((low, i) => (Number.isNaN(low) ? null : ([low, highs[i]!] as const))),
                        },
                      ]}
                      target={[metric.low, metric.high]}
                      format={(value) => formatValue(value, metric.unit)}
                      height={80}
                    />
                    <footer>
                      <span class="band">{formatBand(metric.low, metric.high, metric.unit)}</span>
                    </footer>
                  </article>
                )
              })}
          </div>
        </section>
      </div>
      {run.command && (
        <pre class="command" tabIndex={0} role="region" aria-label="Command line">
          {run.command}
        </pre>
      )}
    </section>
  )
}

function reduced(state: WatchState, event: string, data: unknown): WatchState {
  if (event === 'begin') return { ...NOTHING, connected: state.connected, run: data as WatchState['run'] }
  if (event === 'day') return { ...state, days: [...state.days, data as WatchedDay] }
  if (event === 'progress') return { ...state, progress: data as WatchState['progress'] }
  if (event === 'warning') return { ...state, warnings: [...state.warnings, (data as { line: string }).line] }
  if (event === 'end') return { ...state, end: data as WatchState['end'] }
  return state
}

const WINDOW_S = 3

function Tables({ days, ended }: { days: readonly WatchedDay[]; ended: boolean }) {
  const names = [...new Set(days.flatMap(({ rows }) => Object.keys(rows)))].sort((a, b) => (a < b ? -1 : 1))
  const now = days.at(-1)?.at ?? 0
  const recent = ended ? days : days.filter(({ at }) => at > now - WINDOW_S)
  const from = ended ? 0 : (days.findLast(({ at }) => at <= now - WINDOW_S)?.at ?? 0)
  const sum = (of: readonly WatchedDay[], table: string) =>
    of.reduce((total, { rows }) => total + (rows[table] ?? 0), 0)
  const rate = (table: string) => sum(recent, table) / Math.max(0.05, now - from)
  return (
    <section aria-labelledby="watch-tables">
      <h3 id="watch-tables">Rows</h3>
      <table class="figure">
        <thead>
          <tr>
            <th scope="col">table</th>
            <th scope="col">rows/s</th>
            <th scope="col">rows</th>
            <th scope="col">by day</th>
          </tr>
        </thead>
        <tbody>
          {names.map((table) => (
            <tr key={table}>
              <th scope="row">{table}</th>
              <td>{grouped(rate(table))}</td>
              <td>{grouped(sum(days, table))}</td>
              <td>
                <Spark values={days.slice(-60).map(({ rows }) => rows[table] ?? 0)} />
              </td>
            </tr>
          ))}
          <tr class="total">
            <th scope="row">all</th>
            <td>{grouped(names.reduce((total, table) => total + rate(table), 0))}</td>
            <td>{grouped(names.reduce((total, table) => total + sum(days, table), 0))}</td>
            <td />
          </tr>
        </tbody>
      </table>
    </section>
  )
}

function Spark({ values }: { values: readonly number[] }) {
  const most = Math.max(1, ...values)
  const points = values
    .map((value, i) => `${(i / Math.max(1, values.length - 1)) * 90},${20 - (value / most) * 18}`)
    .join(' ')
  return (
    <svg class="spark" viewBox="0 0 90 22" width="90" height="22" aria-hidden="true">
      <polyline points={points} />
    </svg>
  )
}

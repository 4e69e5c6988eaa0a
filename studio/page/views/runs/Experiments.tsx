import { useEffect, useState } from 'preact/hooks'
import { meanInterval, spread } from '../../../../sim/index.ts'
import { Figure } from '../../charts/Figure.tsx'
import { Series } from '../../charts/Series.tsx'
import { askServer } from '../../live/server.ts'
import { HeatMap } from './HeatMap.tsx'
import { formatMeasure, type Measured, type SweepPoint } from './measured.ts'
import { Sensitivity, type SensitivityResult } from './Sensitivity.tsx'

interface Listed {
  readonly name: string
  readonly kind: string
  readonly title: string
  readonly finished: boolean
}

interface Experiment {
  readonly name: string
  readonly manifest: {
    readonly kind: string
    readonly command: string
    readonly finished: boolean
    readonly paths: readonly string[]
    readonly measures: readonly Measured[]
  }
  readonly result: unknown
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly left: number
}

/** Results of experiments: sweeps as lines and heat maps, sensitivities as bars, each with its interval. */
export function Experiments({ folder }: { folder: string }) {
  const [list, setList] = useState<readonly Listed[] | null>(null)
  const [open, setOpen] = useState<Experiment | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    askServer<Listed[]>('experiments')
      .then(setList)
      .catch((error: Error) => setProblem(error.message))
  }, [])
  const show = (name: string) =>
    askServer<Experiment>('experiment', { name })
      .then(setOpen)
      .catch((error: Error) => setProblem(error.message))
  return (
    <section class="experiments" aria-labelledby="experiments-title">
      <h3 id="experiments-title">Experiments in {folder}</h3>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {list?.length === 0 && (
        <p class="empty">
          No experiment lies here; <code>mingle sweep</code>, <code>mingle sensitivity</code> and{' '}
          <code>mingle tune</code> write one with <code>--out</code>.
        </p>
      )}
      <ul class="presets">
        {list?.map(({ name, kind, title, finished }) => (
          <li key={name}>
            <div>
              <b>{name}</b>{' '}
              <small>
                {kind}
                {finished ? '' : ', unfinished'}
              </small>
              <p>
                <code>{title}</code>
              </p>
            </div>
            <button
              type="button"
              aria-pressed={open?.name === name}
              aria-label={`Open ${name}`}
              onClick={() => void show(name)}
            >
              Open
            </button>
          </li>
        ))}
      </ul>
      {open && <Opened experiment={open} key={open.name} />}
    </section>
  )
}

function Opened({ experiment }: { experiment: Experiment }) {
  const { manifest, columns, rows, result, left } = experiment
  const { paths, measures } = manifest
  const [key, setKey] = useState(() => measures.find(({ low }) => low !== null)?.key ?? measures[0]?.key ?? '')
  const measure = measures.find((one) => one.key === key)
  const points = measure ? pointsOf(columns, rows, paths, measure.key) : []
  const sensitivity = isSensitivity(result) ? result : null
  return (
    <div class="experiment">
      <div class="row between">
        <label class="inline">
          measure{' '}
          <select value={key} onChange={(event) => setKey(event.currentTarget.value)}>
            {measures.map((one) => (
              <option key={one.key} value={one.key}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
        <small>
          {rows.length} runs{left > 0 && `, ${left} more in the file`}
          {!manifest.finished && ', unfinished'}
        </small>
      </div>
      {sensitivity && measure && <Sensitivity result={sensitivity} measure={measure} />}
      {!sensitivity && measure && paths.length === 1 && <Line path={paths[0]!} points={points} measure={measure} />}
      {!sensitivity && measure && paths.length === 2 && (
        <HeatMap paths={[paths[0]!, paths[1]!]} points={points} measure={measure} />
      )}
      {measure && (paths.length === 0 || paths.length > 2 || sensitivity) && !(sensitivity && paths.length <= 2) && (
        <Points paths={paths} points={points} measure={measure} />
      )}
      <pre class="command" tabIndex={0} role="region" aria-label="Command line">
        {manifest.command}
      </pre>
    </div>
  )
}

function pointsOf(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  paths: readonly string[],
  key: string,
): SweepPoint[] {
  const value = columns.indexOf(key)
  const places = paths.map((path) => columns.indexOf(path))
  const groups = new Map<string, { at: string[]; values: number[] }>()
  for (const row of rows) {
    const text = row[value]
    if (text === undefined || text === '') continue
    const at = places.map((place) => row[place] ?? '')
    const group = groups.get(at.join(',')) ?? { at, values: [] }
    group.values.push(Number(text))
    groups.set(at.join(','), group)
  }
  return [...groups.values()]
    .map(({ at, values }) => {
      const { mean, deviation, n } = spread(
        values.length,
        values.reduce((a, b) => a + b, 0),
        values.reduce((a, b) => a + b * b, 0),
      )
      return { at, mean, interval: meanInterval(mean, deviation, n), seeds: n }
    })
    .sort((a, b) => {
      for (let i = 0; i < a.at.length; i++) {
        const difference = Number(a.at[i]) - Number(b.at[i])
        if (difference !== 0) return difference
      }
      return 0
    })
}

function Line({ path, points, measure }: { path: string; points: readonly SweepPoint[]; measure: Measured }) {
  const format = (value: number) => formatMeasure(value, measure)
  return (
    <Figure
      title={`${measure.name} by ${path}`}
      note={`Mean over seeds with its 95% interval; ${points[0]?.seeds ?? 0} seeds a point.`}
      table={{
        columns: [path, measure.name, 'interval', 'seeds'],
        rows: points.map(({ at, mean, interval, seeds }) => [
          at[0]!,
          format(mean),
          interval ? `${format(interval[0])} … ${format(interval[1])}` : '',
          seeds,
        ]),
      }}
    >
      <Series
        name={`${measure.name} by ${path}`}
        places={points.map(({ at }) => at[0]!)}
        lines={[
          {
            label: measure.name,
            tone: 'now',
            values: points.map(({ mean }) => mean),
            band: points.map(({ interval }) => interval),
          },
        ]}
        target={[measure.low ?? Number.NEGATIVE_INFINITY, measure.high ?? Number.POSITIVE_INFINITY]}
        format={format}
        height={260}
        axes
      />
    </Figure>
  )
}

function Points({
  paths,
  points,
  measure,
}: {
  paths: readonly string[]
  points: readonly SweepPoint[]
  measure: Measured
}) {
  return (
    <div class="scroll tall figure" tabIndex={0} role="region" aria-label={`Table: ${measure.name}`}>
      <table>
        <thead>
          <tr>
            {paths.map((path) => (
              <th scope="col" key={path}>
                {path}
              </th>
            ))}
            <th scope="col">{measure.name}</th>
            <th scope="col">interval</th>
            <th scope="col">seeds</th>
          </tr>
        </thead>
        <tbody>
          {points.slice(0, 500).map(({ at, mean, interval, seeds }) => (
            <tr key={at.join(',')}>
              {at.map((value, i) =>
                i === 0 ? (
                  <th scope="row" key={paths[i]}>
                    {value}
                  </th>
                ) : (
                  <td key={paths[i]}>{value}</td>
                ),
              )}
              <td>{formatMeasure(mean, measure)}</td>
              <td>{interval && `${formatMeasure(interval[0], measure)} … ${formatMeasure(interval[1], measure)}`}</td>
              <td>{seeds}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function isSensitivity(result: unknown): result is SensitivityResult {
  return (
    typeof result === 'object' &&
    result !== null &&
    Array.isArray((result as SensitivityResult).measures) &&
    'screened' in ((result as SensitivityResult).measures[0] ?? {})
  )
}

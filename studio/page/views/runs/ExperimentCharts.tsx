import { meanInterval, spread } from '../../../../sim/index.ts'
import type { ExperimentReport } from '../../../messages/index.ts'
import { Figure } from '../../charts/Figure.tsx'
import { Series } from '../../charts/Series.tsx'
import { HeatMap } from './HeatMap.tsx'
import { formatMeasure, type Measured, marksOf, pointCells, pointColumns, type SweepPoint } from './measured.ts'
import { Sensitivity, type SensitivityResult } from './Sensitivity.tsx'

/** What an experiment says of one measure: bars of a sensitivity, a line or a heat map of a sweep, else the points. */
export function ExperimentCharts({ experiment, measure }: { experiment: ExperimentReport; measure: Measured }) {
  const { manifest, columns, rows, result } = experiment
  const { paths } = manifest
  if (isSensitivity(result)) return <Sensitivity result={result} measure={measure} />
  const points = pointsOf(columns, rows, paths, measure.key)
  if (points.length === 0) return <p class="empty">No run of this experiment measured {measure.name}.</p>
  if (paths.length === 1) return <Line path={paths[0]!} points={points} measure={measure} />
  if (paths.length === 2) return <HeatMap paths={[paths[0]!, paths[1]!]} points={points} measure={measure} />
  return <Points paths={paths} points={points} measure={measure} />
}

/** Whether there is anything to say of a measure. */
export function hasMeasured({ result, columns, rows, manifest }: ExperimentReport, { key }: Measured): boolean {
  if (isSensitivity(result)) return result.rows.some(({ metric }) => metric === key)
  return pointsOf(columns, rows, manifest.paths, key).length > 0
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
        columns: [path, ...pointColumns(measure)],
        rows: points.map((point) => [point.at[0]!, ...pointCells(point, measure)]),
      }}
    >
      <Series
        name={`${measure.name} by ${path}`}
        places={marksOf(points.map(({ at }) => at[0]!))}
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
  const given = result as Partial<SensitivityResult> | null
  return given?.experiment === 'sensitivity' && Array.isArray(given.rows)
}

import { useState } from 'preact/hooks'
import { Figure } from '../../charts/Figure.tsx'
import { formatMeasure, type Measured, marksOf, pointCells, pointColumns, type SweepPoint } from './measured.ts'

/** Cividis: told apart by everybody, and darker means less. */
const RAMP = [
  '#00224e',
  '#123570',
  '#3b496c',
  '#575d6d',
  '#707173',
  '#8a8678',
  '#a59c74',
  '#c3b369',
  '#e1cc55',
  '#fee838',
] as const

/** Two parameters against each other: each field its mean, in colour and in words. */
export function HeatMap({
  paths,
  points,
  measure,
}: {
  paths: readonly [string, string]
  points: readonly SweepPoint[]
  measure: Measured
}) {
  const [at, setAt] = useState(-1)
  const ascending = (values: string[]) => [...new Set(values)].sort((a, b) => Number(a) - Number(b))
  const xs = ascending(points.map((point) => point.at[0]!))
  const ys = ascending(points.map((point) => point.at[1]!))
  const [columns, rows] = [marksOf(xs), marksOf(ys)]
  const means = points.map(({ mean }) => mean)
  const [low, high] = [Math.min(...means), Math.max(...means)]
  const colour = (value: number) =>
    RAMP[Math.max(0, Math.min(RAMP.length - 1, Math.floor(((value - low) / (high - low || 1)) * RAMP.length)))]!
  const found = (x: string, y: string) => points.find((point) => point.at[0] === x && point.at[1] === y)
  const picked = points[at]
  const told = (point: SweepPoint) =>
    `${paths[0]} ${point.at[0]}, ${paths[1]} ${point.at[1]}: ${formatMeasure(point.mean, measure)}${point.interval ? ` (${formatMeasure(point.interval[0], measure)} … ${formatMeasure(point.interval[1], measure)})` : ''}`
  const width = 64 + xs.length * 54
  const height = 46 + ys.length * 34
  return (
    <Figure
      title={`${measure.name} by ${paths[0]} and ${paths[1]}`}
      note={`From ${formatMeasure(low, measure)} (dark) to ${formatMeasure(high, measure)} (light); a frame marks what lies in the band.`}
      table={{
        columns: [paths[0], paths[1], ...pointColumns(measure)],
        rows: points.map((point) => [point.at[0]!, point.at[1]!, ...pointCells(point, measure)]),
      }}
    >
      <div
        class="chart"
        role="group"
        tabIndex={0}
        aria-roledescription="chart"
        aria-label={`Heat map of ${measure.name}. Arrow keys go through its fields.`}
        onKeyDown={(event) => {
          const step = { ArrowRight: ys.length, ArrowLeft: -ys.length, ArrowUp: 1, ArrowDown: -1 }[event.key]
          if (step === undefined) return
          setAt(Math.max(0, Math.min(points.length - 1, at < 0 ? 0 : at + step)))
          event.preventDefault()
        }}
      >
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true" class="heatmap">
          {xs.map((x, i) =>
            ys.map((y, j) => {
              const point = found(x, y)
              if (!point) return null
              const inside =
                point.mean >= (measure.low ?? -Infinity) &&
                point.mean <= (measure.high ?? Infinity) &&
                measure.low !== null
              const light = (point.mean - low) / (high - low || 1) > 0.55
              return (
                <g
                  key={`${x} ${y}`}
                  transform={`translate(${64 + i * 54} ${4 + (ys.length - 1 - j) * 34})`}
                  onPointerEnter={() => setAt(points.indexOf(point))}
                >
                  <rect
                    width="52"
                    height="32"
                    rx="4"
                    fill={colour(point.mean)}
                    class={`field ${inside ? 'inside' : ''} ${picked === point ? 'at' : ''}`}
                  />
                  <text x="26" y="20" text-anchor="middle" class={light ? 'on-light' : 'on-dark'}>
                    {formatMeasure(point.mean, measure)}
                  </text>
                </g>
              )
            }),
          )}
          {xs.map((x, i) => (
            <text class="label" key={x} x={90 + i * 54} y={height - 24} text-anchor="middle">
              {columns[i]}
            </text>
          ))}
          {ys.map((y, j) => (
            <text class="label" key={y} x="58" y={24 + (ys.length - 1 - j) * 34} text-anchor="end">
              {rows[j]}
            </text>
          ))}
          <text class="label axis" x={width} y={height - 6} text-anchor="end">
            {paths[0]}
          </text>
        </svg>
        <p class="map-told" aria-live="polite">
          {picked ? told(picked) : `Upwards: ${paths[1]}.`}
        </p>
      </div>
    </Figure>
  )
}

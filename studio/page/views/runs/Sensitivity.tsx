import { useWidth } from '../../charts/cursor.ts'
import { Figure } from '../../charts/Figure.tsx'
import { plain } from '../../charts/format.ts'
import { cell } from '../../charts/table.ts'
import type { Measured } from './measured.ts'

interface Bar {
  readonly factor: string
  readonly value: number
  readonly low: number
  readonly high: number
  readonly told: boolean
  readonly verdict: string
}

/** As `mingle sensitivity` writes it: a row for each measure, stage and factor, most important first. */
export interface SensitivityResult {
  readonly experiment: 'sensitivity'
  readonly rows: readonly {
    /** Key of the measure. */
    readonly metric: string
    /** Morris’s screening, or Sobol’s indices of those that lead it. */
    readonly stage: 'screening' | 'indices'
    readonly factor: string
    readonly mean: number
    readonly low: number
    readonly high: number
    readonly told?: boolean
    readonly verdict: string
  }[]
}

/** What each parameter does to a measure, most important first; what cannot be told from nothing is grey and says so. */
export function Sensitivity({ result, measure }: { result: SensitivityResult; measure: Measured }) {
  const found = result.rows.filter(({ metric }) => metric === measure.key)
  if (found.length === 0) return <p class="empty">{measure.name} was not among the measures of this experiment.</p>
  const barsOf = (wanted: 'screening' | 'indices'): Bar[] =>
    found
      .filter(({ stage }) => stage === wanted)
      .map(({ factor, mean, low, high, told, verdict }) => ({
        factor,
        value: mean,
        low,
        high,
        told: told ?? low > 0,
        verdict,
      }))
  const screened = barsOf('screening')
  const totals = barsOf('indices')
  return (
    <>
      {totals.length > 0 && (
        <Bars
          title={`Share of the variance of ${measure.name}`}
          note="Sobol’s total effect: alone and together with others."
          bars={totals}
        />
      )}
      <Bars
        title={`What moves ${measure.name}`}
        note="Morris’s mean absolute effect over the range worth trying."
        bars={screened.slice(0, 25)}
      />
    </>
  )
}

function Bars({ title, note, bars }: { title: string; note: string; bars: readonly Bar[] }) {
  const most = Math.max(1e-12, ...bars.map(({ high, value }) => Math.max(high, value)))
  const [width, attach] = useWidth(640)
  // Where there is little room, names stand above their bars.
  const narrow = width < 520
  const [left, step] = narrow ? [2, 40] : [250, 24]
  const height = bars.length * step + 8
  // Beside the longest there is room for the words about what cannot be told.
  const x = (value: number) => left + (Math.max(0, value) / most) * (width - left - 150)
  return (
    <Figure
      title={title}
      note={note}
      table={{
        columns: ['parameter', 'effect', 'from', 'to', 'verdict'],
        rows: bars.map(({ factor, value, low, high, verdict }) => [
          factor,
          cell(value, plain),
          cell(low, plain),
          cell(high, plain),
          verdict,
        ]),
      }}
    >
      <div
        class="chart"
        ref={attach}
        role="img"
        aria-label={bars.map(({ factor, value, verdict }) => `${factor} ${plain(value)}, ${verdict}`).join('; ')}
      >
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
          {bars.map(({ factor, value, low, high, told }, i) => (
            <g key={factor} transform={`translate(0 ${i * step + 4})`}>
              <text x={narrow ? left : left - 8} y={narrow ? 11 : 13} text-anchor={narrow ? 'start' : 'end'}>
                {factor}
              </text>
              <g transform={`translate(0 ${narrow ? 16 : 0})`}>
                <rect
                  class={`bar ${told ? 'now' : 'untold'}`}
                  x={left}
                  y="2"
                  width={Math.max(1, x(value) - left)}
                  height="14"
                  rx="3"
                />
                {high > low && <path class="whisker" d={`M${x(low)},5v8M${x(low)},9H${x(high)}M${x(high)},5v8`} />}
                {!told && (
                  <text class="value" x={x(Math.max(value, high)) + 6} y="13">
                    cannot be told from 0
                  </text>
                )}
              </g>
            </g>
          ))}
        </svg>
      </div>
    </Figure>
  )
}

import type { Metric } from '../../../../sim/index.ts'
import { formatBand, formatInterval, formatValue, plain } from '../../charts/format.ts'
import type { Measured } from './measured.ts'

/** As `mingle replicate` and `mingle compare` write them: a row for each measure, numbers that are none are null. */
export interface MeasuresResult {
  readonly experiment: 'replicate' | 'compare'
  readonly presets?: readonly (string | { readonly name: string })[]
  readonly rows: readonly {
    readonly metric: string
    readonly name: string
    readonly unit: string
    readonly first?: number | null
    readonly second?: number | null
    /** Of a comparison: of the differences, seed by seed. */
    readonly mean: number | null
    readonly low: number | null
    readonly high: number | null
    readonly n: number
    readonly verdict?: string
  }[]
}

export function isMeasures(result: unknown): result is MeasuresResult {
  const given = result as Partial<MeasuresResult> | null
  return (given?.experiment === 'replicate' || given?.experiment === 'compare') && Array.isArray(given.rows)
}

/** Volumes have units of their own. */
const shown = (value: number | null | undefined, unit: string, signed = false) =>
  value === null || value === undefined
    ? '–'
    : unit === 'per person and day'
      ? `${signed && value > 0 ? '+' : ''}${plain(value)}`
      : formatValue(value, unit as Metric['unit'], signed)

/** Every measure of an experiment at one place: its mean over seeds, or what a change does to it, with the interval. */
export function MeasureTable({ result, measures }: { result: MeasuresResult; measures: readonly Measured[] }) {
  const compares = result.experiment === 'compare'
  const [first = 'first', second = 'second'] = (result.presets ?? []).map((one) =>
    typeof one === 'string' ? one : one.name,
  )
  const rows = result.rows.filter(({ n }) => n > 0)
  return (
    <div class="scroll tall figure" tabIndex={0} role="region" aria-label="Table: measures">
      <table class="measures">
        <thead>
          <tr>
            <th scope="col">measure</th>
            {compares && <th scope="col">{first}</th>}
            {compares && <th scope="col">{second}</th>}
            <th scope="col">{compares ? 'difference' : 'mean'}</th>
            <th scope="col">95% interval</th>
            {compares && <th scope="col">0 in the middle</th>}
            <th scope="col">{compares ? 'verdict' : 'band'}</th>
            <th scope="col">seeds</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ metric, name, unit, first, second, mean, low, high, n, verdict }) => {
            const band = measures.find(({ key }) => key === metric)
            const interval = low !== null && high !== null ? ([low, high] as const) : null
            return (
              <tr key={metric}>
                <th scope="row">{name}</th>
                {compares && <td>{shown(first, unit)}</td>}
                {compares && <td>{shown(second, unit)}</td>}
                <td>
                  <b>{shown(mean, unit, compares)}</b>
                </td>
                <td>
                  <small>
                    {unit === 'per person and day'
                      ? interval && `${shown(low, unit, compares)} … ${shown(high, unit, compares)}`
                      : formatInterval(interval, unit as Metric['unit'], compares)}
                  </small>
                </td>
                {compares && <td>{interval && mean !== null && <Whisker mean={mean} interval={interval} />}</td>}
                <td class={`verdict-words ${verdict === 'cannot be told' ? 'untold' : ''}`}>
                  {compares
                    ? verdict
                    : band &&
                      (band.low !== null || band.high !== null) &&
                      formatBand(band.low ?? -Infinity, band.high ?? Infinity, unit as Metric['unit'])}
                </td>
                <td>{n}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** An interval beside 0; each row has its own scale. */
function Whisker({ mean, interval: [low, high] }: { mean: number; interval: readonly [number, number] }) {
  const reach = Math.max(Math.abs(low), Math.abs(high)) || 1
  const x = (value: number) => 50 + (value / reach) * 46
  const told = low > 0 || high < 0
  return (
    <svg
      class={`difference-mark ${told ? '' : 'untold'}`}
      viewBox="0 0 100 14"
      width="100"
      height="14"
      aria-hidden="true"
    >
      <line class="zero" x1="50" x2="50" y1="0" y2="14" />
      <path class="whisker" d={`M${x(low)},4v6M${x(low)},7H${x(high)}M${x(high)},4v6`} />
      <circle class="dot difference" cx={x(mean)} cy="7" r="3" />
    </svg>
  )
}

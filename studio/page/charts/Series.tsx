import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import { useCursor, useWidth } from './cursor.ts'
import { Grip, type GripProps } from './Grip.tsx'

/** A line over days, with the band of its interval if it has one. NaN leaves a gap. */
export interface SeriesLine {
  readonly label: string
  readonly tone: 'now' | 'base' | 'before' | 'difference' | 'second' | 'third'
  readonly values: readonly number[]
  readonly band?: readonly (readonly [number, number] | null)[]
}

export interface SeriesProps {
  /** Says what is drawn: read aloud. */
  readonly name: string
  /** What the places along the axis are called. */
  readonly places: readonly string[]
  readonly lines: readonly SeriesLine[]
  /** Band that the value should lie in; infinite where it has one end. */
  readonly target?: readonly [number, number] | undefined
  readonly format: (value: number) => string
  readonly height: number
  /** Scales and grid; small multiples have none. */
  readonly axes?: boolean
  /** Includes zero in the vertical axis. */
  readonly zero?: boolean
  /** A place that is marked. */
  readonly mark?: number | undefined
  readonly onOpen?: () => void
  readonly initialWidth?: number
  /** Text at the left and right end of the horizontal axis. */
  readonly ends?: readonly [string, string]
  readonly description?: string
  /** A handle on the right edge by which the outcome is dragged to where it should be. */
  readonly grip?: Omit<GripProps, 'y' | 'valueAt' | 'step'>
}

const finite = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value)

/** Least and greatest of what is drawn; a band's far end does not squeeze the curve when it is far away. */
function domainOf({ lines, target, zero }: SeriesProps): [number, number] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  const take = (value: number | undefined) => {
    if (!finite(value)) return
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  for (const { values, band } of lines) {
    for (const value of values) take(value)
    // The first days' intervals are as wide as the world; the later half decides.
    if (band) for (let i = band.length >> 1; i < band.length; i++) band[i]?.forEach(take)
  }
  if (zero) take(0)
  if (target) {
    const [from, to] = target
    const reach = finite(from) && finite(to) ? (to - from) * 3 : Number.POSITIVE_INFINITY
    if (low > high) for (const end of target) take(end)
    for (const end of target) if (finite(end) && Math.min(Math.abs(end - low), Math.abs(end - high)) < reach) take(end)
  }
  if (low > high) return [0, 1]
  const pad = (high - low || Math.abs(high) || 1) * 0.08
  return [low - pad, high + pad]
}

export function Series(props: SeriesProps) {
  const { name, places, lines, target, format, height, axes = false, mark, onOpen, initialWidth = 300, ends } = props
  const [width, attach] = useWidth(initialWidth)
  const margin = axes
    ? { top: 10, right: 14, bottom: 24, left: 56 }
    : { top: 4, right: 4, bottom: ends ? 16 : 4, left: 4 }
  const [low, high] = domainOf(props)
  const x = scaleLinear([0, Math.max(1, places.length - 1)], [margin.left, width - margin.right])
  const y = scaleLinear([low, high], [height - margin.bottom, margin.top])
  const cursor = useCursor(places.length, (px) => Math.round(x.invert(px)), onOpen)
  const clampY = (value: number) => Math.max(margin.top, Math.min(height - margin.bottom, y(value)))
  const at = cursor.index
  const told = at >= 0 ? readOut(props, at) : ''
  const ticks = axes ? y.ticks(Math.max(2, Math.floor(height / 50))) : []
  const labels = axes ? x.ticks(Math.min(places.length, Math.floor(width / 90))).filter(Number.isInteger) : []
  return (
    <div
      class="chart"
      ref={attach}
      role="group"
      tabIndex={0}
      aria-roledescription="chart"
      aria-label={`${name}. ${summaryOf(props)}${onOpen ? ' Enter opens it.' : ''}`}
      {...cursor.handlers}
    >
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" class="series">
        {target && (
          <g class="target">
            <rect
              x={margin.left}
              width={Math.max(0, width - margin.left - margin.right)}
              y={finite(target[1]) ? clampY(target[1]) : margin.top}
              height={Math.max(
                0,
                (finite(target[0]) ? clampY(target[0]) : height - margin.bottom) -
                  (finite(target[1]) ? clampY(target[1]) : margin.top),
              )}
            />
            {target.map(
              (end) =>
                finite(end) &&
                y(end) >= margin.top &&
                y(end) <= height - margin.bottom && (
                  <line key={end} x1={margin.left} x2={width - margin.right} y1={y(end)} y2={y(end)} />
                ),
            )}
          </g>
        )}
        {ticks.map((tick) => (
          <g class="tick" key={tick}>
            <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
            <text x={margin.left - 8} y={y(tick)} dy="0.32em" text-anchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
        {labels.map((tick) => (
          <text class="label" key={tick} x={x(tick)} y={height - 6} text-anchor="middle">
            {places[tick]}
          </text>
        ))}
        {ends && (
          <g class="label">
            <text x={margin.left} y={height - 3}>
              {ends[0]}
            </text>
            <text x={width - margin.right} y={height - 3} text-anchor="end">
              {ends[1]}
            </text>
          </g>
        )}
        {low < 0 && high > 0 && (axes || props.zero) && (
          <line class="zero" x1={margin.left} x2={width - margin.right} y1={y(0)} y2={y(0)} />
        )}
        {props.grip?.moved && (
          <line
            class="wanted"
            x1={margin.left}
            x2={width - margin.right}
            y1={clampY(props.grip.value)}
            y2={clampY(props.grip.value)}
          />
        )}
        {mark !== undefined && (
          <line class="mark" x1={x(mark)} x2={x(mark)} y1={margin.top} y2={height - margin.bottom} />
        )}
        {lines.map(({ label, tone, values, band }) => (
          <g class={`line ${tone}`} key={label}>
            {band && (
              <path
                class="interval"
                d={
                  area<readonly [number, number] | null>()
                    .defined((ends) => ends !== null && finite(ends[0]) && finite(ends[1]))
                    .x((_, i) => x(i))
                    .y0((ends) => clampY(ends![0]))
                    .y1((ends) => clampY(ends![1]))(band as (readonly [number, number] | null)[]) ?? ''
                }
              />
            )}
            <path
              class="stroke"
              d={
                line<number>()
                  .defined(finite)
                  .x((_, i) => x(i))
                  .y((value) => y(value))(values as number[]) ?? ''
              }
            />
          </g>
        ))}
        {lines.map(({ label, tone, values }) => {
          const last = values.findLastIndex(finite)
          return (
            last >= 0 &&
            tone === 'now' && (
              <circle key={label} class={`dot ${tone}`} cx={x(last)} cy={y(values[last]!)} r={axes ? 3.5 : 2.5} />
            )
          )
        })}
        {at >= 0 && (
          <g class="cursor">
            <line x1={x(at)} x2={x(at)} y1={margin.top} y2={height - margin.bottom} />
            {lines.map(
              ({ label, tone, values }) =>
                finite(values[at]) && <circle key={label} class={`dot ${tone}`} cx={x(at)} cy={y(values[at]!)} r={3} />,
            )}
          </g>
        )}
      </svg>
      {props.grip && (
        <Grip {...props.grip} y={clampY(props.grip.value)} valueAt={(px) => y.invert(px)} step={(high - low) / 50} />
      )}
      {at >= 0 && (
        <div
          class="readout"
          style={{ left: `${Math.min(Math.max(0, x(at) - 60), Math.max(0, width - 150))}px` }}
          aria-hidden="true"
        >
          {told}
        </div>
      )}
      <span class="spoken" aria-live="polite">
        {cursor.spoken ? told : ''}
      </span>
    </div>
  )
}

function readOut({ places, lines, format }: SeriesProps, at: number): string {
  const parts = lines.flatMap(({ label, values, band }) => {
    const value = values[at]
    if (!finite(value)) return []
    const ends = band?.[at]
    const interval = ends && finite(ends[0]) && finite(ends[1]) ? ` (${format(ends[0])} … ${format(ends[1])})` : ''
    return [`${label} ${format(value)}${interval}`]
  })
  return `${places[at]}: ${parts.length > 0 ? parts.join(', ') : 'nothing yet'}`
}

function summaryOf({ lines, format, places }: SeriesProps): string {
  const parts = lines.flatMap(({ label, values }) => {
    const last = values.findLastIndex(finite)
    return last < 0 ? [] : [`${label}: ${format(values[last]!)} at ${places[last]}.`]
  })
  return parts.length > 0 ? parts.join(' ') : 'Nothing to see yet.'
}

/** The numbers behind a chart, as a table. */
export function SeriesTable({
  name,
  places,
  lines,
  format,
}: Pick<SeriesProps, 'name' | 'places' | 'lines' | 'format'>) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`Table: ${name}`}>
      <table>
        <caption>{name}</caption>
        <thead>
          <tr>
            <th scope="col">day</th>
            {lines.map(({ label }) => (
              <th scope="col" key={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((place, i) => (
            <tr key={place}>
              <th scope="row">{place}</th>
              {lines.map(({ label, values, band }) => {
                const value = values[i]
                const ends = band?.[i]
                return (
                  <td key={label}>
                    {finite(value) ? format(value) : '–'}
                    {ends && finite(ends[0]) && finite(ends[1]) && (
                      <small>
                        {' '}
                        {format(ends[0])} … {format(ends[1])}
                      </small>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

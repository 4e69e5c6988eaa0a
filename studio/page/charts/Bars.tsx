import { scaleLinear } from 'd3-scale'
import { useCursor, useWidth } from './cursor.ts'

export interface Bar {
  readonly label: string
  readonly now: number
  /** The baseline's, drawn as an outline; absent when there is none. */
  readonly base?: number | undefined
}

export interface BarsProps {
  readonly name: string
  readonly bars: readonly Bar[]
  readonly format: (value: number) => string
  readonly height?: number
  /** What lies along the axis. */
  readonly axis: string
  readonly tone?: 'now' | 'second' | 'third'
  readonly initialWidth?: number
  /** What the outline is called. */
  readonly baseName?: string
  /** Bars are lines with dots: for values that are not counts of a whole. */
  readonly lines?: boolean
}

/** A distribution: the run's as bars, the baseline's as a dashed outline. Arrow keys read them one by one. */
export function Bars({
  name,
  bars,
  format,
  height = 180,
  axis,
  tone = 'now',
  initialWidth = 420,
  baseName = 'baseline',
}: BarsProps) {
  const [width, attach] = useWidth(initialWidth)
  const margin = { top: 12, right: 6, bottom: 34, left: 46 }
  const most = Math.max(0, ...bars.map((bar) => Math.max(bar.now || 0, bar.base ?? 0))) || 1
  const y = scaleLinear([0, most], [height - margin.bottom, margin.top])
  const step = (width - margin.left - margin.right) / Math.max(1, bars.length)
  const cursor = useCursor(bars.length, (px) => Math.floor((px - margin.left) / step))
  const at = cursor.index
  const bar = bars[at]
  const told = bar
    ? `${bar.label}: ${format(bar.now)}${bar.base === undefined ? '' : `, ${baseName} ${format(bar.base)}`}`
    : ''
  const every = Math.max(1, Math.ceil(bars.length / Math.max(1, Math.floor((width - 50) / 46))))
  const hasBase = bars.some((one) => one.base !== undefined)
  const floor = y(0)
  const outline = hasBase
    ? bars
        .map(
          (one, i) =>
            `${i === 0 ? 'M' : 'L'}${margin.left + i * step},${y(one.base ?? 0)}H${margin.left + (i + 1) * step}`,
        )
        .join('')
    : ''
  return (
    <div
      class="chart"
      ref={attach}
      role="group"
      tabIndex={0}
      aria-roledescription="chart"
      aria-label={`${name}: ${bars.length} bars along ${axis}`}
      {...cursor.handlers}
    >
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" class="bars">
        {y.ticks(4).map((tick) => (
          <g class="tick" key={tick}>
            <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
            <text x={margin.left - 6} y={y(tick)} dy="0.32em" text-anchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
        {bars.map((one, i) => (
          <rect
            key={one.label}
            class={`bar ${tone} ${i === at ? 'at' : ''}`}
            x={margin.left + i * step + Math.min(1, step * 0.08)}
            width={Math.max(0.5, step - Math.min(2, step * 0.16))}
            y={y(one.now || 0)}
            height={Math.max(0, floor - y(one.now || 0))}
            rx={Math.min(2, step / 4)}
          />
        ))}
        {hasBase && <path class="outline" d={outline} />}
        {bars.map(
          (one, i) =>
            i % every === 0 && (
              <text
                class="label"
                key={one.label}
                x={margin.left + (i + 0.5) * step}
                y={height - margin.bottom + 14}
                text-anchor="middle"
              >
                {one.label}
              </text>
            ),
        )}
        <text class="label axis" x={width - margin.right} y={height - 4} text-anchor="end">
          {axis}
        </text>
      </svg>
      {bar && (
        <div
          class="readout"
          style={{ left: `${Math.min(margin.left + at * step, Math.max(0, width - 150))}px` }}
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

import { Figure } from '../../charts/Figure.tsx'
import { grouped } from '../../charts/format.ts'
import { cell } from '../../charts/table.ts'
import type { Funnel } from '../../worker/world/protocol.ts'

/** How many are left at each stage; lengths are logarithmic, because a date is one in thousands. */
export function FunnelChart({ funnel, base }: { funnel: Funnel; base: Funnel | null }) {
  const { steps } = funnel
  const most = Math.log10(Math.max(10, ...[...steps, ...(base?.steps ?? [])].map(({ count }) => count)))
  const lengthOf = (count: number) => (count > 0 ? Math.max(3, (Math.log10(count) / most) * 230) : 1)
  const share = (i: number, of = steps) => (i === 0 || of[i - 1]!.count === 0 ? null : of[i]!.count / of[i - 1]!.count)
  const rows = 30
  const height = steps.length * rows + 8
  return (
    <Figure
      title="From seen to met"
      note="Counts at each stage and the share that comes from the stage above; lengths are logarithmic."
      table={{
        columns: ['stage', 'count', 'share', ...(base ? ['baseline', 'its share'] : [])],
        rows: steps.map(({ name, count, of }, i) => [
          name,
          cell(count, grouped),
          cell(share(i) ?? Number.NaN, (value) => `${percent(value)} ${of}`),
          ...(base ? [cell(base.steps[i]!.count, grouped), cell(share(i, base.steps) ?? Number.NaN, percent)] : []),
        ]),
      }}
    >
      <div
        class="chart funnel"
        role="img"
        aria-label={steps
          .map(
            ({ name, count }, i) =>
              `${name}: ${grouped(count)}${base ? `, baseline ${grouped(base.steps[i]!.count)}` : ''}`,
          )
          .join('; ')}
      >
        <svg
          viewBox={`0 0 440 ${height}`}
          width="100%"
          height={height}
          preserveAspectRatio="xMinYMid meet"
          aria-hidden="true"
        >
          {steps.map(({ name, count }, i) => {
            const width = lengthOf(count)
            const before = base && lengthOf(base.steps[i]!.count)
            return (
              <g key={name} transform={`translate(0 ${i * rows + 4})`}>
                <text x="142" y="15" text-anchor="end">
                  {name}
                </text>
                <rect class="bar now" x="150" y="3" width={width} height="18" rx="4" fill-opacity={1 - i * 0.08} />
                {before !== null && <path class="outline" d={`M150,1H${150 + before}V23H150`} />}
                <text class="value" x={156 + Math.max(width, before ?? 0)} y="16">
                  {grouped(count)}
                  {share(i) !== null && ` · ${percent(share(i)!)}`}
                </text>
              </g>
            )
          })}
        </svg>
      </div>
    </Figure>
  )
}

function percent(value: number): string {
  const size = value * 100
  return `${size >= 10 ? Math.round(size) : size >= 1 ? size.toFixed(1) : size.toFixed(2)}%`
}

import { signal } from '@preact/signals'
import { scaleLinear, scaleSymlog } from 'd3-scale'
import { useMemo } from 'preact/hooks'
import { GENDERS } from '../../../../sim/index.ts'
import { useWidth } from '../../charts/cursor.ts'
import { Figure } from '../../charts/Figure.tsx'
import { plain } from '../../charts/format.ts'
import { cell } from '../../charts/table.ts'
import type { PeopleTable } from '../../worker/world/protocol.ts'

const TRAITS = ['sociability', 'selectivity', 'engagement'] as const
const EFFECTS = {
  sessions: (table: PeopleTable, i: number) => table.sessions[i]!,
  posts: (table: PeopleTable, i: number) => table.posts[i]!,
  'like share': (table: PeopleTable, i: number) =>
    table.decisions[i]! >= 10 ? table.likesSent[i]! / table.decisions[i]! : Number.NaN,
  'likes received': (table: PeopleTable, i: number) => table.likesReceived[i]!,
  matches: (table: PeopleTable, i: number) => table.matches[i]!,
  'messages a match': (table: PeopleTable, i: number) =>
    table.matches[i]! >= 3 ? table.messages[i]! / table.matches[i]! : Number.NaN,
} as const
type Effect = keyof typeof EFFECTS

const trait = signal<(typeof TRAITS)[number]>('engagement')
const effect = signal<Effect>('sessions')
/** Points drawn: beyond, every second, third … person. */
const MOST_POINTS = 6000

interface Mean {
  /** Middle of a tenth of the trait. */
  readonly at: number
  readonly mean: number
  readonly count: number
}

/** Means in tenths of the trait, where five people or more are. */
function meansOf(table: PeopleTable, of: (table: PeopleTable, i: number) => number): Mean[] {
  const xs = table[trait.value]
  const sums = Array.from({ length: 10 }, () => ({ sum: 0, count: 0 }))
  for (let i = 0; i < table.size; i++) {
    const value = of(table, i)
    if (Number.isNaN(value)) continue
    const bin = sums[Math.min(9, Math.floor(xs[i]! * 10))]!
    bin.sum += value
    bin.count++
  }
  return sums.flatMap(({ sum, count }, bin) => (count >= 5 ? [{ at: (bin + 0.5) / 10, mean: sum / count, count }] : []))
}

/** A trait against what it drives, one point a person, in one path a gender. */
export function Scatter({ table, base }: { table: PeopleTable; base: PeopleTable | null }) {
  const [width, attach] = useWidth(420)
  const height = 260
  const margin = { top: 10, right: 10, bottom: 32, left: 46 }
  const of = EFFECTS[effect.value]
  const every = Math.ceil(table.size / MOST_POINTS)
  const { paths, x, y, averages, n } = useMemo(() => {
    const xs = table[trait.value]
    let most = 0
    for (let i = 0; i < table.size; i++) most = Math.max(most, of(table, i) || 0)
    const x = scaleLinear([0, 1], [margin.left, width - margin.right])
    const y =
      effect.value === 'like share'
        ? scaleLinear([0, Math.max(0.1, most)], [height - margin.bottom, margin.top])
        : scaleSymlog([0, Math.max(1, most)], [height - margin.bottom, margin.top]).constant(2)
    const paths = GENDERS.map(() => '')
    let n = 0
    for (let i = 0; i < table.size; i++) {
      const value = of(table, i)
      if (Number.isNaN(value)) continue
      n++
      if (i % every === 0) paths[table.gender[i]!] += `M${x(xs[i]!).toFixed(1)},${y(value).toFixed(1)}h0`
    }
    return { paths, x, y, averages: meansOf(table, of), n }
  }, [table, trait.value, effect.value, width])
  const before = useMemo(() => (base ? meansOf(base, of) : []), [base, trait.value, effect.value])
  const pathOf = (means: readonly Mean[]) =>
    means.map(({ at, mean }, i) => `${i === 0 ? 'M' : 'L'}${x(at)},${y(mean)}`).join('')
  const title = 'What a trait does'
  return (
    <Figure
      title={title}
      note={`${n} people${every > 1 ? `, every ${every}th drawn` : ''}; the line is the mean in tenths of the trait${base ? ', dashed the baseline’s' : ''}.`}
      table={{
        columns: [trait.value, `mean ${effect.value}`, 'people', ...(base ? ['baseline'] : [])],
        rows: averages.map(({ at, mean, count }) => [
          at.toFixed(2),
          cell(mean, plain),
          count,
          ...(base ? [cell(before.find((one) => one.at === at)?.mean ?? Number.NaN, plain)] : []),
        ]),
      }}
    >
      <div class="row">
        <label class="inline">
          trait{' '}
          <select
            value={trait.value}
            onChange={(event) => (trait.value = event.currentTarget.value as typeof trait.value)}
          >
            {TRAITS.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label class="inline">
          against{' '}
          <select value={effect.value} onChange={(event) => (effect.value = event.currentTarget.value as Effect)}>
            {Object.keys(EFFECTS).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </div>
      <div
        class="chart"
        ref={attach}
        role="img"
        aria-label={`${trait.value} against ${effect.value}: ${averages.map(({ at, mean }) => `${at.toFixed(2)}: ${plain(mean)}`).join(', ')}`}
      >
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" class="scatter">
          {y
            .ticks(5)
            .filter((_, i, all) => all.length < 8 || i % 2 === 0)
            .map((tick) => (
              <g class="tick" key={tick}>
                <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
                <text x={margin.left - 6} y={y(tick)} dy="0.32em" text-anchor="end">
                  {plain(tick)}
                </text>
              </g>
            ))}
          {x.ticks(5).map((tick) => (
            <text class="label" key={tick} x={x(tick)} y={height - 14} text-anchor="middle">
              {tick}
            </text>
          ))}
          {paths.map((d, gender) => (
            <path key={GENDERS[gender]} class={`points g${gender}`} d={d} />
          ))}
          {before.length > 0 && <path class="outline" d={pathOf(before)} />}
          <path class="mean" d={pathOf(averages)} />
          <text class="label axis" x={width - margin.right} y={height - 1} text-anchor="end">
            {trait.value}
          </text>
        </svg>
      </div>
      <p class="legend">
        <span class="key second">women</span>
        <span class="key now">men</span>
        <span class="key third">nonbinary</span>
      </p>
    </Figure>
  )
}

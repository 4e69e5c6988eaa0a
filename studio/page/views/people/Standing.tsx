import { LIFECYCLES } from '../../../../sim/index.ts'

/** The spells of a life on the site: from which day boundary to which, and how the person stood. */
function spellsOf(standings: Int8Array): { from: number; to: number; standing: number }[] {
  const spells: { from: number; to: number; standing: number }[] = []
  standings.forEach((standing, day) => {
    const last = spells.at(-1)
    if (last?.standing === standing) last.to = day
    else spells.push({ from: day, to: day, standing })
  })
  return spells
}

const words = (standing: number) => LIFECYCLES[standing] ?? 'not there'

/** How somebody came, drifted off, left and came back: a strip over the days, told by height and by pattern. */
export function Standing({ standings }: { standings: Int8Array }) {
  const spells = spellsOf(standings)
  const now = spells.at(-1)!
  const length = Math.max(1, standings.length)
  const since = now.from === 0 ? 'from the start' : `since day ${now.from}`
  return (
    <div>
      <dt>lifecycle</dt>
      <dd class="standing-now">
        <svg
          class="life"
          viewBox={`0 0 ${length} 10`}
          preserveAspectRatio="none"
          role="img"
          aria-label={spells.map(({ from, to, standing }) => `${words(standing)} day ${from} to ${to}`).join(', ')}
        >
          {spells.map(({ from, to, standing }) => (
            <rect
              key={from}
              class={`life-${standing < 0 ? 'none' : LIFECYCLES[standing]}`}
              x={from}
              width={to + 1 - from}
              y={HEIGHTS[standing + 1]!}
              height={10 - HEIGHTS[standing + 1]!}
            >
              <title>{`${words(standing)}, day ${from} to ${to}`}</title>
            </rect>
          ))}
        </svg>
        <span>
          {words(now.standing)} <small>{since}</small>
        </span>
      </dd>
    </div>
  )
}

/** From the top, by standing from −1 on: the higher the bar, the more there. */
const HEIGHTS = [9.5, 0, 0, 5, 9]

import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force'
import type { History } from './history.ts'
import type { Network, NetworkNode } from './protocol.ts'
import type { Who } from './who.ts'

/** As many as can still be told apart. */
const MOST_NODES = 220
const STEPS = 220

/** The matches of one market: its best-connected people, laid out so that they can be read. The same each time. */
export function network(history: History, who: Who, end: number, wanted: number | null): Network {
  const { ids, sizes } = history.plan
  const largest = ids[sizes.indexOf(Math.max(...sizes))]!
  const market = wanted !== null && ids.includes(wanted) ? wanted : largest
  const links = new Map<number, { a: number; b: number; messages: number }>()
  for (let day = 0; day < end; day++) {
    for (const facts of history.factsOf(day)) {
      if (facts.market !== market) continue
      const { match, message } = facts.tables
      for (let i = 0; i < match.rows; i++)
        links.set(match.first + i, { a: match.k[i]!, b: match.other[i]!, messages: 0 })
      for (let i = 0; i < message.rows; i++) {
        const link = links.get(message.match[i]!)
        if (link) link.messages++
      }
    }
  }
  const degree = new Map<number, number>()
  for (const { a, b } of links.values()) for (const k of [a, b]) degree.set(k, (degree.get(k) ?? 0) + 1)
  const ranked = [...degree].sort((x, y) => y[1] - x[1] || x[0] - y[0]).slice(0, MOST_NODES)
  const at = new Map(ranked.map(([k], i) => [k, i]))
  const nodes: (NetworkNode & SimulationNodeDatum)[] = ranked.map(([k, count], i) => {
    const { gender, city } = who.traits(k)
    // A spiral to begin from: no randomness, so that the picture is the same for the same run.
    const angle = i * 2.399963
    const radius = 14 * Math.sqrt(i + 1)
    return {
      k,
      name: who.name(k),
      gender,
      city: who.city(city),
      degree: count,
      x: radius * Math.cos(angle),
      y: radius * Math.sin(angle),
    }
  })
  const drawn = [...links.values()].flatMap(({ a, b, messages }) => {
    const from = at.get(a)
    const to = at.get(b)
    return from === undefined || to === undefined ? [] : [{ a: from, b: to, messages }]
  })
  forceSimulation(nodes)
    .force(
      'link',
      forceLink(drawn.map(({ a, b }) => ({ source: a, target: b })))
        .distance(34)
        .strength(0.25),
    )
    .force('apart', forceManyBody().strength(-42))
    .force('collide', forceCollide(7))
    .force('x', forceX(0).strength(0.05))
    .force('y', forceY(0).strength(0.07))
    .stop()
    .tick(STEPS)
  const markets = ids
    .map((id, i) => ({ id, name: marketName(history, id), people: sizes[i]! }))
    .filter(({ people }) => people > 0)
    .sort((x, y) => y.people - x.people)
  return {
    market,
    markets: markets.slice(0, 200),
    nodes: nodes.map(({ k, name, gender, city, degree, x, y }) => ({ k, name, gender, city, degree, x, y })),
    links: drawn,
    left: degree.size - ranked.length,
  }
}

/** A market's number says its unit and its part (sim/markets.ts). */
function marketName({ config, population: { places } }: History, id: number): string {
  const unit = Math.floor(id / 4096)
  const part = id % 4096
  if (config.market === 'country') return 'everybody'
  if (config.market === 'area') return places.areas[unit] ?? `${unit}`
  if (config.market === 'division') return places.divisions[unit] ?? `${unit}`
  return `${places.metros[unit] ?? unit}${part > 0 ? `, part ${part + 1}` : ''}`
}

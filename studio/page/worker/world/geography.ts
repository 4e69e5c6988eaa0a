import type { History } from './history.ts'
import type { Flow, Geography } from './protocol.ts'
import type { Who } from './who.ts'

const HOUR_MS = 3_600_000
const MOST_FLOWS = 240

/** Where people are, when they are active on a day, and where likes and matches of all days until then go. */
export function geography(history: History, who: Who, end: number): Geography {
  const { cities } = history.population.places
  let size = history.config.count
  for (const joined of history.joined.values()) if (joined < end) size++
  const homes = new Int16Array(size)
  const people = new Float64Array(cities.length)
  for (let i = 0; i < size; i++) people[(homes[i] = who.traits(i + 1).city)]!++
  const shown = cities.filter(({ id }) => people[id]! > 0)
  const position = new Map(shown.map(({ id }, at) => [id, at]))
  const activity = new Float64Array(shown.length * 24)
  const flows = new Map<number, { likes: number; matches: number }>()
  let likes = 0
  let matches = 0
  const add = (from: number, to: number, which: 'likes' | 'matches') => {
    const a = homes[from - 1]
    const b = homes[to - 1]
    if (a === undefined || b === undefined || a === b) return
    const key = a * cities.length + b
    let flow = flows.get(key)
    if (!flow) flows.set(key, (flow = { likes: 0, matches: 0 }))
    flow[which]++
  }
  for (let day = 0; day < end; day++) {
    for (const { tables } of history.factsOf(day)) {
      const { like, match } = tables
      for (let i = 0; i < like.rows; i++) {
        if (like.action[i] === 0) continue
        likes++
        add(like.k[i]!, like.to[i]!, 'likes')
      }
      matches += match.rows
      for (let i = 0; i < match.rows; i++) add(match.k[i]!, match.other[i]!, 'matches')
      if (day !== end - 1) continue
      for (const table of [
        tables.post,
        tables.feed_seen,
        tables.liked_post,
        tables.profile_view,
        like,
        tables.message,
      ]) {
        for (let i = 0; i < table.rows; i++) {
          const home = homes[table.k[i]! - 1]
          const at = home === undefined ? undefined : position.get(home)
          if (at !== undefined) activity[at * 24 + Math.min(23, Math.floor(table.at[i]! / HOUR_MS))]!++
        }
      }
    }
  }
  const strongest: Flow[] = [...flows]
    .map(([key, flow]) => ({ from: Math.floor(key / cities.length), to: key % cities.length, ...flow }))
    .sort((a, b) => b.matches * 20 + b.likes - (a.matches * 20 + a.likes) || a.from - b.from || a.to - b.to)
    .slice(0, MOST_FLOWS)
  return {
    cities: shown.map(({ id, longitude, latitude }) => ({
      id,
      name: who.city(id),
      longitude,
      latitude,
      people: people[id]!,
    })),
    activity,
    flows: strongest,
    likes,
    matches,
  }
}

import { ageOn } from '../../../../sim/index.ts'
import type { History } from './history.ts'
import type { PeopleTable } from './protocol.ts'
import type { Who } from './who.ts'

type Counts = Pick<
  PeopleTable,
  | 'sessions'
  | 'posts'
  | 'likesSent'
  | 'decisions'
  | 'likesReceived'
  | 'matches'
  | 'messages'
  | 'answered'
  | 'openersReceived'
  | 'lastSeen'
>

/** Everybody who is there at a day boundary, with what they did until then. */
export function peopleTable(history: History, who: Who, day: number): PeopleTable {
  let size = history.config.count
  for (const joined of history.joined.values()) if (joined < day) size++
  const counts = countUntil(history, day, size)
  const table = {
    size,
    names: Array.from({ length: size }, (_, i) => who.name(i + 1)),
    gender: new Uint8Array(size),
    archetype: new Uint8Array(size),
    intent: new Uint8Array(size),
    city: new Int16Array(size),
    age: new Uint8Array(size),
    joinedDay: new Int32Array(size),
    sociability: new Float32Array(size),
    selectivity: new Float32Array(size),
    engagement: new Float32Array(size),
    appeal: new Float32Array(size),
    ...counts,
  }
  for (let i = 0; i < size; i++) {
    const person = who.traits(i + 1)
    table.gender[i] = person.gender
    table.archetype[i] = person.archetype
    table.intent[i] = person.intent
    table.city[i] = person.city
    table.age[i] = ageOn(person.birthDay, history.config.startDay + day)
    table.joinedDay[i] = Math.floor(person.joinedAt / 86_400_000)
    table.sociability[i] = person.sociability
    table.selectivity[i] = person.selectivity
    table.engagement[i] = person.engagement
    table.appeal[i] = person.appeal
  }
  return { ...table, ...surprises(table) }
}

function countUntil(history: History, end: number, size: number): Counts {
  const column = () => new Uint32Array(size)
  const counts = {
    sessions: column(),
    posts: column(),
    likesSent: column(),
    decisions: column(),
    likesReceived: column(),
    matches: column(),
    messages: column(),
    answered: column(),
    openersReceived: column(),
    lastSeen: new Int32Array(size).fill(-1),
  }
  /** Who wrote first in each match, by market and number; negative once the other has answered. */
  const openers = new Map<number, Map<number, number>>()
  const pairs = new Map<number, [Int32Array, Int32Array, number][]>()
  for (let day = 0; day < end; day++) {
    for (const { market, tables } of history.factsOf(day)) {
      const { session, post, like, match, message } = tables
      for (let i = 0; i < session.rows; i++) {
        counts.sessions[session.k[i]! - 1]!++
        counts.lastSeen[session.k[i]! - 1] = day
      }
      for (let i = 0; i < post.rows; i++) counts.posts[post.k[i]! - 1]!++
      for (let i = 0; i < like.rows; i++) {
        counts.decisions[like.k[i]! - 1]!++
        if (like.action[i] === 0) continue
        counts.likesSent[like.k[i]! - 1]!++
        counts.likesReceived[like.to[i]! - 1]!++
      }
      let blocks = pairs.get(market)
      if (!blocks) pairs.set(market, (blocks = []))
      blocks.push([match.k, match.other, match.first])
      for (let i = 0; i < match.rows; i++) {
        counts.matches[match.k[i]! - 1]!++
        counts.matches[match.other[i]! - 1]!++
      }
      let open = openers.get(market)
      if (!open) openers.set(market, (open = new Map()))
      for (let i = 0; i < message.rows; i++) {
        const k = message.k[i]!
        counts.messages[k - 1]!++
        const id = message.match[i]!
        const first = open.get(id)
        if (first === undefined) {
          open.set(id, k)
          const other = partner(blocks, id, k)
          if (other > 0) counts.openersReceived[other - 1]!++
        } else if (first > 0 && first !== k) {
          open.set(id, -first)
          counts.answered[k - 1]!++
        }
      }
    }
  }
  return counts
}

/** The other person of a match that is found in the days' blocks of matches. */
export function partner(blocks: readonly (readonly [Int32Array, Int32Array, number])[], id: number, k: number): number {
  for (let b = blocks.length - 1; b >= 0; b--) {
    const [a, other, first] = blocks[b]!
    const row = id - first
    if (row < 0 || row >= a.length) continue
    return a[row] === k ? other[row]! : a[row]!
  }
  return -1
}

/** Residuals of what people did from what their traits let expect, within genders. */
function surprises(
  table: Omit<PeopleTable, 'surprise' | 'surpriseOf'> & { appeal: Float32Array },
): Pick<PeopleTable, 'surprise' | 'surpriseOf'> {
  const { size, gender } = table
  const surprise = new Float32Array(size)
  const surpriseOf = new Uint8Array(size)
  const log1 = (values: ArrayLike<number>) => Float64Array.from({ length: size }, (_, i) => Math.log1p(values[i]!))
  const share = (part: ArrayLike<number>, whole: ArrayLike<number>, least: number) =>
    Float64Array.from({ length: size }, (_, i) => (whole[i]! >= least ? part[i]! / whole[i]! : Number.NaN))
  const measures: [ArrayLike<number>, Float64Array][] = [
    [table.engagement, log1(table.sessions)],
    [table.sociability, log1(table.posts)],
    [table.selectivity, share(table.likesSent, table.decisions, 10)],
    [Float64Array.from({ length: size }, (_, i) => Math.log(table.appeal[i]! + 1e-9)), log1(table.likesReceived)],
    [table.sociability, share(table.answered, table.openersReceived, 3)],
  ]
  for (const [which, [x, y]] of measures.entries()) {
    for (let group = 0; group < 3; group++) {
      const rows: number[] = []
      for (let i = 0; i < size; i++) if (gender[i] === group && !Number.isNaN(y[i])) rows.push(i)
      for (const [row, z] of residuals(rows, x, y)) {
        if (Math.abs(z) <= Math.abs(surprise[row]!)) continue
        surprise[row] = z
        surpriseOf[row] = which
      }
    }
  }
  return { surprise, surpriseOf }
}

/** Least squares of y on x, residuals in their standard deviation. */
function residuals(rows: readonly number[], x: ArrayLike<number>, y: ArrayLike<number>): [number, number][] {
  const n = rows.length
  if (n < 10) return []
  let sx = 0
  let sy = 0
  let sxx = 0
  let sxy = 0
  for (const row of rows) {
    sx += x[row]!
    sy += y[row]!
    sxx += x[row]! * x[row]!
    sxy += x[row]! * y[row]!
  }
  const spread = sxx - (sx * sx) / n
  const slope = spread > 0 ? (sxy - (sx * sy) / n) / spread : 0
  const start = (sy - slope * sx) / n
  const rest = rows.map((row): [number, number] => [row, y[row]! - start - slope * x[row]!])
  const deviation = Math.sqrt(rest.reduce((sum, [, r]) => sum + r * r, 0) / (n - 2))
  return deviation > 0 ? rest.map(([row, r]) => [row, r / deviation]) : []
}

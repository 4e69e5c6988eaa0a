import {
  correlationInterval,
  DISTANCE_EDGES_KM,
  gini,
  type Measure,
  type Measures,
  normalInterval,
} from '../../../sim/observe/index.ts'
import { frequencies, giniOf, NOTHING, plain, share, sum } from '../numbers.ts'
import { type Sql, toNumber } from '../sql.ts'
import type { Person } from './people.ts'

const EARTH_KM = 6371
/** Rows read at a time where SQL can't aggregate: SQLite has no float of 32 bits to put a pair into its distance bin. */
const CHUNK = 50_000

/** LIKEs and DISLIKEs of the run. */
export interface Decisions {
  /** By day: [women, men, nonbinary] × [DISLIKE, LIKE]. */
  readonly byDay: readonly {
    readonly day: number
    readonly gender: number
    readonly liked: boolean
    readonly n: number
  }[]
  readonly given: ReadonlyMap<number, { likes: number; dislikes: number }>
  readonly received: ReadonlyMap<number, number>
}

export async function readDecisions(sql: Sql, people: ReadonlyMap<number, Person>): Promise<Decisions> {
  const given = new Map<number, { likes: number; dislikes: number }>()
  const sent = await sql.rows(
    `SELECT from_user_id AS person, action, count(*) AS n FROM ${sql.own('likes')} l GROUP BY from_user_id, action`,
  )
  for (const { person, action, n } of sent) {
    const each = given.get(toNumber(person)) ?? { likes: 0, dislikes: 0 }
    if (action === 'LIKE') each.likes += toNumber(n)
    else each.dislikes += toNumber(n)
    given.set(toNumber(person), each)
  }
  const got = await sql.rows(
    `SELECT to_user_id AS person, count(*) AS n FROM ${sql.own('likes')} l WHERE action = 'LIKE' GROUP BY to_user_id`,
  )
  const days = await sql.rows(
    `SELECT ${sql.day('l.created_at')} AS day, p.gender, action, count(*) AS n
     FROM ${sql.own('likes')} l JOIN profiles p ON p.user_id = l.from_user_id GROUP BY 1, 2, 3`,
  )
  const genders = ['woman', 'man', 'nonbinary']
  return {
    byDay: days.map(({ day, gender, action, n }) => ({
      day: toNumber(day),
      gender: genders.indexOf(String(gender)),
      liked: action === 'LIKE',
      n: toNumber(n),
    })),
    given,
    received: new Map(
      got.map(({ person, n }) => [toNumber(person), toNumber(n)] as const).filter(([id]) => people.has(id)),
    ),
  }
}

/** Like rates by gender and the inequality of the likes received. */
export function measureDecisions(people: ReadonlyMap<number, Person>, { byDay, received }: Decisions): Measures {
  const rate = (gender: number): Measure => {
    const ofGender = byDay.filter((each) => each.gender === gender)
    return share(sum(ofGender.filter(({ liked }) => liked).map(({ n }) => n)), sum(ofGender.map(({ n }) => n)))
  }
  const inequality = (gender: number) => {
    const values = [...people.values()]
      .filter((person) => person.gender === gender)
      .map((person) => received.get(person.userId) ?? 0)
    const counts = new Float64Array(values.reduce((most, value) => Math.max(most, value + 1), 0))
    for (const [value, n] of frequencies(values)) counts[value] = n
    return { value: giniOf(values), n: values.length, error: gini(counts).error }
  }
  const women = inequality(0)
  const men = inequality(1)
  const difference = men.value - women.value
  return {
    '13.women': rate(0),
    '13.men': rate(1),
    '14.men': plain(men.value, men.n, normalInterval(men.value, men.error)),
    '14.women': plain(women.value, women.n, normalInterval(women.value, women.error)),
    '14.order': plain(
      difference,
      Math.min(men.n, women.n),
      normalInterval(difference, Math.hypot(women.error, men.error)),
    ),
  }
}

/** Like rate by distance: every decision is read and put into its bin. */
export async function measureDistance(sql: Sql, people: ReadonlyMap<number, Person>): Promise<Measures> {
  const bins = [...DISTANCE_EDGES_KM, Number.POSITIVE_INFINITY].map((edge) => ({ edge, likes: 0, n: 0 }))
  const [first, last] = sql.span('likes')
  for (let from = first; from <= last; from += CHUNK) {
    const rows = await sql.rows(
      `SELECT from_user_id AS a, to_user_id AS b, action FROM ${sql.own('likes')} l
       WHERE l.id >= ${from} AND l.id < ${from + CHUNK}`,
    )
    for (const { a, b, action } of rows) {
      const pair = [people.get(toNumber(a)), people.get(toNumber(b))] as const
      if (pair[0] === undefined || pair[1] === undefined) continue
      const km = distanceKm(pair[0], pair[1])
      const bin = bins.find(({ edge }) => km < edge)!
      bin.n++
      if (action === 'LIKE') bin.likes++
    }
  }
  return nearness(bins)
}

/** The small-angle form of the haversine formula, the short way round. */
function distanceKm(a: Person, b: Person): number {
  const radians = Math.PI / 180
  const gap = Math.abs(a.longitude - b.longitude)
  const east = (gap > 180 ? 360 - gap : gap) * radians
  const north = (a.latitude - b.latitude) * radians
  const shrink = Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians)
  return EARTH_KM * Math.sqrt(north * north + shrink * east * east)
}

function nearness(bins: readonly { likes: number; n: number }[]): Measures {
  const all = sum(bins.map(({ n }) => n))
  const joined: { likes: number; n: number }[] = []
  let open = { likes: 0, n: 0 }
  for (const { likes, n } of bins) {
    open = { likes: open.likes + likes, n: open.n + n }
    if (open.n < Math.max(1000, 0.02 * all)) continue
    joined.push(open)
    open = { likes: 0, n: 0 }
  }
  const last = joined.pop()
  if (last === undefined || joined.length === 0) return { '20.distance': NOTHING, '20.fall': NOTHING }
  joined.push({ likes: last.likes + open.likes, n: last.n + open.n })
  const rates = joined.map(({ likes, n }) => likes / n)
  const rises = rates.slice(1).map((rate, i) => {
    const variance = (i: number) => (rates[i]! * (1 - rates[i]!)) / joined[i]!.n
    return rate - rates[i]! - 3 * Math.sqrt(variance(i) + variance(i + 1))
  })
  return { '20.distance': plain(Math.max(...rises), all), '20.fall': plain(rates[0]! / rates.at(-1)!, all) }
}

/** Correlation of the two ages of matched people, each match both ways round. */
export function measureAges(pairs: readonly (readonly [Person, Person])[]): Measures {
  const both = pairs.flatMap(([a, b]) => [[a.birthDay, b.birthDay] as const, [b.birthDay, a.birthDay] as const])
  if (both.length === 0) return { '20.age': NOTHING }
  const xs = both.map(([x]) => x)
  const centre = sum(xs) / xs.length
  const variance = sum(xs.map((x) => (x - centre) ** 2))
  const r = sum(both.map(([x, y]) => (x - centre) * (y - centre))) / variance
  return { '20.age': plain(r, pairs.length, correlationInterval(r, pairs.length)) }
}

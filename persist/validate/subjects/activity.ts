import {
  type Interval,
  type Measure,
  type Measures,
  meanInterval,
  POST_RATE_PER_WEEK,
  quantileRanks,
} from '../../../sim/observe/index.ts'
import { frequencies, NOTHING, plain, reach, share, sum } from '../numbers.ts'
import { DAY_MS, type Sql, toNumber } from '../sql.ts'
import type { Person } from './people.ts'

const MIN_EVENTS = 30
const INACTIVE_DAYS = 14

/** Sums over the gaps between a person's events, in whole seconds. */
interface Gaps {
  readonly events: number
  readonly sum: number
  readonly squares: number
}

/** Sums over neighbouring gaps: their products, the former (left) and the latter (right) of each pair. */
interface GapPairs {
  readonly pairs: number
  readonly products: number
  readonly left: number
  readonly leftSquares: number
  readonly right: number
  readonly rightSquares: number
}

/** What each person does on the site, counted by SQL. */
export interface Activity {
  readonly sessionGaps: ReadonlyMap<number, Gaps>
  readonly sessionPairs: ReadonlyMap<number, GapPairs>
  readonly actionGaps: ReadonlyMap<number, Gaps>
  readonly sessions: ReadonlyMap<number, number>
  readonly seen: ReadonlyMap<number, number>
  readonly messages: ReadonlyMap<number, number>
  readonly posts: ReadonlyMap<number, number>
  /** Weeks of the run in which the person began a session; posts by week. */
  readonly sessionWeeks: ReadonlyMap<number, ReadonlySet<number>>
  readonly postWeeks: ReadonlyMap<number, ReadonlyMap<number, number>>
}

/** Everything that a person does at a moment: the actions of metrics 18 and 19. */
export function actions(sql: Sql): string {
  const parts = [
    ['posts', 'user_id', 'created_at'],
    ['feed_seen', 'user_id', 'seen_at'],
    ['liked_posts', 'user_id', 'created_at'],
    ['profile_views', 'viewer_id', 'viewed_at'],
    ['likes', 'from_user_id', 'created_at'],
    ['messages', 'sender_id', 'sent_at'],
  ] as const
  return parts
    .map(([table, person, at]) => `SELECT x.${person} AS person, x.${at} AS moment FROM ${sql.own(table)} x`)
    .join('\nUNION ALL ')
}

export async function readActivity(sql: Sql): Promise<Activity> {
  const count = async (table: string, person: string) => {
    const rows = await sql.rows(`SELECT ${person} AS person, count(*) AS n FROM ${sql.own(table)} x GROUP BY ${person}`)
    return new Map(rows.map(({ person, n }) => [toNumber(person), toNumber(n)]))
  }
  const sessionWeeks = new Map<number, Set<number>>()
  for (const { person, week } of await sql.rows(
    `SELECT DISTINCT x.user_id AS person, ${sql.week('x.started_at')} AS week FROM ${sql.own('sessions')} x`,
  )) {
    const weeks = sessionWeeks.get(toNumber(person)) ?? new Set()
    sessionWeeks.set(toNumber(person), weeks.add(toNumber(week)))
  }
  const postWeeks = new Map<number, Map<number, number>>()
  for (const { person, week, n } of await sql.rows(
    `SELECT x.user_id AS person, ${sql.week('x.created_at')} AS week, count(*) AS n FROM ${sql.own('posts')} x
     GROUP BY 1, 2`,
  )) {
    const weeks = postWeeks.get(toNumber(person)) ?? new Map()
    postWeeks.set(toNumber(person), weeks.set(toNumber(week), toNumber(n)))
  }
  return {
    sessionGaps: await readGaps(sql, `SELECT user_id AS person, started_at AS moment FROM ${sql.own('sessions')} x`),
    sessionPairs: await readPairs(sql),
    actionGaps: await readGaps(sql, actions(sql)),
    sessions: await count('sessions', 'user_id'),
    seen: await count('feed_seen', 'user_id'),
    messages: await count('messages', 'sender_id'),
    posts: await count('posts', 'user_id'),
    sessionWeeks,
    postWeeks,
  }
}

/** Sums over gaps by window functions: the database sorts each person's events by time. */
async function readGaps(sql: Sql, events: string): Promise<Map<number, Gaps>> {
  const rows = await sql.rows(`
    WITH timed AS (SELECT person, ${sql.seconds('moment')} AS at FROM (${events}) e),
    gaps AS (SELECT person, at - lag(at) OVER (PARTITION BY person ORDER BY at) AS gap FROM timed)
    SELECT person, count(*) AS events, sum(gap) AS total, sum(gap * gap) AS squares FROM gaps GROUP BY person`)
  return new Map(
    rows.map(({ person, events: n, total, squares }) => [
      toNumber(person),
      { events: toNumber(n), sum: toNumber(total), squares: toNumber(squares) },
    ]),
  )
}

/** Sums over neighbouring gaps of a person's session starts, no two of which share a second. */
async function readPairs(sql: Sql): Promise<Map<number, GapPairs>> {
  const rows = await sql.rows(`
    WITH timed AS (
      SELECT x.user_id AS person, ${sql.seconds('x.started_at')} AS at FROM ${sql.own('sessions')} x
    ),
    gaps AS (SELECT person, at, at - lag(at) OVER (PARTITION BY person ORDER BY at) AS gap FROM timed),
    pairs AS (SELECT person, gap, lag(gap) OVER (PARTITION BY person ORDER BY at) AS former FROM gaps)
    SELECT person, count(*) AS pairs, sum(gap * former) AS products, sum(former) AS l, sum(former * former) AS ll,
      sum(gap) AS r, sum(gap * gap) AS rr
    FROM pairs WHERE former IS NOT NULL GROUP BY person`)
  return new Map(
    rows.map((row) => [
      toNumber(row.person),
      {
        pairs: toNumber(row.pairs),
        products: toNumber(row.products),
        left: toNumber(row.l),
        leftSquares: toNumber(row.ll),
        right: toNumber(row.r),
        rightSquares: toNumber(row.rr),
      },
    ]),
  )
}

export function measureBursts({ sessionGaps, sessionPairs, actionGaps }: Activity): Measures {
  const often = (all: ReadonlyMap<number, Gaps>) =>
    [...all].filter(([, { events, sum }]) => events >= MIN_EVENTS && sum > 0)
  const memories = often(sessionGaps).map(([person]) => memory(sessionPairs.get(person)!))
  return {
    '18.sessions': average(often(sessionGaps).map(([, gaps]) => burstiness(gaps))),
    '18.actions': average(often(actionGaps).map(([, gaps]) => burstiness(gaps))),
    '18.memory': average(memories.filter((value) => !Number.isNaN(value))),
  }
}

/** Kim and Jo's Aₙ of n gaps. */
function burstiness({ events, sum, squares }: Gaps): number {
  const n = events - 1
  const r = Math.sqrt(Math.max(0, (n * squares) / (sum * sum) - 1))
  return (Math.sqrt(n + 1) * r - Math.sqrt(n - 1)) / ((Math.sqrt(n + 1) - 2) * r + Math.sqrt(n - 1))
}

function memory({ pairs, products, left, leftSquares, right, rightSquares }: GapPairs): number {
  const covariance = products / pairs - (left / pairs) * (right / pairs)
  const spread = (sum: number, squares: number) => Math.sqrt(squares / pairs - (sum / pairs) ** 2)
  const scale = spread(left, leftSquares) * spread(right, rightSquares)
  return scale > 0 ? covariance / scale : Number.NaN
}

/** Mean of values that are rounded to billionths, as published. */
function average(values: readonly number[]): Measure {
  const n = values.length
  if (n === 0) return NOTHING
  const centre = sum(values.map((value) => Math.round(value * 1e9))) / n / 1e9
  const squares = sum(values.map((value) => Math.round(value * value * 1e9))) / 1e9
  const deviation = Math.sqrt(Math.max(0, (squares - n * centre * centre) / (n - 1)))
  return plain(centre, n, n > 1 ? meanInterval(centre, deviation, n) : null)
}

/** A person's exposed weeks between two days, and the posts in each. */
export function exposure(
  person: Person,
  { sessionWeeks, postWeeks }: Activity,
  days: number,
  from = 0,
  to = Number.POSITIVE_INFINITY,
): { readonly weeks: number; readonly posts: number; readonly postWeeks: number } {
  let weeks = 0
  let posts = 0
  let withPosts = 0
  for (const week of sessionWeeks.get(person.userId) ?? []) {
    if (week * 7 < from || week * 7 + 7 > Math.min(to, days) || person.joinedAt > week * 7 * DAY_MS) continue
    const count = postWeeks.get(person.userId)?.get(week) ?? 0
    weeks++
    posts += count
    if (count > 0) withPosts++
  }
  return { weeks, posts, postWeeks: withPosts }
}

/** Posts per exposed week of active posters: the median of the run, or the mean between two days. */
export function measurePosting(
  people: ReadonlyMap<number, Person>,
  activity: Activity,
  days: number,
  span?: { readonly from: number; readonly to: number },
): Measure {
  const active = [...people.values()].filter((person) => exposure(person, activity, days).postWeeks >= 2)
  if (span !== undefined) {
    const parts = active.map((person) => exposure(person, activity, days, span.from, span.to))
    return plain(sum(parts.map(({ posts }) => posts)) / sum(parts.map(({ weeks }) => weeks)), active.length)
  }
  const bins = frequencies(
    active.map((person) => {
      const { posts, weeks } = exposure(person, activity, days)
      return Math.min(1000, Math.floor((posts * POST_RATE_PER_WEEK) / weeks))
    }),
  )
  if (active.length === 0) return NOTHING
  const at = (q: number) => {
    const { value, within } = reach(bins, q)!
    return (value + within) / POST_RATE_PER_WEEK
  }
  const [low, high]: Interval = quantileRanks(0.5, active.length)
  return plain(at(0.5), active.length, [at(low), at(high)])
}

/** Accounts of 14 days or more at a day's end, without a session begun in the last 14 days. */
export async function measureInactive(sql: Sql, people: ReadonlyMap<number, Person>, end: number): Promise<Measure> {
  if (end < INACTIVE_DAYS) return NOTHING
  const since = (end - INACTIVE_DAYS) * DAY_MS
  const rows = await sql.rows(
    `SELECT DISTINCT x.user_id AS person FROM ${sql.own('sessions')} x
     WHERE ${sql.ms('x.started_at')} >= ${since} AND ${sql.ms('x.ended_at')} < ${end * DAY_MS}`,
  )
  const active = new Set(rows.map(({ person }) => toNumber(person)))
  const old = [...people.values()].filter(({ joinedAt }) => joinedAt <= since)
  return share(old.filter(({ userId }) => !active.has(userId)).length, old.length)
}

/** Newcomers with a session on day 1, 7 and 30 after joining. */
export async function measureRetention(sql: Sql, people: ReadonlyMap<number, Person>, days: number): Promise<Measures> {
  const newcomers = [...people.values()].filter(({ joinedAt }) => joinedAt >= 0)
  const age = sql.div(`${sql.ms('x.started_at')} - ${sql.ms('u.created_at')}`, DAY_MS)
  const measures: Record<string, Measure> = {}
  for (const after of [1, 7, 30]) {
    const rows = await sql.rows(
      `SELECT DISTINCT x.user_id AS person FROM ${sql.own('sessions')} x JOIN users u ON u.id = x.user_id
       WHERE ${age} = ${after}`,
    )
    const back = new Set(rows.map(({ person }) => toNumber(person)))
    const due = newcomers.filter(({ joinedAt }) => joinedAt + (after + 1) * DAY_MS <= days * DAY_MS)
    measures[`r.retention.${after}`] = share(due.filter(({ userId }) => back.has(userId)).length, due.length)
  }
  return measures
}

/** Share of the posts that the tenth of the posters who post most have written. */
export function measureTopPosts({ posts }: Activity): Measure {
  const counts = [...posts.values()].sort((a, b) => b - a)
  if (counts.length === 0) return NOTHING
  const tenth = counts.length / 10
  const whole = Math.floor(tenth)
  const top = sum(counts.slice(0, whole)) + (tenth - whole) * counts[whole]!
  return plain(top / sum(counts), counts.length)
}

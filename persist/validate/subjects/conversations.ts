import { delayBin, delayEdge, type Measures, meanInterval, quantileRanks } from '../../../sim/observe/index.ts'
import { deviation, frequencies, mean, NOTHING, plain, reach, share, sum } from '../numbers.ts'
import { DAY_MS, type Sql, toNumber } from '../sql.ts'
import type { Person } from './people.ts'

const WEEK_MS = 7 * DAY_MS

/** A match and what came of it. Times in ms since the run's start, null where nothing was written. */
export interface Conversation {
  readonly matchId: number
  readonly a: Person
  readonly b: Person
  readonly matchedAt: number
  readonly opener: Person | null
  readonly openedAt: number | null
  /** First message of the other. */
  readonly answeredAt: number | null
  readonly messages: number
}

export async function readConversations(sql: Sql, people: ReadonlyMap<number, Person>): Promise<Conversation[]> {
  const rows = await sql.rows(`
    WITH said AS (
      SELECT g.match_id, g.sender_id, ${sql.ms('g.sent_at')} AS at,
        first_value(g.sender_id) OVER (PARTITION BY g.match_id ORDER BY g.id) AS opener,
        first_value(${sql.ms('g.sent_at')}) OVER (PARTITION BY g.match_id ORDER BY g.id) AS opened
      FROM ${sql.own('messages')} g
    ), threads AS (
      SELECT match_id, min(opener) AS opener, min(opened) AS opened, count(*) AS messages,
        min(CASE WHEN sender_id <> opener THEN at END) AS answered
      FROM said GROUP BY match_id
    )
    SELECT m.id, m.user_a_id AS a, m.user_b_id AS b, ${sql.ms('m.created_at')} AS matched, opener, opened, answered,
      messages
    FROM ${sql.own('matches')} m LEFT JOIN threads ON threads.match_id = m.id ORDER BY m.id`)
  return rows.flatMap((row) => {
    const a = people.get(toNumber(row.a))
    const b = people.get(toNumber(row.b))
    // A match with someone who is not there is for the checks to tell; so is a message of a third person.
    if (a === undefined || b === undefined) return []
    const opener = [a, b].find(({ userId }) => row.opener !== null && userId === toNumber(row.opener)) ?? null
    return {
      matchId: toNumber(row.id),
      a,
      b,
      matchedAt: toNumber(row.matched),
      opener,
      openedAt: opener === null ? null : toNumber(row.opened),
      answeredAt: opener === null || row.answered === null ? null : toNumber(row.answered),
      messages: toNumber(row.messages),
    }
  })
}

/** Replies, silence and the length of threads; those between two days alone, if these are given. */
export function measureConversations(
  all: readonly Conversation[],
  days: number,
  from = 0,
  to = Number.POSITIVE_INFINITY,
): Measures {
  const within = (at: number) => at >= from * DAY_MS && at < Math.min(to, days - 7) * DAY_MS
  const matches = all.filter(({ matchedAt }) => within(matchedAt))
  const begun = all.filter(({ openedAt }) => openedAt !== null && within(openedAt))
  const answered = begun.filter(({ answeredAt }) => answeredAt !== null)
  const inTime = answered.filter(({ openedAt, answeredAt }) => answeredAt! - openedAt! <= WEEK_MS)
  const lengths = answered.map(({ messages }) => messages)
  return {
    '2': share(inTime.length, begun.length),
    '3': share(begun.length - answered.length, begun.length),
    '4': share(matches.filter(({ messages }) => messages === 0).length, matches.length),
    ...measureLengths(lengths),
  }
}

function measureLengths(lengths: readonly number[]): Measures {
  const n = lengths.length
  const counts = frequencies(lengths)
  const quantile = (q: number) => reach(counts, q)?.value ?? Number.NaN
  const average = mean(lengths)
  return {
    '17.mean': plain(average, n, n > 1 ? meanInterval(average, deviation(lengths), n) : null),
    '17.tail': plain(quantile(0.99) / quantile(0.5), n),
    'r.threads.most': share(lengths.filter((length) => length >= 2 && length <= 20).length, n),
  }
}

/** Who writes first. */
export function measureOpeners(all: readonly Conversation[]): Measures {
  const begun = all.filter(({ opener }) => opener !== null)
  const mixed = begun.filter(({ a, b }) => [a.gender, b.gender].sort().join() === '0,1')
  const unequal = begun.filter(({ a, b }) => a.sociability !== b.sociability)
  const greater = ({ a, b, opener }: Conversation) => opener === (a.sociability > b.sociability ? a : b)
  const same = unequal.filter(({ a, b }) => a.gender === b.gender)
  return {
    '15.men': share(mixed.filter(({ opener }) => opener!.gender === 1).length, mixed.length),
    '15.same': share(same.filter(greater).length, same.length),
    '15.all': share(unequal.filter(greater).length, unequal.length),
  }
}

/** Time from a message to the next, where the other wrote that. */
export async function measureDelays(sql: Sql): Promise<Measures> {
  const rows = await sql.rows(`
    WITH said AS (
      SELECT g.sender_id, ${sql.ms('g.sent_at')} AS at,
        lag(g.sender_id) OVER (PARTITION BY g.match_id ORDER BY g.id) AS before_by,
        lag(${sql.ms('g.sent_at')}) OVER (PARTITION BY g.match_id ORDER BY g.id) AS before_at
      FROM ${sql.own('messages')} g
    )
    SELECT ${sql.div('at - before_at', 1000)} AS delay, count(*) AS n FROM said
    WHERE before_by IS NOT NULL AND before_by <> sender_id GROUP BY 1`)
  const bins = new Map<number, number>()
  for (const { delay, n } of rows) {
    const bin = delayBin(toNumber(delay))
    bins.set(bin, (bins.get(bin) ?? 0) + toNumber(n))
  }
  const n = sum(bins.values())
  if (n === 0) return { '16.median': NOTHING, '16.tail': NOTHING, '16.shape': NOTHING }
  const hours = (q: number) => {
    const { value, within } = reach(bins, q)!
    return (delayEdge(value) + within * (delayEdge(value + 1) - delayEdge(value))) / 3600
  }
  const [low, high] = quantileRanks(0.5, n)
  return {
    '16.median': plain(hours(0.5), n, [hours(low), hours(high)]),
    '16.tail': plain(hours(0.9) / hours(0.5), n),
    '16.shape': plain(shape(bins, n), n),
  }
}

/** Log-likelihoods of both laws at the middles of the bins, summed; AIC counts 1 and 2 parameters. */
function shape(bins: ReadonlyMap<number, number>, n: number): number {
  const middles = [...bins].map(([bin, count]) => ({ x: (delayEdge(bin) + delayEdge(bin + 1)) / 2, count }))
  const average = sum(middles.map(({ x, count }) => x * count)) / n
  const mu = sum(middles.map(({ x, count }) => Math.log(x) * count)) / n
  const variance = sum(middles.map(({ x, count }) => (Math.log(x) - mu) ** 2 * count)) / n
  let exponential = 0
  let lognormal = 0
  for (const { x, count } of middles) {
    exponential += count * (-Math.log(average) - x / average)
    const z = Math.log(x) - mu
    lognormal += count * (-Math.log(x) - 0.5 * Math.log(2 * Math.PI * variance) - (z * z) / (2 * variance))
  }
  return (2 * 1 - 2 * exponential - (2 * 2 - 2 * lognormal)) / n
}

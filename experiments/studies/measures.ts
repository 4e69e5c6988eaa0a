import { derive, METRICS, metricNamed, type Tally } from '../../sim/index.ts'

/** What an experiment reads off a run: a metric of the scorecard, or how much there was of something. */
export interface Measure {
  /** `match_rate` */
  readonly key: string
  readonly name: string
  readonly unit: string
  /** Ends of the band, infinite where it has none. */
  readonly low: number
  readonly high: number
  readonly status: 'mandated' | 'banded' | 'reported' | 'volume'
}

/** Values by key; null where there was nothing to measure. Plain data. */
export type Values = Readonly<Record<string, number | null>>

const ANY = Number.POSITIVE_INFINITY

function volume(key: string, name: string): Measure {
  return { key, name, unit: 'per person and day', low: 0, high: ANY, status: 'volume' }
}

/** Every measure: the scorecard in its order, then the like rate of all, and volumes. */
export const MEASURES: readonly Measure[] = [
  ...METRICS.map(({ key, name, unit, low, high, status }): Measure => ({ key, name, unit, low, high, status })),
  { key: 'like_rate', name: 'like rate', unit: 'share', low: 0, high: 1, status: 'volume' },
  volume('sessions', 'sessions'),
  volume('feed_items', 'feed items seen'),
  volume('posts', 'posts'),
  volume('decisions', 'likes and dislikes'),
  volume('likes', 'likes'),
  volume('matches', 'matches'),
  volume('messages', 'messages'),
]

const BY_KEY = new Map(MEASURES.map((measure) => [measure.key, measure]))

/** By its key, or a metric's id or name. */
export function measureNamed(text: string): Measure | undefined {
  return BY_KEY.get(text.toLowerCase()) ?? BY_KEY.get(metricNamed(text)?.key ?? '')
}

/** All measures of a run. */
export function measuresOf(tally: Tally): Values {
  const derived = derive(tally)
  const values: Record<string, number | null> = {}
  for (const { id, key } of METRICS) values[key] = known(derived[id]?.value)
  return { ...values, ...volumes(tally, 0, tally.days) }
}

/** The like rate and the volumes of some days. @param from first day; `to` the day after the last */
export function volumes(tally: Tally, from: number, to: number): Values {
  const sum = (...names: string[]) => {
    let total = 0
    for (const name of names) {
      const days = tally.vectors[name]
      for (let day = from; day < to && days !== undefined && day < days.length; day++) total += days[day]!
    }
    return total
  }
  const people = tally.vectors.profile?.[0] ?? 0
  const each = (count: number) => known(count / (people * (to - from)))
  const likes = sum('day.like.woman', 'day.like.man', 'day.like.nonbinary')
  const decisions = likes + sum('day.dislike.woman', 'day.dislike.man', 'day.dislike.nonbinary')
  return {
    like_rate: known(likes / decisions),
    sessions: each(sum('day.session')),
    feed_items: each(sum('day.seen')),
    posts: each(sum('day.post')),
    decisions: each(decisions),
    likes: each(likes),
    matches: each(sum('day.match')),
    messages: each(sum('day.message')),
  }
}

function known(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null
}

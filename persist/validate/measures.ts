import type { DayWindow, Measures } from '../../sim/observe/index.ts'
import { share, sum } from './numbers.ts'
import { DAY_MS, type Sql } from './sql.ts'
import {
  type Activity,
  measureBursts,
  measureInactive,
  measurePosting,
  measureRetention,
  measureTopPosts,
  readActivity,
} from './subjects/activity.ts'
import {
  type Conversation,
  measureConversations,
  measureDelays,
  measureOpeners,
  readConversations,
} from './subjects/conversations.ts'
import { type Decisions, measureAges, measureDecisions, measureDistance, readDecisions } from './subjects/decisions.ts'
import { type FeedCounts, measureFeed, readFeed } from './subjects/feed.ts'
import { type Person, readPeople } from './subjects/people.ts'
import { measureProfiles } from './subjects/profiles.ts'
import { measureRhythm } from './subjects/rhythm.ts'
import { measureTraits } from './subjects/traits.ts'

/** What the queries brought back, from which metrics and what stands behind them are computed. */
export interface Findings {
  readonly days: number
  readonly people: ReadonlyMap<number, Person>
  readonly decisions: Decisions
  readonly conversations: readonly Conversation[]
  readonly feed: FeedCounts
  readonly activity: Activity
}

export async function readFindings(sql: Sql, days: number): Promise<Findings> {
  const people = await readPeople(sql)
  return {
    days,
    people,
    decisions: await readDecisions(sql, people),
    conversations: await readConversations(sql, people),
    feed: await readFeed(sql),
    activity: await readActivity(sql),
  }
}

/** Every metric of the run. */
export async function measureRun(sql: Sql, findings: Findings): Promise<Measures> {
  const { days, people, decisions, conversations, feed, activity } = findings
  return {
    '1': matchRate(findings, { from: 0, to: days }),
    ...measureConversations(conversations, days),
    '5': measurePosting(people, activity, days),
    ...measureFeed(feed, days),
    ...measureProfiles(people),
    '12': await measureInactive(sql, people, days),
    ...measureDecisions(people, decisions),
    ...measureOpeners(conversations),
    ...(await measureDelays(sql)),
    ...measureBursts(activity),
    ...(await measureRhythm(sql)),
    ...measureAges(conversations.map(({ a, b }) => [a, b])),
    ...(await measureDistance(sql, people)),
    ...(await measureRetention(sql, people, days)),
    'r.topposts': measureTopPosts(activity),
    ...measureTraits(people, conversations, decisions, activity, days),
  }
}

/** The metrics that must not drift, over some days alone. */
export async function measureWindow(sql: Sql, findings: Findings, window: DayWindow): Promise<Measures> {
  const { days, people, conversations, feed, activity } = findings
  const { from, to } = window
  return {
    '1': matchRate(findings, window),
    ...measureConversations(conversations, days, from, to),
    '5': measurePosting(people, activity, days, window),
    ...measureFeed(feed, days, from, to),
    '12': await measureInactive(sql, people, to),
  }
}

function matchRate({ conversations, decisions }: Findings, { from, to }: DayWindow) {
  const matches = conversations.filter(({ matchedAt }) => matchedAt >= from * DAY_MS && matchedAt < to * DAY_MS)
  const likes = decisions.byDay.filter(({ day, liked }) => liked && day >= from && day < to)
  return share(matches.length, sum(likes.map(({ n }) => n)))
}

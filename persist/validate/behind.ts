import type { MetricRow } from '../../sim/observe/index.ts'
import type { Findings } from './measures.ts'
import { frequencies, sum } from './numbers.ts'
import { DAY_MS } from './sql.ts'
import { measureConversations } from './subjects/conversations.ts'
import { measureFeed } from './subjects/feed.ts'
import { missing } from './subjects/profiles.ts'

const NAMED = 3

/** The days or people behind a metric's value, in words. */
export function behind({ metric }: MetricRow, findings: Findings): string[] {
  const { people, decisions, activity } = findings
  const persons = [...people.values()]
  switch (metric.id) {
    case '1':
    case '2':
    case '3':
    case '4':
    case '6':
    case '7':
      return worstDays(metric, findings)
    case '5': {
      const most = [...activity.posts].sort((a, b) => b[1] - a[1]).slice(0, NAMED)
      return most.map(([user, posts]) => `user ${user}: ${posts} posts`)
    }
    case '8':
      return [...frequencies8(findings)].map(([what, n]) => `${what}: ${n}`)
    case '10': {
      const wrong = persons.filter(({ interests }) => interests < 3 || interests > 8).slice(0, NAMED)
      return wrong.map(({ userId, interests }) => `user ${userId}: ${interests} interests`)
    }
    case '11.range': {
      const wrong = persons.filter(({ age }) => age < 18 || age > 65).slice(0, NAMED)
      return wrong.map(({ userId, age }) => `user ${userId}: ${age} years`)
    }
    case '11.mode':
      return [...frequencies(persons.map(({ age }) => Math.floor(age / 5) * 5))]
        .sort((a, b) => b[1] - a[1])
        .slice(0, NAMED)
        .map(([age, n]) => `${age}–${age + 4}: ${n} people`)
    case '14.men':
    case '14.women': {
      const gender = metric.id === '14.men' ? 1 : 0
      const liked = [...decisions.received].filter(([id]) => people.get(id)!.gender === gender)
      const top = liked.sort((a, b) => b[1] - a[1]).slice(0, NAMED)
      return top.map(([user, likes]) => `user ${user}: ${likes} likes`)
    }
    default:
      return []
  }
}

function frequencies8({ people }: Findings): Map<string, number> {
  const counts = new Map<string, number>()
  for (const person of people.values()) {
    for (const part of missing(person)) counts.set(part, (counts.get(part) ?? 0) + 1)
  }
  return counts
}

/** The days farthest outside the band, weighed by their observations. */
function worstDays({ id, low, high, of }: MetricRow['metric'], findings: Findings): string[] {
  const days = Array.from({ length: findings.days }, (_, day) => {
    const { value, n } = onDay(id, findings, day)
    return { day, value, n, miss: Math.max(low - value, value - high) * Math.sqrt(n) }
  })
  return days
    .filter(({ n, miss }) => n > 0 && miss > 0)
    .sort((a, b) => b.miss - a.miss)
    .slice(0, NAMED)
    .map(({ day, value, n }) => `day ${day}: ${value.toFixed(3)} of ${n} ${of}`)
}

function onDay(id: string, { conversations, decisions, feed, days }: Findings, day: number) {
  if (id === '1') {
    const matches = conversations.filter(({ matchedAt }) => Math.floor(matchedAt / DAY_MS) === day).length
    const likes = sum(decisions.byDay.filter((each) => each.liked && each.day === day).map(({ n }) => n))
    return { value: matches / likes, n: likes }
  }
  const measures =
    id === '6' || id === '7'
      ? measureFeed(feed, days, day, day + 1)
      : measureConversations(conversations, days, day, day + 1)
  return measures[id]!
}

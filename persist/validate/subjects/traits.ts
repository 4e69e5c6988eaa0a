import { correlationInterval, type Measure, type Measures } from '../../../sim/observe/index.ts'
import { correlation, mean, NOTHING, plain } from '../numbers.ts'
import { DAY_MS } from '../sql.ts'
import { type Activity, exposure } from './activity.ts'
import type { Conversation } from './conversations.ts'
import type { Decisions } from './decisions.ts'
import type { Person } from './people.ts'

interface Talk {
  matches: number
  conversations: number
  opened: number
  received: number
  answered: number
}

/** Correlations of traits with what they drive, within genders; both sides in whole thousandths. */
export function measureTraits(
  people: ReadonlyMap<number, Person>,
  conversations: readonly Conversation[],
  decisions: Decisions,
  activity: Activity,
  days: number,
): Measures {
  const talks = talkOf(conversations, days)
  const pairs = (trait: 'sociability' | 'selectivity' | 'engagement', effect: (person: Person) => number | null) => {
    const points: { gender: number; x: number; y: number }[] = []
    for (const person of people.values()) {
      const y = effect(person)
      if (y === null) continue
      points.push({ gender: person.gender, x: Math.round(person[trait] * 1000), y: Math.round(y * 1000) })
    }
    return withinGenders(points)
  }
  const cadence = (person: Person) => {
    const { weeks, posts } = exposure(person, activity, days)
    return weeks > 0 ? posts / weeks : null
  }
  const perDay = (counts: ReadonlyMap<number, number>) => (person: Person) => {
    const lived = days - Math.max(0, Math.ceil(person.joinedAt / DAY_MS))
    return lived >= 7 ? (counts.get(person.userId) ?? 0) / lived : null
  }
  const ofTalk = (share: (talk: Talk, person: Person) => readonly [number, number]) => (person: Person) => {
    const talk = talks.get(person.userId)
    if (talk === undefined) return null
    const [part, whole] = share(talk, person)
    return whole >= 3 ? part / whole : null
  }
  return {
    't.sociability.posts': pairs('sociability', cadence),
    't.sociability.replies': pairs(
      'sociability',
      ofTalk(({ answered, received }) => [answered, received]),
    ),
    't.sociability.messages': pairs(
      'sociability',
      ofTalk(({ matches }, { userId }) => [activity.messages.get(userId) ?? 0, matches]),
    ),
    't.sociability.opens': pairs(
      'sociability',
      ofTalk(({ opened, conversations }) => [opened, conversations]),
    ),
    't.selectivity.likes': pairs('selectivity', ({ userId }) => {
      const { likes, dislikes } = decisions.given.get(userId) ?? { likes: 0, dislikes: 0 }
      return likes + dislikes >= 10 ? likes / (likes + dislikes) : null
    }),
    't.engagement.sessions': pairs('engagement', perDay(activity.sessions)),
    't.engagement.views': pairs('engagement', perDay(activity.seen)),
    't.engagement.posts': pairs('engagement', cadence),
    't.engagement.quiz': pairs('engagement', ({ quizzes }) => (quizzes > 0 ? 1 : 0)),
  }
}

function talkOf(conversations: readonly Conversation[], days: number): Map<number, Talk> {
  const talks = new Map<number, Talk>()
  const of = ({ userId }: Person): Talk => {
    let talk = talks.get(userId)
    if (talk === undefined) {
      talk = { matches: 0, conversations: 0, opened: 0, received: 0, answered: 0 }
      talks.set(userId, talk)
    }
    return talk
  }
  for (const { a, b, opener, openedAt, answeredAt } of conversations) {
    of(a).matches++
    of(b).matches++
    if (opener === null) continue
    of(a).conversations++
    of(b).conversations++
    of(opener).opened++
    if (openedAt! >= (days - 7) * DAY_MS) continue
    const other = of(opener === a ? b : a)
    other.received++
    if (answeredAt !== null && answeredAt - openedAt! <= 7 * DAY_MS) other.answered++
  }
  return talks
}

function withinGenders(points: readonly { gender: number; x: number; y: number }[]): Measure {
  const groups = [0, 1, 2].map((gender) => points.filter((point) => point.gender === gender))
  const filled = groups.filter((group) => group.length > 0)
  if (filled.length === 0) return NOTHING
  const centred = filled.flatMap((group) => {
    const centreX = mean(group.map(({ x }) => x))
    const centreY = mean(group.map(({ y }) => y))
    return group.map(({ x, y }) => [x - centreX, y - centreY] as const)
  })
  const r = correlation(centred)
  return plain(r, points.length, correlationInterval(r, points.length - filled.length + 1))
}

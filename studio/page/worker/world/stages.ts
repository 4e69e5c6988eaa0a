import { messageAct, QUESTIONS } from '../../../../sim/index.ts'
import type { History } from './history.ts'
import type { Cohorts, Funnel } from './protocol.ts'
import type { Who } from './who.ts'

/** Questions that are asked only when both want to meet. */
const PLANNING = (['day', 'place', 'number', 'confirm'] as const).map((name) => QUESTIONS.indexOf(name))

/** From what is seen to whom is met, over all days until a day boundary. */
export function funnel(history: History, end: number): Funnel {
  const counts = { seen: 0, opened: 0, liked: 0, matches: 0, conversations: 0, answered: 0, dates: 0 }
  for (const market of history.markets) {
    const opener = new Map<number, number>()
    const answered = new Set<number>()
    const planned = new Set<number>()
    for (let day = 0; day < end; day++) {
      const facts = history.factsOf(day).find((one) => one.market === market)
      if (!facts) continue
      const { feed_seen, profile_view, like, match, message } = facts.tables
      counts.seen += feed_seen.rows
      counts.opened += profile_view.rows
      for (let i = 0; i < like.rows; i++) counts.liked += like.action[i]!
      counts.matches += match.rows
      for (let i = 0; i < message.rows; i++) {
        const id = message.match[i]!
        const first = opener.get(id)
        if (first === undefined) opener.set(id, message.k[i]!)
        else if (first !== message.k[i]) answered.add(id)
        if (!planned.has(id) && PLANNING.includes(messageAct(message.template[i]!).answers)) planned.add(id)
      }
    }
    counts.conversations += opener.size
    counts.answered += answered.size
    counts.dates += planned.size
  }
  return {
    steps: [
      { name: 'posts seen in the feed', count: counts.seen, of: '' },
      { name: 'profiles opened', count: counts.opened, of: 'of posts seen' },
      { name: 'likes sent to people', count: counts.liked, of: 'of profiles opened' },
      { name: 'matches', count: counts.matches, of: 'of likes' },
      { name: 'conversations', count: counts.conversations, of: 'of matches' },
      { name: 'answered', count: counts.answered, of: 'of conversations' },
      { name: 'a date is planned', count: counts.dates, of: 'of those answered' },
    ],
  }
}

/** Who comes back: cohorts by when they joined, and the share of each with a session in each week of the run. */
export function cohorts(history: History, who: Who, end: number): Cohorts {
  const weeks = Math.ceil(end / 7)
  let size = history.config.count
  for (const joined of history.joined.values()) if (joined < end) size++
  const cohortOf = new Int32Array(size)
  const names = [
    'signed up a year or more before',
    'three months to a year before',
    'two weeks to three months before',
    'in the last two weeks before',
  ]
  const before = names.length
  for (let week = 0; week < weeks; week++) names.push(`joined in week ${week + 1}`)
  const people = names.map(() => 0)
  for (let i = 0; i < size; i++) {
    const joinDay = who.joinDay(i + 1)
    const age = joinDay < 0 ? -who.traits(i + 1).joinedAt / 86_400_000 : 0
    const cohort = joinDay >= 0 ? before + Math.floor(joinDay / 7) : age >= 365 ? 0 : age >= 90 ? 1 : age >= 14 ? 2 : 3
    cohortOf[i] = cohort
    people[cohort]!++
  }
  const seen = names.map(() => new Float64Array(weeks))
  const last = new Int32Array(size).fill(-1)
  for (let day = 0; day < end; day++) {
    const week = Math.floor(day / 7)
    for (const { tables } of history.factsOf(day)) {
      for (let i = 0; i < tables.session.rows; i++) {
        const k = tables.session.k[i]! - 1
        if (last[k] === week) continue
        last[k] = week
        seen[cohortOf[k]!]![week]!++
      }
    }
  }
  return {
    rows: names.flatMap((name, c) =>
      people[c] === 0
        ? []
        : [
            {
              name,
              people: people[c]!,
              share: Array.from(seen[c]!, (count, week) =>
                c >= before && week < c - before ? Number.NaN : count / people[c]!,
              ),
            },
          ],
    ),
  }
}

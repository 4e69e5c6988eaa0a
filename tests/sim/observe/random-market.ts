import { Stream } from '../../../sim/kernel/index.ts'
import { DAY, type Happening, HOUR, type InventedPerson, MINUTE } from './invented-market.ts'

/** People and happenings of a small market, by chance; everything a market's facts promise holds of them. */
export function randomMarket(seed: number, days: number): { persons: InventedPerson[]; happenings: Happening[] } {
  const stream = new Stream()
  stream.restore([seed | 1, 2, 3, 4])
  for (let i = 0; i < 20; i++) stream.nextUint32()
  const persons = Array.from({ length: 2 + stream.nextInt(8) }, (): InventedPerson => {
    return {
      gender: stream.nextInt(3),
      joinedAt: stream.chance(0.5) ? -stream.nextInt(20 * DAY) : stream.nextInt(Math.min(days, 20) * DAY),
      birthDay: 4_000 + stream.nextInt(8_000),
      latitude: 30 + 10 * stream.next(),
      longitude: stream.chance(0.2) ? 179.99 : -179.99 + stream.next(),
      sociability: stream.chance(0.3) ? 0.5 : stream.next(),
      selectivity: stream.next(),
      engagement: stream.next(),
      interests: stream.nextInt(10),
      flags: stream.chance(0.5) ? 0 : stream.nextInt(16),
      quizzes: stream.nextInt(3),
      zone: stream.nextInt(3),
    }
  })
  const happenings: Happening[] = []
  const posts: number[] = []
  persons.forEach((person, k) => {
    const first = Math.max(0, person.joinedAt!)
    for (let at = first + stream.nextInt(3 * DAY); at < days * DAY; at += HOUR + stream.nextInt(2 * DAY)) {
      const length = MINUTE + stream.nextInt(50 * MINUTE)
      happenings.push({ kind: 'session', k, start: at, at: at + length })
      if (stream.chance(0.4)) {
        happenings.push({ kind: 'post', k, at: at + stream.nextInt(length) })
        posts.push(happenings[happenings.length - 1]!.at)
      }
    }
  })
  posts.sort((a, b) => a - b)
  const liked = new Set<string>()
  for (const session of happenings.filter((h) => h.kind === 'session')) {
    const { k, start, at } = session as Extract<Happening, { kind: 'session' }>
    for (let now = start + 1; now < at; now += 1 + stream.nextInt(2 * MINUTE)) {
      const post = stream.nextInt(posts.length + 1)
      if (post < posts.length && posts[post]! < now && !liked.has(`${k} ${post}`)) {
        liked.add(`${k} ${post}`)
        happenings.push({ kind: 'feed_seen', k, post, at: now })
        if (stream.chance(0.3)) happenings.push({ kind: 'liked_post', k, post, at: (now += 1 + stream.nextInt(999)) })
        if (stream.chance(0.3)) happenings.push({ kind: 'profile_view', k, viewed: 0, post, at: (now += 5) })
      } else {
        const to = stream.nextInt(persons.length)
        happenings.push({ kind: 'profile_view', k, viewed: to, post: -1, at: now++ })
        happenings.push({ kind: 'like', k, to, action: stream.nextInt(2), at: now })
      }
    }
  }
  const meetings = Array.from({ length: stream.nextInt(30) }, () => stream.nextInt(days * DAY)).sort((a, b) => a - b)
  meetings.forEach((at, match) => {
    const k = stream.nextInt(persons.length - 1)
    const other = k + 1 + stream.nextInt(persons.length - 1 - k)
    happenings.push({ kind: 'match', k, other, at })
    const reach = stream.chance(0.5) ? HOUR : 6 * DAY
    for (let now = at + 1 + stream.nextInt(reach); stream.chance(0.85); now += 1 + stream.nextInt(reach))
      happenings.push({ kind: 'message', k: stream.chance(0.5) ? k : other, match, at: now })
  })
  const inside = happenings.filter((h) => h.at < days * DAY)
  return { persons, happenings: inside.sort((a, b) => a.at - b.at) }
}

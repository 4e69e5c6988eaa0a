import { Counts } from '../counts/counts.ts'
import { Day } from '../counts/day-counts.ts'
import type { MarketCounts } from '../counts/market-counts.ts'
import { DAY_MS, POST_WINDOW_DAYS } from '../people.ts'
import { GENDERS, type Tally } from '../tally.ts'
import { ageOn } from './age.ts'
import { countPeople } from './summarize-people.ts'
import { countThreads } from './summarize-threads.ts'

/** The vectors of one market, from its columns. Reads only. */
export function summarize(market: MarketCounts): Tally {
  const vectors: Record<string, Float64Array> = {}
  const daily = market.daily
  for (let gender = 0; gender < GENDERS.length; gender++) {
    vectors[`day.like.${GENDERS[gender]}`] = daily.column(Day.like + gender)
    vectors[`day.dislike.${GENDERS[gender]}`] = daily.column(Day.dislike + gender)
  }
  vectors['day.seen'] = daily.column(Day.seen)
  vectors['day.engaged'] = daily.column(Day.engaged)
  vectors['day.session'] = daily.column(Day.session)
  vectors['day.message'] = daily.column(Day.message)
  vectors['day.account'] = daily.column(Day.account)
  vectors['day.account.inactive'] = daily.column(Day.inactive)
  vectors.stray = Float64Array.of(market.stray)
  vectors.delay = market.delays.slice()
  vectors.hour = market.hours.slice()
  vectors.distance = market.decisions.distances.slice()
  const conversations = countThreads(market, vectors)
  countPosts(market, vectors)
  countProfiles(market, vectors)
  countPeople(market, vectors, conversations)
  return { days: market.days, startDay: market.startDay, vectors }
}

function countPosts(market: MarketCounts, vectors: Record<string, Float64Array>): void {
  const { posts, days } = market
  const firstPost = market.daily.column(Day.firstPost)
  const published = new Float64Array(days)
  const unliked = new Float64Array(days)
  const likes = new Counts()
  let day = 0
  for (let row = 0; row < posts.rows; row++) {
    while (day + 1 < days && firstPost[day + 1]! <= row) day++
    published[day]!++
    if (posts.likes[row] === 0) unliked[day]!++
    if (day < days - POST_WINDOW_DAYS) likes.add(posts.likes[row]!)
  }
  vectors['day.post'] = published
  vectors['day.post.unliked'] = unliked
  vectors['post.likes'] = likes.toVector()
}

function countProfiles(market: MarketCounts, vectors: Record<string, Float64Array>): void {
  const { people, startDay } = market
  /** All, with a quiz answer, incomplete, no quiz, no bio, no photo, never posts, complete, complete with 3–8 interests. */
  const profiles = new Float64Array(9)
  const bands = new Float64Array(24)
  const inRange = new Float64Array(1)
  for (let row = 0; row < people.size; row++) {
    const flags = people.flags[row]!
    profiles[0]!++
    if (people.quizzes[row]! > 0) profiles[1]!++
    // Bits above these say something else than what the profile lacks.
    if ((flags & 15) !== 0) profiles[2]!++
    if (flags & 2) profiles[3]!++
    if (flags & 4) profiles[4]!++
    if (flags & 8) profiles[5]!++
    if (flags & 1) profiles[6]!++
    if (flags === 0) {
      profiles[7]!++
      if (people.interests[row]! >= 3 && people.interests[row]! <= 8) profiles[8]!++
    }
    const joinedDay = Math.max(0, Math.floor(people.joinedAt[row]! / DAY_MS))
    const age = ageOn(people.birthDay[row]!, startDay + joinedDay)
    bands[Math.max(0, Math.min(23, Math.floor(age / 5)))]!++
    if (age >= 18 && age <= 65) inRange[0]!++
  }
  vectors.profile = profiles
  vectors['age.band'] = bands
  vectors['age.inrange'] = inRange
}

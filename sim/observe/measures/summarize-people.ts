import { POST_RATE_BINS, postRateBin } from '../counts/bins.ts'
import { Counts } from '../counts/counts.ts'
import type { MarketCounts } from '../counts/market-counts.ts'
import { Trace } from '../counts/person-counts.ts'
import {
  BURST_MIN_EVENTS,
  CORRELATION_MIN_CONVERSATIONS,
  CORRELATION_MIN_DAYS,
  CORRELATION_MIN_DECISIONS,
  DAY_MS,
} from '../people.ts'
import { GENDERS, TRAIT_EFFECTS, TRAIT_SUMS, type TraitEffect } from '../tally.ts'
import { addBurst, addNano, BURST_SUMS } from './burstiness.ts'
import type { Conversations } from './summarize-threads.ts'

const WEEK_MS = 7 * DAY_MS

/** What is counted person by person. */
export function countPeople(
  market: MarketCounts,
  vectors: Record<string, Float64Array>,
  { matches, conversations, opened, received, answered }: Conversations,
): void {
  const { persons, people, days, spans } = market
  const likesReceived = GENDERS.map(() => new Counts())
  const postsPerPerson = new Counts()
  const bursts = { session: new Float64Array(BURST_SUMS), action: new Float64Array(BURST_SUMS) }
  const memory = new Float64Array(BURST_SUMS)
  const retention = new Float64Array(6)
  const postRate = new Float64Array(POST_RATE_BINS)
  const posting = spans.map(() => new Float64Array(3))
  const sums = {} as Record<TraitEffect, Float64Array>
  for (const { id } of TRAIT_EFFECTS) sums[id] = new Float64Array(TRAIT_SUMS * GENDERS.length)
  const open = openWeeks(market)
  const weeks = new Float64Array(spans.length)
  const weekPosts = new Float64Array(spans.length)
  for (let row = 0; row < persons.rows; row++) {
    const gender = people.gender[row]!
    likesReceived[gender]!.add(persons.likesReceived[row]!)
    if (persons.posts[row]! > 0) postsPerPerson.add(persons.posts[row]!)
    addSessionBurst(market, row, bursts.session, memory)
    const actions = persons.traceOf(row, Trace.actions)
    if (actions >= BURST_MIN_EVENTS) {
      const length = persons.traceOf(row, Trace.last) - persons.traceOf(row, Trace.first)
      addBurst(bursts.action, actions - 1, length, persons.actionSquares[row]!)
    }
    countRetention(market, row, retention)

    let postWeeks = persons.postWeeks[row]!
    for (let span = 0; span < spans.length; span++) {
      weeks[span] = persons.exposedWeeks[span]![row]!
      weekPosts[span] = persons.exposedPosts[span]![row]!
    }
    for (const week of open) {
      if ((persons.weekSessions[row]! & (1 << (week & 1))) === 0 || people.joinedAt[row]! > week * WEEK_MS) continue
      const count = persons.weekPosts[2 * row + (week & 1)]!
      if (count > 0) postWeeks++
      for (let span = 0; span < spans.length; span++) {
        if (7 * week < spans[span]!.from || 7 * week + 7 > spans[span]!.to) continue
        weeks[span]!++
        weekPosts[span]! += count
      }
    }
    if (postWeeks >= 2) {
      postRate[postRateBin(weekPosts[0]!, weeks[0]!)]!++
      for (let span = 0; span < spans.length; span++) {
        posting[span]![0]!++
        posting[span]![1]! += weekPosts[span]!
        posting[span]![2]! += weeks[span]!
      }
    }

    const { sociability, selectivity, engagement } = people
    const cadence = weekPosts[0]! / weeks[0]!
    const lived = days - Math.max(0, Math.ceil(people.joinedAt[row]! / DAY_MS))
    const decisions = persons.likesSent[row]! + persons.dislikesSent[row]!
    const enough = CORRELATION_MIN_CONVERSATIONS
    if (weeks[0]! > 0) {
      addPair(sums['sociability.posts'], gender, sociability[row]!, cadence)
      addPair(sums['engagement.posts'], gender, engagement[row]!, cadence)
    }
    if (received[row]! >= enough)
      addPair(sums['sociability.replies'], gender, sociability[row]!, answered[row]! / received[row]!)
    if (matches[row]! >= enough)
      addPair(sums['sociability.messages'], gender, sociability[row]!, persons.messages[row]! / matches[row]!)
    if (conversations[row]! >= enough)
      addPair(sums['sociability.opens'], gender, sociability[row]!, opened[row]! / conversations[row]!)
    if (decisions >= CORRELATION_MIN_DECISIONS)
      addPair(sums['selectivity.likes'], gender, selectivity[row]!, persons.likesSent[row]! / decisions)
    if (lived >= CORRELATION_MIN_DAYS) {
      addPair(sums['engagement.sessions'], gender, engagement[row]!, persons.sessions[row]! / lived)
      addPair(sums['engagement.views'], gender, engagement[row]!, persons.traceOf(row, Trace.seen) / lived)
    }
    addPair(sums['engagement.quiz'], gender, engagement[row]!, people.quizzes[row]! > 0 ? 1 : 0)
  }
  for (let gender = 0; gender < GENDERS.length; gender++)
    vectors[`received.${GENDERS[gender]}`] = likesReceived[gender]!.toVector()
  vectors['person.posts'] = postsPerPerson.toVector()
  vectors['burst.session'] = bursts.session
  vectors['burst.action'] = bursts.action
  vectors['burst.memory'] = memory
  vectors.retention = retention
  vectors['posting.rate'] = postRate
  for (let span = 0; span < spans.length; span++) {
    const name = span === 0 ? 'posting' : `posting.${spans[span]!.from}-${spans[span]!.to}`
    vectors[name] = posting[span]!
  }
  for (const { id } of TRAIT_EFFECTS) vectors[`trait.${id}`] = sums[id]
}

/** Whole weeks of the run that are not filed yet. */
function openWeeks(market: MarketCounts): number[] {
  const whole = Math.floor(market.days / 7)
  const filed = Math.max(0, Math.floor((market.days - 1) / 7) - 1)
  return Array.from({ length: Math.max(0, whole - filed) }, (_, i) => filed + i)
}

function addSessionBurst(market: MarketCounts, row: number, burst: Float64Array, memory: Float64Array): void {
  const { persons } = market
  const gaps = persons.sessions[row]! - 1
  if (gaps + 1 < BURST_MIN_EVENTS) return
  const length = persons.sessionLast[row]! - persons.sessionFirst[row]!
  const squares = persons.sessionSquares[row]!
  addBurst(burst, gaps, length, squares)
  const first = persons.sessionFirstGap[row]!
  const last = persons.sessionLastGap[row]!
  const pairs = gaps - 1
  const x = length - last
  const y = length - first
  const covariance = pairs * persons.sessionProducts[row]! - x * y
  const varianceX = pairs * (squares - last * last) - x * x
  const varianceY = pairs * (squares - first * first) - y * y
  if (varianceX > 0 && varianceY > 0) addNano(memory, covariance / (Math.sqrt(varianceX) * Math.sqrt(varianceY)))
}

/** Newcomers old enough for day 1, 7, 30 after joining to lie inside the run, and those with a session on it. */
function countRetention(market: MarketCounts, row: number, retention: Float64Array): void {
  const joinedAt = market.people.joinedAt[row]!
  if (joinedAt < 0) return
  for (let i = 0; i < RETENTION_DAYS.length; i++) {
    if (joinedAt + (RETENTION_DAYS[i]! + 1) * DAY_MS > market.days * DAY_MS) continue
    retention[2 * i]!++
    if (market.persons.returned[row]! & (1 << i)) retention[2 * i + 1]!++
  }
}

export const RETENTION_DAYS: readonly number[] = [1, 7, 30]

/** Adds a trait and an effect in whole thousandths to the sums of a gender: n, Σx, Σy, Σx², Σxy, Σy². */
function addPair(sums: Float64Array, gender: number, trait: number, effect: number): void {
  const x = Math.round(trait * 1000)
  const y = Math.round(effect * 1000)
  const at = gender * TRAIT_SUMS
  sums[at]!++
  sums[at + 1]! += x
  sums[at + 2]! += y
  sums[at + 3]! += x * x
  sums[at + 4]! += x * y
  sums[at + 5]! += y * y
}

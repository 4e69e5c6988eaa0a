import { Counts } from '../counts/counts.ts'
import { Day } from '../counts/day-counts.ts'
import type { MarketCounts } from '../counts/market-counts.ts'
import { Thread } from '../counts/thread-counts.ts'
import { CONVERSATION_WINDOW_DAYS, DAY_MS } from '../people.ts'

/** Birthdays are summed as days from this civil day, so that the sums stay exact. */
const BIRTH_ORIGIN = 10_000

/** What correlations need of each person's conversations. */
export interface Conversations {
  readonly matches: Uint32Array
  readonly conversations: Uint32Array
  readonly opened: Uint32Array
  readonly received: Uint32Array
  readonly answered: Uint32Array
}

/** Matches and their messages, one pass over the market's threads. */
export function countThreads(market: MarketCounts, vectors: Record<string, Float64Array>): Conversations {
  const { threads, people, days } = market
  const rows = market.persons.rows
  const each = {
    matches: new Uint32Array(rows),
    conversations: new Uint32Array(rows),
    opened: new Uint32Array(rows),
    received: new Uint32Array(rows),
    answered: new Uint32Array(rows),
  }
  const matched = new Float64Array(days)
  const silent = new Float64Array(days)
  const begun = new Float64Array(days)
  const answered = new Float64Array(days)
  const oneSided = new Float64Array(days)
  const threadLengths = new Counts()
  /** Conversations of a man and a woman, those he opened; of the same gender, all: with different sociability, opened by the greater. */
  const openers = new Float64Array(6)
  const ages = new Float64Array(4)
  const firstMatch = market.daily.column(Day.firstMatch)
  const { gender, sociability, birthDay } = people
  let matchDay = 0
  for (let row = 0; row < threads.rows; row++) {
    while (matchDay + 1 < days && firstMatch[matchDay + 1]! <= row) matchDay++
    const a = threads.a[row]!
    const b = threads.b[row]!
    const flags = threads.flags[row]!
    const messages = threads.messages[row]!
    each.matches[a]!++
    each.matches[b]!++
    matched[matchDay]!++
    if (messages === 0) silent[matchDay]!++
    const x = birthDay[a]! - BIRTH_ORIGIN
    const y = birthDay[b]! - BIRTH_ORIGIN
    ages[0]!++
    ages[1]! += x + y
    ages[2]! += x * x + y * y
    ages[3]! += x * y
    if (messages === 0) continue
    const aOpened = (flags & Thread.aOpened) !== 0
    const opener = aOpened ? a : b
    const other = aOpened ? b : a
    const openDay = Math.floor(threads.openedAt[row]! / DAY_MS)
    const both = (flags & Thread.aWrote) !== 0 && (flags & Thread.bWrote) !== 0
    begun[openDay]!++
    if (flags & Thread.answered) answered[openDay]!++
    if (!both) oneSided[openDay]!++
    each.conversations[a]!++
    each.conversations[b]!++
    each.opened[opener]!++
    if (openDay < days - CONVERSATION_WINDOW_DAYS) {
      if (both) threadLengths.add(messages)
      each.received[other]!++
      if (flags & Thread.answered) each.answered[other]!++
    }
    if (gender[a]! + gender[b]! === 1) {
      openers[0]!++
      if (gender[opener] === 1) openers[1]!++
    }
    if (sociability[a] !== sociability[b]) {
      const greater = sociability[opener]! > sociability[other]! ? 1 : 0
      if (gender[a] === gender[b]) {
        openers[2]!++
        openers[3]! += greater
      }
      openers[4]!++
      openers[5]! += greater
    }
  }
  vectors['day.match'] = matched
  vectors['day.match.silent'] = silent
  vectors['day.conversation'] = begun
  vectors['day.conversation.answered'] = answered
  vectors['day.conversation.onesided'] = oneSided
  vectors['thread.length'] = threadLengths.toVector()
  vectors.opener = openers
  vectors['match.birthday'] = ages
  return each
}

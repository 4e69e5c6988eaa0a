import { DAY_MS, DAY_S } from '../people.ts'
import type { PersonCounts } from './person-counts.ts'

const WEEK_S = 7 * DAY_S

/**
 * Counts a session at its end: the gap to the person's former one, the week it exposes, and whether a newcomer came back.
 *
 * @param startMs when it began, in ms since the run's start
 * @param week the week in which it ended
 */
export function beginSession(
  persons: PersonCounts,
  row: number,
  startMs: number,
  week: number,
  joinedAts: Float64Array,
): void {
  const start = Math.floor(startMs / 1000)
  const count = persons.sessions[row]!
  if (count === 0) persons.sessionFirst[row] = start
  else {
    const gap = start - persons.sessionLast[row]!
    persons.sessionSquares[row]! += gap * gap
    if (count === 1) persons.sessionFirstGap[row] = gap
    else persons.sessionProducts[row]! += gap * persons.sessionLastGap[row]!
    persons.sessionLastGap[row] = gap
  }
  persons.sessions[row] = count + 1
  persons.sessionLast[row] = start
  const startWeek = Math.floor(start / WEEK_S)
  if (startWeek >= 0 && startWeek >= week - 1) persons.weekSessions[row]! |= 1 << (startWeek & 1)
  const joinedAt = joinedAts[row]!
  if (joinedAt >= 0) {
    const age = Math.floor((startMs - joinedAt) / DAY_MS)
    if (age === 1) persons.returned[row]! |= 1
    else if (age === 7) persons.returned[row]! |= 2
    else if (age === 30) persons.returned[row]! |= 4
  }
}

import { DAY_MS, type DayWindow } from '../people.ts'
import type { PersonCounts } from './person-counts.ts'

const WEEK_MS = 7 * DAY_MS

/** Files a week that no session can reach any more: its posts count if the person was exposed to it. */
export function closeWeek(
  persons: PersonCounts,
  week: number,
  spans: readonly DayWindow[],
  joinedAt: Float64Array,
): void {
  const parity = week & 1
  const bit = 1 << parity
  for (let row = 0; row < persons.rows; row++) {
    const posts = persons.weekPosts[2 * row + parity]!
    const exposed = (persons.weekSessions[row]! & bit) !== 0 && joinedAt[row]! <= week * WEEK_MS
    persons.weekPosts[2 * row + parity] = 0
    persons.weekSessions[row]! &= ~bit
    if (!exposed) continue
    if (posts > 0) persons.postWeeks[row]!++
    for (let span = 0; span < spans.length; span++) {
      const { from, to } = spans[span]!
      if (7 * week < from || 7 * week + 7 > to) continue
      persons.exposedWeeks[span]![row]!++
      persons.exposedPosts[span]![row]! += posts
    }
  }
}

import type { DayWindow, ObservedPeople } from '../people.ts'
import type { DayCounts } from './day-counts.ts'
import type { DecisionCounts } from './decision-counts.ts'
import type { PersonCounts } from './person-counts.ts'
import type { PostCounts, ThreadCounts } from './thread-counts.ts'

/** What has been counted of one market: the columns that a tally is made of. */
export interface MarketCounts {
  readonly people: ObservedPeople
  /** First day of the run, in civil days since 1970-01-01. */
  readonly startDay: number
  /** Days observed. */
  readonly days: number
  /** Spans of days whose posting is kept apart: the whole run, then the windows. */
  readonly spans: readonly DayWindow[]
  readonly persons: PersonCounts
  readonly threads: ThreadCounts
  readonly posts: PostCounts
  readonly daily: DayCounts
  /** Delays of answers, by bin. */
  readonly delays: Float64Array
  /** Actions by local hour: 24 on weekdays, then 24 on weekends. */
  readonly hours: Float64Array
  readonly decisions: DecisionCounts
  /** Engagement with an item that is not the last seen by its viewer. */
  readonly stray: number
}

import { Fact, type MarketDay } from '../facts/index.ts'
import { beginSession } from './counts/begin-session.ts'
import { DELAY_BINS } from './counts/bins.ts'
import { closeWeek } from './counts/close-week.ts'
import { Day, DayCounts } from './counts/day-counts.ts'
import { DecisionCounts } from './counts/decision-counts.ts'
import type { MarketCounts } from './counts/market-counts.ts'
import { PersonCounts, TRACE_WORDS, Trace } from './counts/person-counts.ts'
import { PostCounts, ThreadCounts } from './counts/thread-counts.ts'
import { summarize } from './measures/summarize.ts'
import { DAY_MS, DAY_S, type DayWindow, DRIFT_WINDOWS, INACTIVE_DAYS, type ObservedPeople } from './people.ts'
import type { Tally } from './tally.ts'

type TypedArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array

const PER_HOUR = 1 / 3_600_000
/** Which kinds of fact are actions: something that the person did at that moment. */
const ACTION = Uint8Array.of(0, 0, 1, 1, 1, 1, 1, 0, 1)
const { actions: ACTIONS, first: FIRST, last: LAST, seen: SEEN, item: ITEM, itemDay: ITEM_DAY, offset: OFFSET } = Trace
/** Its own constant: the optimiser does not fold one that is imported. */
const WORDS = TRACE_WORDS
/** In a trace's offset: not asked for yet today, and changes during the day. */
const UNKNOWN = 0x7fffffff
const CHANGES = 0x7ffffffe

/**
 * The metrics of one market, counted day by day from its facts. Everything is a whole number in a typed column;
 * `tally()` turns the columns into the vectors from which the scorecard is derived, and can be asked after any day.
 */
export class MarketMetrics implements MarketCounts {
  readonly people: ObservedPeople
  readonly startDay: number
  /** Spans of days whose posting is kept apart: the whole run, then the windows. */
  readonly spans: readonly DayWindow[]
  readonly persons: PersonCounts
  readonly threads = new ThreadCounts()
  readonly posts = new PostCounts()
  readonly daily = new DayCounts()
  readonly delays = new Float64Array(DELAY_BINS)
  /** Actions by local hour: 24 on weekdays, then 24 on weekends. */
  readonly hours = new Float64Array(48)
  readonly decisions = new DecisionCounts()
  /** Engagement with an item that is not the last seen by its viewer: 0 while the feed is read item by item. */
  stray = 0
  /** The market's numbers of the first post and match observed. */
  private postBase = 0
  private matchBase = 0
  /** Scratch of a day: actions by hour from 24 h before UTC midnight. */
  private readonly hoursToday = new Int32Array(72)

  /**
   * @param startDay first day of the run, in civil days since 1970-01-01
   * @param windows spans of days that are also counted apart
   */
  constructor(people: ObservedPeople, startDay: number, windows: readonly DayWindow[] = DRIFT_WINDOWS) {
    this.people = people
    this.startDay = startDay
    this.spans = [{ from: 0, to: Number.MAX_SAFE_INTEGER }, ...windows]
    this.persons = new PersonCounts(this.spans.length)
  }

  /** Days observed. */
  get days(): number {
    return this.daily.days
  }

  /** Counts a day. Days come in order; days left out between two segments of a run count as days without facts. */
  observe(day: number, facts: MarketDay): void {
    if (!(day >= this.days))
      throw new RangeError(`MarketMetrics: day ${day} was given, day ${this.days} or a later one was expected`)
    const { tables } = facts
    if (this.days === 0) {
      this.postBase = tables.post.first
      this.matchBase = tables.match.first
    }
    this.persons.follow(this.people)
    this.decisions.follow(this.people)
    const { trace } = this.persons
    for (let at = OFFSET; at < trace.length; at += WORDS) trace[at] = UNKNOWN
    for (let empty = this.days; empty < day; empty++) this.countInactive(empty, this.openDay())
    const offset = this.openDay()
    const table = this.daily.table
    table[offset + Day.seen] = tables.feed_seen.rows
    table[offset + Day.session] = tables.session.rows
    table[offset + Day.message] = tables.message.rows
    this.posts.add(tables.post.rows)
    for (let i = 0; i < tables.match.rows; i++) this.threads.add(tables.match.k[i]!, tables.match.other[i]!)
    this.walk(day, facts)
    this.countKinds(day, facts)
    this.countInactive(day, offset)
    this.foldHours(day)
  }

  /** Opens the next day's row and returns its offset. */
  private openDay(): number {
    const day = this.days
    if (day % 7 === 0 && day >= 14) closeWeek(this.persons, day / 7 - 2, this.spans, this.people.joinedAt)
    const offset = this.daily.start()
    this.daily.table[offset + Day.firstPost] = this.posts.rows
    this.daily.table[offset + Day.firstMatch] = this.threads.rows
    return offset
  }

  /**
   * Actions in event order over all kinds: gaps between a person's actions, the local hour, and engagement with the feed.
   * `stray` counts engagement with another item than the last that the viewer saw, which is counted nowhere else.
   */
  private walk(day: number, { order, tables }: MarketDay): void {
    const { session, post, feed_seen, liked_post, profile_view, like, match, message, arrival } = tables
    const people = [arrival.k, session.k, post.k, feed_seen.k, liked_post.k, profile_view.k, like.k, match.k, message.k]
    const times = [
      post.at,
      post.at,
      post.at,
      feed_seen.at,
      liked_post.at,
      profile_view.at,
      like.at,
      post.at,
      message.at,
    ]
    const items = [post.at, post.at, post.at, feed_seen.post, liked_post.post, profile_view.post]
    const cursors = new Int32Array(people.length)
    const { trace, actionSquares } = this.persons
    const { hoursToday } = this
    const dayS = day * DAY_S
    for (let i = 0; i < order.length; i++) {
      const kind = order[i]!
      const row = cursors[kind]!++
      if (ACTION[kind] === 0) continue
      const k = people[kind]![row]!
      const at = times[kind]![row]!
      // Half a millisecond keeps the product off the boundary: it is floor(at / 1000), without a division.
      const second = dayS + (((at + 0.5) * 0.001) | 0)
      const own = k * WORDS
      const count = trace[own + ACTIONS]!
      if (count === 0) trace[own + FIRST] = second
      else {
        const gap = second - trace[own + LAST]!
        actionSquares[k]! += gap * gap
      }
      trace[own + ACTIONS] = count + 1
      trace[own + LAST] = second
      let ahead = trace[own + OFFSET]!
      if (ahead >= CHANGES) ahead = this.localOffset(k, at, day * DAY_MS)
      hoursToday[((at + ahead + DAY_MS + 0.5) * PER_HOUR) | 0]!++
      if (kind === Fact.feedSeen) {
        trace[own + SEEN]!++
        trace[own + ITEM] = items[kind]![row]!
        trace[own + ITEM_DAY] = 2 * day
      } else if (kind === Fact.likedPost || kind === Fact.profileView) {
        const item = items[kind]![row]!
        if (item < 0) continue
        const seen = trace[own + ITEM_DAY]!
        if (trace[own + ITEM] !== item) this.stray++
        else if ((seen & 1) === 0) {
          trace[own + ITEM_DAY] = seen | 1
          this.daily.table[this.daily.at(seen >> 1) + Day.engaged]!++
        }
      }
    }
  }

  /** What needs the order within one kind at most. */
  private countKinds(day: number, { tables }: MarketDay): void {
    const { session, post, liked_post, message } = tables
    const { posts, messages, weekPosts } = this.persons
    const { joinedAt } = this.people
    const week = Math.floor(day / 7)
    const parity = week & 1
    for (let i = 0; i < session.rows; i++)
      beginSession(this.persons, session.k[i]!, day * DAY_MS + session.start[i]!, week, joinedAt)
    for (let i = 0; i < post.rows; i++) {
      const k = post.k[i]!
      posts[k]!++
      weekPosts[2 * k + parity]!++
    }
    const postLikes = this.posts.likes
    for (let i = 0; i < liked_post.rows; i++) {
      const item = liked_post.post[i]! - this.postBase
      if (item >= 0) postLikes[item]!++
    }
    this.decisions.count(tables.like, this.people, this.persons, this.daily.table, this.daily.at(day))
    for (let i = 0; i < message.rows; i++) {
      const k = message.k[i]!
      messages[k]!++
      const match = message.match[i]! - this.matchBase
      if (match >= 0) this.threads.write(match, k, day * DAY_MS + message.at[i]!, this.delays)
    }
  }

  /** Asks for the local offset once a day and person; on the days the clocks change, at every action. */
  private localOffset(row: number, at: number, dayMs: number): number {
    const { trace } = this.persons
    const own = row * WORDS + OFFSET
    if (trace[own] === UNKNOWN) {
      const morning = this.people.offsetMs(row, dayMs)
      const stays = morning === this.people.offsetMs(row, dayMs + DAY_MS - 1)
      trace[own] = stays ? morning : CHANGES
    }
    return this.people.offsetMs(row, dayMs + at)
  }

  /** Accounts at least 14 days old at the day's end, and those of them without a session begun in the last 14 days. */
  private countInactive(day: number, offset: number): void {
    const since = day + 1 - INACTIVE_DAYS
    if (since < 0) return
    const { joinedAt, size } = this.people
    const { sessionLast } = this.persons
    let accounts = 0
    let inactive = 0
    for (let row = 0; row < size; row++) {
      if (joinedAt[row]! > since * DAY_MS) continue
      accounts++
      if (sessionLast[row]! < since * DAY_S) inactive++
    }
    this.daily.table[offset + Day.account] = accounts
    this.daily.table[offset + Day.inactive] = inactive
  }

  private foldHours(day: number): void {
    for (let slot = 0; slot < 72; slot++) {
      const localDay = this.startDay + day + Math.floor(slot / 24) - 1
      const weekday = (((localDay + 4) % 7) + 7) % 7
      const weekend = weekday === 0 || weekday === 6
      this.hours[(weekend ? 24 : 0) + (slot % 24)]! += this.hoursToday[slot]!
    }
    this.hoursToday.fill(0)
  }

  /** The counts of all days so far. */
  tally(): Tally {
    return summarize(this)
  }

  /** Bytes held, scratch included. */
  get bytes(): number {
    return (
      this.persons.bytes +
      this.threads.bytes +
      this.posts.bytes +
      this.daily.table.byteLength +
      this.delays.byteLength +
      this.decisions.bytes
    )
  }

  /** The state as named columns, for a snapshot. */
  save(): Record<string, TypedArray> {
    return {
      ...this.persons.save(),
      ...this.threads.save(),
      'post.likes': this.posts.likes.slice(0, this.posts.rows),
      'day.table': this.daily.table.slice(0, this.daily.at(this.daily.days)),
      delays: this.delays.slice(),
      hours: this.hours.slice(),
      distances: this.decisions.distances.slice(),
      meta: Float64Array.of(this.days, this.stray, this.postBase, this.matchBase, this.spans.length),
    }
  }

  /** Puts a saved state back; the people and the windows are those it was saved with. */
  restore(sections: Readonly<Record<string, TypedArray>>): void {
    const meta = sections.meta!
    if (meta[4] !== this.spans.length)
      throw new RangeError(`MarketMetrics: the state has ${meta[4]} spans of days, ${this.spans.length} were expected`)
    this.daily.days = meta[0]!
    this.stray = meta[1]!
    this.postBase = meta[2]!
    this.matchBase = meta[3]!
    this.persons.restore(sections)
    this.threads.restore(sections)
    this.posts.likes = (sections['post.likes'] as Uint16Array).slice()
    this.posts.rows = this.posts.likes.length
    this.daily.table = (sections['day.table'] as Float64Array).slice()
    this.delays.set(sections.delays as Float64Array)
    this.hours.set(sections.hours as Float64Array)
    this.decisions.distances.set(sections.distances as Float64Array)
  }
}

import { Fact, type FactTable, type MarketDay } from '../facts/index.ts'
import { cos } from '../kernel/index.ts'
import { DELAY_BINS, DISTANCE_EDGES_KM, delayBin } from './bins.ts'
import { Day, DayCounts } from './day-counts.ts'
import {
  CONVERSATION_WINDOW_DAYS,
  DAY_MS,
  DAY_S,
  type DayWindow,
  DRIFT_WINDOWS,
  INACTIVE_DAYS,
  type ObservedPeople,
} from './people.ts'
import { PersonCounts } from './person-counts.ts'
import { summarize } from './summarize.ts'
import type { Tally } from './tally.ts'
import { PostCounts, Thread, ThreadCounts } from './thread-counts.ts'

type TypedArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array

const WEEK_S = 7 * DAY_S
const PER_HOUR = 1 / 3_600_000
/** Which kinds of fact are actions: something that the person did at that moment. */
const ACTION = Uint8Array.of(0, 0, 1, 1, 1, 1, 1, 0, 1)
const ANSWER_MS = CONVERSATION_WINDOW_DAYS * DAY_MS
const EARTH_KM = 6371
const RADIANS = 3.141592653589793 / 180
/** In `offset`: not asked for yet today, and changes during the day. */
const UNKNOWN = 0x7fffffff
const CHANGES = 0x7ffffffe

/**
 * The metrics of one market, counted day by day from its facts. Everything is a whole number in a typed column;
 * `tally()` turns the columns into the vectors from which the scorecard is derived, and can be asked after any day.
 */
export class MarketMetrics {
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
  /** DISLIKEs and LIKEs by distance bin, in pairs. */
  readonly distances = new Float64Array(2 * (DISTANCE_EDGES_KM.length + 1))
  /** Engagement with an item that is not the last seen by its viewer: 0 while the feed is read item by item. */
  stray = 0
  /** The market's numbers of the first post and match observed. */
  private postBase = 0
  private matchBase = 0
  /** Scratch of a day: local offset by person; actions by hour from 24 h before UTC midnight. */
  private offset = new Int32Array(0)
  private readonly hoursToday = new Int32Array(72)
  /** Cosine of each person's latitude. */
  private cosine = new Float64Array(0)
  private cosines = 0
  private readonly edges: Float64Array

  /**
   * @param startDay first day of the run, in civil days since 1970-01-01
   * @param windows spans of days that are also counted apart
   */
  constructor(people: ObservedPeople, startDay: number, windows: readonly DayWindow[] = DRIFT_WINDOWS) {
    this.people = people
    this.startDay = startDay
    this.spans = [{ from: 0, to: Number.MAX_SAFE_INTEGER }, ...windows]
    this.persons = new PersonCounts(this.spans.length)
    this.edges = Float64Array.from(DISTANCE_EDGES_KM, (km) => (km / EARTH_KM) * (km / EARTH_KM))
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
    this.measureNewcomers()
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
    if (day % 7 === 0 && day >= 14) this.closeWeek(day / 7 - 2)
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
    const { actions, actionFirst, actionLast, actionSquares, seen, lastSeen, lastSeenDay, lastEngaged } = this.persons
    const { offset, hoursToday } = this
    const dayS = day * DAY_S
    for (let i = 0; i < order.length; i++) {
      const kind = order[i]!
      const row = cursors[kind]!++
      if (ACTION[kind] === 0) continue
      const k = people[kind]![row]!
      const at = times[kind]![row]!
      // Half a millisecond keeps the product off the boundary: it is floor(at / 1000), without a division.
      const second = dayS + (((at + 0.5) * 0.001) | 0)
      const count = actions[k]!
      if (count === 0) actionFirst[k] = second
      else {
        const gap = second - actionLast[k]!
        actionSquares[k]! += gap * gap
      }
      actions[k] = count + 1
      actionLast[k] = second
      let ahead = offset[k]!
      if (ahead >= CHANGES) ahead = this.localOffset(k, at, day * DAY_MS)
      hoursToday[((at + ahead + DAY_MS + 0.5) * PER_HOUR) | 0]!++
      if (kind === Fact.feedSeen) {
        seen[k]!++
        lastSeen[k] = items[kind]![row]!
        lastSeenDay[k] = day
        lastEngaged[k] = 0
      } else if (kind === Fact.likedPost || kind === Fact.profileView) {
        const item = items[kind]![row]!
        if (item < 0) continue
        if (lastSeen[k] !== item) this.stray++
        else if (lastEngaged[k] === 0) {
          lastEngaged[k] = 1
          this.daily.table[this.daily.at(lastSeenDay[k]!) + Day.engaged]!++
        }
      }
    }
  }

  /** What needs the order within one kind at most. */
  private countKinds(day: number, { tables }: MarketDay): void {
    const { session, post, liked_post, message } = tables
    const { posts, messages, weekPosts } = this.persons
    const week = Math.floor(day / 7)
    const parity = week & 1
    for (let i = 0; i < session.rows; i++) this.countSession(session.k[i]!, day * DAY_MS + session.start[i]!, week)
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
    this.countDecisions(tables.like, this.daily.at(day))
    for (let i = 0; i < message.rows; i++) {
      const k = message.k[i]!
      messages[k]!++
      const match = message.match[i]! - this.matchBase
      if (match >= 0) this.countMessage(match, k, day * DAY_MS + message.at[i]!)
    }
  }

  /** LIKEs and DISLIKEs by gender and by distance, the latter by the small-angle form of the haversine formula. */
  private countDecisions(like: FactTable<'like'>, dayAt: number): void {
    const { likesReceived, likesSent, dislikesSent } = this.persons
    const { gender, latitude, longitude } = this.people
    const { cosine, distances, edges } = this
    const daily = this.daily.table
    for (let i = 0; i < like.rows; i++) {
      const k = like.k[i]!
      const to = like.to[i]!
      const north = (latitude[k]! - latitude[to]!) * RADIANS
      let degrees = Math.abs(longitude[k]! - longitude[to]!)
      if (degrees > 180) degrees = 360 - degrees
      const east = degrees * RADIANS
      const squared = north * north + cosine[k]! * cosine[to]! * east * east
      let bin = 0
      while (bin < edges.length && squared >= edges[bin]!) bin++
      if (like.action[i] === 1) {
        likesReceived[to]!++
        likesSent[k]!++
        distances[2 * bin + 1]!++
        daily[dayAt + Day.like + gender[k]!]!++
      } else {
        dislikesSent[k]!++
        distances[2 * bin]!++
        daily[dayAt + Day.dislike + gender[k]!]!++
      }
    }
  }

  /** Asks for the local offset once a day and person; on the days the clocks change, at every action. */
  private localOffset(row: number, at: number, dayMs: number): number {
    if (this.offset[row] === UNKNOWN) {
      const morning = this.people.offsetMs(row, dayMs)
      const stays = morning === this.people.offsetMs(row, dayMs + DAY_MS - 1)
      this.offset[row] = stays ? morning : CHANGES
    }
    return this.people.offsetMs(row, dayMs + at)
  }

  private countSession(row: number, startMs: number, week: number): void {
    const persons = this.persons
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
    const joinedAt = this.people.joinedAt[row]!
    if (joinedAt >= 0) {
      const age = Math.floor((startMs - joinedAt) / DAY_MS)
      if (age === 1) persons.returned[row]! |= 1
      else if (age === 7) persons.returned[row]! |= 2
      else if (age === 30) persons.returned[row]! |= 4
    }
  }

  private countMessage(match: number, sender: number, at: number): void {
    const threads = this.threads
    const byA = threads.a[match] === sender
    let flags = threads.flags[match]!
    if (threads.messages[match] === 0) {
      threads.openedAt[match] = at
      if (byA) flags |= Thread.aOpened
    } else if (byA !== ((flags & Thread.aWroteLast) !== 0)) {
      this.delays[delayBin(Math.floor((at - threads.lastAt[match]!) / 1000))]!++
      const first = (flags & (byA ? Thread.aWrote : Thread.bWrote)) === 0
      if (first && at - threads.openedAt[match]! <= ANSWER_MS) flags |= Thread.answered
    }
    threads.messages[match]!++
    threads.lastAt[match] = at
    threads.flags[match] = byA
      ? flags | Thread.aWrote | Thread.aWroteLast
      : (flags | Thread.bWrote) & ~Thread.aWroteLast
  }

  private measureNewcomers(): void {
    const { size, latitude } = this.people
    if (this.offset.length < size) this.offset = new Int32Array(latitude.length)
    this.offset.fill(UNKNOWN, 0, size)
    if (this.cosine.length < size) {
      const wider = new Float64Array(latitude.length)
      wider.set(this.cosine.subarray(0, this.cosines))
      this.cosine = wider
    }
    for (; this.cosines < size; this.cosines++) this.cosine[this.cosines] = cos(latitude[this.cosines]! * RADIANS)
  }

  /** Files a week that no session can reach any more: its posts count if the person was exposed to it. */
  private closeWeek(week: number): void {
    const persons = this.persons
    const parity = week & 1
    const bit = 1 << parity
    for (let row = 0; row < persons.rows; row++) {
      const posts = persons.weekPosts[2 * row + parity]!
      const exposed = (persons.weekSessions[row]! & bit) !== 0 && this.people.joinedAt[row]! <= week * WEEK_S * 1000
      persons.weekPosts[2 * row + parity] = 0
      persons.weekSessions[row]! &= ~bit
      if (!exposed) continue
      if (posts > 0) persons.postWeeks[row]!++
      for (let span = 0; span < this.spans.length; span++) {
        const { from, to } = this.spans[span]!
        if (7 * week < from || 7 * week + 7 > to) continue
        persons.exposedWeeks[span]![row]!++
        persons.exposedPosts[span]![row]! += posts
      }
    }
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
      this.offset.byteLength +
      this.cosine.byteLength
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
      distances: this.distances.slice(),
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
    this.distances.set(sections.distances as Float64Array)
  }
}

import {
  ARCHETYPES,
  ageOn,
  armNames,
  armOf,
  DAY_MS,
  drawPerson,
  emptyPerson,
  formatDate,
  GENDERS,
  type MarketDay,
  type MarketPlan,
  type RunConfig,
  Stream,
  weekday,
} from '../../sim/index.ts'
import { PEOPLE } from './dictionary.ts'
import type { TableFile, Value } from './table-file.ts'

const WEEK_DAYS = 7
const SUNDAY_TO_MONDAY = 6
const COUNTED = PEOPLE.slice(PEOPLE.findIndex(({ name }) => name === 'active_days')).map(({ name }) => name)
type Counted = (typeof COUNTED)[number]

/** What one person did so far. */
interface Counts {
  readonly joinDay: number
  readonly by: Record<Counted, number>
  lastActiveDay: number
  /** Ms since the run's start at which each session began. */
  readonly sessionStarts: number[]
}

/** Counts what the people of one market do, for the tables of people and cohorts. */
export class PeopleCounts {
  readonly #config: RunConfig
  readonly #plan: MarketPlan
  readonly #people = new Map<number, Counts>()

  constructor(config: RunConfig, plan: MarketPlan, market: number) {
    this.#config = config
    this.#plan = plan
    for (const k of plan.members(market)) this.#enter(k, -1)
  }

  add(day: number, { tables }: MarketDay): void {
    const { arrival, session, post, feed_seen, liked_post, like, match, message } = tables
    for (let i = 0; i < arrival.rows; i++) this.#enter(arrival.k[i]!, day)
    for (let i = 0; i < session.rows; i++) {
      const person = this.#people.get(session.k[i]!)!
      person.by.sessions!++
      person.sessionStarts.push(day * DAY_MS + session.start[i]!)
      if (person.lastActiveDay !== day) person.by.active_days!++
      person.lastActiveDay = day
    }
    this.#count('posts', post.k, post.rows)
    this.#count('feed_items', feed_seen.k, feed_seen.rows)
    this.#count('posts_liked', liked_post.k, liked_post.rows)
    this.#count('decisions', like.k, like.rows)
    for (let i = 0; i < like.rows; i++) {
      if (like.action[i] !== 1) continue
      this.#people.get(like.k[i]!)!.by.likes!++
      this.#people.get(like.to[i]!)!.by.likes_received!++
    }
    this.#count('matches', match.k, match.rows)
    this.#count('matches', match.other, match.rows)
    this.#count('messages', message.k, message.rows)
  }

  /** One row a person, ascending. */
  tellPeople(file: TableFile): void {
    const { startDay, arms } = this.#config
    const { population } = this.#plan
    const stream = new Stream()
    const person = emptyPerson()
    for (const [k, { joinDay, by }] of this.#people) {
      drawPerson(population, k, joinDay, stream, person)
      const row: Value[] = [
        k,
        armNames(arms)[armOf(population.keys, arms, k)]!,
        formatDate(startDay + Math.floor(person.joinedAt / DAY_MS)),
        GENDERS[person.gender]!,
        ageOn(person.birthDay, startDay),
        ARCHETYPES[person.archetype]!,
        person.flags,
        ...COUNTED.map((name) => by[name]!),
      ]
      file.add(row)
    }
  }

  /** Adds this market's people to the cohorts. @param days days that were lived through */
  tellCohorts(cohorts: CohortCounts, days: number): void {
    const stream = new Stream()
    const person = emptyPerson()
    for (const [k, { joinDay, sessionStarts }] of this.#people) {
      drawPerson(this.#plan.population, k, joinDay, stream, person)
      cohorts.add(person.joinedAt, sessionStarts, days)
    }
  }

  #enter(k: number, joinDay: number): void {
    const by = Object.fromEntries(COUNTED.map((name) => [name, 0])) as Counts['by']
    this.#people.set(k, { joinDay, by, lastActiveDay: -1, sessionStarts: [] })
  }

  #count(what: Counted, k: Int32Array, rows: number): void {
    for (let i = 0; i < rows; i++) this.#people.get(k[i]!)!.by[what]!++
  }
}

/** Retention by week of sign-up: weeks since the sign-up that lie wholly within the run's days. */
export class CohortCounts {
  readonly #startDay: number
  /** People and active people by cohort (civil day of its Monday) and week. */
  readonly #cells = new Map<number, Map<number, { people: number; active: number }>>()

  constructor(startDay: number) {
    this.#startDay = startDay
  }

  /** @param joinedAt ms since the run's start  @param sessionStarts the same of each session */
  add(joinedAt: number, sessionStarts: readonly number[], days: number): void {
    const signUp = this.#startDay + Math.floor(joinedAt / DAY_MS)
    const monday = signUp - ((weekday(signUp) + SUNDAY_TO_MONDAY) % WEEK_DAYS)
    const week = WEEK_DAYS * DAY_MS
    const first = Math.max(0, Math.ceil(-joinedAt / week))
    const end = Math.floor((days * DAY_MS - joinedAt) / week)
    if (end <= first) return
    const active = new Set(sessionStarts.map((start) => Math.floor((start - joinedAt) / week)))
    let cohort = this.#cells.get(monday)
    if (cohort === undefined) this.#cells.set(monday, (cohort = new Map()))
    for (let nth = first; nth < end; nth++) {
      let cell = cohort.get(nth)
      if (cell === undefined) cohort.set(nth, (cell = { people: 0, active: 0 }))
      cell.people++
      if (active.has(nth)) cell.active++
    }
  }

  /** Columns as `COHORTS` has them, by cohort and week. */
  tell(file: TableFile): void {
    const cohorts = [...this.#cells].sort(([a], [b]) => a - b)
    for (const [monday, weeks] of cohorts) {
      for (const [week, { people, active }] of [...weeks].sort(([a], [b]) => a - b)) {
        file.add([formatDate(monday), week, people, active, active / people])
      }
    }
  }
}

import { type Population, Purpose } from '../../agents/index.ts'
import {
  civilFromDays,
  daysFromCivil,
  FESTIVAL_BASE,
  flashTopic,
  HOLIDAYS,
  TREND_BASE,
  weekday,
} from '../../content/index.ts'
import { Stream } from '../../kernel/index.ts'
import type { PolicyParameters } from '../../parameters/index.ts'

/** Days before and after a holiday on which people post about it (chosen). */
const HOLIDAY_BEFORE = 1
const HOLIDAY_AFTER = 1
/** Chance that a city has a festival in a given week, and how long it lasts (chosen). */
const FESTIVAL_PER_WEEK = 0.04
const FESTIVAL_DAYS = 3
/** Chance that something starts to trend on a given day, and for how long (chosen). */
const TREND_PER_DAY = 0.12
const TREND_DAYS = 4
/** How many names of festivals and trends are drawn from: the content takes them modulo what it has. */
const NAMES = 1000

/** What posting is multiplied by while each lasts, less 1, and the share of the posts that it draws (chosen). */
const LIFT = { holiday: 0.35, festival: 0.3, trend: 0.08 }
const SHARE = { holiday: 0.3, festival: 0.25, trend: 0.12 }

const NONE = -1

/**
 * Flash events: a holiday, a local festival, something on everybody's lips. Each lifts posting and draws a share of the
 * posts while it lasts. What happens when is a function of (run seed, day) and of (run seed, week, city).
 */
export class Flashes {
  /** Flash codes of today's holiday and trend, −1 for none. */
  private holiday = NONE
  private trend = NONE
  /** Flash code of each city's festival today. */
  private readonly festivals: Int32Array
  private readonly weights: PolicyParameters['flashes']
  private readonly population: Population
  private readonly stream = new Stream()

  constructor(population: Population, weights: PolicyParameters['flashes']) {
    this.population = population
    this.weights = weights
    this.festivals = new Int32Array(population.places.cities.length).fill(NONE)
  }

  /** Looks up what goes on today. @param day run day, may be negative during burn-in */
  begin(day: number): void {
    const { keys, startDay } = this.population
    this.holiday = holidayOn(startDay + day)
    this.trend = NONE
    for (let back = TREND_DAYS - 1; back >= 0; back--) {
      keys.object(this.stream, Purpose.flash, 0, day - back, TREND_BASE)
      if (this.stream.next() < TREND_PER_DAY) this.trend = TREND_BASE + this.stream.nextInt(NAMES)
    }
    const week = Math.floor(day / 7)
    const today = day - week * 7
    for (let city = 0; city < this.festivals.length; city++) {
      keys.object(this.stream, Purpose.flash, -1 - city, week, FESTIVAL_BASE)
      const held = this.stream.next() < FESTIVAL_PER_WEEK
      const first = this.stream.nextInt(7 - FESTIVAL_DAYS + 1)
      const on = held && today >= first && today < first + FESTIVAL_DAYS
      this.festivals[city] = on ? FESTIVAL_BASE + this.stream.nextInt(NAMES) : NONE
    }
  }

  /** What posting is multiplied by today. */
  lift(city: number): number {
    const { holidays, festivals, trends } = this.weights
    let lift = 1
    if (this.holiday !== NONE) lift += LIFT.holiday * holidays
    if (this.festivals[city] !== NONE) lift += LIFT.festival * festivals
    if (this.trend !== NONE) lift += LIFT.trend * trends
    return lift
  }

  /** What a post of today is about: a flash code, or −1 for the writer's own topics. One draw. */
  draw(stream: Stream, city: number): number {
    const { holidays, festivals, trends } = this.weights
    const u = stream.next()
    const holiday = this.holiday !== NONE ? SHARE.holiday * holidays : 0
    const festival = this.festivals[city] !== NONE ? SHARE.festival * festivals : 0
    const trend = this.trend !== NONE ? SHARE.trend * trends : 0
    if (u < holiday) return this.holiday
    if (u < holiday + festival) return this.festivals[city]!
    return u < holiday + festival + trend ? this.trend : NONE
  }

  /** Code of the topic that posts on a flash count as. */
  topicOf(flash: number): number {
    return flashTopic(flash)
  }
}

/** The holiday (its place in `HOLIDAYS`) around which a day lies, −1 for none. @param date civil days since 1970 */
function holidayOn(date: number): number {
  for (let near = -HOLIDAY_AFTER; near <= HOLIDAY_BEFORE; near++) {
    const { year, month } = civilFromDays(date + near)
    const found = HOLIDAYS.findIndex((holiday) => {
      if (holiday.month !== month) return false
      const first = daysFromCivil(year, month, 1)
      const { nth = 1, weekday: wanted = 0 } = holiday
      const movable = first + ((wanted - weekday(first) + 7) % 7) + (nth - 1) * 7
      return date + near === (holiday.day === 0 ? movable : first + holiday.day - 1)
    })
    if (found >= 0) return found
  }
  return NONE
}

import { type Population, Purpose } from '../agents/index.ts'
import { civilFromDays, TOPICS } from '../content/index.ts'
import { Stream } from '../kernel/index.ts'
import type { PolicyParameters } from '../parameters.ts'

/** Days around fixed holidays on which people post about them: month, first and last day, code in `FLASHES`. */
const HOLIDAYS = [
  { month: 1, from: 1, to: 2, code: 0 },
  { month: 2, from: 13, to: 15, code: 1 },
  { month: 7, from: 3, to: 5, code: 2 },
  { month: 10, from: 29, to: 31, code: 3 },
  { month: 11, from: 22, to: 28, code: 4 },
  { month: 12, from: 23, to: 26, code: 5 },
  { month: 12, from: 30, to: 31, code: 0 },
] as const

export const FESTIVAL = 6
export const TREND = 7

/** Chance that a city has a festival in a given week, and how long it lasts (chosen). */
const FESTIVAL_PER_WEEK = 0.04
const FESTIVAL_DAYS = 3
/** Chance that a topic starts to trend on a given day, and for how long (chosen). */
const TREND_PER_DAY = 0.12
const TREND_DAYS = 4

/**
 * Flash events: a holiday, a local festival, a topic on everybody's lips. Each lifts posting and draws a share of the
 * posts while it lasts. What happens when is a function of (run seed, day) and of (run seed, week, city).
 */
export class Flashes {
  /** Code of today's holiday, −1 for none; today's trending topic, −1 for none. */
  holiday = -1
  trend = -1
  private readonly festive: Uint8Array
  private readonly weights: PolicyParameters['flashes']
  private readonly population: Population
  private readonly stream = new Stream()

  constructor(population: Population, weights: PolicyParameters['flashes']) {
    this.population = population
    this.weights = weights
    this.festive = new Uint8Array(population.places.cities.length)
  }

  /** Looks up what goes on today. @param day run day, may be negative during burn-in */
  begin(day: number): void {
    const { keys, startDay } = this.population
    const date = civilFromDays(startDay + day)
    const holiday = HOLIDAYS.find(({ month, from, to }) => date.month === month && date.day >= from && date.day <= to)
    this.holiday = holiday?.code ?? -1
    this.trend = -1
    for (let back = TREND_DAYS - 1; back >= 0; back--) {
      keys.object(this.stream, Purpose.flash, 0, day - back, TREND)
      if (this.stream.next() < TREND_PER_DAY) this.trend = this.stream.nextInt(TOPICS.length)
    }
    const week = Math.floor(day / 7)
    for (let city = 0; city < this.festive.length; city++) {
      keys.object(this.stream, Purpose.flash, -1 - city, week, FESTIVAL)
      const held = this.stream.next() < FESTIVAL_PER_WEEK
      const first = this.stream.nextInt(7 - FESTIVAL_DAYS + 1)
      const today = day - week * 7
      this.festive[city] = held && today >= first && today < first + FESTIVAL_DAYS ? 1 : 0
    }
  }

  /** Whether the city has its festival today. */
  festival(city: number): boolean {
    return this.festive[city] === 1
  }

  /** What posting is multiplied by today. */
  lift(city: number): number {
    let lift = 1
    if (this.holiday >= 0) lift += 0.35 * this.weights.holidays
    if (this.festive[city] === 1) lift += 0.3 * this.weights.festivals
    if (this.trend >= 0) lift += 0.08 * this.weights.trends
    return lift
  }

  /** What a post of today is about: a flash code, or −1 for the writer's own topics. One draw. */
  draw(stream: Stream, city: number): number {
    const u = stream.next()
    const holiday = this.holiday >= 0 ? 0.3 * this.weights.holidays : 0
    const festival = this.festive[city] === 1 ? 0.25 * this.weights.festivals : 0
    const trend = this.trend >= 0 ? 0.12 * this.weights.trends : 0
    if (u < holiday) return this.holiday
    if (u < holiday + festival) return FESTIVAL
    return u < holiday + festival + trend ? TREND : -1
  }
}

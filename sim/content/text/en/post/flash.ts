import type { Stream } from '../../../../kernel/index.ts'
import { civilFromDays, daysFromCivil, weekday } from '../../../civil.ts'
import { placePack } from '../../../places/places.ts'
import { TOPICS } from '../../../vocabulary.ts'
import type { Moment } from '../talk/speaker.ts'
import { FESTIVALS, TRENDS } from './lines/flashes.ts'
import { AFTER_GROUP, EVE_GROUP, FESTIVAL_GROUP, HOLIDAY_GROUP, LOCAL_TREND_GROUP, TREND_GROUP } from './parts.ts'
import { drawLine, drawPost, type PostDraft, type PostWriter } from './post.ts'

/**
 * Posts on what the whole town talks about. A flash is one integer: 0–5 a holiday (its place in `HOLIDAYS`),
 * `FESTIVAL_BASE` + n a local festival, `TREND_BASE` + n a trending topic; any n ≥ 0 names one of the known festivals or
 * trends, so that a model may draw n as it likes. It is what the post is about.
 */
export const FESTIVAL_BASE = 1000
export const TREND_BASE = 2000

export interface Holiday {
  readonly name: string
  readonly month: number
  /** Day of the month, or 0 for the n-th weekday (0 = Sunday) of the month. */
  readonly day: number
  readonly nth?: number
  readonly weekday?: number
  /** Code of the topic that its posts count as. */
  readonly topic: number
  /** ISO 3166-1 code of the only country that keeps it, if there is one. */
  readonly country?: string
}

const everyday = TOPICS.indexOf('everyday')

export const HOLIDAYS: readonly Holiday[] = [
  { name: "New Year's Day", month: 1, day: 1, topic: TOPICS.indexOf('nightlife') },
  { name: "Valentine's Day", month: 2, day: 14, topic: everyday },
  { name: 'Independence Day', month: 7, day: 4, topic: TOPICS.indexOf('outdoors'), country: 'US' },
  { name: 'Halloween', month: 10, day: 31, topic: TOPICS.indexOf('nightlife') },
  { name: 'Thanksgiving', month: 11, day: 0, nth: 4, weekday: 4, topic: TOPICS.indexOf('food'), country: 'US' },
  { name: 'Christmas', month: 12, day: 25, topic: TOPICS.indexOf('home') },
]

/** How people call the day in a sentence. */
const SPOKEN = ["New Year's", "Valentine's Day", 'the Fourth', 'Halloween', 'Thanksgiving', 'Christmas']

const CITIES = placePack('world').cities

/** Code of the topic that posts on the flash count as. */
export function flashTopic(flash: number): number {
  if (flash >= TREND_BASE) return TOPICS.indexOf(TRENDS[(flash - TREND_BASE) % TRENDS.length]![1])
  if (flash >= FESTIVAL_BASE) return TOPICS.indexOf(FESTIVALS[(flash - FESTIVAL_BASE) % FESTIVALS.length]![1])
  return HOLIDAYS[flash]!.topic
}

const SIGHT = '{sight}'

/** One of the ways `[a|b]` in which a trend takes place: by the place, so that each city has its own; the first without one. */
function ofPlace(trend: string, sight: string | undefined): string {
  return trend.replace(/\[([^\]]+)\]/, (_, ways: string) => {
    const list = ways.split('|')
    return list[
      sight === undefined ? 0 : [...sight].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % list.length
    ]!
  })
}

/** Whether a trend is about something that each city has of its own. */
function isLocal(flash: number): boolean {
  return TRENDS[(flash - TREND_BASE) % TRENDS.length]![0].includes(SIGHT)
}

/**
 * The flash in words: "Halloween", "the City Lights Festival", "the four-day workweek".
 * @param sight where a trend of one city is to be seen
 */
export function flashName(flash: number, sight?: string): string {
  if (flash >= TREND_BASE) {
    const [trend] = TRENDS[(flash - TREND_BASE) % TRENDS.length]!
    return ofPlace(trend, sight).replace(SIGHT, () => sight ?? 'the park')
  }
  if (flash >= FESTIVAL_BASE) return FESTIVALS[(flash - FESTIVAL_BASE) % FESTIVALS.length]![0]
  return HOLIDAYS[flash]!.name
}

/** The flash in the middle of somebody's sentence: "the Fourth". */
export function flashWord(flash: number, sight?: string): string {
  return SPOKEN[flash] ?? flashName(flash, sight)
}

/** Draws a post on a flash into `out`; on a holiday that the writer's country does not keep, one on its topic. */
export function drawFlashPost(stream: Stream, who: PostWriter, flash: number, moment: Moment, out: PostDraft): void {
  const group = groupFor(who, flash, moment)
  if (group < 0) {
    drawPost(stream, who, flashTopic(flash), moment, out)
    return
  }
  const known = flash >= TREND_BASE ? TREND_BASE + ((flash - TREND_BASE) % TRENDS.length) : flash
  const subject =
    flash >= FESTIVAL_BASE && flash < TREND_BASE ? FESTIVAL_BASE + ((flash - FESTIVAL_BASE) % FESTIVALS.length) : known
  drawLine(stream, who, group, subject, moment, out)
}

function groupFor(who: PostWriter, flash: number, moment: Moment): number {
  if (flash >= TREND_BASE) return !isLocal(flash) ? TREND_GROUP : who.city >= 0 ? LOCAL_TREND_GROUP : -1
  if (flash >= FESTIVAL_BASE) return FESTIVAL_GROUP
  const { country } = HOLIDAYS[flash]!
  if (country !== undefined && (CITIES[who.city]?.country ?? country) !== country) return -1
  const days = daysUntil(HOLIDAYS[flash]!, moment.day)
  return days === 0 ? HOLIDAY_GROUP + flash : days === 1 ? EVE_GROUP : days === -1 ? AFTER_GROUP : -1
}

/** Days from a civil day to the holiday nearest to it, as far as it is within a day; else 2. */
function daysUntil(holiday: Holiday, day: number): number {
  for (let near = -1; near <= 1; near++) {
    const { year, month } = civilFromDays(day + near)
    if (holiday.month !== month) continue
    const first = daysFromCivil(year, month, 1)
    const { nth = 1, weekday: wanted = 0 } = holiday
    const movable = first + ((wanted - weekday(first) + 7) % 7) + (nth - 1) * 7
    if (day + near === (holiday.day === 0 ? movable : first + holiday.day - 1)) return near
  }
  return 2
}

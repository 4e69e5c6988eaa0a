import { civilFromDays, weekday } from '../../../civil.ts'
import { INTERESTS } from '../../../interests/interests.ts'
import { hasSeasons, meanTemperature, winterInJanuary } from '../../../places/climate.ts'
import { placePack } from '../../../places/places.ts'
import { Affords } from '../interests/affordances.ts'
import { AFFORDED } from '../interests/index.ts'
import {
  cityKey,
  drinkCode,
  isLate,
  isNative,
  petCode,
  petOf,
  sameMetro,
  sameState,
  siblingsCode,
  siblingsOf,
} from '../persona/persona.ts'
import { Is } from './line-table.ts'
import type { Moment, Speaker } from './speaker.ts'

/** °C: below it is cold, and snow lies; above it is hot; from it on people swim. */
const COLD = 5
const SNOWY = -1
const HOT = 26
const WARM = 13
/** °C: above it leaves stay on the trees; below it nothing is green yet. */
const LATE_FALL = 15
const GREEN = 8
const MONTHS = 12

/** What of the clock, the season and the weather of a city holds: bits of `Is`. */
export function surroundings(city: number, moment: Moment): number {
  const { day, minute } = moment
  let bits = 0
  if (minute >= 300 && minute < 660) bits |= Is.morning
  else if (minute >= 690 && minute < 1020) bits |= Is.midday
  else if (minute >= 1080 && minute < 1350) bits |= Is.evening
  else if (minute >= 1350 || minute < 300) bits |= Is.night
  // Until three the night still belongs to the day before.
  const date = minute < 180 ? day - 1 : day
  const today = weekday(date)
  if (today === 0 || today === 6) bits |= Is.weekend
  else if (today === 1) bits |= Is.monday
  else if (today === 5) bits |= Is.friday
  else bits |= Is.midweek
  if (city < 0) return bits
  return bits | Is.city | WEATHER[city * MONTHS + civilFromDays(day).month - 1]!
}

function weather(key: string, month: number): number {
  const mean = meanTemperature(key, month)
  const season = hasSeasons(key) ? seasonOf(month, winterInJanuary(key)) : 0
  // By the calendar it may be fall where nobody has seen a leaf come down yet.
  const isEarly = (season === Is.fall && mean > LATE_FALL) || (season === Is.spring && mean < GREEN)
  let bits = isEarly ? 0 : season
  if (mean <= COLD) bits |= Is.cold
  if (mean <= SNOWY) bits |= Is.snowy
  if (mean >= HOT) bits |= Is.hot
  return bits
}

function seasonOf(month: number, north: boolean): number {
  const shifted = north ? month % 12 : (month + 6) % 12
  return shifted < 3 ? Is.winter : shifted < 6 ? Is.spring : shifted < 9 ? Is.summer : Is.fall
}

/** Who has it on the profile need not be asked what is in the cup. */
export const COFFEE = INTERESTS.findIndex(({ name }) => name === 'Coffee')

/** Whether what the person drinks in the morning agrees with the interests: a coffee lover says nothing of tea. */
export function drinksAsLiked(writer: number, interests: readonly number[]): boolean {
  return drinkCode(writer) === 0 || !interests.includes(COFFEE)
}

/** What holds of the two people, from the side of the one who writes. */
export function relation(sender: Speaker, recipient: Speaker): number {
  let bits = 0
  if (sender.city < 0 || recipient.city < 0 || sameMetro(sender.city, recipient.city)) bits |= Is.near
  if (sender.city >= 0 && sender.city === recipient.city) bits |= Is.samecity
  if (recipient.city >= 0) bits |= Is.theircity
  if (sameState(sender.city, recipient.city)) bits |= Is.samestate
  if (isNative(sender.writer)) bits |= Is.native
  if (isNative(recipient.writer)) bits |= Is.heardnative
  if (siblingsOf(siblingsCode(sender.writer)).count > 0) bits |= Is.sib
  if (siblingsOf(siblingsCode(recipient.writer)).count > 0) bits |= Is.heardsib
  if (petOf(petCode(sender.writer)).kind > 0) bits |= Is.pet
  if (petOf(petCode(recipient.writer)).kind > 0) bits |= Is.heardpet
  if (!isLate(sender.writer)) bits |= Is.early
  if (drinksAsLiked(sender.writer, sender.interests)) bits |= Is.drinks
  return bits
}

/** Whether one can do it now and here: what asks for warm weather or for snow has it. */
export function inSeason(interest: number, city: number, day: number): boolean {
  const bits = AFFORDED[interest] ?? 0
  if ((bits & (Affords.warmth | Affords.frost)) === 0 || city < 0) return true
  const at = city * MONTHS + civilFromDays(day).month - 1
  return (bits & Affords.warmth) !== 0 ? IS_WARM[at] === 1 : (WEATHER[at]! & Is.cold) !== 0
}

/** By city and month: the marks of season and weather, and whether people swim. Filled once: cities do not change. */
const PLACED = placePack('world').cities.flatMap(({ id }) =>
  Array.from({ length: MONTHS }, (_, i) => [cityKey(id), i + 1] as const),
)
const WEATHER = Int32Array.from(PLACED, ([key, month]) => weather(key, month))
const IS_WARM = Uint8Array.from(PLACED, ([key, month]) => (meanTemperature(key, month) >= WARM ? 1 : 0))

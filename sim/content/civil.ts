import { MingleError } from '../kernel/index.ts'

/**
 * The proleptic Gregorian calendar in integers. A day number counts civil days since 1970-01-01.
 * Algorithms: Howard Hinnant, "chrono-compatible low-level date algorithms".
 */
export interface CivilDate {
  readonly year: number
  /** 1–12 */
  readonly month: number
  /** 1–31 */
  readonly day: number
}

export const DAY_MS = 86_400_000
export const HOUR_MS = 3_600_000

const DAYS_PER_ERA = 146_097
/** Days from 0000-03-01, where the algorithms' count starts, to 1970-01-01. */
const EPOCH_SHIFT = 719_468

/** Day number of a date. Month 1–12; a day beyond its month's end runs on into the next. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_PER_ERA + dayOfEra - EPOCH_SHIFT
}

export function civilFromDays(days: number): CivilDate {
  const z = days + EPOCH_SHIFT
  const era = Math.floor(z / DAYS_PER_ERA)
  const dayOfEra = z - era * DAYS_PER_ERA
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(days: number): number {
  return (((days + 4) % 7) + 7) % 7
}

/** Whole years between two day numbers: the age on `onDay` of someone born on `birthDay`. */
export function ageOn(birthDay: number, onDay: number): number {
  const birth = civilFromDays(birthDay)
  const on = civilFromDays(onDay)
  const hadBirthday = on.month > birth.month || (on.month === birth.month && on.day >= birth.day)
  return on.year - birth.year - (hadBirthday ? 0 : 1)
}

/**
 * Day number of an ISO date, "2024-01-31".
 * @throws MingleError BAD_INPUT unless the text is exactly YYYY-MM-DD and names a day of the calendar
 */
export function parseDate(text: string): number {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!parts) throw new MingleError('BAD_INPUT', `"${text}" is not a date; expected YYYY-MM-DD, such as 2024-01-01.`)
  const days = daysFromCivil(Number(parts[1]), Number(parts[2]), Number(parts[3]))
  if (formatDate(days) !== text) {
    throw new MingleError(
      'BAD_INPUT',
      `"${text}" is not a day of the calendar; expected YYYY-MM-DD, such as 2024-01-01.`,
    )
  }
  return days
}

/** "2024-01-31", for years 0–9999. */
export function formatDate(days: number): string {
  const { year, month, day } = civilFromDays(days)
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

function pad(n: number, width: number): string {
  return String(n).padStart(width, '0')
}

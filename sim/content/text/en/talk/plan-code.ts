/**
 * Day, hour and place of a meeting in one number below 1,023: day + 9 · (hour + 8 · place). The day is one of the week, 0
 * (Sunday) to 6, or the writer's today or tomorrow.
 */
export const Day = { today: 7, tomorrow: 8 } as const

/** Place in `HOURS` of the first hour of the evening. */
export const EVENING_FROM = 5

const DAYS = 9
const HOURS = 8
/** Places that the number has room for. */
export const PLACE_COUNT = 14

export function planCode(day: number, hour: number, place: number): number {
  return day + DAYS * (hour + HOURS * place)
}

export function planOf(code: number): { readonly day: number; readonly hour: number; readonly place: number } {
  return { day: code % DAYS, hour: Math.floor(code / DAYS) % HOURS, place: Math.floor(code / (DAYS * HOURS)) }
}

import { civilFromDays, DAY_MS, daysFromCivil, HOUR_MS, weekday } from '../civil.ts'
import { DAYLIGHT_MS, type Turn, ZONES, type Zone, type ZoneRule } from './zones.ts'

/**
 * UTC offsets of every zone. Keeps for each the last interval without a turn, so that a call in the same season is two
 * comparisons. Times are epoch milliseconds (UTC, since 1970).
 */
export class ZoneClock {
  readonly #from = new Float64Array(ZONES.length)
  readonly #to = new Float64Array(ZONES.length)
  readonly #offset = new Float64Array(ZONES.length)

  /** Local time minus UTC at an instant, in ms. `zone` is a position in `ZONES`. */
  offsetMs(zone: number, utcMs: number): number {
    // Empty intervals at first: 0 <= x < 0 holds for no x.
    if (utcMs < this.#from[zone]! || utcMs >= this.#to[zone]!) this.#seek(zone, utcMs)
    return this.#offset[zone]!
  }

  /**
   * The instant at which the zone's wall clock shows `localMs` (ms since 1970-01-01 00:00 of that clock). Of a repeated
   * hour the first; a skipped time is read an hour later, as people do who set their clocks late.
   */
  utcFromLocal(zone: number, localMs: number): number {
    const standardMs = ZONES[zone]!.standardMs
    const daylight = localMs - standardMs - DAYLIGHT_MS
    return this.offsetMs(zone, daylight) === standardMs ? localMs - standardMs : daylight
  }

  #seek(zone: number, utcMs: number): void {
    const { standardMs, rules } = ZONES[zone]!
    const { year } = civilFromDays(Math.floor((utcMs + standardMs) / DAY_MS))
    // Without a turn in these three years the interval ends with them, well inside what was looked at.
    let from = daysFromCivil(year - 1, 1, 2) * DAY_MS - standardMs
    let to = daysFromCivil(year + 1, 12, 31) * DAY_MS - standardMs
    let offset = standardMs
    for (let y = year - 1; y <= year + 1; y++) {
      const rule = ruleOf(rules, y)
      if (!rule) continue
      for (const starts of [true, false]) {
        const at = turnMs(standardMs, y, starts ? rule.starts : rule.ends, !starts)
        if (at <= utcMs && at > from) {
          from = at
          offset = starts ? standardMs + DAYLIGHT_MS : standardMs
        } else if (at > utcMs && at < to) {
          to = at
        }
      }
    }
    this.#from[zone] = from
    this.#to[zone] = to
    this.#offset[zone] = offset
  }
}

/** The rule of a year: the last that began by then; before the first, the first. */
function ruleOf(rules: Zone['rules'], year: number): ZoneRule | undefined {
  let found = rules[0]
  for (const rule of rules) if (rule.from <= year) found = rule
  return found
}

/** The instant of a turn in a year; NaN, which no comparison finds, if there is none. */
function turnMs(standardMs: number, year: number, turn: Turn | null, inDaylight: boolean): number {
  if (!turn) return Number.NaN
  const local = sundayOf(year, turn.month, turn.sunday) * DAY_MS + turn.hour * HOUR_MS
  switch (turn.clock) {
    case 'utc':
      return local
    case 'standard':
      return local - standardMs
    case 'wall':
      return local - standardMs - (inDaylight ? DAYLIGHT_MS : 0)
    default:
      return turn.clock satisfies never
  }
}

/** Day number of the n-th Sunday of a month; 5 is the last. */
function sundayOf(year: number, month: number, n: Turn['sunday']): number {
  if (n === 5) {
    const last = daysFromCivil(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) - 1
    return last - weekday(last)
  }
  const first = daysFromCivil(year, month, 1)
  return first + ((7 - weekday(first)) % 7) + 7 * (n - 1)
}

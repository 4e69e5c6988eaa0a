import { DAY_MS, formatDate } from '../../sim/content/index.ts'

const MINUTE_MS = 60_000

/**
 * Times as text, `2024-01-01<separator>09:30:00.000<zone>`, from epoch ms. Rows come roughly in order of time, so the
 * text of the minute is kept, and the seconds are looked up.
 */
export class TimeFormat {
  readonly #separator: string
  readonly #tails: readonly string[]
  #minute = Number.NaN
  #head = ''
  #day = Number.NaN
  #date = ''

  /** @param zone what follows the milliseconds, such as `+00:00` */
  constructor(separator: string, zone: string) {
    this.#separator = separator
    this.#tails = Array.from({ length: MINUTE_MS }, (_, ms) => {
      const second = String((ms / 1000) | 0).padStart(2, '0')
      return `${second}.${String(ms % 1000).padStart(3, '0')}${zone}`
    })
  }

  format(ms: number): string {
    const minute = Math.floor(ms / MINUTE_MS)
    if (minute !== this.#minute) this.#turn(minute)
    return this.#head + this.#tails[ms - minute * MINUTE_MS]!
  }

  #turn(minute: number): void {
    const day = Math.floor(minute / 1440)
    if (day !== this.#day) {
      this.#day = day
      this.#date = formatDate(day)
    }
    const ofDay = minute - day * 1440
    const hour = String(Math.floor(ofDay / 60)).padStart(2, '0')
    this.#head = `${this.#date}${this.#separator}${hour}:${String(ofDay % 60).padStart(2, '0')}:`
    this.#minute = minute
  }
}

/** Epoch ms of a time as a database gives it back: text in UTC with or without zone, a Date, or a number. */
export function parseTime(value: unknown): number {
  if (typeof value === 'string') {
    const zoned = /(?:[zZ]|[+-]\d\d(?::?\d\d)?)$/.test(value.slice(10)) ? value : `${value}Z`
    return Date.parse(zoned)
  }
  return value instanceof Date ? value.getTime() : Number(value)
}

/** Civil day of `YYYY-MM-DD…`, a Date, or epoch ms, as `YYYY-MM-DD`. */
export function parseDateText(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 10)
  return formatDate(Math.floor((value instanceof Date ? value.getTime() : Number(value)) / DAY_MS))
}

import { DAY_MS, formatDate } from '../../sim/content/index.ts'

const MINUTE_MS = 60_000
const COLON = 58
const ZERO = 48
/** Two digits, and a point with three, as one number each in network order. */
const SECONDS = Uint16Array.from({ length: 60 }, (_, n) => ((ZERO + Math.floor(n / 10)) << 8) | (ZERO + (n % 10)))
const MILLISECONDS = Uint32Array.from({ length: 1000 }, (_, n) => {
  const digits = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10]
  return digits.reduce((word, digit) => word * 256 + ZERO + digit, 46)
})

/**
 * Writes times as text, `2024-01-01<separator>09:30:00.000<zone>` in ASCII, from epoch ms of the years 0–9999. Rows
 * come roughly in order of time, so the bytes up to the minute are kept.
 */
export class TimeBytes {
  /** Bytes of one time. */
  readonly length: number
  readonly #separator: string
  readonly #zone: Uint8Array
  /** `2024-01-01<separator>09:30:`, four words and a byte. */
  readonly #head = new DataView(new ArrayBuffer(17))
  #bytes: Uint8Array = new Uint8Array(0)
  #view: DataView = new DataView(new ArrayBuffer(0))
  #minute = Number.NaN
  #day = Number.NaN

  /** @param zone what follows the milliseconds, such as `+00:00` */
  constructor(separator: string, zone: string) {
    this.#separator = separator
    this.#zone = Uint8Array.from(zone, (character) => character.charCodeAt(0))
    this.length = 23 + zone.length
  }

  write(bytes: Uint8Array, at: number, ms: number): void {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }
    const minute = Math.floor(ms / MINUTE_MS)
    if (minute !== this.#minute) this.#turn(minute)
    const head = this.#head
    const view = this.#view
    view.setUint32(at, head.getUint32(0))
    view.setUint32(at + 4, head.getUint32(4))
    view.setUint32(at + 8, head.getUint32(8))
    view.setUint32(at + 12, head.getUint32(12))
    bytes[at + 16] = COLON
    const rest = ms - minute * MINUTE_MS
    const second = (rest / 1000) | 0
    view.setUint16(at + 17, SECONDS[second]!)
    view.setUint32(at + 19, MILLISECONDS[(rest - second * 1000) | 0]!)
    const zone = this.#zone
    for (let i = 0; i < zone.length; i++) bytes[at + 23 + i] = zone[i]!
  }

  #turn(minute: number): void {
    if (!Number.isFinite(minute))
      throw new RangeError('a time was expected, got none: the database gave a date that cannot be read')
    const day = Math.floor(minute / 1440)
    const ofDay = minute - day * 1440
    if (day !== this.#day) {
      this.#day = day
      this.#put(0, formatDate(day) + this.#separator)
    }
    const hour = String(Math.floor(ofDay / 60)).padStart(2, '0')
    this.#put(11, `${hour}:${String(ofDay % 60).padStart(2, '0')}:`)
    this.#minute = minute
  }

  #put(at: number, text: string): void {
    for (let i = 0; i < text.length; i++) this.#head.setUint8(at + i, text.charCodeAt(i))
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

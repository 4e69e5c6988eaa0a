import { formatDate } from '../../../sim/content/index.ts'
import { badInput, type MingleError } from '../../../sim/kernel/index.ts'
import { lengthOf, rangeOf } from '../plan/field-kinds.ts'
import type { PlannedColumn } from '../plan/plan.ts'

/**
 * What a mapping gives a field (constants, what functions return, words of `as`) is kept exactly as it was given, or refused:
 * drivers would cut, round or spell it in their own ways, each in another.
 */

const DAY_MS = 86_400_000
/** Years that every database keeps: 0001-01-01 to 9999-12-31, in ms. */
const FIRST_MS = -62_135_596_800_000
const LAST_MS = 253_402_300_799_999
/** What MySQL's TIMESTAMP keeps. */
const UNIX_LAST_MS = 2_147_483_647_999

const DATE = /^\d{4}-\d{2}-\d{2}$/
const TIME = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/
const ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const LONE = /\p{Surrogate}/u
/** The first half of a character that was cut through: databases keep another in its place. */
const HALF = /[\uD800-\uDBFF]$/

function refused({ of, field }: PlannedColumn, value: unknown, expected: string): MingleError {
  const type = field.enum ? `enum ${field.type}` : [field.type, field.native?.[0]].filter(Boolean).join(' @db.')
  return badInput(
    `${of}.${field.name} (${type}${field.list ? '[]' : ''}) cannot hold ${shown(value)}: expected ${expected}`,
  )
}

/** A field that must have a value, and is given none. */
export function required(column: PlannedColumn, value: unknown): void {
  const { field, producer } = column
  if ((value !== null && value !== undefined) || !field.required || field.list) return
  const { from } = producer
  if (from === 'function' || from === 'returned' || from === 'constant')
    throw refused(column, value, 'a value, since it is required')
}

/** A value in few words. */
function shown(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : value.toISOString()
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (typeof value === 'number' || typeof value === 'function' || typeof value === 'symbol')
    return String(value).slice(0, 60)
  let text: string | undefined
  try {
    text = JSON.stringify(value)
  } catch {
    text = String(value)
  }
  return text !== undefined && text.length > 60 ? `${text.slice(0, 57)}…` : String(text)
}

/** A number; truth values are 0 and 1. */
export function exactNumber(column: PlannedColumn, value: unknown): number {
  const { field, kind, producer } = column
  if (field.type === 'Boolean') {
    if (value === true || value === 1) return 1
    if (value === false || value === 0) return 0
    throw refused(column, value, 'true or false')
  }
  const number = numberFrom(value)
  const whole = kind !== 'float' && field.type !== 'Float' && field.type !== 'Decimal'
  if (number === null || !Number.isFinite(number))
    throw refused(column, value, whole ? 'a whole number' : 'a number of at most 15 digits')
  if (whole && !Number.isInteger(number)) throw refused(column, value, 'a whole number')
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER && (whole || typeof value !== 'number')) {
    throw refused(column, value, 'a whole number below 2^53, which is as far as Mingle counts')
  }
  if (producer.from === 'key') return number
  const { least, greatest } = rangeOf(field)
  if (number < least || number > greatest) throw refused(column, value, `a number from ${least} to ${greatest}`)
  return number
}

/** Numbers as such, and texts that spell one as JavaScript does; null for anything else. */
function numberFrom(value: unknown): number | null {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') {
    const number = Number(value)
    return BigInt(number) === value ? number : Number(value) === 0 ? 0 : Number.MAX_VALUE
  }
  if (typeof value === 'string') return spelled(value) ? Number(value) : null
  // Decimal.js, as Prisma gives it, and its kin.
  if (typeof value === 'object' && value !== null && 'toFixed' in value) return numberFrom(String(value))
  return null
}

/** Whether a text is a decimal number that a double keeps, digit for digit. */
function spelled(text: string): boolean {
  const [, , whole = '', places = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  return whole !== '' && (whole + places).replace(/^0+/, '').replace(/0+$/, '').length <= 15
}

/** Milliseconds since 1970. A text that names no zone is UTC. */
export function exactTime(column: PlannedColumn, value: unknown): number {
  const ms = msFrom(value)
  if (!Number.isFinite(ms)) throw refused(column, value, "a Date, or a text such as '2024-01-31T09:30:00Z'")
  if (ms < FIRST_MS || ms > LAST_MS) throw refused(column, value, 'a year from 1 to 9999')
  if (column.unix && (ms < 1000 || ms > UNIX_LAST_MS)) {
    throw refused(column, value, 'a time from 1970 to 2038, which is what TIMESTAMP keeps')
  }
  return ms
}

function msFrom(value: unknown): number {
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || !TIME.test(value)) return Number.NaN
  const zoned = value.length === 10 || ZONE.test(value.slice(10))
  return Date.parse(zoned ? value : `${value.replace(' ', 'T')}Z`)
}

/** `YYYY-MM-DD`. */
export function exactDate(column: PlannedColumn, value: unknown): string {
  if (typeof value === 'string' && DATE.test(value)) {
    const ms = Date.parse(value)
    if (Number.isFinite(ms) && ms >= FIRST_MS && new Date(ms).toISOString().startsWith(value)) return value
    throw refused(column, value, 'a day of the calendar')
  }
  return formatDate(Math.floor(exactTime(column, value) / DAY_MS))
}

/** JSON text. A text that is given is JSON already. */
export function exactJson(column: PlannedColumn, value: unknown): string {
  const text = jsonFrom(column, value)
  if (text === undefined) throw refused(column, value, 'what JSON.stringify takes')
  if (/(?<!\\)(?:\\\\)*\\u0000/.test(text) || text.includes('\0'))
    throw refused(column, value, 'text without NUL (\\u0000), which databases refuse')
  return text
}

function jsonFrom(column: PlannedColumn, value: unknown): string | undefined {
  try {
    if (typeof value !== 'string') return JSON.stringify(value)
    // Spaced as databases give it back.
    return JSON.stringify(JSON.parse(value))
  } catch {
    if (typeof value !== 'string') return undefined
    throw refused(column, value, 'an object or a list, or the text of one as JSON.stringify makes it')
  }
}

/** A key that is kept as bytes, as rows show it. */
const DIGITS = /^[0-9a-f]{32}$/

/** Bytes as hex digits; with `\x` before them for PostgreSQL, which takes and gives them so. */
export function exactBytes(column: PlannedColumn, value: unknown): string {
  const { producer, bytes } = column
  // Keys are digits already, also where a function passes on the one that its row has.
  if (producer.from === 'key' && typeof value === 'string') return value
  if (producer.from !== 'constant' && typeof value === 'string' && DIGITS.test(value))
    return bytes ? value : `\\x${value}`
  if (!(value instanceof Uint8Array)) throw refused(column, value, 'bytes: a Uint8Array or a Buffer')
  const digits = Buffer.from(value).toString('hex')
  return bytes ? digits : `\\x${digits}`
}

/** A text as the column keeps it: the enum's own word, or the text, cut to the column's length where the mapping says so. */
export function exactText(column: PlannedColumn, value: unknown): string {
  const { enumValues, cut, field } = column
  const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : textFrom(value)
  if (text === null) throw refused(column, value, 'a text')
  if (enumValues) {
    const known = enumValues[text]
    if (known === undefined) throw refused(column, value, `one of ${Object.keys(enumValues).join(', ')}`)
    return known
  }
  if (text.includes('\0')) throw refused(column, value, 'text without NUL (\\0), which databases refuse')
  if (LONE.test(text)) throw refused(column, value, 'whole characters: half of one stands there')
  if (field.native?.[0] === 'Uuid' && !UUID.test(text)) throw refused(column, value, 'a uuid')
  if (cut !== null) return text.length <= cut ? text : text.slice(0, cut).replace(HALF, '')
  const length = lengthOf(field)
  if (length !== null && text.length > length && [...text].length > length) {
    throw refused(column, value, `at most ${length} characters; { truncate: ['${field.name}'] } cuts it`)
  }
  return text
}

function textFrom(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : null
}

import { formatDate } from '../../../sim/content/index.ts'
import { badInput } from '../../../sim/kernel/index.ts'
import type { ColumnValues } from '../../batch.ts'
import type { PlannedColumn } from '../plan/plan.ts'
import { listLiteral, plainElement } from './lists.ts'

export type Key = string | number

const DAY_MS = 86_400_000

/** A fact's column as the model's column has it: the same array where nothing changes. */
export function plainValues(
  column: PlannedColumn,
  source: ColumnValues,
  index: Int32Array | null,
  count: number,
): ColumnValues {
  const { kind, enumValues, cut, places, tick, field } = column
  const same = enumValues === null && cut === null && places === null && tick === 1 && !field.list
  const numeric = kind === 'id' || kind === 'int' || kind === 'float' || kind === 'time'
  if (same && numeric && typeof source[0] !== 'string') {
    if (!index) return source
    const from = source as Float64Array
    const values = new Float64Array(count)
    for (let i = 0; i < count; i++) values[i] = from[index[i]!]!
    return values
  }
  if (same && !numeric && typeof source[0] !== 'number') {
    return index ? Array.from(index, (i) => source[i] as string | null) : source
  }
  return valuesOf(column, count, (i) => source[index ? index[i]! : i])
}

/** Values of any form, as the model's column keeps them. */
export function valuesOf(column: PlannedColumn, count: number, value: (i: number) => unknown): ColumnValues {
  switch (column.kind) {
    case 'id':
    case 'int':
    case 'float':
    case 'time': {
      const values = new Float64Array(count)
      for (let i = 0; i < count; i++) values[i] = numberOf(column, value(i))
      return values
    }
    default: {
      const values: (string | null)[] = new Array(count)
      for (let i = 0; i < count; i++) values[i] = textOf(column, value(i))
      return values
    }
  }
}

function numberOf(column: PlannedColumn, value: unknown): number {
  if (value === null || value === undefined) return Number.NaN
  const number =
    value instanceof Date
      ? value.getTime()
      : typeof value === 'string' && column.kind === 'time'
        ? Date.parse(value)
        : Number(value)
  if (Number.isNaN(number) && typeof value !== 'number') {
    throw badInput(`${column.field.name} (${column.field.type}) cannot hold ${JSON.stringify(value)}`)
  }
  if (column.kind === 'time') return Math.floor(number / column.tick) * column.tick
  if (column.places === -1) return Math.fround(number)
  return column.places === null ? number : Number(number.toFixed(column.places))
}

function textOf(column: PlannedColumn, value: unknown): string | null {
  const { kind, field } = column
  if (value === null || value === undefined) return null
  if (field.list) return listLiteral(value, field, (element) => elementOf(column, element))
  if (kind === 'json') return typeof value === 'string' ? value : JSON.stringify(value)
  if (kind === 'date')
    return value instanceof Date ? formatDate(Math.floor(value.getTime() / DAY_MS)) : String(value).slice(0, 10)
  if (column.bytes && value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  return wordOf(column, value instanceof Date ? value.toISOString() : String(value))
}

function elementOf(column: PlannedColumn, element: unknown): string | null {
  if (element === null || element === undefined) return null
  return column.field.type === 'String' || column.enumValues
    ? wordOf(column, String(element))
    : plainElement(element, column.field)
}

/** The first half of a character that was cut through: databases keep another in its place. */
const HALF = /[\uD800-\uDBFF]$/

/** A text as the column keeps it: the enum's own word, cut to the column's length. */
function wordOf({ enumValues, cut, field }: PlannedColumn, text: string): string {
  if (enumValues) {
    const known = enumValues[text]
    if (known === undefined)
      throw badInput(`${field.name}: ${field.type} has no '${text}'; it has ${Object.keys(enumValues).join(', ')}`)
    return known
  }
  return cut === null || text.length <= cut ? text : text.slice(0, cut).replace(HALF, '')
}

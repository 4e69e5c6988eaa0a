import type { ColumnValues } from '../../batch.ts'
import type { PlannedColumn } from '../plan/plan.ts'
import { exactBytes, exactDate, exactJson, exactNumber, exactText, exactTime, required } from './exact.ts'
import { listLiteral, plainElement } from './lists.ts'

export type Key = string | number

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
  return valuesOf(column, count, (i) => absent(source[index ? index[i]! : i]!))
}

/** What stands for NULL among numbers. */
function absent(value: string | number | null): string | number | null {
  return typeof value === 'number' && Number.isNaN(value) ? null : value
}

/**
 * Values of any form, as the model's column keeps them.
 * @throws MingleError BAD_INPUT for a value that the column would keep as another
 */
export function valuesOf(column: PlannedColumn, count: number, value: (i: number) => unknown): ColumnValues {
  switch (column.kind) {
    case 'id':
    case 'int':
    case 'float':
    case 'time': {
      const values = new Float64Array(count)
      for (let i = 0; i < count; i++) values[i] = numberOf(column, given(column, value(i)))
      return values
    }
    default: {
      const values: (string | null)[] = new Array(count)
      for (let i = 0; i < count; i++) values[i] = textOf(column, given(column, value(i)))
      return values
    }
  }
}

/** One value for all rows. */
export function sameValues(column: PlannedColumn, count: number, value: unknown): ColumnValues {
  const few = valuesOf(column, Math.min(1, count), () => value)
  if (count < 2) return few
  return few instanceof Float64Array ? new Float64Array(count).fill(few[0]!) : new Array(count).fill(few[0])
}

/** Whether a key that Mingle makes, and that is short enough, is kept as it is: no words of an enum, no list, none cut, no bytes. */
export function isPlainText({ kind, field, enumValues, cut }: PlannedColumn): boolean {
  return kind === 'text' && !field.list && field.type === 'String' && enumValues === null && cut === null
}

function given(column: PlannedColumn, value: unknown): unknown {
  if (value === null || value === undefined) required(column, value)
  return value
}

function numberOf(column: PlannedColumn, value: unknown): number {
  if (value === null || value === undefined) return Number.NaN
  if (column.kind === 'time' || column.field.type === 'DateTime')
    return Math.floor(exactTime(column, value) / column.tick) * column.tick
  const number = exactNumber(column, value)
  if (column.places === -1) return Math.fround(number)
  return column.places === null ? number : Number(number.toFixed(column.places))
}

function textOf(column: PlannedColumn, value: unknown): string | null {
  const { kind, field } = column
  if (value === null || value === undefined) return null
  if (field.list) return listLiteral(value, field, (element) => elementOf(column, element))
  if (kind === 'json') return exactJson(column, value)
  if (kind === 'date') return exactDate(column, value)
  if (field.type === 'Bytes') return exactBytes(column, value)
  return exactText(column, value)
}

function elementOf(column: PlannedColumn, element: unknown): string | null {
  if (element === null || element === undefined) return null
  if (column.field.type === 'String' || column.enumValues) return exactText(column, element)
  if (column.field.type !== 'Boolean') exactNumber(column, element)
  return plainElement(element, column.field)
}

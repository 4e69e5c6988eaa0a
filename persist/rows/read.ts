import type { ColumnValues, TableBatch, TableShape } from '../batch.ts'
import { parseDateText, parseTime } from './times.ts'

/**
 * A batch from rows as a driver gives them: arrays of values in the shape's column order. Any spelling that a database
 * has of a value becomes ours; a value that is none becomes NaN, so that its digest differs.
 */
export function batchOf(shape: TableShape, rows: readonly (readonly unknown[])[]): TableBatch {
  const columns = Object.entries(shape.columns).map(([name, kind], c): [string, ColumnValues] => {
    switch (kind) {
      case 'time':
        return [name, Float64Array.from(rows, (row) => (row[c] === null ? Number.NaN : parseTime(row[c])))]
      case 'id':
      case 'int':
      case 'float':
        return [name, Float64Array.from(rows, (row) => (row[c] === null ? Number.NaN : Number(row[c])))]
      case 'date':
        return [name, rows.map((row) => (row[c] === null ? null : parseDateText(row[c])))]
      case 'json':
        return [name, rows.map((row) => (row[c] === null ? null : canonicalJson(row[c])))]
      case 'text':
        return [name, rows.map((row) => (row[c] === null ? null : String(row[c])))]
      default:
        return kind satisfies never
    }
  })
  return { shape, rows: rows.length, columns: Object.fromEntries(columns) }
}

/** JSON as `JSON.stringify` spaces it; databases keep it parsed, and in an order of their own. */
function canonicalJson(value: unknown): string {
  try {
    return JSON.stringify(typeof value === 'string' ? JSON.parse(value) : value)
  } catch {
    return String(value)
  }
}

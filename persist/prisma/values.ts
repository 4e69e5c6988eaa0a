import type { ColumnKind, TableBatch } from '../batch.ts'
import type { Model } from '../migrate/models.ts'

/** A row as the typed client takes it. */
export type Data = Record<string, unknown>

/** Rows `from` … `to` − 1 of a batch. @param bigIds ids are bigint in this provider's client */
export function dataOf(batch: TableBatch, model: Model, bigIds: boolean, from: number, to: number): Data[] {
  const columns = Object.entries(batch.shape.columns).map(
    ([name, kind]) => [model.fields[name]!, kind, batch.columns[name]!] as const,
  )
  return Array.from({ length: to - from }, (_, i) =>
    Object.fromEntries(columns.map(([field, kind, values]) => [field, value(kind, values[from + i]!, bigIds)])),
  )
}

function value(kind: ColumnKind, value: number | string | null, bigIds: boolean): unknown {
  if (value === null || (typeof value === 'number' && Number.isNaN(value))) return null
  switch (kind) {
    case 'id':
      return bigIds ? BigInt(value) : value
    case 'time':
      return new Date(value)
    case 'date':
      return new Date(`${value}T00:00:00Z`)
    case 'json':
      return JSON.parse(value as string)
    default:
      return value
  }
}

import type { ColumnValues } from '../batch.ts'
import type { KeyRule } from './plan.ts'
import type { SourceRows } from './source-rows.ts'
import { type Space, sourceOf } from './sources.ts'

/** Turns a number of a space into the key that the user's models have for it. */
export type KeyOf = (rule: KeyRule, id: number) => string | number | null

/**
 * One object that shows a fact's rows one after another to functions: only what a function reads is made. It must not
 * be kept, since the next row is shown by the same object.
 */
export class RowView {
  /** Which row is shown. */
  at = 0
  readonly row: Record<string, unknown> = {}

  constructor(rows: SourceRows, primary: ReadonlyMap<Space, KeyRule>, keyOf: KeyOf) {
    for (const [name, column] of Object.entries(sourceOf(rows.source).columns)) {
      let values: ColumnValues | undefined
      const value = () => (values ??= rows.column(name))[this.at] as string | number | null
      const rule = column.space && primary.get(column.space)
      const get = () => shown(value(), column.kind, (id) => (rule ? keyOf(rule, id) : id))
      Object.defineProperty(this.row, name, { get, enumerable: true })
    }
  }
}

function shown(value: string | number | null, kind: string, key: (id: number) => unknown): unknown {
  if (value === null || Number.isNaN(value)) return null
  if (kind === 'id') return key(value as number)
  if (kind === 'time' || kind === 'date') return new Date(value)
  return kind === 'json' ? JSON.parse(value as string) : value
}

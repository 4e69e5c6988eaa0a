import { findField, uniquesOf } from '../metadata/metadata.ts'
import type { PlannedColumn, PlannedTarget } from './plan.ts'

/** How rows that jobs wrote are found again, and told from the site's. */
export interface DerivedRows {
  /** Columns of a unique of the model, which say whom or what a row is about. */
  readonly by: readonly PlannedColumn[]
  /** The moment as of which the row was computed. */
  readonly computedAt: PlannedColumn
}

/** Null where the mapping does not tell. */
export function derivedRows(target: PlannedTarget): DerivedRows | null {
  const by = aboutColumns(target)
  const computedAt = target.all.find(({ producer }) => producer.from === 'column' && producer.column === 'computed_at')
  return by && computedAt ? { by, computedAt } : null
}

/** The unique of the model that no two rows of the fact share. */
export function aboutColumns({ model, all, facts }: PlannedTarget): readonly PlannedColumn[] | null {
  const told = ({ field, producer }: PlannedColumn): string | null => {
    if (producer.from === 'key' && producer.columns.length === 1 && !generated(field.name)) return producer.columns[0]!
    return producer.from === 'column' && producer.values === null ? producer.column : null
  }
  // A key of the row's own is found by nobody else.
  const generated = (name: string) => model.primaryKey.includes(name) && findField(model, name)?.default != null
  for (const fields of uniquesOf(model)) {
    const columns = fields.flatMap((name) => all.filter(({ field }) => field.name === name))
    const names = columns.flatMap((column) => told(column) ?? [])
    const fixed = columns.filter(({ producer }) => producer.from === 'constant').length
    if (columns.length !== fields.length || names.length + fixed !== fields.length) continue
    if (facts.keys.some((key) => key.length === names.length && key.every((name) => names.includes(name))))
      return columns
  }
  return null
}

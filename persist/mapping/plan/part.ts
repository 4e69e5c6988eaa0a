import type { Model } from '../metadata/metadata.ts'
import type { PlannedColumn } from './plan.ts'

/**
 * Whether a field shows that a fact went into a row which others may have made: it may be empty, and is not.
 * @param unique fields by which the row is found
 */
export function tellsPart(
  { field, producer }: PlannedColumn,
  unique: readonly string[],
  { primaryKey }: Pick<Model, 'primaryKey'>,
): boolean {
  return (
    !field.required && !unique.includes(field.name) && !primaryKey.includes(field.name) && producer.from !== 'constant'
  )
}

/** Whether a row can be asked for the constant that the mapping gives it. */
export function tellsConstant({ field, producer, kind, bytes }: PlannedColumn): boolean {
  if (producer.from !== 'constant' || producer.value === null || field.list || bytes) return false
  return kind === 'text' || kind === 'int' || kind === 'id'
}

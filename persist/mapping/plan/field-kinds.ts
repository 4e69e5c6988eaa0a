import type { ColumnKind } from '../../batch.ts'
import type { Field } from '../metadata/metadata.ts'
import type { Producer } from './plan.ts'

/** Types of which PostgreSQL's lists can be filled. */
export const LIST_TYPES: ReadonlySet<string> = new Set(['String', 'Int', 'BigInt', 'Float', 'Decimal', 'Boolean'])

export function kindOf(field: Field, producer: Producer): ColumnKind {
  if (field.list || field.enum || field.type === 'String' || field.type === 'Bytes') return 'text'
  if (field.type === 'DateTime') return field.native?.[0] === 'Date' ? 'date' : 'time'
  if (field.type === 'BigInt' || producer.from === 'key') return 'id'
  if (field.type === 'Int' || field.type === 'Boolean') return 'int'
  if (field.type === 'Float' || field.type === 'Decimal') return 'float'
  return field.type === 'Json' ? 'json' : 'text'
}

/** Characters that a text column takes; null when it has no bound. */
export function lengthOf(field: Field): number | null {
  const [type, length] = field.native ?? []
  if (type === undefined || !/char$/i.test(type)) return null
  return Number(length ?? (type.toLowerCase() === 'char' ? 1 : Number.NaN)) || null
}

export function placesOf(field: Field): number | null {
  const [type, , scale] = field.native ?? []
  if (type === 'Real' || (type === 'Float' && field.native?.length === 1)) return -1
  return field.type === 'Decimal' && type === 'Decimal' ? Number(scale ?? 0) : null
}

/** PostgreSQL's and MySQL's times keep as many digits of a second as they are told. */
export function tickOf(field: Field, provider: string): number {
  const [type, digits = provider === 'mysql' ? '0' : '6'] = field.native ?? []
  if (field.type !== 'DateTime' || type === undefined) return 1
  return 10 ** Math.max(0, 3 - Number(digits))
}

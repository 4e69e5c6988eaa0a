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

const INTEGERS: Readonly<Record<string, readonly [least: number, greatest: number]>> = {
  TinyInt: [-128, 127],
  UnsignedTinyInt: [0, 255],
  SmallInt: [-32_768, 32_767],
  UnsignedSmallInt: [0, 65_535],
  MediumInt: [-8_388_608, 8_388_607],
  UnsignedMediumInt: [0, 16_777_215],
  UnsignedInt: [0, 4_294_967_295],
  UnsignedBigInt: [0, Number.MAX_SAFE_INTEGER],
  Year: [1901, 2155],
  Oid: [0, 4_294_967_295],
}

/** Between which numbers a column's values lie, as the database, and Prisma as it reads them, will have them. */
export function rangeOf(field: Field): { readonly least: number; readonly greatest: number } {
  const [type, precision, scale] = field.native ?? []
  if (type === 'Decimal' || type === 'Numeric') {
    const whole = Number(precision ?? 65) - Number(scale ?? 0)
    const greatest = whole > 15 ? Number.MAX_VALUE : 10 ** whole - 10 ** -Number(scale ?? 0)
    return { least: -greatest, greatest }
  }
  const [least, greatest] = INTEGERS[type ?? ''] ?? []
  if (least !== undefined) return { least, greatest: greatest! }
  if (field.type === 'Int') return { least: -2_147_483_648, greatest: 2_147_483_647 }
  return { least: -Number.MAX_VALUE, greatest: Number.MAX_VALUE }
}

/** The greatest number that a column of a narrow type takes; null when it is beyond what facts hold. */
export function greatestOf(field: Field): number | null {
  const { greatest } = rangeOf(field)
  return greatest >= 2_147_483_647 ? null : greatest
}

/**
 * What is known of the user's schema. `prisma generate` writes it (persist/generator) from Prisma's own reading of the
 * schema, whatever version of Prisma that is.
 */
export interface Metadata {
  /** `METADATA_VERSION` of who wrote it. */
  readonly version: number
  readonly provider: string
  readonly models: readonly Model[]
  readonly enums: readonly EnumType[]
}

/**
 * Raised when the shape changes, or what is written of the same schema: keys and rows follow from it, so that an older file would make
 * others than its schema says. 2: `uuid(7)` is a form of its own.
 */
export const METADATA_VERSION = 2

export interface Model {
  readonly name: string
  /** A `view` of the schema: rows are read from it alone. */
  readonly view?: boolean
  /** Name of the table. */
  readonly table: string
  /** `@@schema`. */
  readonly schema: string | null
  /** Scalars and enums. */
  readonly fields: readonly Field[]
  readonly relations: readonly Relation[]
  /** Fields of the primary key. */
  readonly primaryKey: readonly string[]
  /** Fields of every other unique. */
  readonly uniques: readonly (readonly string[])[]
}

export interface Field {
  readonly name: string
  /** Name of the column. */
  readonly column: string
  /** `String`, `Int`, `BigInt`, `Float`, `Decimal`, `Boolean`, `DateTime`, `Json`, `Bytes`, or the enum's name. */
  readonly type: string
  readonly enum: boolean
  readonly list: boolean
  readonly required: boolean
  /** `uuid`, `cuid`, `autoincrement`, `now`, `dbgenerated`, `value` (a constant), …; null when there is none. */
  readonly default: string | null
  /** Characters of a `nanoid(10)`; absent: 21, as of a `nanoid()`. */
  readonly keyLength?: number
  readonly updatedAt: boolean
  /** `['VarChar', '20']` of `@db.VarChar(20)`. */
  readonly native: readonly string[] | null
}

export interface Relation {
  readonly name: string
  readonly field: string
  readonly model: string
  /** Fields of this model and the fields they refer to; empty on the other side, and for many-to-many. */
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly list: boolean
}

export interface EnumType {
  readonly name: string
  /** From the name in the schema to the value in the database. */
  readonly values: Readonly<Record<string, string>>
}

export function findModel(metadata: Metadata, name: string): Model | undefined {
  return metadata.models.find((model) => model.name === name)
}

export function findField(model: Model, name: string): Field | undefined {
  return model.fields.find((field) => field.name === name)
}

/** The relation that a field, alone, is the foreign key of. */
export function relationOf(model: Model, field: string): Relation | undefined {
  return (
    model.relations.find((relation) => relation.from.length === 1 && relation.from[0] === field) ??
    model.relations.find((relation) => relation.from.includes(field))
  )
}

/** What `Model.field` in a relation refers to, when it is (part of) a foreign key. */
export function referenceOf(
  model: Model,
  field: string,
): { readonly model: string; readonly field: string } | undefined {
  const relation = relationOf(model, field)
  return relation && { model: relation.model, field: relation.to[relation.from.indexOf(field)]! }
}

/** Primary key and uniques: sets of fields whose values no two rows share. */
export function uniquesOf(model: Model): readonly (readonly string[])[] {
  return [model.primaryKey, ...model.uniques].filter((fields) => fields.length > 0)
}

/** Whether the database, not Prisma's client, fills the field when a row leaves it out. */
export function hasDatabaseDefault(field: Field): boolean {
  return field.default !== null && !CLIENT_DEFAULTS.has(field.default)
}

/** Prisma's client makes these; a row that is written without the client must bring them. */
export const CLIENT_DEFAULTS: ReadonlySet<string> = new Set([
  'uuid',
  'uuid7',
  'cuid',
  'cuid2',
  'ulid',
  'nanoid',
  'auto',
])

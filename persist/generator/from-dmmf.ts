import { type Field, METADATA_VERSION, type Metadata, type Model, type Relation } from '../mapping/index.ts'

/** What we read of Prisma's description of a schema: the same in its versions 5, 6 and 7. */
export interface Dmmf {
  readonly datamodel: {
    readonly models: readonly DmmfModel[]
    readonly enums: readonly {
      readonly name: string
      readonly values: readonly { readonly name: string; readonly dbName?: string | null }[]
    }[]
  }
}

interface DmmfModel {
  readonly name: string
  readonly dbName?: string | null
  readonly schema?: string | null
  readonly fields: readonly DmmfField[]
  readonly primaryKey?: { readonly fields: readonly string[] } | null
  readonly uniqueFields: readonly (readonly string[])[]
}

interface DmmfField {
  readonly name: string
  readonly dbName?: string | null
  readonly kind: string
  readonly type: string
  readonly isList: boolean
  readonly isRequired: boolean
  readonly isUnique: boolean
  readonly isId: boolean
  readonly isUpdatedAt?: boolean
  readonly hasDefaultValue: boolean
  readonly default?: unknown
  readonly nativeType?: readonly [string, readonly string[]] | null
  readonly relationName?: string
  readonly relationFromFields?: readonly string[]
  readonly relationToFields?: readonly string[]
}

/** @param text the schema, for what Prisma 5 leaves out of its description */
export function metadataOf(dmmf: Dmmf, provider: string, text = ''): Metadata {
  const { enums } = dmmf.datamodel
  const models = dmmf.datamodel.models.map((model) => withAttributes(model, text))
  return {
    version: METADATA_VERSION,
    provider: provider === 'postgres' ? 'postgresql' : provider,
    models: models.map((model) => ({ ...modelOf(model, provider), ...(isView(model, text) && { view: true }) })),
    enums: enums.map(({ name, values }) => ({
      name,
      values: Object.fromEntries(values.map((value) => [value.name, value.dbName ?? value.name])),
    })),
  }
}

/** Prisma describes views as models. */
function isView({ name }: DmmfModel, text: string): boolean {
  return new RegExp(`^\\s*view\\s+${name}\\s*\\{`, 'm').test(text)
}

function modelOf(model: DmmfModel, provider: string): Model {
  const scalars = model.fields.filter(({ kind }) => kind === 'scalar' || kind === 'enum')
  const ids = scalars.filter(({ isId }) => isId).map(({ name }) => name)
  const uniques = scalars.filter(({ isUnique }) => isUnique).map(({ name }) => [name])
  return {
    name: model.name,
    table: model.dbName ?? model.name,
    schema: model.schema ?? null,
    fields: scalars.map((field) => fieldOf(field, provider)),
    relations: model.fields.filter(({ kind }) => kind === 'object').map(relationOf),
    primaryKey: model.primaryKey?.fields ?? ids,
    uniques: [...uniques, ...model.uniqueFields],
  }
}

/** Prisma 5 describes neither `@db.…` nor `@@schema`: both are read from the text. */
function withAttributes(model: DmmfModel, text: string): DmmfModel {
  if (model.fields.some(({ nativeType }) => nativeType !== undefined)) return model
  const body = new RegExp(`^\\s*model\\s+${model.name}\\s*\\{([\\s\\S]*?)^\\s*\\}`, 'm').exec(text)?.[1]
  if (body === undefined) return model
  const fields = model.fields.map((field): DmmfField => {
    const line = new RegExp(`^\\s*${field.name}\\s.*?@db\\.(\\w+)(?:\\(([^)]*)\\))?`, 'm').exec(body)
    if (!line) return field
    const args = (line[2] ?? '').split(',').map((arg) => arg.trim())
    return { ...field, nativeType: [line[1]!, args.filter((arg) => arg !== '')] }
  })
  return { ...model, fields, schema: model.schema ?? /@@schema\("([^"]+)"\)/.exec(body)?.[1] ?? null }
}

/** What Prisma makes on MySQL of a field that does not say: it bounds what the field can hold. */
const MYSQL_NATIVES: Readonly<Record<string, readonly string[]>> = {
  String: ['VarChar', '191'],
  DateTime: ['DateTime', '3'],
  Decimal: ['Decimal', '65', '30'],
}

function fieldOf(field: DmmfField, provider: string): Field {
  const said = field.nativeType ? [field.nativeType[0], ...field.nativeType[1]] : null
  const unsaid = provider === 'mysql' && field.kind === 'scalar' ? (MYSQL_NATIVES[field.type] ?? null) : null
  return {
    name: field.name,
    column: field.dbName ?? field.name,
    type: field.type,
    enum: field.kind === 'enum',
    list: field.isList,
    required: field.isRequired,
    default: field.hasDefaultValue ? defaultOf(field.default) : null,
    ...lengthOf(field.default),
    updatedAt: field.isUpdatedAt ?? false,
    native: said ?? unsaid,
  }
}

function defaultOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'value'
  const { name, args } = value as { name: string; args?: readonly unknown[] }
  // `cuid(2)` is another form than `cuid()`, and `uuid(7)` than `uuid()`.
  const version = args?.[0]
  return (name === 'cuid' && version === 2) || (name === 'uuid' && version === 7) ? `${name}${version}` : name
}

/** Of `nanoid(10)`. */
function lengthOf(value: unknown): Pick<Field, 'keyLength'> {
  const { name, args } = (value ?? {}) as { name?: string; args?: readonly unknown[] }
  return name === 'nanoid' && typeof args?.[0] === 'number' ? { keyLength: args[0] } : {}
}

function relationOf(field: DmmfField): Relation {
  return {
    name: field.relationName ?? '',
    field: field.name,
    model: field.type,
    from: field.relationFromFields ?? [],
    to: field.relationToFields ?? [],
    list: field.isList,
  }
}

import { expect, it } from 'vitest'
import { metadataOf } from '../../../../persist/generator/from-dmmf.ts'

const field = (name: string, type: string, more: object = {}) => ({
  name,
  kind: 'scalar',
  type,
  isList: false,
  isRequired: true,
  isUnique: false,
  isId: false,
  hasDefaultValue: false,
  ...more,
})

const models = [
  {
    name: 'Person',
    dbName: 'people',
    fields: [
      field('id', 'String', { isId: true, hasDefaultValue: true, default: { name: 'cuid', args: [2] } }),
      field('name', 'String', { dbName: 'full_name' }),
      field('score', 'Decimal'),
    ],
    primaryKey: null,
    uniqueFields: [],
  },
]

const TEXT = `
model Other {
  name String @db.VarChar(5)
}

model Person {
  id    String  @id @default(cuid(2))
  name  String  @map("full_name") @db.VarChar(24)
  score Decimal @db.Decimal(9, 6)

  @@map("people")
  @@schema("hr")
}
`

it("Prisma 5's description lacks native types and @@schema: they are read from the text", () => {
  const [person] = metadataOf({ datamodel: { models, enums: [] } }, 'postgres', TEXT).models
  expect(person).toMatchObject({ table: 'people', schema: 'hr', primaryKey: ['id'] })
  expect(person!.fields.map(({ name, column, native, default: value }) => [name, column, native, value])).toEqual([
    ['id', 'id', null, 'cuid2'],
    ['name', 'full_name', ['VarChar', '24'], null],
    ['score', 'score', ['Decimal', '9', '6'], null],
  ])
})

it("what newer versions say counts, and the provider's old name becomes the new one", () => {
  const told = [
    { ...models[0]!, schema: 'told', fields: [field('id', 'String', { isId: true, nativeType: ['Uuid', []] })] },
  ]
  const metadata = metadataOf({ datamodel: { models: told, enums: [] } }, 'postgres', TEXT)
  expect(metadata.provider).toBe('postgresql')
  expect(metadata.models[0]).toMatchObject({ schema: 'told', fields: [{ native: ['Uuid'] }] })
})

it('a nanoid says how long it is', () => {
  const fields = [
    field('id', 'String', { isId: true, hasDefaultValue: true, default: { name: 'nanoid', args: [10] } }),
    field('code', 'String', { hasDefaultValue: true, default: { name: 'nanoid', args: [] } }),
  ]
  const [model] = metadataOf({ datamodel: { models: [{ ...models[0]!, fields }], enums: [] } }, 'sqlite').models
  expect(model!.fields).toMatchObject([{ default: 'nanoid', keyLength: 10 }, { default: 'nanoid' }])
  expect(model!.fields[1]).not.toHaveProperty('keyLength')
})

it('of the same schema writes what it wrote before: where this changes, METADATA_VERSION is to be raised', () => {
  const made = (name: string, ...args: unknown[]) => ({
    isRequired: false,
    hasDefaultValue: true,
    default: { name, args },
  })
  const fields = [
    field('id', 'BigInt', { isId: true, hasDefaultValue: true, default: { name: 'autoincrement', args: [] } }),
    field('a', 'String', { isUnique: true, dbName: 'A', nativeType: ['VarChar', ['20']] }),
    field('b', 'String', made('uuid')),
    field('c', 'String', made('uuid', 4)),
    field('d', 'String', made('uuid', 7)),
    field('e', 'String', made('cuid', 2)),
    field('f', 'String', made('nanoid', 10)),
    field('g', 'Kind', { kind: 'enum', isList: true, hasDefaultValue: true, default: ['X'] }),
    field('h', 'DateTime', { isUpdatedAt: true }),
    field('of', 'Other', { kind: 'object', relationName: 'r', relationFromFields: ['a'], relationToFields: ['id'] }),
  ]
  const all = [{ name: 'M', dbName: 'm', schema: 's', fields, primaryKey: null, uniqueFields: [['b', 'c']] }]
  const enums = [{ name: 'Kind', values: [{ name: 'X', dbName: 'x' }, { name: 'Y' }] }]
  const row = (name: string, type: string, value: string | null, more: object = {}) => ({
    ...{ name, column: name, type, enum: false, list: false, required: value === null, default: value },
    ...{ updatedAt: false, native: null },
    ...more,
  })
  const model = {
    ...{ name: 'M', table: 'm', schema: 's', primaryKey: ['id'], uniques: [['a'], ['b', 'c']] },
    fields: [
      row('id', 'BigInt', 'autoincrement', { required: true }),
      row('a', 'String', null, { column: 'A', native: ['VarChar', '20'] }),
      row('b', 'String', 'uuid'),
      row('c', 'String', 'uuid'),
      row('d', 'String', 'uuid7'),
      row('e', 'String', 'cuid2'),
      row('f', 'String', 'nanoid', { keyLength: 10 }),
      row('g', 'Kind', 'value', { enum: true, list: true, required: true }),
      row('h', 'DateTime', null, { updatedAt: true }),
    ],
    relations: [{ name: 'r', field: 'of', model: 'Other', from: ['a'], to: ['id'], list: false }],
  }
  expect(metadataOf({ datamodel: { models: all, enums } }, 'sqlite')).toEqual({
    ...{ version: 2, provider: 'sqlite', models: [model] },
    enums: [{ name: 'Kind', values: { X: 'x', Y: 'Y' } }],
  })
})

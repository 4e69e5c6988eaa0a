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

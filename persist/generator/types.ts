import { LEDGER } from '../ledger/tables.ts'
import type { Field, Metadata } from '../mapping/index.ts'

const TYPES: Readonly<Record<string, string>> = {
  String: 'string',
  Int: 'number',
  BigInt: 'bigint | number',
  Float: 'number',
  Decimal: 'number',
  Boolean: 'boolean',
  DateTime: 'Date',
  Json: 'unknown',
  Bytes: 'never',
}

/** Declarations that make `to('…')` complete the schema's own names. */
export function typesOf({ models, enums }: Metadata): string {
  const enumTypes = new Map(
    enums.map(({ name, values }) => [
      name,
      Object.keys(values)
        .map((value) => `'${value}'`)
        .join(' | '),
    ]),
  )
  const ledger = new Set<string>(Object.values(LEDGER).map(({ table }) => table))
  const own = models.filter(({ table }) => !ledger.has(table))
  const lines = own.map(({ name, fields }) => {
    const members = fields.map((field) => `      ${field.name}: ${typeOf(field, enumTypes)}`)
    return `    ${name}: {\n${members.join('\n')}\n    }`
  })
  return [
    '// Made by `prisma generate` (generator mingle): it is written anew each time.',
    "import 'mingle'",
    '',
    "declare module 'mingle' {",
    '  interface MappedModels {',
    ...lines,
    '  }',
    '}',
    '',
  ].join('\n')
}

function typeOf(field: Field, enums: ReadonlyMap<string, string>): string {
  const type = (field.enum ? enums.get(field.type) : TYPES[field.type]) ?? 'unknown'
  const one = field.list ? `readonly (${type})[]` : type
  return field.required ? one : `${one} | null`
}

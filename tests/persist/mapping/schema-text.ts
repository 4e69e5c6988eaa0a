import { type Field, METADATA_VERSION, type Metadata, type Model, SEED_JOBS } from '../../../persist/index.ts'
import { LEDGER } from '../../../persist/ledger/tables.ts'

/** A field in few words: `String`, `String?`, `Int @id auto`, `Sex = enum`, `String[24]` for a length, `→User.id` for a foreign key. */
export type Words = Readonly<Record<string, string>>

/**
 * Metadata from few words a field: a type; `?` optional; `id`, `unique`; `auto`, `uuid`, `cuid`, `now`, `value` (defaults);
 * `enum`; `VarChar(24)` and other native types; `>User.id` for a foreign key.
 */
export function schema(
  models: Readonly<Record<string, Words>>,
  options: {
    enums?: Record<string, string[]>
    uniques?: Record<string, string[][]>
    keys?: Record<string, string[]>
    ledger?: boolean
  } = {},
): Metadata {
  return {
    version: METADATA_VERSION,
    provider: 'sqlite',
    models: [
      ...Object.entries(models).map(([name, words]) =>
        model(name, words, options.keys?.[name], options.uniques?.[name] ?? []),
      ),
      ...(options.ledger === false
        ? []
        : [...Object.values(LEDGER), SEED_JOBS].map((shape) =>
            model(
              shape.table,
              Object.fromEntries(Object.keys(shape.columns).map((column) => [column, 'Int'])),
              ['id'],
              [],
            ),
          )),
    ],
    enums: Object.entries(options.enums ?? {}).map(([name, values]) => ({
      name,
      values: Object.fromEntries(values.map((value) => [value, value])),
    })),
  }
}

function model(name: string, words: Words, key: readonly string[] | undefined, uniques: readonly string[][]): Model {
  const fields = Object.entries(words)
  const flagged = (flag: string) => fields.filter(([, text]) => text.split(' ').includes(flag)).map(([field]) => field)
  return {
    name,
    table: name,
    schema: null,
    fields: fields.map(([field, text]) => fieldOf(field, text)),
    relations: fields.flatMap(([field, text]) => {
      const [, to, by] = />(\w+)\.(\w+)/.exec(text) ?? []
      return to ? [{ name: `${name}${to}`, field: `${field}_`, model: to, from: [field], to: [by!], list: false }] : []
    }),
    primaryKey: key ?? flagged('id'),
    uniques: [...flagged('unique').map((field) => [field]), ...uniques],
  }
}

function fieldOf(name: string, text: string): Field {
  const [type = 'String', ...flags] = text.split(' ')
  const native = flags.map((flag) => /^([A-Z]\w*)(?:\(([\d,]+)\))?$/.exec(flag)).find(Boolean)
  const defaults: Record<string, string> = {
    auto: 'autoincrement',
    uuid: 'uuid',
    cuid: 'cuid',
    nanoid: 'nanoid',
    now: 'now',
    value: 'value',
  }
  return {
    name,
    column: name,
    type: type.replace(/[?]$/, ''),
    enum: flags.includes('enum'),
    list: flags.includes('list'),
    required: !type.endsWith('?'),
    default: flags.map((flag) => defaults[flag]).find(Boolean) ?? null,
    updatedAt: flags.includes('updatedAt'),
    native: native ? [native[1]!, ...(native[2]?.split(',') ?? [])] : null,
  }
}

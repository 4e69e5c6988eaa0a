import { describe, expect, it } from 'vitest'
import { planMapping, to } from '../../../../persist/index.ts'
import { type Dialect, quoted, type SqlBackend, tableOf } from '../../../../persist/mapping/sql/sql.ts'
import { merged } from '../../../../persist/mapping/write/folds.ts'
import { insertRows, updateRows } from '../../../../persist/mapping/write/statements.ts'
import { schema } from '../schema-text.ts'

interface Sent {
  readonly sql: string
  readonly values: readonly unknown[]
  readonly again: string | undefined
}

/** A backend that remembers what it was told to carry out. */
function listening(dialect: Dialect): { backend: SqlBackend; sent: Sent[] } {
  const sent: Sent[] = []
  const execute = async (sql: string, values: readonly unknown[] = [], again?: string) => {
    sent.push({ sql, values, again })
  }
  return { backend: { dialect, execute } as unknown as SqlBackend, sent }
}

const KEYS = { id: 'Bytes id Binary(16)', at: 'DateTime', born: 'DateTime? Date', name: 'String?' }
const planFor = (provider: Dialect) =>
  planMapping(
    { schema: '.', map: { user: to('User', { id: 'id', created_at: 'at', birthdate: 'born', display_name: 'name' }) } },
    { ...schema({ User: { ...KEYS, ...(provider !== 'mysql' && { id: 'Bytes id' }) } }), provider },
  )
/** Two people in a batch, and the columns that take them. */
function peopleFor(provider: Dialect) {
  const { columns, shape } = planFor(provider).targets[0]!
  const batch = {
    shape: { ...shape, schema: 'crm' },
    rows: 2,
    columns: {
      id: ['00'.repeat(16), 'ff'.repeat(16)],
      at: Float64Array.of(0, Number.NaN),
      born: ['1990-01-02', null],
      name: ["O'Brien", null],
    },
  }
  return { columns, batch }
}

describe('statements', () => {
  it('of MySQL: backticks, the database before the table, bytes as digits, times without zone', async () => {
    const { backend, sent } = listening('mysql')
    const { columns, batch } = peopleFor('mysql')
    await insertRows(backend, batch, columns, { action: 'error' })
    expect(sent[0]!.sql).toBe(
      'INSERT INTO `crm`.`User` (`id`, `at`, `born`, `name`) VALUES (unhex(?), ?, ?, ?), (unhex(?), ?, ?, ?)',
    )
    expect(sent[0]!.values).toEqual([
      ...['00'.repeat(16), '1970-01-01 00:00:00.000', '1990-01-02', "O'Brien"],
      ...['ff'.repeat(16), null, null, null],
    ])
    // Given again when the connection broke: what was carried out stays as it is, and nothing else passes.
    expect(sent[0]!.again).toBe(`${sent[0]!.sql} ON DUPLICATE KEY UPDATE \`id\` = \`id\``)
    expect(quoted('a`b', 'mysql')).toBe('`a``b`')
    expect(tableOf({ table: 'a"b', schema: 's' }, 'postgresql')).toBe('"s"."a""b"')
  })

  it.each([
    ['sqlite', 'INSERT INTO "crm"."User" ("id", "at", "born", "name") VALUES (unhex(?), ?, ?, ?)'],
    [
      'postgresql',
      'INSERT INTO "crm"."User" ("id", "at", "born", "name") OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4)',
    ],
  ] as const)('of %s, row by row when that is asked for', async (dialect, sql) => {
    const { backend, sent } = listening(dialect)
    const { columns, batch } = peopleFor(dialect)
    const update = { action: 'update', unique: ['id'], set: ['name', 'at'] } as const
    await insertRows(backend, batch, columns, update, 1)
    expect(sent).toHaveLength(2)
    expect(sent[0]!.sql).toBe(`${sql} ON CONFLICT ("id") DO UPDATE SET "name" = excluded."name", "at" = excluded."at"`)
    expect(sent[0]!.values.slice(1)).toEqual([
      '1970-01-01T00:00:00.000+00:00',
      dialect === 'sqlite' ? '1990-01-02T00:00:00.000+00:00' : '1990-01-02',
      "O'Brien",
    ])
    await insertRows(backend, batch, columns, { ...update, set: [] })
    expect(sent[2]!.sql).toMatch(/ON CONFLICT \("id"\) DO NOTHING$/)
  })

  it('that change rows take a CASE for each column, whose last word is the column itself', async () => {
    const { backend, sent } = listening('postgresql')
    const { columns, batch } = peopleFor('postgresql')
    const named = (...names: string[]) => columns.filter(({ field }) => names.includes(field.name))
    await updateRows(backend, batch, named('id'), named('name'))
    expect(sent[0]!.sql).toBe(
      'UPDATE "crm"."User" SET "name" = CASE WHEN "id" = $1 THEN $2 WHEN "id" = $3 THEN $4 ELSE "name" END WHERE "id" = $5 OR "id" = $6',
    )
  })
})

it('several facts of one row become one: what is kept is the first one’s, the rest the last one’s', () => {
  const { batch } = peopleFor('mysql')
  const target = { ...planFor('mysql').targets[0]!, verb: 'fold', unique: ['id'] } as const
  const values = {
    id: ['a', 'b', 'a'],
    at: Float64Array.of(1, 2, 3),
    born: ['1990-01-01', null, '1990-01-03'],
    name: ['one', 'two', 'three'],
  }
  const rows = { ...batch, rows: 3, columns: values }
  const { batch: one } = merged({ target, batch: rows, full: rows, index: null }, new Set(['id', 'name']))
  expect(one.rows).toBe(2)
  expect(one.columns).toEqual({
    id: ['a', 'b'],
    at: Float64Array.of(3, 2),
    born: ['1990-01-03', null],
    name: ['one', 'two'],
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkPlan, planMapping, rows, to } from '../../../../persist/index.ts'
import { valuesOf } from '../../../../persist/mapping/rows/values.ts'
import { ask, attached, verdict } from '../attached.ts'
import { schema } from '../schema-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-exact-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const USER = { id: 'Int id auto', email: 'String unique' }

/** What a column of some type keeps of a value that a function makes. */
function kept(words: string, value: unknown, provider = 'sqlite', enums: Record<string, string[]> = {}) {
  const metadata = { ...schema({ User: { ...USER, field: words } }, { enums }), provider: provider as 'sqlite' }
  const plan = planMapping(
    { schema: '.', map: { user: to('User', { id: 'id', email: 'email' }, { set: { field: () => value } }) } },
    metadata,
  )
  const column = plan.targets[0]!.all.find(({ field }) => field.name === 'field')!
  return valuesOf(column, 1, () => value)[0]
}

describe('a value that a mapping gives is kept as it is', () => {
  it.each([
    ['Int', 5, 5],
    ['Int', -2147483648, -2147483648],
    ['Int', '5', 5],
    ['Int?', null, Number.NaN],
    ['BigInt', 9007199254740991n, 9007199254740991],
    ['BigInt', 0n, 0],
    ['Boolean', true, 1],
    ['Boolean', 0, 0],
    ['Float', 1.5, 1.5],
    ['Float Real', 0.1, Math.fround(0.1)],
    ['Decimal Decimal(8,2)', '1234.50', 1234.5],
    ['DateTime', new Date('2024-05-06T07:08:09.123Z'), Date.UTC(2024, 4, 6, 7, 8, 9, 123)],
    ['DateTime', '2024-05-06T07:08:09Z', Date.UTC(2024, 4, 6, 7, 8, 9)],
    ['DateTime', '2024-05-06 07:08', Date.UTC(2024, 4, 6, 7, 8)],
    ['DateTime', '2024-05-06T07:08:09+02:00', Date.UTC(2024, 4, 6, 5, 8, 9)],
    ['DateTime Date', '2024-02-29', '2024-02-29'],
    ['DateTime Date', new Date('2024-02-29T23:00:00Z'), '2024-02-29'],
    ['String', "a 'b' \\ \n é 😀", "a 'b' \\ \n é 😀"],
    ['String', 12, '12'],
    ['String VarChar(2)', '😀é', '😀é'],
    ['Json', { a: [1, null] }, '{"a":[1,null]}'],
    ['Json', '{"a":1}', '{"a":1}'],
    ['Json', 'null', 'null'],
    ['Bytes', new Uint8Array([1, 2, 255]), '0102ff'],
    ['Bytes', Buffer.alloc(0), ''],
  ])('%s: %o', (words, value, expected) => {
    expect(kept(words, value)).toEqual(expected)
  })

  it('PostgreSQL spells bytes its own way', () => {
    expect(kept('Bytes', new Uint8Array([1, 2, 255]), 'postgresql')).toBe('\\x0102ff')
  })
})

describe('or refused, with fact, model, field and value', () => {
  it.each([
    ['Int', 1.5, /^user → User\.field \(Int\) cannot hold 1\.5: expected a whole number$/],
    ['Int', Number.NaN, /cannot hold NaN: expected a whole number/],
    ['Int', '', /cannot hold ""/],
    ['Int', '1e3', /cannot hold "1e3"/],
    ['Int', true, /cannot hold true/],
    ['Int', [5], /cannot hold \[5\]/],
    ['Int', 2147483648, /cannot hold 2147483648: expected a number from -2147483648 to 2147483647/],
    ['Int SmallInt', 40000, /\(Int @db\.SmallInt\) cannot hold 40000: expected a number from -32768 to 32767/],
    ['Int UnsignedTinyInt', -1, /from 0 to 255/],
    ['Int', null, /cannot hold null: expected a value, since it is required/],
    ['BigInt', 9007199254740993n, /cannot hold 9007199254740993n: expected a whole number below 2\^53/],
    ['BigInt', 2n ** 80n, /below 2\^53/],
    ['Boolean', 'yes', /\(Boolean\) cannot hold "yes": expected true or false/],
    ['Boolean', 2, /expected true or false/],
    ['Float', Number.POSITIVE_INFINITY, /cannot hold Infinity: expected a number/],
    ['Decimal Decimal(8,2)', 1_000_000, /cannot hold 1000000: expected a number from -999999.99 to 999999.99/],
    ['Decimal', '0.12345678901234567890', /at most 15 digits/],
    ['DateTime', 'yesterday', /cannot hold "yesterday": expected a Date/],
    ['DateTime', new Date(Number.NaN), /an invalid Date/],
    ['DateTime', new Date('-000001-01-01T00:00:00Z'), /expected a year from 1 to 9999/],
    ['DateTime', new Date('+010000-01-01T00:00:00Z'), /expected a year from 1 to 9999/],
    ['DateTime Date', '2023-02-29', /cannot hold "2023-02-29": expected a day of the calendar/],
    ['String', 'a\0b', /text without NUL/],
    ['String', 'half \uD83D', /whole characters/],
    ['String', { a: 1 }, /cannot hold {"a":1}: expected a text/],
    ['String', new Uint8Array(3), /cannot hold 3 bytes: expected a text/],
    ['String VarChar(3)', 'four', /at most 3 characters; { truncate: \['field'\] } cuts it/],
    ['String Uuid', 'no uuid', /expected a uuid/],
    ['Json', '{broken', /cannot hold "{broken": expected an object or a list/],
    ['Json', 5n, /what JSON.stringify takes/],
    ['Json', { a: 'x\0y' }, /NUL/],
    ['Bytes', '1,2,255', /expected bytes/],
    ['Sex enum', 'x', /\(enum Sex\) cannot hold "x": expected one of woman, man/],
  ])('%s: %o', (words, value, message) => {
    expect(() => kept(words, value, 'sqlite', { Sex: ['woman', 'man'] })).toThrow(message)
    expect(() => kept(words, value, 'sqlite', { Sex: ['woman', 'man'] })).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT' }),
    )
  })

  it('lists too', () => {
    expect(kept('Int list', [1, 2], 'postgresql')).toBe('{1,2}')
    expect(() => kept('Int list', [1, 2.5], 'postgresql')).toThrow(/\(Int\[\]\) cannot hold 2\.5/)
  })

  it('by check, where it is a constant or a word', () => {
    const metadata = schema({ User: { ...USER, size: 'Int', sex: 'Int', raw: 'Bytes' } })
    const map = {
      user: to(
        'User',
        { id: 'id', email: 'email', gender: { field: 'sex', values: { woman: 1, man: 2, nonbinary: 2.5 } } },
        { set: { size: 1.5, raw: 'text' } },
      ),
    }
    const plan = planMapping({ schema: '.', map }, metadata)
    expect(checkPlan(plan).map(({ field, message }) => [field, message])).toEqual([
      ['sex', 'the field cannot hold 2.5: expected a whole number'],
      ['size', 'the field cannot hold 1.5: expected a whole number'],
      ['raw', 'the field cannot hold "text": expected bytes: a Uint8Array or a Buffer'],
    ])
  })
})

describe('a function that does not depend on the row alone', () => {
  let counter = 0
  const metadata = schema({
    User: { ...USER, field: 'Float' },
    Post: { id: 'Int id auto', by: 'Int >User.id', n: 'Int' },
  })
  const of = (make: (row: { email: string }) => number) =>
    planMapping(
      { schema: '.', map: { user: to('User', { id: 'id', email: 'email' }, { set: { field: make } }) } },
      metadata,
    )

  it.each([
    ['Math.random', () => Math.random()],
    ['Date.now', () => Date.now()],
    ['a date', () => new Date().getMilliseconds() + Date.now()],
    ['a counter', () => counter++],
  ])('is named by check: %s', (_, make) => {
    expect(checkPlan(of(make))[0]).toMatchObject({ code: 'impure function', model: 'User', field: 'field' })
  })

  it('is none where the clock and chance do not show', () => {
    expect(checkPlan(of(({ email }) => email.length + 0 * Math.random() * Date.now()))).toEqual([])
    expect(checkPlan(of(() => new Date(5).getTime()))).toEqual([])
    const made = rows('Post', ['by', 'n'], () => [{ by: 1, n: counter++ }])
    const plan = planMapping(
      { schema: '.', map: { user: to('User', { id: 'id', email: 'email' }), post: made } },
      metadata,
    )
    expect(checkPlan(plan).map(({ code }) => code)).toContain('impure function')
  })

  it('is refused in a run where made-up rows did not show it', async () => {
    const map = {
      user: to(
        'User',
        { id: 'id', email: 'email' },
        {
          set: { field: ({ email }: { email: string }) => (email.includes('@') ? Math.random() : 0) },
        },
      ),
    }
    await expect(attached(join(folder, 'impure.db'), metadata, map)).rejects.toThrow(
      /User\.field: the function makes different values/,
    )
    expect(ask(join(folder, 'impure.db'), 'SELECT count(*) AS n FROM User')).toEqual([{ n: 0 }])
  })
})

it.each([false, true])('bytes are bytes in SQLite, written gently: %s', async (gently) => {
  const metadata = schema({ User: { ...USER, raw: 'Bytes', none: 'Bytes?' } })
  const map = {
    user: to(
      'User',
      { id: 'id', email: 'email' },
      {
        set: { raw: ({ email }: { email: string }) => new TextEncoder().encode(email), none: null },
      },
    ),
  }
  const site = await attached(join(folder, `bytes-${gently}.db`), metadata, map, { gently })
  expect((await verdict(site)).difference).toBeNull()
  expect(
    ask(
      site.file,
      "SELECT count(*) AS n FROM User WHERE typeof(raw) = 'blob' AND raw = CAST(email AS BLOB) AND none IS NULL",
    ),
  ).toEqual([{ n: 60 }])
})

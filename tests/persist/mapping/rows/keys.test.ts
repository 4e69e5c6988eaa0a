import { describe, expect, it } from 'vitest'
import type { RuleForm } from '../../../../persist/mapping/plan/plan.ts'
import { TextKeys } from '../../../../persist/mapping/rows/keys.ts'

const FORMS = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  uuid7: /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  cuid: /^c[0-9a-z]{24}$/,
  cuid2: /^[a-z][0-9a-z]{23}$/,
  ulid: /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/,
  nanoid: /^[A-Za-z0-9_-]{21}$/,
} as const

describe.each(Object.keys(FORMS) as (keyof typeof FORMS)[])('%s', (form) => {
  it('has its form, and no two rows share one', () => {
    const keys = new TextKeys({ form }, 'seed', 'users')
    const made = new Set<string>()
    for (let id = 1; id <= 20_000; id++) made.add(keys.key(id))
    for (let second = 1; second <= 5000; second++) made.add(keys.key(7, second))
    expect(made.size).toBe(25_000)
    for (const key of [...made].slice(0, 500)) expect(key).toMatch(FORMS[form])
  })

  it('follows from seed, table and number alone', () => {
    const one = new TextKeys({ form }, 'seed', 'users')
    const first = one.key(3)
    // The same place among the keys that are kept.
    one.key(3 + (1 << 14))
    expect(one.key(3)).toBe(first)
    expect(new TextKeys({ form }, 'seed', 'users').key(3)).toBe(first)
    expect(new TextKeys({ form }, 'other', 'users').key(3)).not.toBe(first)
    expect(new TextKeys({ form }, 'seed', 'posts').key(3)).not.toBe(first)
    expect(one.key(2 ** 40)).not.toBe(one.key(0))
  })
})

it.each(['uuid7', 'cuid', 'ulid'] as const)(
  'keys of %s ascend with the number of their row, and lie before those made today',
  (form) => {
    const keys = new TextKeys({ form }, 'seed', 'posts')
    const ids = [1, 2, 31, 32, 33, 1000, 65_535, 65_536, 2 ** 31, 2 ** 32 + 5, 2 ** 39]
    const made = ids.map((id) => keys.key(id))
    expect(made.toSorted()).toEqual(made)
    const now = Date.UTC(2026, 0, 1)
    const today = {
      uuid7: now.toString(16).padStart(12, '0').replace(/^.{8}/, '$&-'),
      cuid: `c${now.toString(36)}`,
      ulid: now
        .toString(32)
        .padStart(10, '0')
        .toUpperCase()
        .replaceAll(/[I-V]/g, (letter) => 'JKMNPQRSTVWXYZ'[letter.charCodeAt(0) - 73]!),
    }
    expect(made.at(-1)! < today[form]).toBe(true)
  },
)

// Where one of these must change, its form is raised in MADE of fingerprint.ts: runs with the earlier keys are then refused, not lost.
it('keys of a version do not change by accident', () => {
  const shapes = [...Object.keys(FORMS), 'hex'].map((form) => ({ form: form as RuleForm, length: undefined }))
  const made = [...shapes, { form: 'nanoid' as const, length: 30 }].map((shape) => {
    const keys = new TextKeys(shape, 'seed', 'users')
    return `${shape.form}${shape.length ?? ''}: ${keys.key(1)} ${keys.key(2 ** 40, 3)}`
  })
  expect(made).toMatchInlineSnapshot(`
    [
      "uuid: aa94eda8-c554-87be-9d17-98f3aba69194 4f734251-2501-8136-90c0-aa7a1bea34b4",
      "uuid7: 00dc6acf-ac01-77be-9d17-98f3aba69194 01dc6acf-ac00-7136-90c0-aa7a1bea34b4",
      "cuid: cc2wfoqo1026wbb2rn2riruef cq40ciscg5ntl1mqrtm9a2u4c",
      "cuid2: q26wbb2rn2riruefcp0hjkmb hntl1mqrtm9a2u4cn4sm0uq7",
      "ulid: 00VHNCZB01EYZDT5WRYENTD4CM 01VHNCZB00A4V11G5AF8DYMD5M",
      "nanoid: 7oOOF83SxjGZq05fWl8UL jPDyKWHLuaI90d4202jV3",
      "hex: aa94eda8c55487be9d1798f3aba69194 4f7342512501813690c0aa7a1bea34b4",
      "nanoid30: 7oOOF83SxjGZq05fWl8UL_xFD4uHbs jPDyKWHLuaI90d4202jV3jadnjrfCW",
    ]
  `)
})

describe('nanoid of another length', () => {
  it.each([2, 6, 10, 20, 22, 64, 255])('%i characters', (length) => {
    const keys = new TextKeys({ form: 'nanoid', length }, 'seed', 'users')
    const made = Array.from({ length: 300 }, (_, id) => keys.key(id))
    for (const key of made) expect(key).toMatch(new RegExp(`^[A-Za-z0-9_-]{${length}}$`))
    if (length >= 6) expect(new Set(made).size).toBe(300)
    expect(keys.key(7)).toBe(new TextKeys({ form: 'nanoid', length }, 'seed', 'users').key(7))
    // Every place takes every letter.
    for (const place of [0, length - 1]) expect(new Set(made.map((key) => key[place])).size).toBeGreaterThan(50)
  })
})

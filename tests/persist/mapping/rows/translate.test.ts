import { describe, expect, it } from 'vitest'
import { as, find, type MingleConfig, planMapping, rows, type Target, to } from '../../../../persist/index.ts'
import type { KeyRule } from '../../../../persist/mapping/plan/plan.ts'
import { NO_NAMES } from '../../../../persist/mapping/rows/source-rows.ts'
import { type Resolved, Translator } from '../../../../persist/mapping/rows/translate.ts'
import { rowsOf } from '../../../../persist/memory/memory-backend.ts'
import { TABLES } from '../../../../persist/rows/tables.ts'
import { schema, type Words } from '../schema-text.ts'

const USER = { id: 'Int id auto', email: 'String unique' }
const LIKES = {
  shape: TABLES.likes,
  rows: 3,
  columns: {
    id: Float64Array.of(11, 12, 13),
    from_user_id: Float64Array.of(1, 2, 3),
    to_user_id: Float64Array.of(2, 1, 1),
    action: ['LIKE', 'LIKE', 'DISLIKE'],
    created_at: Float64Array.of(1_700_000_000_123, 1_700_000_000_456, 1_700_000_000_789),
  },
}

/** What the three likes become. */
function likes(
  models: Record<string, Words>,
  like: MingleConfig['map']['like'],
  options: Parameters<typeof schema>[1] = {},
  finds: Record<string, Record<string, number>> = {},
  translator = Translator,
) {
  const user = to('User', { id: 'id', email: 'email' })
  const plan = planMapping({ schema: '.', map: { user, like: like! } }, schema({ User: USER, ...models }, options))
  expect(plan.problems).toEqual([])
  const resolved: Resolved = {
    tables: new Map(),
    finds: new Map(
      plan.targets.flatMap(({ all }) =>
        all.flatMap(({ producer }) =>
          producer.from === 'find'
            ? [[producer.find, new Map(Object.entries(finds[producer.find.model.name]!))] as const]
            : [],
        ),
      ),
    ),
    names: { ...NO_NAMES, interests: new Map(), quizzes: new Map() },
  }
  return new translator(plan, 'seed', resolved)
    .translate([LIKES])
    .get(LIKES)!
    .map(({ full }) => rowsOf(full))
}

const SWIPE = { id: 'Int id auto', by: 'Int >User.id', of: 'Int >User.id' }
const pair = { from_user_id: 'by', to_user_id: 'of' }

describe('a fact becomes', () => {
  it('a row with other words for its values', () => {
    const [made] = likes(
      { Swipe: { ...SWIPE, right: 'Boolean' } },
      to('Swipe', { ...pair, action: as('right', { LIKE: true, DISLIKE: false }) }),
    )
    expect(made).toEqual([
      { id: 11, by: 1, of: 2, right: 1 },
      { id: 12, by: 2, of: 1, right: 1 },
      { id: 13, by: 3, of: 1, right: 0 },
    ])
  })

  it('one row, none, or several, with keys that no two share', () => {
    const target: Target<'like'> = rows(
      'Swipe',
      ['by', 'of'],
      (row) =>
        row.action === 'DISLIKE'
          ? null
          : [
              { by: row.from_user_id, of: row.to_user_id },
              { by: row.to_user_id, of: row.from_user_id },
            ],
      { most: 2 },
    )
    const [made] = likes({ Swipe: SWIPE }, target)
    expect(made).toEqual([
      { id: 22, by: 1, of: 2 },
      { id: 23, by: 2, of: 1 },
      { id: 24, by: 2, of: 1 },
      { id: 25, by: 1, of: 2 },
    ])
  })

  it('no more rows than were announced', () => {
    const target: Target<'like'> = rows('Swipe', ['by', 'of'], (row) =>
      [1, 2].map(() => ({ by: row.from_user_id, of: row.to_user_id })),
    )
    expect(() => likes({ Swipe: SWIPE }, target)).toThrow(/made 2 rows of one; say \{ most: 2 \}/)
  })

  it('rows of two models, or two rows of one: ids take turns unless the facts differ', () => {
    const half = (action: string) => to('Swipe', pair, { where: { action } })
    expect(likes({ Swipe: SWIPE }, [half('LIKE'), half('DISLIKE')]).map((made) => made.map(({ id }) => id))).toEqual([
      [11, 12],
      [13],
    ])
    expect(
      likes({ Swipe: SWIPE }, [to('Swipe', pair), to('Swipe', pair)]).map((made) => made.map(({ id }) => id)),
    ).toEqual([
      [22, 24, 26],
      [23, 25, 27],
    ])
  })

  it('keys as whoever translates makes them', () => {
    class Telling extends Translator {
      override key(rule: KeyRule, id: number): string {
        return `${rule.kind} ${id}`
      }
    }
    const models = {
      User: { id: 'String id cuid', email: 'String unique' },
      Swipe: { id: 'String id cuid', by: 'String >User.id', of: 'String >User.id' },
    }
    const made = (translator: typeof Translator) => likes(models, to('Swipe', pair), {}, {}, translator)[0]!
    expect(made(Telling)[0]).toEqual({ id: 'text 11', by: 'text 1', of: 'text 2' })
    expect(made(Translator)[0]).toMatchObject({
      id: expect.stringMatching(/^c/),
      by: expect.stringMatching(/^c/),
      of: made(Translator)[1]!.by,
    })
  })

  it('a reference to a row that the site has', () => {
    const models = { Kind: { id: 'Int id', slug: 'String unique' }, Swipe: { ...SWIPE, kindId: 'Int? >Kind.id' } }
    const like = (missing: 'skip' | 'null' | 'error') =>
      to('Swipe', { ...pair, action: find('kindId', 'Kind.slug', { LIKE: 'yes' }, missing) })
    const kinds = (missing: 'skip' | 'null' | 'error') =>
      likes(models, like(missing), {}, { Kind: { yes: 5 } })[0]!.map(({ kindId }) => kindId)
    expect(kinds('skip')).toEqual([5, 5])
    expect(kinds('null')).toEqual([5, 5, null])
    expect(() => kinds('error')).toThrow(/Kind has no row with slug 'DISLIKE'/)
  })

  it('times, decimals and texts in the precision that the column keeps', () => {
    const exact = {
      at: 'DateTime Timestamp(0)',
      share: 'Decimal Decimal(5,2)',
      single: 'Float Real',
      word: 'String Char(3)',
    }
    const target: Target<'like'> = to(
      'Swipe',
      { ...pair, created_at: 'at', action: 'word' },
      { set: { share: 1.23456, single: 0.1 }, truncate: ['word'] },
    )
    expect(likes({ Swipe: { ...SWIPE, ...exact } }, target)[0]![2]).toMatchObject({
      at: 1_700_000_000_000,
      share: 1.23,
      single: Math.fround(0.1),
      word: 'DIS',
    })
  })

  it('texts that are cut, but never amid a character', () => {
    const words = ['ab\u{1F382}', 'abc\u{1F382}', 'abcd\u{1F382}']
    const target: Target<'like'> = to('Swipe', pair, {
      set: { word: (row) => words[row.from_user_id - 1]! },
      truncate: ['word'],
    })
    const made = likes({ Swipe: { ...SWIPE, word: 'String VarChar(4)' } }, target)[0]!
    expect(made.map(({ word }) => word)).toEqual(['ab\u{1F382}', 'abc', 'abcd'])
  })

  it('what functions make of it: keys as the models have them, times as dates', () => {
    const target: Target<'like'> = to('Swipe', pair, {
      set: { note: (row) => `${row.from_user_id} ${row.created_at.toISOString()} ${row.side}` },
    })
    expect(likes({ Swipe: { ...SWIPE, note: 'String' } }, target)[0]!.map(({ note }) => note)).toEqual([
      '1 2023-11-14T22:13:20.123Z low',
      '2 2023-11-14T22:13:20.456Z high',
      '3 2023-11-14T22:13:20.789Z high',
    ])
  })
})

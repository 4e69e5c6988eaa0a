import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TableBatch, TableShape } from '../../../persist/index.ts'
import { RowSum, wordsOfHex } from '../../../persist/rows/row-sum.ts'

const SHAPE: TableShape = {
  table: 'rows',
  key: 'id',
  order: ['id'],
  columns: { id: 'id', text: 'text', at: 'time', data: 'json', share: 'float' },
}

interface Row {
  id: number
  text: string | null
  at: number
  data: string
  share: number
}

const row = fc.record({
  id: fc.nat(),
  text: fc.option(fc.string(), { nil: null }),
  at: fc.integer({ min: 0, max: 2 ** 41 }),
  data: fc.json({ maxDepth: 2 }),
  share: fc.double({ noDefaultInfinity: true, noNaN: true }),
})
const rows = fc.array(row, { minLength: 1, maxLength: 20 })

function batch(of: readonly Row[]): TableBatch {
  return {
    shape: SHAPE,
    rows: of.length,
    columns: {
      id: Float64Array.from(of, ({ id }) => id),
      text: of.map(({ text }) => text),
      at: Float64Array.from(of, ({ at }) => at),
      data: of.map(({ data }) => data),
      share: Float64Array.from(of, ({ share }) => share),
    },
  }
}

function sum(of: readonly (readonly Row[])[], group = 'g'): RowSum {
  const result = new RowSum()
  for (const part of of) result.add(batch(part), group)
  return result
}

describe('the sum of rows', () => {
  it('knows no order and no parts', () => {
    fc.assert(
      fc.property(rows, fc.nat(20), (all, cut) => {
        const whole = sum([all]).hex
        expect(sum([[...all].reverse()]).hex).toBe(whole)
        expect(sum([all.slice(cut), all.slice(0, cut)]).hex).toBe(whole)
      }),
    )
  })

  it('adds up from the texts that the ledger keeps', () => {
    fc.assert(
      fc.property(rows, rows, (one, two) => {
        const added = new RowSum()
        for (const part of [one, two]) added.addSum({ words: wordsOfHex(sum([part]).hex), rows: part.length })
        expect(added).toEqual(sum([one, two]))
      }),
    )
  })

  it('differs when a value, a row, or the kind of row does', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (all, which) => {
        const whole = sum([all]).hex
        const at = which % all.length
        const changed = (change: Partial<Row>) => sum([all.map((r, i) => (i === at ? { ...r, ...change } : r))]).hex
        expect(changed({ id: all[at]!.id + 1 })).not.toBe(whole)
        expect(changed({ text: `${all[at]!.text}.` })).not.toBe(whole)
        expect(changed({ at: all[at]!.at + 1 })).not.toBe(whole)
        expect(changed({ data: '{"never":true}' })).not.toBe(whole)
        expect(sum([all.filter((_, i) => i !== at)]).hex).not.toBe(whole)
        expect(sum([[...all, all[at]!]]).hex).not.toBe(whole)
        expect(sum([all], 'h').hex).not.toBe(whole)
      }),
    )
  })

  it('takes an empty text, none, and a zero of either sign for what they are', () => {
    const plain: Row = { id: 1, text: '', at: 1, data: '{"a":1,"b":[2]}', share: 0 }
    expect(sum([[{ ...plain, text: null }]]).hex).not.toBe(sum([[plain]]).hex)
    expect(sum([[{ ...plain, share: -0 }]]).hex).toBe(sum([[plain]]).hex)
    expect(sum([[{ ...plain, data: '{ "b": [2], "a": 1 }' }]]).hex).toBe(sum([[plain]]).hex)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AliasTable, makeRng } from '../../../../sim/kernel/index.ts'

describe('AliasTable', () => {
  it('draws each index as often as its weight says', () => {
    const weights = [1, 0, 5, 2.5, 0.1, 31.4, 10]
    const total = weights.reduce((sum, weight) => sum + weight)
    const draws = 200_000
    const counts = weights.map(() => 0)
    const table = new AliasTable(weights)
    const stream = makeRng('alias')
    for (let i = 0; i < draws; i++) counts[table.draw(stream)]!++
    for (const [i, weight] of weights.entries()) {
      const p = weight / total
      expect(Math.abs(counts[i]! - draws * p)).toBeLessThanOrEqual(5 * Math.sqrt(draws * p * (1 - p)))
    }
  })

  it('never draws a weight of 0, and stays in range', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 0, 1e-9, 1, 3, 1e9), { minLength: 1, maxLength: 40 }), (weights) => {
        fc.pre(weights.some((weight) => weight > 0))
        const table = new AliasTable(weights)
        expect(table.size).toBe(weights.length)
        const stream = makeRng('zero')
        for (let i = 0; i < 200; i++) expect(weights[table.draw(stream)]).toBeGreaterThan(0)
      }),
    )
  })

  it.each([[[]], [[0, 0]], [[1, -1]], [[NaN]], [[Infinity, 1]]])('refuses %j', (weights) => {
    expect(() => new AliasTable(weights)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }) as Error)
  })
})

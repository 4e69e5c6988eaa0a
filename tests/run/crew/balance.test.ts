import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dealMarkets } from '../../../run/crew/balance.ts'

describe('dealMarkets', () => {
  it('gives the largest market its own worker', () => {
    expect(dealMarkets([1, 2, 3, 4], [10, 100, 20, 30], 2)).toEqual([[2], [1, 3, 4]])
  })

  it('deals every market once, to no more workers than there are markets, none far above its share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        (sizes, workers) => {
          const ids = sizes.map((_, i) => i * 3)
          const hands = dealMarkets(ids, sizes, workers)
          expect(hands.length).toBe(Math.min(workers, sizes.length))
          expect(hands.every((hand) => hand.length > 0)).toBe(true)
          expect(hands.flat().sort((a, b) => a - b)).toEqual(ids)
          const loads = hands.map((hand) => hand.reduce((sum, id) => sum + sizes[id / 3]! + 1, 0))
          const total = loads.reduce((a, b) => a + b)
          expect(Math.max(...loads)).toBeLessThanOrEqual(total / hands.length + Math.max(...sizes) + 1)
        },
      ),
    )
  })
})

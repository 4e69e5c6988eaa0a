import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Decisions } from '../../../../sim/index.ts'

/** Two bits a pair up to 8,192 people, sets beyond: the same answers on either side of the border and across it. */
const SIZES = [5, 40, 8192, 8193, 20_000]

describe('Decisions', () => {
  it('agrees with a Map in small and large markets, and keeps everything when the market grows', () => {
    const step = fc.record({ row: fc.nat(4), other: fc.nat(4), action: fc.nat(1), grow: fc.nat(SIZES.length * 8) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const decisions = new Decisions()
        decisions.resize(5)
        const oracle = new Map<string, number>()
        let size = 5
        for (const { row, other, action, grow } of steps) {
          const next = SIZES[grow] ?? 0
          if (next > size) {
            size = next
            decisions.resize(size)
          }
          // Far rows too, once there is room for them.
          const [a, b] = size > 8192 ? [row * 2000, other * 2000] : [row, other]
          expect(decisions.get(a, b)).toBe(oracle.get(`${a}:${b}`) ?? -1)
          const admired = oracle.get(`${b}:${a}`) === 1 && !oracle.has(`${a}:${b}`)
          expect(decisions.isAdmired(a, b)).toBe(admired)
          if (!oracle.has(`${a}:${b}`)) {
            decisions.add(a, b, action)
            oracle.set(`${a}:${b}`, action)
          }
        }
        for (const [pair, action] of oracle) {
          const [a, b] = pair.split(':').map(Number) as [number, number]
          expect(decisions.get(a, b)).toBe(action)
        }
        decisions.forgetLikes()
        for (const pair of oracle.keys()) {
          const [a, b] = pair.split(':').map(Number) as [number, number]
          expect(decisions.get(a, b)).toBe(0)
          expect(decisions.isAdmired(b, a)).toBe(false)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('holds a small market in a quarter of a byte a pair', () => {
    const decisions = new Decisions()
    decisions.resize(3000)
    expect(decisions.bytes).toBeLessThan(3000 * 3000 * 0.33)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latinHypercube, MOST_DIMENSIONS, sobolPoints } from '../../../experiments/statistics/index.ts'
import { makeRng } from '../../../sim/index.ts'
import reference from './reference/scipy.json' with { type: 'json' }

describe('Sobol points', () => {
  it("are those of scipy's unscramble_nd", () => {
    expect(sobolPoints(8, 2)).toEqual([
      [0, 0],
      [0.5, 0.5],
      [0.75, 0.25],
      [0.25, 0.75],
      [0.375, 0.375],
      [0.875, 0.875],
      [0.625, 0.125],
      [0.125, 0.625],
    ])
  })

  it("are those of the table in SALib's tests", () => {
    expect(sobolPoints(10, 3)).toEqual([
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
      [0.625, 0.125, 0.875],
      [0.125, 0.625, 0.375],
      [0.1875, 0.3125, 0.9375],
      [0.6875, 0.8125, 0.4375],
    ])
  })

  it("are scipy's exactly, in 400 dimensions", () => {
    const points = sobolPoints(1024, MOST_DIMENSIONS)
    expect(MOST_DIMENSIONS).toBe(400)
    expect(points.slice(0, 8).map((row) => row.slice(0, 10))).toEqual(reference.sobol.first8x10)
    for (const [j, value] of reference.sobol.row777) expect(points[777]![j!]).toBe(value)
    for (const [j, value] of reference.sobol.row1023) expect(points[1023]![j!]).toBe(value)
  })

  it('refuse what there is not', () => {
    expect(() => sobolPoints(4, 401)).toThrow('give 1 to 400')
    expect(() => sobolPoints(-1, 2)).toThrow('give a whole number')
    expect(sobolPoints(0, 2)).toEqual([])
  })
})

describe('a Latin hypercube', () => {
  it('has one point in every stratum, exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 8 }), fc.string(), (n, d, seed) => {
        const points = latinHypercube(n, d, makeRng(seed))
        for (let j = 0; j < d; j++) {
          const strata = points.map((point) => Math.floor(point[j]! * n)).sort((a, b) => a - b)
          expect(strata).toEqual(Array.from({ length: n }, (_, i) => i))
        }
      }),
      { numRuns: 50 },
    )
  })
})

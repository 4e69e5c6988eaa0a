import { describe, expect, it } from 'vitest'
import {
  morrisEffects,
  morrisTrajectories,
  saltelliPoints,
  sobolIndices,
} from '../../../experiments/statistics/index.ts'
import { makeRng } from '../../../sim/index.ts'

/** Ishigami and Homma 1990, a = 7, b = 0.1, of numbers in 0–1. */
function ishigami(point: readonly number[]): number {
  const [x, y, z] = point.map((value) => (2 * value - 1) * Math.PI)
  return Math.sin(x!) + 7 * Math.sin(y!) ** 2 + 0.1 * z! ** 4 * Math.sin(x!)
}

const G = [78, 12, 0.5, 2, 97, 33]
function sobolG(point: readonly number[]): number {
  return point.reduce((product, x, i) => product * ((Math.abs(4 * x - 2) + G[i]!) / (1 + G[i]!)), 1)
}

function indicesOf(f: (point: readonly number[]) => number, factors: number, base: number) {
  return sobolIndices(saltelliPoints(base, factors).map(f), factors, makeRng('bootstrap'), 200)
}

describe('Sobol indices', () => {
  it('of the Ishigami function', () => {
    const { first, total } = indicesOf(ishigami, 3, 8192)
    for (const [i, truth] of [0.3139, 0.4424, 0].entries()) expect(first[i]!.value).toBeCloseTo(truth, 1.9)
    for (const [i, truth] of [0.5576, 0.4424, 0.2437].entries()) expect(total[i]!.value).toBeCloseTo(truth, 1.9)
    for (const each of [...first, ...total]) expect(each.high - each.low).toBeLessThan(0.08)
    expect(first[2]!.low).toBeLessThan(0)
    expect(first[2]!.high).toBeGreaterThan(0)
  })

  it("of Sobol's G", () => {
    const { first, total } = indicesOf(sobolG, 6, 4096)
    const parts = G.map((a) => 1 / (3 * (1 + a) ** 2))
    const variance = parts.reduce((product, part) => product * (1 + part), 1) - 1
    for (const [i, part] of parts.entries()) {
      const others = parts.reduce((product, each, j) => (i === j ? product : product * (1 + each)), 1)
      expect(first[i]!.value).toBeCloseTo(part / variance, 1.9)
      expect(total[i]!.value).toBeCloseTo((part * others) / variance, 1.9)
    }
  })

  it('of a constant are all 0, with intervals of 0', () => {
    const { first, total } = indicesOf(() => 4, 3, 16)
    for (const each of [...first, ...total]) expect(each).toEqual({ value: 0, low: 0, high: 0 })
  })

  it('of a factor that does nothing are 0, and rows that failed are left out', () => {
    const results = saltelliPoints(64, 3).map((point, i) => (i === 7 ? Number.NaN : point[0]! + point[1]!))
    const { first, total } = sobolIndices(results, 3, makeRng('x'), 50)
    expect(first[2]).toEqual({ value: 0, low: 0, high: 0 })
    expect(total[2]).toEqual({ value: 0, low: 0, high: 0 })
    expect(total[0]!.value).toBeCloseTo(0.5, 1)
  })

  it('have intervals that cover', () => {
    // 40 designs that differ by a shift of the cube: about 38 of the intervals of one index hold the truth.
    let held = 0
    for (let shift = 0; shift < 40; shift++) {
      const stream = makeRng(`shift ${shift}`)
      const by = [0, 1, 2].map(() => stream.next())
      const points = saltelliPoints(128, 3).map((point) => point.map((x, i) => (x + by[i]!) % 1))
      const { total } = sobolIndices(points.map(ishigami), 3, stream, 100)
      if (total[1]!.low <= 0.4424 && 0.4424 <= total[1]!.high) held++
    }
    expect(held).toBeGreaterThanOrEqual(34)
  })
})

describe('Morris', () => {
  it("gives Saltelli 2008's example", () => {
    const third = (...numbers: number[]) => numbers.map((number) => number / 3)
    const walks = [
      [third(0, 1), third(0, 3), third(2, 3)],
      [third(0, 1), third(2, 1), third(2, 3)],
      [third(2, 0), third(2, 2), third(0, 2)],
      [third(1, 3), third(3, 3), third(3, 1)],
      [third(1, 3), third(1, 1), third(3, 1)],
      [third(1, 2), third(1, 0), third(3, 0)],
    ]
    const results = [
      [0.97, 0.71, 2.39],
      [0.97, 2.3, 2.39],
      [1.87, 2.4, 0.87],
      [2.15, 1.71, 1.54],
      [2.15, 2.17, 1.54],
      [2.2, 1.87, 1],
    ]
    const trajectories = walks.map((points) => ({
      points,
      moved: [1, 2].map((step) => {
        const group = points[step]![0] === points[step - 1]![0] ? 1 : 0
        return { group, by: points[step]![group]! - points[step - 1]![group]! }
      }),
    }))
    const [x, y] = morrisEffects(trajectories, results)
    // The book rounds the first mean from 0.65 to 0.66.
    expect(x!.mu).toBeCloseTo(0.65, 2)
    expect(y!.mu).toBeCloseTo(0.21, 2)
    expect(x!.muStar).toBeCloseTo(1.62, 2)
    expect(y!.muStar).toBeCloseTo(0.35, 2)
    expect(x!.sigma).toBeCloseTo(1.79, 2)
    expect(y!.sigma).toBeCloseTo(0.41, 2)
  })

  it('walks one factor at a time on a grid of four levels, and screens the Ishigami function', () => {
    const trajectories = morrisTrajectories([0, 1, 2], 2000, makeRng('walk'))
    for (const { points, moved } of trajectories.slice(0, 50)) {
      expect(moved.map(({ group }) => group).sort()).toEqual([0, 1, 2])
      for (const value of points.flat()) expect([0, 1, 2, 3]).toContain(Math.round(value * 3 * 1e9) / 1e9)
      for (const [step, { group, by }] of moved.entries()) {
        const change = points[step + 1]!.map((value, i) => value - points[step]![i]!)
        expect(change.filter((each) => Math.abs(each) > 1e-12)).toHaveLength(1)
        expect(change[group]).toBeCloseTo(by, 12)
      }
    }
    const [x, y, z] = morrisEffects(
      trajectories,
      trajectories.map(({ points }) => points.map(ishigami)),
    )
    expect(y!.muStar).toBeCloseTo(7.875, 9)
    expect(Math.abs(x!.muStar - 7.7)).toBeLessThan(0.4)
    expect(Math.abs(z!.muStar - 6.25)).toBeLessThan(0.5)
    expect(Math.abs(z!.mu)).toBeLessThan(0.5)
  })

  it('moves groups together, and finds nothing where there is nothing', () => {
    const trajectories = morrisTrajectories([0, 1, 0, 2], 8, makeRng('groups'))
    for (const { points, moved } of trajectories) {
      expect(points).toHaveLength(4)
      const step = moved.findIndex(({ group }) => group === 0)
      const change = points[step + 1]!.map((value, i) => Math.abs(value - points[step]![i]!) > 1e-12)
      expect(change).toEqual([true, false, true, false])
    }
    const effects = morrisEffects(
      trajectories,
      trajectories.map(({ points }) => points.map((point) => point[1]!)),
    )
    expect(effects[0]).toMatchObject({ muStar: 0, sigma: 0, low: 0, high: 0, muLow: 0, muHigh: 0, largest: 0 })
    expect(effects[1]!.muStar).toBeCloseTo(1, 9)
  })
})

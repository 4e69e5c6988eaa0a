import { describe, expect, it } from 'vitest'
import { CmaEs, inverseOfPositive, symmetricEigen } from '../../../experiments/statistics/index.ts'
import { makeRng } from '../../../sim/index.ts'
import reference from './reference/cma-es.json' with { type: 'json' }

function rosenbrock(x: readonly number[]): number {
  let sum = 0
  for (let i = 0; i + 1 < x.length; i++) sum += 100 * (x[i]! ** 2 - x[i + 1]!) ** 2 + (x[i]! - 1) ** 2
  return sum
}

describe('CMA-ES', () => {
  it("goes the way of Hansen's program, state by state", () => {
    const search = new CmaEs({ mean: reference.mean, sigma: reference.sigma, lambda: reference.lambda })
    for (const [generation, normals] of reference.normals.entries()) {
      const stream = normals.flat()
      let at = 0
      search.tell(search.ask(() => stream[at++]!).map(rosenbrock))
      const state = reference.trace[generation]!
      const near = (made: readonly number[], wanted: readonly number[]) => {
        for (const [i, value] of wanted.entries()) expect(Math.abs(made[i]! - value)).toBeLessThan(1e-10)
      }
      near([search.sigma], [state.sigma])
      near(search.mean, state.mean)
      near(search.ps, state.ps)
      near(search.pc, state.pc)
      near(search.covariance.flat(), state.C.flat())
    }
  })

  it('brings Rosenbrock in four dimensions below 1e-12', () => {
    for (const seed of ['a', 'b', 'c']) {
      const stream = makeRng(seed)
      const search = new CmaEs({ mean: [0, 0, 0, 0], sigma: 0.5 })
      let best = Number.POSITIVE_INFINITY
      while (best >= 1e-12 && search.evaluations < 8000) {
        const values = search.ask(() => stream.normal()).map(rosenbrock)
        best = Math.min(best, ...values)
        search.tell(values)
      }
      expect(best).toBeLessThan(1e-12)
    }
  })

  it('finds the middle of a noisy sphere', () => {
    const stream = makeRng('noisy')
    const search = new CmaEs({ mean: [3, -2, 4, 1, -5], sigma: 1, lambda: 16 })
    for (let generation = 0; generation < 150; generation++)
      search.tell(
        search.ask(() => stream.normal()).map((x) => x.reduce((sum, v) => sum + v * v, 0) + stream.normal(0, 0.5)),
      )
    for (const value of search.mean) expect(Math.abs(value)).toBeLessThan(0.5)
  })

  it('takes what is no number for the worst', () => {
    const stream = makeRng('holes')
    const search = new CmaEs({ mean: [1, 1], sigma: 0.5 })
    for (let generation = 0; generation < 60; generation++)
      search.tell(search.ask(() => stream.normal()).map(([x, y]) => (x! + y! < 0 ? Number.NaN : x! * x! + y! * y!)))
    expect(Math.abs(search.mean[0]!) + Math.abs(search.mean[1]!)).toBeLessThan(1e-3)
  })
})

describe('matrices', () => {
  it('come together again from their eigenvalues', () => {
    const a = [
      [4, 1, -2],
      [1, 2, 0.5],
      [-2, 0.5, 3],
    ]
    const { values, vectors } = symmetricEigen(a)
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) {
        const made = values.reduce((sum, value, k) => sum + value * vectors[i]![k]! * vectors[j]![k]!, 0)
        expect(made).toBeCloseTo(a[i]![j]!, 12)
      }
    const inverse = inverseOfPositive(a)
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++)
        expect(a[i]!.reduce((sum, value, k) => sum + value * inverse[k]![j]!, 0)).toBeCloseTo(i === j ? 1 : 0, 12)
    expect(() => inverseOfPositive([[-1]])).toThrow('positive definite')
  })
})

import { exp, log } from '../../../sim/kernel/index.ts'
import { symmetricEigen } from './eigen.ts'

/** What a search starts from. */
export interface CmaStart {
  readonly mean: readonly number[]
  /** Standard deviation of the first points in every coordinate. */
  readonly sigma: number
  /** Points a generation; default: 4 + ⌊3 ln n⌋. */
  readonly lambda?: number
}

/**
 * Covariance matrix adaptation evolution strategy: minimises a function of some dozens of numbers from its values alone.
 * N. Hansen, "The CMA evolution strategy: a tutorial", arXiv:1604.00772, with its default parameters, without negative
 * weights (its program purecmaes.m). Points are drawn by the symmetric root of the covariance, which has the distribution
 * of the tutorial's B·D·z and does not hang on the signs of eigenvectors.
 *
 *     const search = new CmaEs({ mean: [0, 0], sigma: 1 })
 *     while (search.sigma > 1e-9) {
 *       const points = search.ask(() => stream.normal())
 *       search.tell(points.map(f))
 *     }
 */
export class CmaEs {
  readonly n: number
  readonly lambda: number
  mean: number[]
  sigma: number
  covariance: number[][]
  /** Evolution paths of the covariance and of the step size. */
  pc: number[]
  ps: number[]
  generation = 0
  /** Told values so far. */
  evaluations = 0

  private readonly weights: readonly number[]
  private readonly mueff: number
  private readonly cc: number
  private readonly cs: number
  private readonly c1: number
  private readonly cmu: number
  private readonly damps: number
  private readonly chiN: number
  private root: number[][]
  private inverseRoot: number[][]
  private asked: number[][] = []

  constructor({ mean, sigma, lambda }: CmaStart) {
    const n = mean.length
    this.n = n
    this.mean = [...mean]
    this.sigma = sigma
    this.lambda = lambda ?? 4 + Math.floor(3 * log(n))
    const mu = Math.floor(this.lambda / 2)
    const raw = Array.from({ length: mu }, (_, i) => log(this.lambda / 2 + 0.5) - log(i + 1))
    const total = raw.reduce((sum, weight) => sum + weight, 0)
    this.weights = raw.map((weight) => weight / total)
    this.mueff = 1 / this.weights.reduce((sum, weight) => sum + weight * weight, 0)
    const { mueff } = this
    this.cc = (4 + mueff / n) / (n + 4 + (2 * mueff) / n)
    this.cs = (mueff + 2) / (n + mueff + 5)
    this.c1 = 2 / ((n + 1.3) * (n + 1.3) + mueff)
    this.cmu = Math.min(1 - this.c1, (2 * (mueff - 2 + 1 / mueff)) / ((n + 2) * (n + 2) + mueff))
    this.damps = 1 + 2 * Math.max(0, Math.sqrt((mueff - 1) / (n + 1)) - 1) + this.cs
    this.chiN = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n))
    this.pc = this.mean.map(() => 0)
    this.ps = this.mean.map(() => 0)
    const identity = this.mean.map((_, i) => this.mean.map((__, j) => (i === j ? 1 : 0)))
    this.covariance = identity
    this.root = identity
    this.inverseRoot = identity
  }

  /** Points of the next generation. @param normal draws a standard normal; n a point, point by point */
  ask(normal: () => number): number[][] {
    this.asked = Array.from({ length: this.lambda }, () => {
      const z = this.mean.map(normal)
      return times(this.root, z).map((value, i) => this.mean[i]! + this.sigma * value)
    })
    return this.asked
  }

  /**
   * Learns from the values of the points that were asked for, in their order; the smaller, the better. A value that is
   * no number counts as the worst.
   *
   * @param points where they were evaluated if elsewhere, such as inside bounds
   */
  tell(values: readonly number[], points: readonly (readonly number[])[] = this.asked): void {
    const order = values
      .map((value, i) => ({ value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value, i }))
      .sort((a, b) => (a.value === b.value ? a.i - b.i : a.value < b.value ? -1 : 1))
    const best = this.weights.map((_, rank) => points[order[rank]!.i]!)
    const before = this.mean
    this.mean = before.map((_, i) => this.weights.reduce((sum, weight, rank) => sum + weight * best[rank]![i]!, 0))
    const { n, cs, cc, c1, cmu, mueff, sigma } = this
    const step = this.mean.map((value, i) => (value - before[i]!) / sigma)
    const whitened = times(this.inverseRoot, step)
    const kept = Math.sqrt(cs * (2 - cs) * mueff)
    this.ps = this.ps.map((value, i) => (1 - cs) * value + kept * whitened[i]!)
    this.generation++
    this.evaluations += values.length
    const length = Math.sqrt(this.ps.reduce((sum, value) => sum + value * value, 0))
    // 1 − (1 − cs)^(2 · evaluations / lambda), as the tutorial's program has it.
    const warm = 1 - exp(2 * this.generation * log(1 - cs))
    const moving = length / Math.sqrt(warm) / this.chiN < 1.4 + 2 / (n + 1)
    const gain = moving ? Math.sqrt(cc * (2 - cc) * mueff) : 0
    this.pc = this.pc.map((value, i) => (1 - cc) * value + gain * step[i]!)
    const steps = best.map((point) => point.map((value, i) => (value - before[i]!) / sigma))
    this.covariance = this.covariance.map((row, i) =>
      row.map((value, j) => {
        const rankOne = this.pc[i]! * this.pc[j]! + (moving ? 0 : cc * (2 - cc) * value)
        let rankMu = 0
        for (const [rank, weight] of this.weights.entries()) rankMu += weight * steps[rank]![i]! * steps[rank]![j]!
        return (1 - c1 - cmu) * value + c1 * rankOne + cmu * rankMu
      }),
    )
    this.sigma = sigma * exp((cs / this.damps) * (length / this.chiN - 1))
    this.decompose()
  }

  private decompose(): void {
    const { values, vectors } = symmetricEigen(this.covariance)
    const part = (f: (value: number) => number) =>
      this.covariance.map((_, i) =>
        this.covariance.map((__, j) =>
          values.reduce((sum, value, k) => sum + f(value) * vectors[i]![k]! * vectors[j]![k]!, 0),
        ),
      )
    const floor = 1e-20 * Math.max(...values)
    this.root = part((value) => Math.sqrt(Math.max(value, floor)))
    this.inverseRoot = part((value) => 1 / Math.sqrt(Math.max(value, floor)))
  }
}

function times(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, value, j) => sum + value * vector[j]!, 0))
}

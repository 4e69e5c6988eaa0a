import type { Stream } from '../../../sim/kernel/index.ts'

/**
 * A Latin hypercube: in each dimension every one of n strata of equal width holds exactly one point, somewhere in it.
 * M. D. McKay, R. J. Beckman, W. J. Conover, Technometrics 21 (1979) 239–245.
 *
 * @returns n rows of numbers from 0 (included) to 1 (excluded)
 */
export function latinHypercube(n: number, dimensions: number, stream: Stream): number[][] {
  const points = Array.from({ length: n }, () => new Array<number>(dimensions))
  for (let j = 0; j < dimensions; j++) {
    const strata = stream.shuffle(Array.from({ length: n }, (_, i) => i))
    for (let i = 0; i < n; i++) points[i]![j] = (strata[i]! + stream.next()) / n
  }
  return points
}

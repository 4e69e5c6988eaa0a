import { JOE_KUO } from './joe-kuo.ts'

const BITS = 30

/** Dimensions that there are direction numbers for. */
export const MOST_DIMENSIONS = JOE_KUO.length + 1

/**
 * The first points of the Sobol sequence, unscrambled, in Gray-code order (I. A. Antonov and V. M. Saleev 1979), the
 * origin included. They fill the unit cube evenly best at powers of two.
 *
 * @param n points, 0 to 2³⁰
 * @param dimensions 1 to `MOST_DIMENSIONS`
 * @returns n rows of numbers from 0 (included) to 1 (excluded)
 * @throws RangeError for more of either than there are
 */
export function sobolPoints(n: number, dimensions: number): number[][] {
  if (!(Number.isSafeInteger(n) && n >= 0 && n <= 1 << BITS))
    throw new RangeError(`sobolPoints: ${n} points; give a whole number up to ${1 << BITS}`)
  if (!(Number.isSafeInteger(dimensions) && dimensions >= 1 && dimensions <= MOST_DIMENSIONS))
    throw new RangeError(`sobolPoints: ${dimensions} dimensions; give 1 to ${MOST_DIMENSIONS}`)
  const directions = Array.from({ length: dimensions }, (_, j) => directionsOf(j))
  const state = new Int32Array(dimensions)
  const points: number[][] = []
  for (let i = 0; i < n; i++) {
    points.push(Array.from(state, (bits) => bits / (1 << BITS)))
    // The position of the lowest zero bit of i says which direction the next point differs in.
    const changed = 31 - Math.clz32(~i & (i + 1))
    for (let j = 0; j < dimensions; j++) state[j]! ^= directions[j]![changed]!
  }
  return points
}

/** A dimension's direction numbers as whole numbers of BITS bits. */
function directionsOf(dimension: number): Int32Array {
  const directions = new Int32Array(BITS + 1)
  if (dimension === 0) {
    for (let i = 0; i < BITS; i++) directions[i] = 1 << (BITS - 1 - i)
    return directions
  }
  const [polynomial, first] = JOE_KUO[dimension - 1]!.split(':')
  const bits = Number(polynomial)
  const degree = 31 - Math.clz32(bits)
  const initial = first!.split(',').map(Number)
  for (let i = 0; i < BITS; i++) {
    if (i < degree) {
      directions[i] = initial[i]! << (BITS - 1 - i)
      continue
    }
    let next = directions[i - degree]! ^ (directions[i - degree]! >> degree)
    for (let k = 1; k < degree; k++) if ((bits >> (degree - k)) & 1) next ^= directions[i - k]!
    directions[i] = next
  }
  return directions
}

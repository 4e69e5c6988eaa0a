import { badInput } from '../error.ts'

/** Largest |x|: beyond it the reduction below would lose digits. About 1.6 million radians. */
const LIMIT = 1647099
const TWO_OVER_PI = 0.6366197723675814
/** π/2 as a sum of three pieces of 33 bits and a rest: k times a piece is exact for k < 2²⁰. */
const PIECE_1 = 1.5707963267341256
const PIECE_2 = 6.077100506303966e-11
const PIECE_3 = 2.0222662487111665e-21
const REST_3 = 8.4784276603689e-32

/** Sine of `x` radians, |x| < 1.6 million, equal to the bit on every machine; error below 1 ulp. Throws `BAD_INPUT`. */
export function sin(x: number): number {
  return circular(x, 0)
}

/** Cosine of `x` radians, |x| < 1.6 million, equal to the bit on every machine; error below 1 ulp. Throws `BAD_INPUT`. */
export function cos(x: number): number {
  return circular(x, 1)
}

/** Sine of x + `turns`·π/2, as in fdlibm's s_sin.c: reduced to |r| ≤ π/4 as a sum r + tail, then a kernel. */
function circular(x: number, turns: number): number {
  if (!(Math.abs(x) <= LIMIT)) throw badInput(`sin and cos take angles within ±${LIMIT} radians, not ${x}`)
  const k = Math.floor(x * TWO_OVER_PI + 0.5)
  let r = x
  let tail = 0
  if (k !== 0) {
    const first = x - k * PIECE_1
    const second = k * PIECE_2
    const remaining = first - second
    const lostBySecond = first - remaining - second
    const third = k * PIECE_3
    const reduced = remaining - third
    const lost = remaining - reduced - third + lostBySecond - k * REST_3
    r = reduced + lost
    tail = reduced - r + lost
  }
  const quadrant = (k + turns) & 3
  const value = (quadrant & 1) === 0 ? sineKernel(r, tail) : cosineKernel(r, tail)
  return quadrant < 2 ? value : -value
}

function sineKernel(x: number, tail: number): number {
  const z = x * x
  const v = z * x
  const r =
    0.00833333333332249 +
    z *
      (-0.0001984126982985795 +
        z * (0.0000027557313707070068 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)))
  return x - (z * (0.5 * tail - v * r) - tail - v * -0.16666666666666632)
}

function cosineKernel(x: number, tail: number): number {
  const z = x * x
  const r =
    z *
    (0.0416666666666666 +
      z *
        (-0.001388888888887411 +
          z *
            (0.00002480158728947673 +
              z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))))
  const half = 0.5 * z
  const w = 1 - half
  return w + (1 - w - half + (z * r - x * tail))
}

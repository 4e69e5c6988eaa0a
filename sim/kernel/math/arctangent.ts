// biome-ignore lint/suspicious/noApproximativeNumericConstant: only a few members of Math are used in sim/
const PI = 3.141592653589793
const PI_LOW = 1.2246467991473532e-16
/** atan of ½, 1, 3/2 and ∞, and what their doubles leave out. */
const ANCHOR = [0.4636476090008061, 0.7853981633974483, 0.982793723247329, 1.5707963267948966]
const ANCHOR_LOW = [2.2698777452961687e-17, 3.061616997868383e-17, 1.3903311031230998e-17, 6.123233995736766e-17]

/** Arctangent in radians, −π/2…π/2, equal to the bit on every machine; error below 1 ulp. (fdlibm's s_atan.c) */
export function atan(x: number): number {
  const size = Math.abs(x)
  if (size >= 73786976294838210000) return x > 0 ? ANCHOR[3]! : -ANCHOR[3]!
  let anchor = -1
  let t = x
  if (size >= 0.4375) {
    if (size < 0.6875) {
      anchor = 0
      t = (2 * size - 1) / (2 + size)
    } else if (size < 1.1875) {
      anchor = 1
      t = (size - 1) / (size + 1)
    } else if (size < 2.4375) {
      anchor = 2
      t = (size - 1.5) / (1 + 1.5 * size)
    } else {
      anchor = 3
      t = -1 / size
    }
  } else if (size < 7.450580596923828e-9) return x
  const z = t * t
  const w = z * z
  const odd =
    z *
    (0.3333333333333293 +
      w *
        (0.14285714272503466 +
          w *
            (0.09090887133436507 + w * (0.06661073137387531 + w * (0.049768779946159324 + w * 0.016285820115365782)))))
  const even =
    w *
    (-0.19999999999876483 +
      w * (-0.11111110405462356 + w * (-0.0769187620504483 + w * (-0.058335701337905735 + w * -0.036531572744216916))))
  if (anchor < 0) return t - t * (odd + even)
  const angle = ANCHOR[anchor]! - (t * (odd + even) - ANCHOR_LOW[anchor]! - t)
  return x < 0 ? -angle : angle
}

/** The angle of the point (x, y), −π…π radians, equal to the bit on every machine; error below 2 ulp. */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN
  const xNegative = x < 0 || Object.is(x, -0)
  const yNegative = y < 0 || Object.is(y, -0)
  if (y === 0) {
    if (!xNegative) return y
    return yNegative ? -PI : PI
  }
  let angle: number
  if (x === 0) angle = PI / 2
  else if (Math.abs(y) === Infinity) {
    if (Math.abs(x) !== Infinity) angle = PI / 2
    else angle = xNegative ? (3 * PI) / 4 : PI / 4
  } else {
    const slope = Math.abs(y / x)
    angle = atan(slope)
    if (xNegative) angle = PI - (angle - PI_LOW)
  }
  return yNegative ? -angle : angle
}

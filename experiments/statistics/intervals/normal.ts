import { exp } from '../../../sim/kernel/index.ts'

const ROOT_TWO_PI = 2.5066282746310002

/** Chance that a standard normal falls below x; absolute error about 1e-15. G. Marsaglia, J. Stat. Software 11 (2004). */
export function normalShare(x: number): number {
  if (x < -38) return 0
  if (x > 38) return 1
  if (Math.abs(x) > 6) return x > 0 ? 1 - tail(x) : tail(-x)
  let sum = x
  let term = x
  for (let i = 3; Math.abs(term) > 1e-17 * Math.abs(sum) && i < 400; i += 2) {
    term *= (x * x) / i
    sum += term
  }
  return 0.5 + (sum * exp((-x * x) / 2)) / ROOT_TWO_PI
}

/** By Laplace's continued fraction, x above 6. */
function tail(x: number): number {
  let fraction = 0
  for (let i = 60; i >= 1; i--) fraction = i / (x + fraction)
  return exp((-x * x) / 2) / ROOT_TWO_PI / (x + fraction)
}

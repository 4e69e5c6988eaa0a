import { exp, log, normalQuantile } from '../../../sim/kernel/index.ts'
import { incompleteBeta, logGamma, PI } from './gamma.ts'

/** Chance that Student's t with `freedom` degrees of freedom is farther from 0 than `t`, on either side. */
export function studentTails(t: number, freedom: number): number {
  if (Number.isNaN(t)) return Number.NaN
  if (!Number.isFinite(t)) return 0
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
}

/**
 * The value that Student's t stays below with probability `p`; relative error below 1e-10.
 *
 * @param p 0 < p < 1
 * @param freedom degrees of freedom, above 0
 */
export function studentQuantile(p: number, freedom: number): number {
  if (p === 0.5) return 0
  if (p < 0.5) return -studentQuantile(1 - p, freedom)
  const tails = 2 * (1 - p)
  let low = 0
  let high = Math.max(1, normalQuantile(p))
  while (studentTails(high, freedom) > tails) {
    low = high
    high *= 2
  }
  const scale = logGamma((freedom + 1) / 2) - logGamma(freedom / 2) - 0.5 * log(freedom * PI)
  let t = (low + high) / 2
  for (let i = 0; i < 100; i++) {
    const excess = studentTails(t, freedom) - tails
    if (excess > 0) low = t
    else high = t
    // Newton's step, or the middle where it leaves the bracket.
    const density = exp(scale - ((freedom + 1) / 2) * log(1 + (t * t) / freedom))
    const next = t + excess / (2 * density)
    const inside = next > low && next < high
    const step = (inside ? next : (low + high) / 2) - t
    t += step
    if (Math.abs(step) <= 1e-14 * t) break
  }
  return t
}

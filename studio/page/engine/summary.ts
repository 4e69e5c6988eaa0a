import { type Interval, meanInterval, spread } from '../../../sim/index.ts'
import type { Curve } from './curve.ts'

/** A metric over the seeds that have come as far as a day. */
export interface Point {
  readonly value: number
  /** Over several seeds: of their mean (Student's t). With one: as if its observations were independent. */
  readonly interval: Interval | null
  readonly seeds: number
  readonly n: number
}

const NOTHING: Point = { value: Number.NaN, interval: null, seeds: 0, n: 0 }

/** @param day counted from 0; @param metric position in `METRICS` */
export function pointAt(curves: readonly Curve[], day: number, metric: number): Point {
  let seeds = 0
  let sum = 0
  let squares = 0
  let n = 0
  let only: Curve | undefined
  for (const curve of curves) {
    if (curve.filled <= day) continue
    const value = curve.value(day, metric)
    if (Number.isNaN(value)) continue
    seeds++
    sum += value
    squares += value * value
    n += curve.n(day, metric)
    only = curve
  }
  if (!only) return NOTHING
  if (seeds === 1) {
    const low = only.low(day, metric)
    return { value: sum, interval: Number.isNaN(low) ? null : [low, only.high(day, metric)], seeds, n }
  }
  const { mean, deviation } = spread(seeds, sum, squares)
  return { value: mean, interval: meanInterval(mean, deviation, seeds), seeds, n }
}

/**
 * What the change does: the mean over seeds of (now − baseline), each pair drawn with the same random numbers, and its
 * t-interval; with one seed there is none. Days that either has not reached are NaN.
 */
export function differenceAt(now: readonly Curve[], base: readonly Curve[], day: number, metric: number): Point {
  let seeds = 0
  let sum = 0
  let squares = 0
  for (let i = 0; i < now.length && i < base.length; i++) {
    const a = now[i]!
    const b = base[i]!
    if (a.filled <= day || b.filled <= day) continue
    const difference = a.value(day, metric) - b.value(day, metric)
    if (Number.isNaN(difference)) continue
    seeds++
    sum += difference
    squares += difference * difference
  }
  if (seeds === 0) return NOTHING
  const { mean, deviation } = spread(seeds, sum, squares)
  return { value: mean, interval: meanInterval(mean, deviation, seeds), seeds, n: seeds }
}

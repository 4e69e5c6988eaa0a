import type { Parameter } from '../../../sim/index.ts'
import { inverseOfPositive, type Summary } from '../../statistics/index.ts'
import { fromUnit, toUnit } from '../scales.ts'
import { inside } from './evaluate.ts'
import type { Slopes } from './jacobian.ts'
import { isMet, missedBy, type Target } from './targets.ts'

/** What tuning says of a parameter. */
export interface TunedParameter {
  readonly path: string
  readonly before: number
  readonly value: number
  /** 95% interval: values between which the targets cannot tell. Never beyond the ends worth trying. */
  readonly low: number
  readonly high: number
  /** Whether the targets tell it to less than half of its span. */
  readonly determined: boolean
}

/** Standard deviation of a place of which nothing is known. */
const UNIFORM = 1 / Math.sqrt(12)

/**
 * How well the targets determine the parameters: the covariance of a fit with the slopes at the result, each target as
 * sure as the seeds make it (and a band no surer than its width), each parameter unknown within its span before.
 *
 * @param spread standard error of each target's mean, in its own unit
 * @param search standard deviation that the search itself still had, by parameter
 */
export function determined(
  parameters: readonly Parameter[],
  before: readonly number[],
  { place, slopes }: Slopes,
  targets: readonly Target[],
  spread: readonly number[],
  search: readonly number[],
): TunedParameter[] {
  const weights = targets.map(({ low, high, scale }, t) => {
    const width = low === high || !Number.isFinite(high - low) ? 0 : (high - low) / Math.sqrt(12)
    const error = Math.hypot(Number.isFinite(spread[t]!) ? spread[t]! : 10 * scale, width) / scale
    return 1 / Math.max(error * error, 1e-6)
  })
  const information = place.map((_, i) =>
    place.map(
      (__, j) =>
        slopes.reduce((sum, row, t) => sum + weights[t]! * row[i]! * row[j]!, 0) +
        (i === j ? 1 / (UNIFORM * UNIFORM) : 0),
    ),
  )
  const covariance = inverseOfPositive(information)
  return parameters.map((parameter, i) => {
    const deviation = Math.sqrt(covariance[i]![i]! + search[i]! * search[i]!)
    const half = 1.96 * deviation
    return {
      path: parameter.path,
      before: before[i]!,
      value: fromUnit(parameter, place[i]!),
      low: fromUnit(parameter, inside(place[i]! - half)),
      high: fromUnit(parameter, inside(place[i]! + half)),
      determined: deviation < UNIFORM / 2,
    }
  })
}

/** A target that was not met, and what stands against it. */
export interface Conflict {
  readonly target: string
  /** Targets that would be missed by more if this one were met; empty where the parameters do not reach. */
  readonly against: readonly string[]
  readonly why: string
}

/** Of the targets that were missed: with which others, by the slopes at the result, they cannot be met together. */
export function conflicts(
  { place, values, slopes }: Slopes,
  targets: readonly Target[],
  results: readonly Summary[],
): Conflict[] {
  return targets.flatMap((target, t): Conflict[] => {
    const result = results[t]!
    if (result.n > 0 && isMet(target, result)) return []
    if (result.n === 0) return [{ target: target.measure.key, against: [], why: 'there was nothing to measure' }]
    const away = Math.sign(missedBy(target, Number.isFinite(result.mean) ? result.mean : values[t]!))
    // The way in which this target is met: down its slope, where the parameters are not at their ends.
    const way = slopes[t]!.map((slope, i) => {
      const step = -away * slope
      return (place[i]! <= 0.002 && step < 0) || (place[i]! >= 0.998 && step > 0) ? 0 : step
    })
    const length = Math.hypot(...way)
    if (length < 0.3) {
      const blocked = Math.hypot(...slopes[t]!) >= 0.3
      const why = blocked ? 'the parameters that move it are at their ends' : 'no free parameter moves it'
      return [{ target: target.measure.key, against: [], why }]
    }
    const against = targets
      .map((other, o) => {
        const change = slopes[o]!.reduce((sum, slope, i) => sum + (slope * way[i]!) / length, 0)
        const steep = Math.hypot(...slopes[o]!)
        const side = missedBy(other, results[o]!.mean) || change * (results[o]!.mean - middle(other))
        const worse = side * change > 0 || other.low === other.high
        return { other, part: steep > 0.3 && worse && o !== t ? Math.abs(change) / steep : 0 }
      })
      .filter(({ part }) => part > 0.5)
      .sort((a, b) => b.part - a.part)
      .map(({ other }) => other.measure.key)
    const why = against.length > 0 ? 'what brings one nearer takes the other away' : 'the search did not reach it'
    return [{ target: target.measure.key, against, why }]
  })
}

function middle({ low, high }: Target): number {
  return Number.isFinite(high - low)
    ? (low + high) / 2
    : Number.isFinite(low)
      ? Number.POSITIVE_INFINITY
      : Number.NEGATIVE_INFINITY
}

/** A parameter's place, inside the span worth trying. */
export function placeOf(parameter: Parameter, value: number): number {
  const bounded = Math.min(parameter.high, Math.max(parameter.low, value))
  return inside(toUnit(parameter, bounded))
}

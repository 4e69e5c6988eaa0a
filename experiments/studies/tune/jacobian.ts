import { metricsMovedBy, type Parameter } from '../../../sim/index.ts'
import { inverseOfPositive } from '../../statistics/index.ts'
import type { Runner } from '../runner.ts'
import { evaluate, inside } from './evaluate.ts'
import { lossOf, missedBy, type Target } from './targets.ts'

/** How the targets' measures change with the parameters, about a place of the cube. */
export interface Slopes {
  readonly place: readonly number[]
  /** Means there, by target. */
  readonly values: readonly number[]
  /** By target, then by parameter: change of the mean over the parameter's whole span, in units of the target. */
  readonly slopes: readonly (readonly number[])[]
}

/** Step of the differences: large enough to stand out of what one changed decision does to a run. */
const STEP = 0.12

/**
 * Slopes by differences, the same seeds at all places. Of metrics that a parameter is not described to move, it has none:
 * what is seen of them is what a changed decision sets off. Null when the experiment was stopped.
 */
export async function slopesAt(
  run: Runner,
  parameters: readonly Parameter[],
  place: readonly number[],
  seeds: readonly string[],
  targets: readonly Target[],
): Promise<Slopes | null> {
  const steps = place.map((value) => (value <= 0.5 ? STEP : -STEP))
  const places = [place, ...place.map((_, j) => place.map((value, i) => (i === j ? inside(value + steps[j]!) : value)))]
  const means = await evaluate(run, parameters, places, seeds, targets)
  if (means === null) return null
  const values = means[0]!
  const moved = parameters.map((parameter) => new Set(metricsMovedBy(parameter).map(({ key }) => key)))
  const slopes = targets.map(({ scale, measure: { key, status } }, t) =>
    place.map((_, j) => {
      if (status !== 'volume' && !moved[j]!.has(key)) return 0
      const slope = (means[j + 1]![t]! - values[t]!) / steps[j]! / scale
      return Number.isFinite(slope) ? slope : 0
    }),
  )
  return { place, values, slopes }
}

/**
 * The step that would meet the targets if the slopes held everywhere: Gauss and Newton's, with a ridge that keeps it small
 * where nothing is gained, inside the cube.
 */
export function linearStep({ place, values, slopes }: Slopes, targets: readonly Target[], ridge = 0.5): number[] {
  const missed = targets.map((target, t) => (Number.isFinite(values[t]!) ? missedBy(target, values[t]!) : 0))
  // A target that is met holds the step back, but less than one that is missed draws it.
  const weights = targets.map(({ weight }, t) => (missed[t] === 0 ? 0.3 * weight : weight))
  const matrix = place.map((_, i) =>
    place.map(
      (__, j) => slopes.reduce((sum, row, t) => sum + weights[t]! * row[i]! * row[j]!, 0) + (i === j ? ridge : 0),
    ),
  )
  const right = place.map((_, j) => -slopes.reduce((sum, row, t) => sum + weights[t]! * row[j]! * missed[t]!, 0))
  const inverse = inverseOfPositive(matrix)
  return place.map((value, i) => inside(value + inverse[i]!.reduce((sum, each, j) => sum + each * right[j]!, 0)))
}

/** Tries shorter and longer steps towards a place, and gives the best. Null when the experiment was stopped. */
export async function bestTowards(
  run: Runner,
  parameters: readonly Parameter[],
  from: Slopes,
  steps: readonly (readonly number[])[],
  seeds: readonly string[],
  targets: readonly Target[],
): Promise<{ place: readonly number[]; loss: number } | null> {
  const places = [
    from.place,
    ...steps.flatMap((to) =>
      [0.35, 0.7, 1].map((part) => from.place.map((value, i) => value + part * (to[i]! - value))),
    ),
  ]
  const means = await evaluate(run, parameters, places, seeds, targets)
  if (means === null) return null
  const losses = means.map((values) => lossOf(targets, values))
  const best = losses.indexOf(Math.min(...losses))
  return { place: places[best]!, loss: losses[best]! }
}

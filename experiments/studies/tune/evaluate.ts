import type { Parameter } from '../../../sim/index.ts'
import { pointAt } from '../factors.ts'
import { isStopped, measured, type Runner } from '../runner.ts'
import type { Target } from './targets.ts'

/** Means of the targets' measures at places of the cube, over seeds in common. Null when the experiment was stopped. */
export async function evaluate(
  run: Runner,
  parameters: readonly Parameter[],
  places: readonly (readonly number[])[],
  seeds: readonly string[],
  targets: readonly Target[],
): Promise<number[][] | null> {
  const trials = places.flatMap((place) => {
    const point = pointAt(parameters, place.map(inside))
    return seeds.map((seed) => ({ seed, point }))
  })
  const outcomes = await run(trials)
  if (isStopped(outcomes)) return null
  return places.map((_, i) =>
    targets.map(({ measure: { key } }) => {
      const values = seeds.map((__, s) => measured(outcomes[i * seeds.length + s], key)).filter((v) => !Number.isNaN(v))
      return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length
    }),
  )
}

export function inside(place: number): number {
  return Math.min(1, Math.max(0, place))
}

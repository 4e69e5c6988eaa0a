import { METRICS, type Metric } from './observe/index.ts'
import type { Parameter } from './parameters/index.ts'

/** The metrics that a parameter moves, in the order of the scorecard. */
export function metricsMovedBy({ moves }: Pick<Parameter, 'moves'>): readonly Metric[] {
  return METRICS.filter(({ id }) => moves.some((named) => id === named || id.startsWith(`${named}.`)))
}

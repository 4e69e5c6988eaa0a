import type { Setting } from '../../experiments/index.ts'
import { defaultParameters } from '../../sim/index.ts'

/** A small setting, and a runner whose measures are known functions of the point and the seed. */
export function small(count = 40, days = 8): Setting {
  return { input: { count }, parameters: defaultParameters(), days }
}

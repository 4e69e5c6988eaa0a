import { badInput } from '../kernel/index.ts'
import { PARAMETERS, type Parameters, parameterValue } from './tree.ts'

/** Throws `BAD_INPUT` for the first parameter that is out of its range, or a set of them that cannot be together. */
export function checkParameters(parameters: Parameters): void {
  for (const { path, least, most, whole } of PARAMETERS) {
    const value = parameterValue(parameters, path)
    if (value >= least && value <= most && (!whole || Number.isSafeInteger(value))) continue
    throw badInput(`Parameter ${path} is ${value}; give a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`)
  }
  const { gender, intent, archetype, orientation, traits } = parameters.population
  checkWeights('population.gender', gender)
  checkWeights('population.intent', intent)
  checkWeights('population.archetype', archetype)
  checkWeights('policy.feed.sources', parameters.policy.feed.sources)
  if (orientation.same + orientation.both > 1) {
    throw badInput(
      `population.orientation.same and both are ${orientation.same} and ${orientation.both}; give at most 1 in all.`,
    )
  }
  for (const [name, { low, high }] of Object.entries(traits)) {
    if (low > high)
      throw badInput(`population.traits.${name} goes from ${low} to ${high}; give a low that is at most high.`)
  }
}

function checkWeights(path: string, weights: Readonly<Record<string, number>>): void {
  if (Object.values(weights).some((weight) => weight > 0)) return
  throw badInput(`All of ${path} are 0 (${Object.keys(weights).join(', ')}); give at least one of them more.`)
}

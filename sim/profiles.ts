import { createPopulation, generateProfile, type PersonProfile } from './agents/index.ts'
import { type PartialTree, resolveConfig } from './config/index.ts'
import { type PlacePackName, placePack } from './content/index.ts'
import { badInput } from './kernel/index.ts'
import type { PopulationParameters } from './parameters/index.ts'

export interface ProfileOptions {
  /** First day of the run, such as 2024-01-01 (the default). */
  readonly startDate?: string
  /** Where they live; default: us. */
  readonly places?: PlacePackName
  /** Any part of the population's parameters; what is absent has its default. */
  readonly parameters?: PartialTree<PopulationParameters>
}

/**
 * Profiles of persons 1…count of a run: equal to those that the run writes. Throws `BAD_INPUT` for an empty seed, a count
 * that is no whole number from 1, an unknown option, and a date, place pack or parameter that cannot be.
 */
export function generateProfiles(runSeed: string, count: number, options: ProfileOptions = {}): PersonProfile[] {
  const unknown = Object.keys(options).find((name) => !['startDate', 'places', 'parameters'].includes(name))
  if (unknown !== undefined) {
    throw badInput(`Profiles have no option "${unknown}"; what can be given is startDate, places, parameters.`)
  }
  const { startDate, places, parameters } = options
  const config = resolveConfig({
    seed: runSeed,
    count,
    ...(startDate !== undefined && { startDate }),
    ...(places !== undefined && { places }),
    ...(parameters !== undefined && { parameters: { population: parameters } }),
  })
  const population = createPopulation({
    seed: config.seed,
    startDay: config.startDay,
    places: placePack(config.places),
    parameters: config.parameters.population,
  })
  return Array.from({ length: count }, (_, index) => generateProfile(population, index + 1))
}

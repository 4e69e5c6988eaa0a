import { createPopulation, type Population, placePack, type RunConfig } from '../../sim/index.ts'

/** What a run's profiles are drawn from. */
export function populationOf(config: RunConfig): Population {
  return createPopulation({
    seed: config.seed,
    startDay: config.startDay,
    places: placePack(config.places),
    parameters: config.parameters.population,
    minorities: config.minorities,
    people: config.people,
    words: config.words,
    quizzes: config.quizzes,
    taxonomy: config.taxonomy,
  })
}

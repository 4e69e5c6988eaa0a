import { type PartialTree, resolveConfig } from '../config.ts'
import {
  ARCHETYPES,
  type Archetype,
  generateInterests,
  INTENTS,
  type PlacePackName,
  placePack,
  preferredTopics,
  type Topic,
} from '../content/index.ts'
import { AliasTable, badInput, type Stream } from '../kernel/index.ts'
import { DEFAULT_PARAMETERS, type PolicyParameters, type PopulationParameters } from '../parameters.ts'
import { affinity, isAgeMismatch, isIntentMismatch } from './compatibility.ts'
import { createPopulation } from './person.ts'
import { generateProfile, type PersonProfile } from './profile.ts'

/** The plan's generators, for those who want one piece without a run. Each draws from the stream it is given alone. */

export interface PersonalityProfile {
  readonly archetype: Archetype
  /** Each 0–1. */
  readonly traits: { readonly sociability: number; readonly selectivity: number; readonly engagement: number }
  /** 3–8 names from the taxonomy. */
  readonly interests: readonly string[]
  readonly preferredTopics: readonly Topic[]
}

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

/** A personality: archetype, traits in the plan's ranges, 3–8 interests and the topics that go with them. */
export function generatePersonality(
  rng: Stream,
  parameters: PopulationParameters = DEFAULT_PARAMETERS.population,
): PersonalityProfile {
  const archetype = ARCHETYPES[new AliasTable(ARCHETYPES.map((name) => parameters.archetype[name])).draw(rng)]!
  const shift = parameters.archetypeShift[archetype]
  const trait = (name: 'sociability' | 'selectivity' | 'engagement') => {
    const { low, high } = parameters.traits[name]
    return Math.min(1, Math.max(0, low + (high - low) * rng.next() + shift[name]))
  }
  return {
    archetype,
    traits: { sociability: trait('sociability'), selectivity: trait('selectivity'), engagement: trait('engagement') },
    interests: generateInterests(rng, archetype),
    preferredTopics: preferredTopics(archetype),
  }
}

/** What `calculateLikeProbability` reads of a person. */
type Suitor = Pick<PersonProfile, 'gender' | 'intent' | 'birthDay' | 'selectivity' | 'interests'>

/**
 * The probability that a likes b, for a candidate of median appeal and before fatigue: the function that the engine
 * uses, with the plan's terms. @param quizCompatibility 0–1  @param distanceKm distance of the homes in km
 */
export function calculateLikeProbability(
  a: Suitor,
  b: Suitor,
  quizCompatibility: number,
  distanceKm: number,
  like: PolicyParameters['like'] = DEFAULT_PARAMETERS.policy.like,
): number {
  const common = a.interests.filter((id) => b.interests.includes(id)).length
  const shorter = Math.min(a.interests.length, b.interests.length)
  const sum = affinity(
    like,
    a.selectivity,
    quizCompatibility,
    shorter === 0 ? 0 : common / shorter,
    distanceKm,
    isIntentMismatch(INTENTS.indexOf(a.intent), INTENTS.indexOf(b.intent)),
    isAgeMismatch(a.birthDay, b.birthDay),
  )
  return Math.min(like.cap, sum * like.scale[a.gender])
}

/** A like with this probability. One draw. */
export function shouldLike(rng: Stream, probability: number): boolean {
  return rng.next() < probability
}

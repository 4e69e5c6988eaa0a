import {
  ARCHETYPES,
  type Archetype,
  generateInterests,
  INTENTS,
  preferredTopics,
  type Topic,
} from '../content/index.ts'
import { AliasTable, type Stream } from '../kernel/index.ts'
import { DEFAULT_PARAMETERS, type PolicyParameters, type PopulationParameters } from '../parameters/index.ts'
import { affinity, isAgeMismatch, isIntentMismatch } from './pairs/compatibility.ts'
import type { PersonProfile } from './person/profile.ts'

/** The plan's generators, for those who want one piece without a run. Each draws from the stream it is given alone. */

export interface PersonalityProfile {
  readonly archetype: Archetype
  /** Each 0–1. */
  readonly traits: { readonly sociability: number; readonly selectivity: number; readonly engagement: number }
  /** 3–8 names from the taxonomy. */
  readonly interests: readonly string[]
  readonly preferredTopics: readonly Topic[]
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

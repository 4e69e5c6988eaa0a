import type { Archetype, Gender, Intent, Lifecycle } from '../content/vocabulary.ts'

/** Everything that the profile phase writes about person k. A function of (run seed, k, population parameters) alone. */
export interface PersonProfile {
  /** Person number, 1…N. */
  readonly k: number
  readonly displayName: string
  /** Empty when the profile is incomplete in this way. */
  readonly bio: string
  /** Civil days since 1970-01-01. */
  readonly birthDay: number
  readonly gender: Gender
  /** Genders this person wants to meet, in the order of `GENDERS`. */
  readonly seeks: readonly Gender[]
  readonly intent: Intent
  /** Index into the cities of the place pack. */
  readonly city: number
  readonly latitude: number
  readonly longitude: number
  /** Sign-up, in ms since the run's start; negative for those who were there before. */
  readonly joinedAt: number
  readonly archetype: Archetype
  /** Traits, each 0–1. */
  readonly sociability: number
  readonly selectivity: number
  readonly engagement: number
  /** Ids of `INTERESTS`, distinct, ascending. */
  readonly interests: readonly number[]
  /** Seeds of the pictures, in order of position; empty when the profile has no photo. */
  readonly media: readonly number[]
  /** One entry per completed quiz: its id and the chosen option (0-based) of each question. */
  readonly quizzes: readonly { readonly quiz: number; readonly options: readonly number[] }[]
  readonly lifecycle: Lifecycle
  /** Bits: 1 never posts by design, 2 no quiz, 4 no bio, 8 no photo. */
  readonly flags: number
}

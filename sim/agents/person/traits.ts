/**
 * What the simulation needs to know of person k: numbers only, a function of (run seed, k, joining day, population
 * parameters). One record is filled again and again; arrays are the caller's to copy.
 */
export interface PersonTraits {
  k: number
  gender: number
  /** Bit g is set when this person wants to meet gender g. */
  seeks: number
  intent: number
  city: number
  latitude: number
  longitude: number
  /** Civil days since 1970. */
  birthDay: number
  joinedAt: number
  firstName: number
  archetype: number
  sociability: number
  selectivity: number
  engagement: number
  interests: readonly number[]
  /** Options of the first quiz, null when it was not taken. */
  quiz: Uint8Array | null
  flags: number
  /** How attractive others find the profile: a factor with median 1. */
  appeal: number
  /** While active, per day. */
  sessionRate: number
  postRate: number
  /** How freely the person likes posts: a factor with median 1. */
  warmth: number
  /** Shift of the daily rhythm in hours, and the code of its shape. */
  rhythmShift: number
  rhythmShape: number
}

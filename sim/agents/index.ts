export { type Arm, armNames, armOf, CONTROL, checkArms, isOfAPerson } from './arms.ts'
export { Candidates } from './candidates.ts'
export {
  affinity,
  interestOverlap,
  isAgeMismatch,
  isIntentMismatch,
  LikeModel,
  quizCompatibility,
} from './compatibility.ts'
export { Decisions } from './decisions.ts'
export {
  calculateLikeProbability,
  generatePersonality,
  type PersonalityProfile,
  shouldLike,
} from './generators.ts'
export type { GivenPerson, GivenTraits } from './given.ts'
export { type ActivityPattern, generateActivityPattern } from './habits.ts'
export { drawLifecycle, drawStanding, Life, NEW_DAYS, stationaryShares } from './lifecycle.ts'
export { checkMinorities, type Minorities, Odd } from './minorities.ts'
export { couldMeet, distanceKm, People, QUIZ_QUESTIONS, wider } from './people.ts'
export {
  createPopulation,
  drawCity,
  drawPerson,
  emptyPerson,
  Missing,
  type PersonTraits,
  type Population,
} from './person.ts'
export { generateProfile, markOfBio, type PersonProfile, pictureCounter } from './profile.ts'
export { PURPOSES, Purpose } from './purposes.ts'
export { Rhythm } from './rhythm.ts'
export { LINE_WORDS, RowSets } from './row-sets.ts'
export { type Term, type TermEffect, totalOf } from './terms.ts'
export { writerOf } from './writer.ts'

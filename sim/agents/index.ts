export { type Arm, armNames, armOf, CONTROL, checkArms, isOfAPerson } from './arms.ts'
export {
  calculateLikeProbability,
  generatePersonality,
  type PersonalityProfile,
  shouldLike,
} from './generators.ts'
export { Candidates } from './pairs/candidates.ts'
export {
  affinity,
  interestOverlap,
  isAgeMismatch,
  isIntentMismatch,
  LikeModel,
  quizCompatibility,
} from './pairs/compatibility.ts'
export { Decisions } from './pairs/decisions.ts'
export { LINE_WORDS, RowSets } from './pairs/row-sets.ts'
export { type Term, type TermEffect, totalOf } from './pairs/terms.ts'
export { couldMeet, distanceKm, People, QUIZ_QUESTIONS, wider } from './people.ts'
export type { GivenPerson, GivenTraits } from './person/given.ts'
export { type ActivityPattern, generateActivityPattern } from './person/habits.ts'
export { drawLifecycle, drawStanding, Life, NEW_DAYS, stationaryShares } from './person/lifecycle.ts'
export { checkMinorities, type Minorities, Odd } from './person/minorities.ts'
export {
  createPopulation,
  drawCity,
  drawPerson,
  emptyPerson,
  Missing,
  type PersonTraits,
  type Population,
} from './person/person.ts'
export { generateProfile, markOfBio, type PersonProfile, pictureCounter } from './person/profile.ts'
export { Rhythm } from './person/rhythm.ts'
export { writerOf } from './person/writer.ts'
export { PURPOSES, Purpose } from './purposes.ts'

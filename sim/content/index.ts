export { generateAge, MAX_AGE, MIN_AGE } from './ages.ts'
export {
  ageOn,
  type CivilDate,
  civilFromDays,
  DAY_MS,
  daysFromCivil,
  formatDate,
  HOUR_MS,
  parseDate,
  weekday,
} from './civil.ts'
export { Move, type ThreadStage, threadDateSet, threadEnded, threadStage } from './course/index.ts'
export { greatCircleKm, type Point } from './distances.ts'
export {
  archetypeTopics,
  drawInterests,
  generateInterests,
  interestBits,
  interestTables,
  preferredTopics,
} from './interest-draws.ts'
export { INTERESTS, type Interest, SUBJECTS, type Subject } from './interests.ts'
export { LAST_NAMES } from './last-names.ts'
export { drawHome, generateLocation, type Location } from './locations.ts'
export { displayName, drawFirstName, FIRST_NAMES, firstName, generateName } from './names.ts'
export { drawOwnName, hasFirstNames, type OwnWords, ownBio, ownFirstNames, ownName } from './own-words.ts'
export { type City, PLACE_PACKS, PlacePack, type PlacePackName, placePack } from './places.ts'
export { answerLabels, answerQuiz, generateQuizAnswers, type QuizResult, scoreVector } from './quiz-answers.ts'
export { QUIZZES, type Quiz, type QuizQuestion } from './quizzes.ts'
export {
  interestsOf,
  LEAST_INTERESTS,
  type OwnInterest,
  type OwnTaxonomy,
  type Taxonomy,
  taxonomyOf,
} from './taxonomy.ts'
export * from './text/index.ts'
export { CONTENT_VERSION } from './version.ts'
export * from './vocabulary.ts'
export { ZoneClock } from './zone-clock.ts'
export { ZONE_YEARS, ZONES, type Zone, zoneIndex } from './zones.ts'

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
export {
  archetypeTopics,
  drawInterests,
  generateInterests,
  interestBits,
  interestTables,
  preferredTopics,
} from './interests/interest-draws.ts'
export { INTERESTS, type Interest, SUBJECTS, type Subject } from './interests/interests.ts'
export {
  interestsOf,
  LEAST_INTERESTS,
  type OwnInterest,
  type OwnTaxonomy,
  type Taxonomy,
  taxonomyOf,
} from './interests/taxonomy.ts'
export { LAST_NAMES } from './names/last-names.ts'
export { displayName, drawFirstName, FIRST_NAMES, firstName, generateName } from './names/names.ts'
export { drawOwnName, hasFirstNames, type OwnWords, ownBio, ownFirstNames, ownName } from './own-words.ts'
export { greatCircleKm, type Point } from './places/distances.ts'
export { drawHome, generateLocation, type Location } from './places/locations.ts'
export { type City, PLACE_PACKS, PlacePack, type PlacePackName, placePack } from './places/places.ts'
export { ZoneClock } from './places/zone-clock.ts'
export { ZONE_YEARS, ZONES, type Zone, zoneIndex } from './places/zones.ts'
export { answerLabels, answerQuiz, generateQuizAnswers, type QuizResult, scoreVector } from './quiz-answers.ts'
export { QUIZZES, type Quiz, type QuizQuestion } from './quizzes.ts'
export * from './text/index.ts'
export { CONTENT_VERSION } from './version.ts'
export * from './vocabulary.ts'

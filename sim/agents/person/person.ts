import {
  ARCHETYPES,
  answerQuiz,
  drawFirstName,
  drawHome,
  drawInterests,
  drawOwnName,
  GENDERS,
  generateAge,
  hasFirstNames,
  INTENTS,
  interestsOf,
  interestTables,
  type OwnTaxonomy,
  type OwnWords,
  ownFirstNames,
  type PlacePack,
  QUIZZES,
  type Quiz,
} from '../../content/index.ts'
import { AliasTable, exp, log, type Stream, StreamKeys } from '../../kernel/index.ts'
import type { PopulationParameters } from '../../parameters/index.ts'
import { PURPOSES, Purpose } from '../purposes.ts'
import { type GivenPerson, layOver } from './given.ts'
import { generateActivityPattern } from './habits.ts'
import { type Minorities, makeOdd } from './minorities.ts'
import type { PersonTraits } from './traits.ts'

export type { PersonTraits }

const DAY_MS = 86_400_000
const DAYS_PER_YEAR = 365.2425
const ADULT_DAYS = Math.ceil(18 * DAYS_PER_YEAR)

/** Bits of `PersonTraits.flags`. */
export const Missing = { posts: 1, quiz: 2, bio: 4, photo: 8 } as const

/** Everything that persons are drawn from. */
export interface Population {
  readonly seed: string
  /** Civil days since 1970. */
  readonly startDay: number
  readonly places: PlacePack
  readonly parameters: PopulationParameters
  readonly minorities?: Minorities | undefined
  readonly keys: StreamKeys
  readonly words?: OwnWords | undefined
  /** The quizzes that people may take; they are compared by the first. */
  readonly quizzes: readonly Quiz[]
  /** Interests of a user's own. */
  readonly taxonomy?: OwnTaxonomy | undefined
  /** First names of one's own words, by the numbers that people have of them; null: names are drawn from the pools. */
  readonly names: readonly string[] | null
  /** Of whom something is given, by k; null when of nobody. */
  readonly given: ReadonlyMap<number, GivenPerson> | null
  readonly tables: {
    gender: AliasTable
    intent: AliasTable
    archetype: AliasTable
    /** Of each archetype; undefined: those of all interests. */
    interests: readonly AliasTable[] | undefined
  }
}

export function createPopulation(run: {
  seed: string
  startDay: number
  places: PlacePack
  parameters: PopulationParameters
  minorities?: Minorities | undefined
  people?: readonly GivenPerson[] | undefined
  words?: OwnWords | undefined
  quizzes?: readonly Quiz[] | undefined
  taxonomy?: OwnTaxonomy | undefined
}): Population {
  const { people = [], ...base } = run
  const { gender, intent, archetype } = run.parameters
  return {
    ...base,
    quizzes: run.quizzes ?? QUIZZES,
    names: run.words !== undefined && hasFirstNames(run.words) ? ownFirstNames(run.words) : null,
    given: people.length > 0 ? new Map(people.map((person) => [person.k, person])) : null,
    keys: new StreamKeys(run.seed, PURPOSES),
    tables: {
      gender: new AliasTable(GENDERS.map((name) => gender[name])),
      intent: new AliasTable(INTENTS.map((name) => intent[name])),
      archetype: new AliasTable(ARCHETYPES.map((name) => archetype[name])),
      interests: run.taxonomy && interestTables(interestsOf(run.taxonomy)),
    },
  }
}

/** The city of person k: what decides the market, alone, so that planning a run draws nothing else. */
export function drawCity(population: Population, stream: Stream, k: number): number {
  const city = population.places.draw(population.keys.person(stream, Purpose.location, k))
  return population.given?.get(k)?.traits.city ?? city
}

/** Wanted genders as bits. People of no binary gender seek everyone unless they seek their own alone. */
function drawSeeks(stream: Stream, gender: number, orientation: PopulationParameters['orientation']): number {
  const u = stream.next()
  if (u < orientation.same) return 1 << gender
  if (u < orientation.same + orientation.both) return 0b111
  return gender === 0 ? 0b010 : gender === 1 ? 0b001 : 0b111
}

function drawTrait(
  stream: Stream,
  range: { low: number; high: number },
  archetypeShift: number,
  genderShift: number,
): number {
  const value = range.low + (range.high - range.low) * stream.next() + archetypeShift + genderShift
  return Math.min(1, Math.max(0, value))
}

function drawFlags(stream: Stream, sparse: PopulationParameters['sparse'], engagement: number): number {
  const logit = sparse.logit + sparse.engagementSlope * (engagement - 0.6)
  const u = stream.next()
  const quiz = stream.chance(sparse.quiz)
  const bio = stream.chance(sparse.bio)
  const photo = stream.chance(sparse.photo)
  const posts = stream.chance(sparse.posts)
  if (u >= 1 / (1 + exp(-logit))) return 0
  const flags =
    (quiz ? Missing.quiz : 0) | (bio ? Missing.bio : 0) | (photo ? Missing.photo : 0) | (posts ? Missing.posts : 0)
  return flags === 0 ? Missing.quiz : flags
}

/** When someone who was there before the start signed up: ms, negative; never before the 18th birthday. */
function drawJoinedBefore(stream: Stream, tenure: PopulationParameters['tenure'], daysSinceAdult: number): number {
  const longest = Math.max(1, Math.min(tenure.longestDays, daysSinceAdult))
  const within = 1 - exp(-longest / tenure.meanDays)
  const days = -tenure.meanDays * log(1 - stream.next() * within)
  return -Math.max(60_000, Math.floor(days * DAY_MS))
}

/** When a newcomer of `day` signs up: ms since the run's start, by day more than by night (UTC − 6 h). */
function drawJoinedOn(stream: Stream, day: number): number {
  const hour = (12 + stream.next() * 10 + stream.next() * 8) % 24
  return day * DAY_MS + 60_000 + Math.floor((hour / 24) * (DAY_MS - 120_000))
}

/**
 * Draws person k.
 * @param joinDay run day (0, 1, …) on which a newcomer joins; −1 for those who were there before the start
 */
export function drawPerson(
  population: Population,
  k: number,
  joinDay: number,
  stream: Stream,
  out: PersonTraits,
): void {
  const { keys, parameters, tables } = population
  const given = population.given?.get(k)
  out.k = k
  keys.person(stream, Purpose.profile, k)
  out.gender = tables.gender.draw(stream)
  out.intent = tables.intent.draw(stream)
  out.seeks = drawSeeks(stream, out.gender, parameters.orientation)
  const age = generateAge(stream)
  // Half a year of room at the oldest age, so that nobody turns 66 in the months that a run lasts.
  out.birthDay = population.startDay - Math.ceil(age * DAYS_PER_YEAR) - stream.nextInt(age >= 65 ? 120 : 365)

  if (given) layOver(given, out)

  keys.person(stream, Purpose.location, k)
  const city = population.places.draw(stream)
  out.city = given?.traits.city ?? city
  const home = drawHome(stream, population.places.cities[out.city]!)
  out.latitude = home.latitude
  out.longitude = home.longitude

  // A name that is in no dictionary is on the profile alone: others address the person without it.
  out.firstName = population.names
    ? drawOwnName(
        keys.day(stream, Purpose.name, k, 0),
        population.words!.names!,
        GENDERS[out.gender]!,
        population.names,
      )
    : drawFirstName(keys.person(stream, Purpose.name, k), out.gender)

  keys.person(stream, Purpose.personality, k)
  out.archetype = tables.archetype.draw(stream)
  const byArchetype = parameters.archetypeShift[ARCHETYPES[out.archetype]!]
  const byGender = parameters.genderShift[GENDERS[out.gender]!]
  const { traits } = parameters
  out.sociability = drawTrait(stream, traits.sociability, byArchetype.sociability, byGender.sociability)
  out.selectivity = drawTrait(stream, traits.selectivity, byArchetype.selectivity, byGender.selectivity)
  out.engagement = drawTrait(stream, traits.engagement, byArchetype.engagement, byGender.engagement)
  if (given) layOver(given, out)
  out.appeal = stream.lognormal(0, parameters.appealSigma)
  out.flags = drawFlags(stream, parameters.sparse, out.engagement)
  const wanted = 3 + stream.nextInt(6)
  if (given) layOver(given, out)

  const { interests } = population.tables
  out.interests = drawInterests(keys.person(stream, Purpose.interests, k), out.archetype, wanted, interests)
  out.quiz =
    out.flags & Missing.quiz
      ? null
      : answerQuiz(
          keys.object(stream, Purpose.quiz, k, 0, 0),
          population.quizzes[0]!,
          out.archetype,
          parameters.quizFidelity,
        )

  keys.person(stream, Purpose.habits, k)
  const { rhythm } = parameters
  const habits = generateActivityPattern(stream, out, parameters)
  out.sessionRate = habits.sessionsPerDay
  out.postRate = out.flags & Missing.posts ? 0 : habits.postsPerDay
  out.warmth = stream.lognormal(0, parameters.warmthSigma)
  out.rhythmShift = Math.max(-4, Math.min(4, rhythm.shiftHours * stream.normal()))
  out.rhythmShape = stream.nextInt(4)

  // Hand-written people are what they were written as.
  if (population.minorities !== undefined && !given) makeOdd(keys, population.minorities, k, out)

  keys.person(stream, Purpose.tenure, k)
  out.joinedAt =
    joinDay < 0
      ? drawJoinedBefore(stream, parameters.tenure, population.startDay - out.birthDay - ADULT_DAYS)
      : drawJoinedOn(stream, joinDay)
  if (given) layOver(given, out)
}

/** A record for `drawPerson` to fill. */
export function emptyPerson(): PersonTraits {
  return {
    k: 0,
    gender: 0,
    seeks: 0,
    intent: 0,
    city: 0,
    latitude: 0,
    longitude: 0,
    birthDay: 0,
    joinedAt: 0,
    firstName: 0,
    archetype: 0,
    sociability: 0,
    selectivity: 0,
    engagement: 0,
    interests: [],
    quiz: null,
    flags: 0,
    appeal: 1,
    sessionRate: 0,
    postRate: 0,
    warmth: 1,
    rhythmShift: 0,
    rhythmShape: 0,
  }
}

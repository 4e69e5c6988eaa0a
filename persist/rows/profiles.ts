import type { PersonProfile } from '../../sim/agents/index.ts'
import { DAY_MS, formatDate, type PlacePack, type Quiz, scoreVector, ZONES } from '../../sim/content/index.ts'
import type { TableBatch } from '../batch.ts'
import type { UserIds } from './ids.ts'
import { type LookupIds, optionValue } from './lookups.ts'
import type { PictureSource } from './media.ts'
import { LOOKUPS, TABLES } from './tables.ts'

/**
 * scrypt (RFC 7914; N = 2¹⁴, r = 8, p = 1) of the password `mingle-demo`, as a PHC string: one real hash for everybody,
 * since hashing takes longer than all the rest. docs/persistence.md says how a site checks it.
 */
export const DEMO_PASSWORD_HASH =
  '$scrypt$ln=14,r=8,p=1$bWluZ2xlLWRlbW8tc2FsdA$XEi+2D3iJXmbs9gbtAm6kuzO8yxdsBDt07rKWJwMZ+g'

/** Tables that a person fills, in the order of writing. */
export const PROFILE_TABLES = ['users', 'profiles', 'profile_media', 'user_interests', 'quiz_answers'] as const

/** Sign-up and each quiz: minutes between them. */
const QUIZ_MS = 7 * 60_000

/** What turns people into rows besides themselves. */
export interface ProfileContext {
  /** Midnight UTC of day 0, epoch ms. */
  readonly startMs: number
  readonly places: PlacePack
  readonly lookups: LookupIds
  /** Those of the run. */
  readonly quizzes: readonly Quiz[]
  readonly pictures: PictureSource
}

/**
 * The profile rows of some people, whose user ids `ids` knows already.
 * @param firstMediaId id of the first `profile_media` row
 */
export function profileBatches(
  people: readonly PersonProfile[],
  ids: UserIds,
  firstMediaId: number,
  context: ProfileContext,
): TableBatch[] {
  const userId = Float64Array.from(people, (person) => ids.get(person.k))
  return [
    userRows(people, userId, context),
    profileRows(people, userId, context),
    mediaRows(people, userId, firstMediaId, context),
    interestRows(people, userId, context),
    quizRows(people, userId, context),
  ]
}

/** Rows of `profile_media` that these people will have. */
export function countMedia(people: readonly PersonProfile[]): number {
  return people.reduce((sum, person) => sum + person.media.length, 0)
}

function userRows(people: readonly PersonProfile[], userId: Float64Array, { startMs }: ProfileContext): TableBatch {
  return {
    shape: TABLES.users,
    rows: people.length,
    columns: {
      id: userId,
      email: Array.from(userId, (id) => `test.user${id}@example.com`),
      password_hash: people.map(() => DEMO_PASSWORD_HASH),
      created_at: Float64Array.from(people, (person) => startMs + person.joinedAt),
    },
  }
}

function profileRows(people: readonly PersonProfile[], userId: Float64Array, { places }: ProfileContext): TableBatch {
  const cities = people.map((person) => places.cities[person.city]!)
  return {
    shape: TABLES.profiles,
    rows: people.length,
    columns: {
      user_id: userId,
      display_name: people.map((person) => person.displayName),
      bio: people.map((person) => person.bio || null),
      birthdate: people.map((person) => formatDate(person.birthDay)),
      gender: people.map((person) => person.gender),
      seeks: people.map((person) => person.seeks.join(',')),
      intent: people.map((person) => person.intent),
      city: cities.map((city) => city.name),
      state: cities.map((city) => city.region),
      country: cities.map((city) => city.country),
      latitude: Float64Array.from(people, (person) => person.latitude),
      longitude: Float64Array.from(people, (person) => person.longitude),
      time_zone: cities.map((city) => ZONES[city.zone]!.name),
    },
  }
}

function mediaRows(
  people: readonly PersonProfile[],
  userId: Float64Array,
  firstId: number,
  { pictures }: ProfileContext,
): TableBatch {
  const rows = people.flatMap((person, i) =>
    person.media.map((seed, position) => ({ userId: userId[i]!, position, ...pictures(seed) })),
  )
  return {
    shape: TABLES.profile_media,
    rows: rows.length,
    columns: {
      id: Float64Array.from(rows, (_, i) => firstId + i),
      user_id: Float64Array.from(rows, (row) => row.userId),
      url: rows.map((row) => row.url),
      thumb_url: rows.map((row) => row.thumbUrl),
      position: Int32Array.from(rows, (row) => row.position),
    },
  }
}

function interestRows(people: readonly PersonProfile[], userId: Float64Array, { lookups }: ProfileContext): TableBatch {
  const rows = people.flatMap((person, i) =>
    person.interests
      .map((interest) => lookups.interests[interest]!)
      .sort((a, b) => a - b)
      .map((interest) => [userId[i]!, interest] as const),
  )
  return {
    shape: TABLES.user_interests,
    rows: rows.length,
    columns: {
      user_id: Float64Array.from(rows, (row) => row[0]),
      interest_id: Float64Array.from(rows, (row) => row[1]),
    },
  }
}

function quizRows(
  people: readonly PersonProfile[],
  userId: Float64Array,
  { lookups, quizzes, startMs }: ProfileContext,
): TableBatch {
  const rows = people.flatMap((person, i) =>
    person.quizzes
      .map(({ quiz, options }, position) => {
        const questions = lookups.questions[quiz]!
        const answers = Object.fromEntries(options.map((option, at) => [questions[at]!, optionValue(option)]))
        return {
          userId: userId[i]!,
          quizId: lookups.quizzes[quiz]!,
          answers: JSON.stringify(answers),
          scores: JSON.stringify(scoreVector(quizzes[quiz]!, Uint8Array.from(options))),
          createdAt: startMs + person.joinedAt + (position + 1) * QUIZ_MS,
        }
      })
      .sort((a, b) => a.quizId - b.quizId),
  )
  return {
    shape: TABLES.quiz_answers,
    rows: rows.length,
    columns: {
      user_id: Float64Array.from(rows, (row) => row.userId),
      quiz_id: Float64Array.from(rows, (row) => row.quizId),
      answers: rows.map((row) => row.answers),
      score_vec: rows.map((row) => row.scores),
      created_at: Float64Array.from(rows, (row) => row.createdAt),
    },
  }
}

/** Marks of the interests that these people touched, by the first of them, for the job that computes relationships. */
export function dirtyInterests(people: readonly PersonProfile[], { lookups, startMs }: ProfileContext): TableBatch {
  const marks = new Map<number, number>()
  for (const person of people) {
    for (const interest of person.interests) {
      const at = startMs + person.joinedAt
      const id = lookups.interests[interest]!
      if (!marks.has(id)) marks.set(id, at)
    }
  }
  const rows = [...marks].sort((a, b) => a[0] - b[0])
  return {
    shape: LOOKUPS.interest_dirty,
    rows: rows.length,
    columns: {
      interest_id: Float64Array.from(rows, (row) => row[0]),
      marked_at: Float64Array.from(rows, (row) => row[1]),
    },
  }
}

/** Days since the run's first, of a time since the run's start. */
export function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS)
}

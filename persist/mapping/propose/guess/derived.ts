import { DERIVED_NAMES, type DerivedName, type Space, sourceOf } from '../../config/sources.ts'
import {
  CLIENT_DEFAULTS,
  type Field,
  type Metadata,
  type Model,
  referenceOf,
  uniquesOf,
} from '../../metadata/metadata.ts'
import type { Proposed } from '../proposal.ts'
import { destination, modelsOf } from './fields.ts'
import type { Guess } from './models.ts'
import { references, sideOf } from './shape.ts'
import { FIELD_WORDS, plainName } from './words.ts'

/** What a model of what jobs derive is called. Another name may mean another thing, and nothing is said of it. */
const NAMES: Readonly<Record<DerivedName, RegExp>> = {
  interest_relationship: /relat|simil|pair|cooccur|affinit|link|graph/i,
  searchable_user: /search|discover|director|findable/i,
  user_trait: /trait|personalit/i,
  match_score: /scor|compat|affinit/i,
  quiz_stat: /stat|tall|distribution|count/i,
  trending_post: /trend|hot|popular/i,
  trending_interest: /trend|hot|popular/i,
}

/** Names of fields, beside those that facts have too. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  score: ['score', 'value', 'points', 'weight', 'strength', 'similarity', 'compatibility', 'affinity', 'heat'],
  quiz_score: ['quizscore', 'answerscore'],
  interest_score: ['interestscore', 'interestsscore', 'tagscore'],
  distance_km: ['distancekm', 'distance', 'km'],
  computed_at: [
    ...['computedat', 'calculatedat', 'scoredat', 'refreshedat', 'generatedat', 'indexedat', 'asof', 'computed'],
    ...['updatedat', 'createdat', 'at'],
  ],
  age: ['age'],
  has_bio: ['hasbio', 'hasabout'],
  photos: ['photos', 'photocount', 'pictures', 'picturecount', 'imagecount'],
  interest_count: ['interestcount', 'interests', 'tagcount', 'hobbycount'],
  last_active_at: ['lastactiveat', 'lastactive', 'lastseenat', 'lastseen', 'lastonline', 'activeat'],
  trait: ['trait', 'name', 'key', 'dimension', 'traitname', 'traitkey'],
  views: ['views', 'viewcount', 'seen'],
  likes: ['likes', 'likecount', 'hearts'],
  users: ['users', 'usercount', 'people', 'members'],
  posts: ['posts', 'postcount'],
  shared_users: ['sharedusers', 'shared', 'usersincommon', 'cooccurrences', 'common', 'count'],
  answers: ['answers', 'answercount', 'count', 'chosen', 'times', 'votes'],
  share: ['share', 'ratio', 'fraction'],
}
const TYPES: Readonly<Record<string, readonly string[]>> = {
  text: ['String'],
  time: ['DateTime'],
  float: ['Float', 'Decimal'],
  int: ['Int', 'BigInt', 'Boolean'],
}
const WORDED: ReadonlySet<string> = new Set(['gender', 'intent'])

/** What jobs derive, where a model that nothing else is written to plainly is for it: by its name, its references and its fields. */
export function derivedTargets(guess: Guess, metadata: Metadata): ReadonlyMap<DerivedName, Proposed> {
  const found = new Map<DerivedName, Proposed>()
  const taken = new Set<Model>()
  for (const source of DERIVED_NAMES) {
    for (const model of guess.left) {
      if (found.has(source) || taken.has(model) || !NAMES[source].test(model.name)) continue
      const lines = linesOf(source, model, guess, metadata)
      if (!lines) continue
      found.set(source, { model, lines, set: [], truncate: [] })
      taken.add(model)
    }
  }
  return found
}

/** Null where the model lacks what tells its rows, or wants more than is derived. */
function linesOf(source: DerivedName, model: Model, guess: Guess, metadata: Metadata): [string, string][] | null {
  const { columns, keys } = sourceOf(source)
  const goals = new Map<string, Field>()
  const free = new Set(model.fields)
  const take = (column: string, field: Field | undefined) => {
    if (!field) return
    free.delete(field)
    goals.set(column, field)
  }
  for (const space of new Set(Object.values(columns).flatMap(({ space: of }) => of ?? []))) {
    const wanted = Object.keys(columns).filter((name) => columns[name]!.space === space)
    const fields = inOrder(references(model, modelsOf(space as Space, guess)).filter((field) => free.has(field)))
    // One person more or less, and the row is about something else.
    if (fields.length > wanted.length) return null
    wanted.forEach((column, i) => {
      take(column, fields[i])
    })
  }
  for (const [column, { kind, space, nullable }] of Object.entries(columns)) {
    if (space || column === 'day') continue
    const words = WORDS[column] ?? FIELD_WORDS[column] ?? []
    const fits = (field: Field) =>
      !field.list &&
      !(nullable && field.required) &&
      referenceOf(model, field.name) === undefined &&
      (field.enum ? WORDED.has(column) : TYPES[kind]!.includes(field.type))
    take(
      column,
      words
        .map((word) => [...free].find((field) => plainName(field.name) === plainName(word) && fits(field)))
        .find(Boolean),
    )
  }
  const has = (names: readonly string[]) => names.every((name) => goals.has(name))
  const unique = keys.some((key) => has(key) && isUnique(model, key, goals))
  const filled = [...free].every((field) => !field.required || field.list || field.updatedAt || isMade(model, field))
  const tells =
    goals.has('computed_at') && Object.keys(columns).some((name) => isWorth(columns[name]!.kind, name, goals))
  if (!unique || !filled || !tells) return null
  return [...goals].map(([column, field]) => [column, destination(source, column, field, metadata)])
}

function isWorth(kind: string, name: string, goals: ReadonlyMap<string, Field>): boolean {
  return kind !== 'id' && name !== 'computed_at' && goals.has(name)
}

function isUnique(model: Model, key: readonly string[], goals: ReadonlyMap<string, Field>): boolean {
  const names = key.map((column) => goals.get(column)!.name)
  return uniquesOf(model).some(
    (unique) => unique.length === names.length && names.every((name) => unique.includes(name)),
  )
}

/** Whether the database or Prisma's client fills the field, or Mingle does as a key. */
function isMade(model: Model, { default: by, name, type }: Field): boolean {
  if (by === null) return false
  return model.primaryKey.includes(name) || !CLIENT_DEFAULTS.has(by) || type === 'String'
}

/** Whose row it is comes before whom it names. */
function inOrder(fields: readonly Field[]): Field[] {
  return [...fields].sort((a, b) => sideOf(a.name) - sideOf(b.name))
}

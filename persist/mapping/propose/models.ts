import { LEDGER } from '../../ledger/tables.ts'
import type { SourceName } from '../config/sources.ts'
import { type Metadata, type Model, type Relation, referenceOf } from '../metadata/metadata.ts'
import { FIELD_WORDS, lastWord, MESSAGE_ENDINGS, MODEL_WORDS, NO_MESSAGES, plainName } from './words.ts'

/** Which model each fact seems to belong to. A relation stands for the join table of a many-to-many relation. */
export type Guess = ReadonlyMap<SourceName, { readonly model: Model; readonly relation?: Relation }>

/** Facts in the order in which they choose: what others refer to first. */
const CHOOSERS: readonly SourceName[] = [
  'user',
  'profile',
  'message',
  'match',
  'post',
  'interest',
  'liked_post',
  'feed_seen',
  'like',
  'profile_view',
  'post_picture',
  'picture',
  'user_interest',
  'quiz_answer',
  'session',
]

/** Guesses by names, and by what a model refers to: a like has two people, a message a person and a match. */
export function guessModels(metadata: Metadata): Guess {
  const ledger = new Set<string>(Object.values(LEDGER).map(({ table }) => table))
  const models = metadata.models.filter(({ table, view }) => !ledger.has(table) && view !== true)
  const guess = new Map<SourceName, { model: Model; relation?: Relation }>()
  const taken = new Set<Model>()
  for (const source of CHOOSERS) {
    const best = models
      .filter((model) => !taken.has(model))
      .map((model) => ({ model, score: nameScore(source, model) + shapeScore(source, model, guess, models) }))
      .filter(({ score }) => score > 4)
      .sort((a, b) => b.score - a.score)[0]
    if (best) {
      guess.set(source, { model: best.model })
      taken.add(best.model)
    } else if (source === 'user_interest') {
      const relation = joinRelation(guess)
      if (relation) guess.set(source, relation)
    }
  }
  return guess
}

function nameScore(source: SourceName, model: Model): number {
  const words = MODEL_WORDS[source] ?? []
  const name = plainName(model.name)
  const at = words.indexOf(name)
  if (at >= 0) return Math.max(3, 10 - at)
  // 'Context' is no text, and 'Timeline' no line.
  if (source === 'message' && MESSAGE_ENDINGS.includes(lastWord(model.name))) return 1
  return words.some((word) => word.length > (source === 'message' ? 4 : 3) && name.endsWith(word)) ? 3 : 0
}

/** What people do to one another and to posts that is no like, no look and no decision. */
const OTHER_DEEDS =
  /comment|repl(?:y|ies)|repost|retweet|share|report|flag|bookmark|notif|mention|invit|block|mute|ban(?:ned)?$|hidden|warning|review|gift|payment/i

/** How many foreign keys of a model lead to another, directly or by a person's profile. */
export function references(model: Model, to: readonly (Model | undefined)[]): string[] {
  return model.fields
    .map(({ name }) => name)
    .filter((name) => to.some((other) => other && referenceOf(model, name)?.model === other.name))
}

/** Points for the shape that a fact's rows have; −100 for one that they cannot have. */
function shapeScore(source: SourceName, model: Model, guess: Guess, models: readonly Model[]): number {
  const people = [guess.get('user')?.model, guess.get('profile')?.model]
  const persons = references(model, people).length
  const posts = references(model, [guess.get('post')?.model]).length
  const matches = references(model, [guess.get('match')?.model]).length
  const decides = model.fields.some(({ enum: is, type }) => is || type === 'Boolean')
  const text = model.fields.some(
    ({ type, name }) => type === 'String' && !referenceOf(model, name) && !model.primaryKey.includes(name),
  )
  switch (source) {
    case 'user':
      return model.fields.some(({ name }) => /mail|password/i.test(name)) ? 6 : 0
    case 'profile':
      return persons === 1 && model.fields.some(({ name }) => /birth|gender|sex|bio/i.test(name)) ? 6 : -100
    case 'message':
      return persons >= 1 && text && !NO_MESSAGES.test(model.name) ? 2 + talk(model, people, models) : -100
    case 'match': {
      const message = guess.get('message')?.model
      return message && references(message, [model]).length > 0 && !people.includes(model)
        ? 12
        : persons === 2 && !decides
          ? 2
          : -100
    }
    case 'post':
      // People do something to posts: a table leads to both.
      return persons === 1 && text ? (models.some((other) => refersToBoth(other, people, model)) ? 5 : 2) : -100
    case 'liked_post':
    case 'feed_seen':
      // People do much to posts: without a name that says so, it is neither a like nor a look.
      return persons === 1 && posts === 1 && !OTHER_DEEDS.test(model.name)
        ? nameScore(source, model) > 0
          ? 5
          : 0
        : -100
    case 'like':
      return persons === 2 && matches === 0 && !OTHER_DEEDS.test(model.name) ? (decides ? 6 : 2) : -100
    case 'profile_view':
      return persons === 2 && !OTHER_DEEDS.test(model.name) ? (decides ? 0 : 3) : -100
    case 'post_picture':
      return posts === 1 && persons === 0 ? 3 : -100
    case 'picture':
    case 'session':
    case 'quiz_answer':
      return persons === 1 ? 1 : -100
    case 'user_interest':
      return persons === 1 && references(model, [guess.get('interest')?.model]).length === 1 ? 8 : -100
    default:
      return persons === 0 ? 0 : -100
  }
}

/** Points for what is said in a conversation, or by one person to another: what a message is, whatever its name. */
function talk(model: Model, people: readonly (Model | undefined)[], models: readonly Model[]): number {
  const body = model.fields.some(
    ({ type, name, required }) => type === 'String' && required && FIELD_WORDS.body!.includes(plainName(name)),
  )
  const threads = models.filter(
    (other) =>
      other !== model &&
      !people.includes(other) &&
      references(model, [other]).length > 0 &&
      (references(other, people).length === 2 ||
        (references(other, people).length === 0 && models.some((seat) => refersToBoth(seat, people, other)))),
  )
  if (threads.length > 0) return body ? 4 : 2
  const persons = references(model, people)
  // One row a pair is a like or a match with a few words.
  const once = [model.primaryKey, ...model.uniques].some((unique) => persons.every((name) => unique.includes(name)))
  const decides = model.fields.some(({ enum: is, type }) => is || type === 'Boolean')
  return persons.length === 2 && !once && body ? (decides ? 2 : 3) : 0
}

function refersToBoth(model: Model, people: readonly (Model | undefined)[], other: Model): boolean {
  return references(model, people).length === 1 && references(model, [other]).length === 1
}

/** The many-to-many relation between people and interests. */
function joinRelation(guess: Guess): { model: Model; relation: Relation } | null {
  const interest = guess.get('interest')?.model
  for (const model of [guess.get('user')?.model, guess.get('profile')?.model]) {
    const relation = model?.relations.find(
      ({ model: other, list, from }) => list && from.length === 0 && other === interest?.name,
    )
    const back = interest?.relations.find(({ name }) => name === relation?.name)
    if (model && relation && back?.list) return { model, relation }
  }
  return null
}

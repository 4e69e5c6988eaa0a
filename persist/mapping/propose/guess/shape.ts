import { type Field, type Metadata, type Model, referenceOf, uniquesOf } from '../../metadata/metadata.ts'
import { plainName, VALUE_WORDS } from './words.ts'

/** The models that others are understood by. */
export interface Anchors {
  readonly user?: Model | undefined
  readonly profile?: Model | undefined
  readonly post?: Model | undefined
  readonly thread?: Model | undefined
  readonly interest?: Model | undefined
  readonly subject?: Model | undefined
  readonly quiz?: Model | undefined
  readonly question?: Model | undefined
  readonly option?: Model | undefined
}

/**
 * The fields of a model that say which row of others is meant. Of a key of several fields, what every row has in common (a
 * tenant, itself a key of others) says nothing of that.
 */
export function references(model: Model, to: readonly (Model | undefined)[]): Field[] {
  const names = new Set(to.flatMap((other) => other?.name ?? []))
  const found = new Set<string>()
  for (const relation of model.relations) {
    if (!names.has(relation.model) || relation.from.length === 0) continue
    const other = to.find((each) => each?.name === relation.model)!
    const own = relation.from.filter((_, i) => isOwn(other, relation.to[i]!))
    const shared = (name: string) =>
      model.relations.some((beside) => beside !== relation && beside.from.length > 1 && beside.from.includes(name))
    const meant = own.length > 0 && own.length < relation.from.length ? own : relation.from
    const telling = relation.from.length > 1 && meant.length > 1 ? meant.filter((name) => !shared(name)) : meant
    for (const name of telling.length > 0 ? telling : meant) found.add(name)
  }
  return model.fields.filter(({ name }) => found.has(name))
}

/** Whether a field of a model is its own: neither a key of others', nor, of a key of several, what its name says all rows share. */
function isOwn(model: Model, name: string): boolean {
  return referenceOf(model, name) === undefined && (model.primaryKey.length < 2 || !SHARED.test(name))
}

/** Whose site it is, of several. */
export const SHARED = /tenant|org|site|workspace|realm|region/i

export const required = (fields: readonly Field[]) => fields.filter((field) => field.required)

/** Fields that are no key and refer to nothing. */
export function plainFields(model: Model): Field[] {
  return model.fields.filter(({ name }) => !referenceOf(model, name) && !model.primaryKey.includes(name))
}

/** The fields of text among them. */
export function texts(model: Model): Field[] {
  return plainFields(model).filter(({ type, list }) => type === 'String' && !list)
}

export function hasText(model: Model, words: readonly string[]): boolean {
  const plain = words.map(plainName)
  return texts(model).some(({ name }) => plain.includes(plainName(name)))
}

/** Whether a field of a model tells likes from dislikes: a truth value, or an enum that has a word for either. */
export function decides(model: Model, { enums }: Metadata): boolean {
  return model.fields.some(({ enum: is, type, name }) => {
    if (type === 'Boolean') return !/read|seen|delet|activ|hidden|mutual|match|super|notif|archiv/i.test(name)
    if (!is) return false
    const values = Object.keys(enums.find((each) => each.name === type)?.values ?? {}).map(plainName)
    return ['LIKE', 'DISLIKE'].every((word) => VALUE_WORDS[word]!.some((each) => values.includes(plainName(each))))
  })
}

/** Whether a truth value's very name tells likes from dislikes. */
export function tellsLikes(model: Model): boolean {
  return model.fields.some(({ type, name }) => type === 'Boolean' && LIKED.includes(plainName(name)))
}
const LIKED = ['liked', 'islike', 'isliked', 'like', 'likes', 'positive'].map(plainName)

/** Whether two people have one row of the model at most. */
export function oncePerPair(model: Model, people: readonly Field[]): boolean {
  return uniquesOf(model).some((unique) => people.every(({ name }) => unique.includes(name)))
}

const DOERS =
  /^(?:from|by|sender|author|owner|creator|source|actor|initiator|me|own|user|person|member)|by(?:user)?(?:id)?$|[a-z]er(?:user|person|profile)?(?:id)?$/i
const DONE_TO =
  /^(?:target|receiver|recip|other|about|whom|partner)|ed(?:user|person|profile|member)?(?:id)?$|ee(?:id)?$|following(?:id)?$/i
/** `toId` and `to_id`, and not `token`. */
const TO = /^to(?![a-z])/

/** Whether a person's field says by its name that something is done to them (1), that they do it (−1), or neither (0). */
export function sideOf(name: string): -1 | 0 | 1 {
  const plain = name.replaceAll('_', '')
  if (TO.test(name) || DONE_TO.test(plain)) return 1
  return DOERS.test(plain) ? -1 : 0
}

/** Whether two fields stand for the same part, such as `user1` and `user2`, `aId` and `bId`. */
export function symmetric(a: string, b: string): boolean {
  const marks = (name: string) =>
    name.replaceAll(/(?:one|two|first|second|low|high|\d|(?<![a-z])[abAB](?![a-z])|[AB](?=Id|_id|$))/gi, '#')
  return marks(a) === marks(b)
}

import type { Metadata, Model } from '../../metadata/metadata.ts'
import {
  type Anchors,
  decides,
  hasText,
  oncePerPair,
  plainFields,
  references,
  required,
  sideOf,
  symmetric,
  tellsLikes,
  texts,
} from './shape.ts'
import { NO_MESSAGES, nameScore, OTHER_DEEDS, type Slot } from './slots.ts'
import { FIELD_WORDS } from './words.ts'

/** Points that a model needs to be proposed for a fact. */
export const ENOUGH = 4
const NEVER = -100

const CREDENTIAL = /mail|passw|login|phone/i
const ABOUT_SOMEBODY = /birth|born|dob|gender|sex$|^sex|bio$|^bio|about/i
const ADDRESS = /url|path|src|href|image|photo|picture|uri|file|(?:^|_)key$|thumb/i
/** What somebody looks for, or how the site is set for them: its gender and age are not theirs. */
const WANTED = /prefer|filter|setting|criteri|config|search|notif|subscri|verif|token/i
/** How somebody is let in, and not when they were there. */
const TICKET = /token|secret|refresh|jwt|csrf/i

/** Who signs in: others refer to them. */
export function userScore(model: Model, models: readonly Model[]): number {
  const signs = model.fields.some(({ name }) => CREDENTIAL.test(name)) ? 6 : 0
  const referring = models.filter((other) => other !== model && references(other, [model]).length > 0).length
  const named = nameScore('user', model.name)
  const told = model.fields.some(({ name }) => ABOUT_SOMEBODY.test(name)) ? 2 : 0
  return named + signs + told === 0 ? 0 : named + signs + told + Math.min(4, referring / 2)
}

/** A row for each user, with what is told of them. */
export function profileScore(model: Model, user: Model): number {
  const persons = references(model, [user])
  if (persons.length !== 1 || !persons[0]!.required || model === user || WANTED.test(model.name)) return NEVER
  const alone = oncePerPair(model, persons)
  const told = model.fields.filter(({ name }) => ABOUT_SOMEBODY.test(name)).length
  if (told === 0 && !(alone && nameScore('profile', model.name) > 5)) return NEVER
  return nameScore('profile', model.name) + (alone ? 6 : 0) + Math.min(3, told)
}

/** A person's own words to everybody. @param joins models that refer to a person and to this one */
export function postScore(model: Model, models: readonly Model[], people: readonly (Model | undefined)[]): number {
  const persons = references(model, people)
  const authors = required(persons)
  if (authors.length > 1 || persons.length === 0 || texts(model).length === 0) return NEVER
  if (OTHER_DEEDS.test(model.name) || oncePerPair(model, persons)) return NEVER
  // What belongs to a row of two people is said between them.
  const isOfTwo = (other: Model) => isTalk(other) || required(references(other, people)).length >= 2
  if (threadsOf(model, people, models).some(isOfTwo)) return NEVER
  const joins = models.filter(
    (other) => other !== model && refersTo(other, people) && required(references(other, [model])).length === 1,
  ).length
  const named = nameScore('post', model.name)
  if (named === 0 && joins === 0) return NEVER
  const says = hasText(model, FIELD_WORDS.text!) ? 2 : 0
  return named + Math.min(4, joins) + says + (authors.length === 1 ? 2 : 0)
}

const refersTo = (model: Model, to: readonly (Model | undefined)[]) => references(model, to).length > 0

/** What a message can belong to: it has two people, or seats for them. */
export function threadsOf(model: Model, people: readonly (Model | undefined)[], models: readonly Model[]): Model[] {
  return models.filter((other) => {
    if (other === model || people.includes(other) || required(references(model, [other])).length === 0) return false
    const persons = required(references(other, people)).length
    if (persons >= 2) return true
    // People sit in a conversation; what somebody wrote is liked by them.
    if (persons === 1 && !isTalk(other)) return false
    return seatsAmong(other, people, models).length > 0 || peopleList(other, people) !== undefined
  })
}

/** Whether a model is a conversation by its name, and no group or club. */
function isTalk({ name }: Model): boolean {
  return Math.max(nameScore('thread', name), nameScore('match', name)) >= 5
}

/** Models of those who take part in a thread: a person and it. */
export function seatsAmong(thread: Model, people: readonly (Model | undefined)[], models: readonly Model[]): Model[] {
  return models.filter(
    (seat) =>
      seat !== thread &&
      required(references(seat, people)).length === 1 &&
      required(references(seat, [thread])).length === 1 &&
      texts(seat).every((field) => !field.required || field.default !== null),
  )
}

/** A many-to-many relation of a thread with people. */
export function peopleList(thread: Model, people: readonly (Model | undefined)[]): string | undefined {
  return thread.relations.find(({ model, list, from, name, field }) => {
    const other = people.find((each) => each?.name === model)
    if (!list || from.length > 0 || !other) return false
    return other.relations.some((back) => back.name === name && back.list && (other !== thread || back.field !== field))
  })?.field
}

/** What somebody says in a conversation, or to one other person, whatever its name. */
export function messageScore(model: Model, models: readonly Model[], people: readonly (Model | undefined)[]): number {
  const persons = references(model, people)
  if (required(persons).length === 0 || texts(model).length === 0 || NO_MESSAGES.test(model.name)) return NEVER
  const named = nameScore('message', model.name)
  const body = texts(model).some(({ required: must }) => must) && hasText(model, FIELD_WORDS.body!)
  const threads = threadsOf(model, people, models)
  if (threads.some(isTalk)) return named + (body ? 8 : 6)
  if (threads.length > 0) return named + (body ? 5 : 3)
  // One row a pair is a like or a match with a few words.
  if (required(persons).length !== 2 || oncePerPair(model, persons) || !body) return NEVER
  return named + 5
}

/** Points of a model for every fact but those that the others are understood by. */
export function factScore(slot: Slot, model: Model, anchors: Anchors, metadata: Metadata): number {
  const people = [anchors.user, anchors.profile]
  const to = (other: Model | undefined) => (other ? references(model, [other]) : [])
  const persons = references(model, people)
  const must = required(persons)
  const posts = to(anchors.post)
  const named = nameScore(slot, model.name)
  const other = OTHER_DEEDS.test(model.name)
  const pair = must.length === 2 && posts.every(({ required: is }) => !is) && !other
  const foreign = model.relations.filter(({ from }) => from.length > 0).length
  switch (slot) {
    case 'feed_seen':
    case 'liked_post':
      // People do much to posts: without a name that says so, it is neither a like nor a look.
      return must.length === 1 && required(posts).length === 1 && !other && named > 0 ? named + 5 : NEVER
    case 'like': {
      if (!pair || required(to(anchors.thread)).length > 0) return NEVER
      const decided = decides(model, metadata)
      const directed = must.some(({ name }) => sideOf(name) !== 0) && !symmetric(must[0]!.name, must[1]!.name)
      return (
        named +
        (decided ? (tellsLikes(model) ? 9 : 6) : named > 0 ? 2 : 0) +
        (directed ? 1 : 0) +
        (oncePerPair(model, must) ? 1 : 0)
      )
    }
    case 'dislike':
    case 'decided':
      return pair && named >= 5 && !decides(model, metadata) ? named + 4 : NEVER
    case 'profile_view':
      return pair && named > 0 ? named + (decides(model, metadata) ? 0 : 3) : NEVER
    case 'match': {
      if (!pair || model === anchors.thread) return NEVER
      const alike = symmetric(must[0]!.name, must[1]!.name)
      return named + (alike ? 2 : 0) + (oncePerPair(model, must) ? 1 : 0) - (decides(model, metadata) ? 4 : 0)
    }
    case 'post_picture':
      return required(posts).length === 1 && must.length <= 1 && hasAddress(model) && !other
        ? named + 4 + (must.length === 0 ? 1 : 0)
        : NEVER
    case 'picture':
      return must.length === 1 && required(posts).length === 0 && hasAddress(model) && !other && named > 0
        ? named + 2
        : NEVER
    case 'session':
      return must.length === 1 && !model.fields.some(({ name }) => TICKET.test(name)) && named > 0 && foreign === 1
        ? named + 1
        : NEVER
    case 'interest':
      return persons.length === 0 && texts(model).length > 0 && named > 0 ? named : NEVER
    case 'subject':
      return persons.length === 0 && texts(model).length > 0 && anchors.interest
        ? references(anchors.interest, [model]).length === 1
          ? named + 6
          : NEVER
        : NEVER
    case 'user_interest': {
      if (must.length !== 1 || persons.length !== 1) return NEVER
      if (to(anchors.interest).length === 1) return named + 8
      // Interests without a table of their own: words alone.
      return named >= 5 && texts(model).length > 0 ? named + 2 : NEVER
    }
    case 'quiz':
      return persons.length === 0 && anchors.question && references(anchors.question, [model]).length === 1
        ? named + 4
        : NEVER
    case 'option':
      return persons.length === 0 && to(anchors.question).length === 1 && texts(model).length > 0 && named > 0
        ? named + 4
        : NEVER
    case 'quiz_answer': {
      if (must.length !== 1 || named === 0) return NEVER
      const asked = to(anchors.question).length + to(anchors.quiz).length + to(anchors.option).length
      const holds = model.fields.some(({ type }) => type === 'Json') && /quiz|test|survey/i.test(model.name)
      return asked > 0 || holds ? named + 4 : NEVER
    }
    default:
      return NEVER
  }
}

/** A question that people answer: nobody's own, with words, and answers that refer to it. */
export function questionScore(model: Model, models: readonly Model[], people: readonly (Model | undefined)[]): number {
  if (refersTo(model, people) || texts(model).length === 0) return NEVER
  const named = nameScore('question', model.name)
  const answered = models.some((other) => refersTo(other, people) && references(other, [model]).length === 1)
  return named > 0 && answered ? named + 2 : NEVER
}

function hasAddress(model: Model): boolean {
  return plainFields(model).some(({ type, name }) => type === 'String' && ADDRESS.test(name))
}

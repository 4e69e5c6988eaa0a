import { DERIVED_NAMES, type SourceName } from '../config/sources.ts'
import type { Field, Metadata, Model } from '../metadata/metadata.ts'
import { derivedTargets } from './guess/derived.ts'
import { fieldsOf } from './guess/fields.ts'
import { givenTo } from './guess/given.ts'
import { type Guess, guessModels } from './guess/models.ts'
import { references } from './guess/shape.ts'
import type { Slot } from './guess/slots.ts'
import { FIELD_WORDS, plainName } from './guess/words.ts'
import type { Proposal, Proposed } from './proposal.ts'

/** Facts and lookup rows in the order in which a proposal has them. */
export const ORDER: readonly SourceName[] = [
  ...(['user', 'profile', 'picture', 'subject', 'interest', 'user_interest'] as const),
  ...(['quiz', 'question', 'option', 'quiz_answer', 'session', 'post', 'post_picture'] as const),
  ...(['feed_seen', 'liked_post', 'profile_view', 'like', 'match', 'message'] as const),
  ...DERIVED_NAMES,
]

/** What the models of a schema could be, fact by fact. */
export function propose(metadata: Metadata): { readonly proposal: Proposal; readonly left: readonly Model[] } {
  const guess = guessModels(metadata)
  const proposal = new Map<SourceName, readonly Proposed[]>()
  const slot = (name: Slot) => guess.models.get(name)
  const plain = (source: SourceName, model: Model | undefined) =>
    model ? [targetOf(source, model, guess, metadata)] : []
  const derived = derivedTargets(guess, metadata)
  for (const source of ORDER.filter((name) => !(DERIVED_NAMES as readonly string[]).includes(name))) {
    if (source === 'user_interest' && guess.interests) {
      const { model, relation } = guess.interests
      proposal.set(source, [linked(model, `link('${model.name}.${relation.field}')`)])
    } else if (source === 'like') proposal.set(source, likes(guess, metadata))
    else if (source === 'match') {
      const rows = [...plain(source, slot('match')), ...plain(source, slot('thread'))]
      proposal.set(source, [...rows, ...seats(guess, metadata)])
    } else if (source === 'post_picture' && !slot('post_picture')) {
      proposal.set(source, plain(source, sharedPictures(guess)))
    } else proposal.set(source, plain(source, slot(source as Slot)))
  }
  for (const [source, target] of derived) proposal.set(source, [target])
  const filled = new Set([...derived.values()].map(({ model }) => model))
  return { proposal, left: guess.left.filter((model) => !filled.has(model)) }
}

function targetOf(source: SourceName, model: Model, guess: Guess, metadata: Metadata): Proposed {
  if (source === 'quiz_answer') {
    const each = answersEach(model, guess, metadata)
    if (each) return each
  }
  const { lines, truncate, set, free } = fieldsOf(source, model, guess, metadata)
  return { model, lines, truncate, set: [...set, ...givenTo(source, model, free, metadata)] }
}

/** A row an answer: its question, and what was chosen. */
function answersEach(model: Model, guess: Guess, metadata: Metadata): Proposed | undefined {
  const at = (slot: Slot) => references(model, [guess.models.get(slot)])[0]
  const [question, option, quiz] = [at('question'), at('option'), at('quiz')]
  const [person] = references(model, [guess.models.get('user'), guess.models.get('profile')])
  if (!person || (!question && !option)) return undefined
  const each: [string, string][] = [[person.name, 'row.user_id']]
  const free = new Set(model.fields.filter(({ updatedAt, name }) => !updatedAt && name !== person.name))
  const give = (field: Field | undefined, code: string) => {
    if (!field) return
    free.delete(field)
    each.push([field.name, code])
  }
  give(question, 'pick.question_id')
  give(option, 'pick.option_id')
  give(quiz, 'row.quiz_id')
  const named = (words: readonly string[], type: string) =>
    [...free].find((field) => field.type === type && !field.list && words.includes(plainName(field.name)))
  if (!option) {
    give(
      named(['answer', 'response', 'text', 'label', 'content', 'body', 'value', 'choice', 'option'], 'String'),
      'pick.label',
    )
    give(
      named(['value', 'answer', 'choice', 'option', 'optionindex', 'score', 'position'], 'Int'),
      'pick.option_position',
    )
  }
  give(named(FIELD_WORDS.created_at!.map(plainName), 'DateTime'), 'row.created_at')
  return { model, lines: [], truncate: [], each, set: givenTo('quiz_answer', model, free, metadata) }
}

const DECIDED = "{ action: ['LIKE', 'DISLIKE'] }"
/** Models of what is asked for or rated: perhaps a like, perhaps not. */
const DOUBTFUL = /friend|request|relationship|interaction|rating|vote|wink|action|reaction/i

/** Likes and dislikes: in one table, or in one each; and whoever has been decided about. */
function likes(guess: Guess, metadata: Metadata): Proposed[] {
  const found = (['like', 'dislike', 'decided'] as const).flatMap((slot): Proposed[] => {
    const model = guess.models.get(slot)
    if (!model) return []
    const target = targetOf('like', model, guess, metadata)
    if (slot === 'dislike') return [{ ...target, where: "{ action: 'DISLIKE' }" }]
    if (slot === 'decided') return [{ ...target, where: DECIDED, note: 'whoever has been decided about, liked or not' }]
    if (target.lines.some(([column]) => column === 'action' || column === 'liked')) return [target]
    if (/swip|decision|check|judg/i.test(model.name) && !guess.models.has('dislike')) {
      return [{ ...target, where: DECIDED, note: 'it does not tell likes from dislikes' }]
    }
    const note = guess.models.has('dislike') ? undefined : 'it has no place for dislikes, which go nowhere'
    return [{ ...target, where: "{ action: 'LIKE' }", ...(note && { note }), doubtful: DOUBTFUL.test(model.name) }]
  })
  return found
}

/** A conversation that does not name its two people has them in a model beside it, or in a list. */
function seats(guess: Guess, metadata: Metadata): Proposed[] {
  const thread = guess.models.get('thread')
  const seat = guess.models.get('seat')
  if (!thread) return []
  if (guess.people !== undefined) {
    const side = (column: string) => linked(thread, `link('${thread.name}.${guess.people}', ['id', '${column}'])`)
    return ['user_a_id', 'user_b_id'].map(side)
  }
  if (!seat) return []
  const [of] = references(seat, [thread])
  const [person] = references(seat, [guess.models.get('user'), guess.models.get('profile')])
  if (!of || !person) return []
  const { lines, free } = fieldsOf('match', seat, { ...guess, models: new Map() }, metadata)
  const time = lines.filter(([column]) => column === 'created_at')
  const left = new Set([...free].filter((field) => field !== of && field !== person))
  const set = givenTo('match', seat, left, metadata)
  return ['user_a_id', 'user_b_id'].map((column) => ({
    model: seat,
    lines: [['id', `'${of.name}'`], [column, `'${person.name}'`], ...time] as const,
    set,
    truncate: [],
  }))
}

/** A table of pictures that may hang on a post. */
function sharedPictures(guess: Guess): Model | undefined {
  const picture = guess.models.get('picture')
  return picture && references(picture, [guess.models.get('post')]).length === 1 ? picture : undefined
}

function linked(model: Model, link: string): Proposed {
  return { model, lines: [], set: [], truncate: [], link }
}

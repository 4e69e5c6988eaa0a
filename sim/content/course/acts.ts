/**
 * What the parts of a message do. A message has up to three parts, in this order: a reaction to what was said, a
 * statement (an opener, an answer, a share, a farewell) and a question. Codes are positions; lists are append-only.
 */

/** The kinds of question. An answer to a question of kind q comes from the statement group q. */
export const QUESTIONS = [
  'hello',
  'start',
  'best',
  'often',
  'tips',
  'other',
  'city',
  'spot',
  'bio',
  'post',
  'food',
  'watch',
  'either',
  'weekend',
  'work',
  'workLike',
  'family',
  'grew',
  'travel',
  'looking',
  'learn',
  'happy',
  'friends',
  'ideal',
  'meet',
  'day',
  'place',
  'number',
  'confirm',
  'nice',
  'again',
  'today',
] as const
export type Question = (typeof QUESTIONS)[number]

/** The groups of statements: first the answers, one group a question, then the others. */
export const STATEMENTS = [
  ...QUESTIONS,
  'openBoth',
  'openTheirs',
  'openCity',
  'openBio',
  'openPost',
  'openHello',
  'shareMine',
  'shareBoth',
  'shareDay',
  'nudge',
  'lastNudge',
  'bye',
  'byeDate',
  'byeBack',
  'meetNo',
  'againNo',
  'dateSet',
  'banter',
  'afterDate',
] as const
export type Statement = (typeof STATEMENTS)[number]

/** The groups of reactions. */
export const REACTIONS = [
  'greet',
  'warm',
  'interest',
  'work',
  'family',
  'city',
  'tasty',
  'travel',
  'looking',
  'funny',
  'plan',
  'noWorries',
  'number',
  'date',
  'sorry',
] as const
export type Reaction = (typeof REACTIONS)[number]

function codes<T extends string>(names: readonly T[]): Readonly<Record<T, number>> {
  return Object.fromEntries(names.map((name, code) => [name, code])) as Record<T, number>
}

/** Code of each question, statement and reaction by name. */
export const Q = codes(QUESTIONS)
export const S = codes(STATEMENTS)
export const R = codes(REACTIONS)

/** A question part may be a closing words instead ("Talk soon!"): this kind asks nothing. */
export const CLOSING = QUESTIONS.length

/** Whose interest the operand of a part must be. `theirsOnly`: the reader's and not the writer's. */
export const OWNERS = ['none', 'mine', 'theirs', 'theirsOnly', 'both'] as const
export type Owner = (typeof OWNERS)[number]

/**
 * What the parts of a message do. A message has up to three parts, in this order: a reaction to what was said, a
 * statement (an opener, an answer, a story, a farewell) and a question. Codes are positions; lists are append-only.
 */

/** The form of a question: what an answer to it must be. */
export type Form =
  | 'manner'
  | 'yesno'
  | 'degree'
  | 'duration'
  | 'frequency'
  | 'place'
  | 'thing'
  | 'choice'
  | 'story'
  | 'time'

/** The kinds of question and their forms. An answer to a question of kind q comes from the statement group q. */
export const QUESTION_FORMS = {
  hello: 'manner',
  weekend: 'story',
  plans: 'thing',
  years: 'duration',
  from: 'place',
  spot: 'place',
  job: 'thing',
  jobAsk: 'yesno',
  jobLike: 'degree',
  siblings: 'yesno',
  close: 'degree',
  pets: 'yesno',
  petAsk: 'manner',
  dish: 'thing',
  cook: 'yesno',
  drink: 'choice',
  start: 'story',
  love: 'manner',
  often: 'frequency',
  tip: 'manner',
  detail: 'choice',
  other: 'thing',
  either: 'choice',
  travel: 'place',
  watch: 'thing',
  skill: 'thing',
  chrono: 'choice',
  childhood: 'thing',
  looking: 'thing',
  happy: 'story',
  changed: 'story',
  proud: 'story',
  ideal: 'manner',
  home: 'manner',
  post: 'yesno',
  miss: 'yesno',
  anecdote: 'story',
  tale: 'story',
  meet: 'yesno',
  day: 'time',
  place: 'place',
  number: 'yesno',
  confirm: 'yesno',
  nice: 'manner',
  again: 'yesno',
  call: 'yesno',
  callDay: 'time',
} as const satisfies Record<string, Form>
export type Question = keyof typeof QUESTION_FORMS
export const QUESTIONS = Object.keys(QUESTION_FORMS) as readonly Question[]

/** The groups of statements: first the answers, one group a question, then the others. */
const OTHER_STATEMENTS = [
  'openBoth',
  'openTheirs',
  'openPost',
  'openCity',
  'openBio',
  'openHello',
  'shareMine',
  'shareLove',
  'shareJob',
  'sharePet',
  'shareDay',
  'shareCity',
  'opinion',
  'joke',
  'callback',
  'deep',
  'kind',
  'nudge',
  'nudgeAgain',
  'bye',
  'byeDate',
  'byeBack',
  'byeNo',
  'byeOff',
  'meetNo',
  'againNo',
  'callNo',
  'dateSet',
  'callSet',
  'ahead',
  'callAhead',
  'afterDate',
  'afterCall',
  'byeCall',
  'cool',
  'backStory',
  'backPet',
  'backJob',
  'onMyWay',
  'moved',
  'callMoved',
  'nudgeFirst',
  'plansLate',
  'soon',
  'here',
  'callNow',
  'callYes',
  'callGo',
] as const
export type Statement = Question | (typeof OTHER_STATEMENTS)[number]
export const STATEMENTS: readonly Statement[] = [...QUESTIONS, ...OTHER_STATEMENTS]

/** How a message sounds, which is what others react to when they have nothing more particular to say. */
export const MOODS = ['nice', 'fun', 'good', 'tired', 'proud', 'cozy', 'sad', 'wonder', 'deep'] as const
export type Mood = (typeof MOODS)[number]

/** The groups of reactions: to a mood, to what was told, to a step of a plan. */
export const REACTIONS = [
  ...MOODS,
  'greet',
  'years',
  'from',
  'spot',
  'job',
  'siblings',
  'pets',
  'dish',
  'drink',
  'story',
  'love',
  'often',
  'tip',
  'other',
  'either',
  'travel',
  'watch',
  'skill',
  'chrono',
  'childhood',
  'looking',
  'home',
  'yes',
  'fine',
  'plan',
  'number',
  'sorry',
  'sight',
  'thanks',
  'eager',
  'dayset',
  'anecdote',
  'turn',
  'well',
  'tale',
  'petlike',
  'punch',
  'pick',
  'remembered',
  'afterDate',
  'afterCall',
  'alike',
  'meanwhile',
  'owed',
] as const
export type Reaction = (typeof REACTIONS)[number]

function codes<T extends string>(names: readonly T[]): Readonly<Record<T, number>> {
  return Object.fromEntries(names.map((name, code) => [name, code])) as Record<T, number>
}

/** Code of each question, statement, mood and reaction by name. */
export const Q = codes(QUESTIONS)
export const S = codes(STATEMENTS)
export const M = codes(MOODS)
export const R = codes(REACTIONS)

/** Questions about meeting begin here: they are asked as the plan goes, not once a thread. */
export const PLAN_FROM = Q.meet

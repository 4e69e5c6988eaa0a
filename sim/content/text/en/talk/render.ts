import { firstName } from '../../../names/names.ts'
import { TOPICS } from '../../../vocabulary.ts'
import { cityName, sideOf } from '../persona/persona.ts'
import { type FactName, personWord } from '../persona/persona-words.ts'
import { cased } from '../words/cased.ts'
import { contracted } from '../words/contractions.ts'
import { expand, mix } from '../words/expand.ts'
import { interestWord } from '../words/interest-words.ts'
import { polish } from '../words/polish.ts'
import { secondThought } from '../words/slang.ts'
import { inVoice, Tone, voiceOf } from '../words/voice.ts'
import { M, Q, QUESTIONS, type Question, R, REACTIONS, S, STATEMENTS } from './kinds.ts'
import { anecdoteWord } from './lines/anecdotes/index.ts'
import { FRIENDS } from './lines/friends.ts'
import { HOURS, OUTINGS, PAIRS, PLACES, POST_TALK } from './lines/topics.ts'
import {
  cityOf,
  NO_LINE,
  nameOf,
  questionLine,
  questionOperand,
  reactionLine,
  reactionOperand,
  saltOf,
  statementLine,
  statementOperand,
} from './pack.ts'
import { questionKind, questionPart, reactionPart, statementPart } from './parts.ts'
import { OUTING_WITH } from './plan.ts'
import { Day, EVENING_FROM, planOf } from './plan-code.ts'

/** What an operand is about, by the statement group, the kind of question or the group of reactions. */
const About = { nothing: 0, interest: 1, city: 3, pair: 4, topic: 5, plan: 6, near: 7, outing: 8, anecdote: 9 } as const

const ABOUT_STATEMENT = new Uint8Array(STATEMENTS.length)
const INTEREST_GROUPS = [
  S.start,
  S.love,
  S.often,
  S.tip,
  S.detail,
  S.tale,
  S.other,
  S.weekend,
  S.plans,
  S.plansLate,
  S.ideal,
  S.proud,
  S.happy,
  S.openBoth,
  S.openTheirs,
  S.shareMine,
  S.shareLove,
  S.backStory,
]
for (const group of INTEREST_GROUPS) ABOUT_STATEMENT[group] = About.interest
ABOUT_STATEMENT[S.openCity] = About.city
ABOUT_STATEMENT[S.anecdote] = About.anecdote
ABOUT_STATEMENT[S.either] = About.pair
ABOUT_STATEMENT[S.post] = About.topic
ABOUT_STATEMENT[S.openPost] = About.topic
for (const group of [S.place, S.dateSet, S.callSet, S.byeCall, S.moved]) ABOUT_STATEMENT[group] = About.plan
for (const group of [S.day, S.callDay, S.callMoved, S.confirm, S.byeDate, S.ahead, S.afterDate, S.afterCall])
  ABOUT_STATEMENT[group] = About.near

/** The same of a question: what its answer is about, but for those that ask about a place or go out. */
const ABOUT_QUESTION = ABOUT_STATEMENT.slice(0, QUESTIONS.length)
for (const kind of [Q.years, Q.from, Q.spot]) ABOUT_QUESTION[kind] = About.city
for (const kind of [Q.weekend, Q.plans, Q.ideal, Q.proud, Q.happy, Q.job, Q.siblings, Q.pets, Q.dish, Q.drink])
  ABOUT_QUESTION[kind] = About.nothing
for (const kind of [Q.day, Q.place, Q.callDay]) ABOUT_QUESTION[kind] = About.nothing
ABOUT_QUESTION[Q.meet] = About.outing
ABOUT_QUESTION[Q.call] = About.city

/** A list with facts at some places and nothing at the others. */
function byPlace(size: number, facts: readonly (readonly [place: number, fact: FactName])[]): (FactName | undefined)[] {
  const list = new Array<FactName | undefined>(size).fill(undefined)
  for (const [place, fact] of facts) list[place] = fact
  return list
}

/** The fact that was heard, by the kind of question and the group of reactions that speak of it. */
const FACT_OF_QUESTION = byPlace(QUESTIONS.length, [
  [Q.jobAsk, 'job'],
  [Q.jobLike, 'job'],
  [Q.petAsk, 'pet'],
])
const FACT_OF_REACTION = byPlace(REACTIONS.length, [
  [R.years, 'years'],
  [R.from, 'origin'],
  [R.job, 'job'],
  [R.siblings, 'siblings'],
  [R.pets, 'pet'],
  [R.petlike, 'pet'],
  [R.dish, 'dish'],
  [R.drink, 'drink'],
  [R.travel, 'trip'],
  [R.watch, 'show'],
  [R.skill, 'skill'],
  [R.childhood, 'childhood'],
  [R.home, 'home'],
])

const FACT_OF_STATEMENT = byPlace(STATEMENTS.length, [
  [S.backPet, 'pet'],
  [S.backJob, 'job'],
])

const ABOUT_REACTION = new Uint8Array(REACTIONS.length)
ABOUT_REACTION[R.other] = About.interest
ABOUT_REACTION[R.either] = About.pair
ABOUT_REACTION[R.anecdote] = About.anecdote
for (const group of [R.love, R.often]) ABOUT_REACTION[group] = About.interest
for (const group of [R.afterDate, R.afterCall]) ABOUT_REACTION[group] = About.near

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const HELLOS = ['Hey', 'Hi', 'Hello', 'Hey', 'Hi', 'Hey {first}', 'Hi {first}', 'Hello {first}']

/** Everything that the slots of one message can ask for; one is reused for all. */
class Words {
  writer = 0
  city = -1
  person = -1
  /** Kind of operand and the operand of the part that is being written. */
  about = 0
  operand = -1
  /** The fact that the operand is of, when it is of one that was heard. */
  fact: FactName | undefined
  seed = 0
  /** Whether the part speaks of the writer: then a fact that was heard is the writer's own. */
  isOwn = false

  word(slot: string): string | undefined {
    return cased(slot, this.plainWord)
  }

  private readonly plainWord = (slot: string) => this.plain(slot)

  private plain(slot: string): string | undefined {
    const { about, operand, seed, writer } = this
    if (slot === 'first') return firstName(this.person) || 'there'
    if (slot === 'you') return this.person < 0 ? '' : `, ${firstName(this.person)}`
    if (slot === 'ha') return voiceOf(writer).laugh
    if (slot === 'hey') return this.greeting()
    if (slot === 'friend') return FRIENDS[mix(seed, 61) % FRIENDS.length]
    if (slot === 'nn') return String(10 + (mix(writer, 62) % 90))
    if (slot === 'theircity') return cityName(operand)
    if (slot === 'city' && about === About.city) return cityName(operand)
    if (about === About.pair && (slot === 'this' || slot === 'that')) return this.side(slot)
    if (about === About.topic) {
      const found = this.postWord(slot)
      if (found !== undefined) return found
    }
    if (about === About.plan || about === About.near) {
      const found = this.planWord(slot)
      if (found !== undefined) return found
    }
    if (slot === 'outing') return this.outing()
    if (about === About.anecdote) {
      if (slot === 'hears') return anecdoteWord(operand, 'hears', mix(seed, 65))
      if (slot === 'anecask') return anecdoteWord(operand, 'ask', 0)
      if (slot === 'aneca') return anecdoteWord(operand, 'answer', mix(writer, 66 + operand))
    }
    if (about === About.interest || about === About.outing) {
      const found = interestWord(about === About.outing ? operand - OUTING_WITH : operand, slot, writer, seed)
      if (found !== undefined) return found
    }
    return personWord(slot, writer, this.city, seed, operand, this.fact)
  }

  private greeting(): string {
    const hello = HELLOS[mix(this.seed, 63) % HELLOS.length]!
    return hello.replace('{first}', firstName(this.person) || 'you')
  }

  /** In what the writer says of an either-or, `this` is what the writer takes; in a question, the first of the two. */
  private side(slot: string): string {
    const pair = PAIRS[this.operand % PAIRS.length]!
    const side = this.isOwn ? sideOf(this.writer, this.operand) : 0
    return pair[slot === 'this' ? side : ((1 - side) as 0 | 1)]
  }

  private postWord(slot: string): string | undefined {
    const talk = POST_TALK[TOPICS[this.operand % TOPICS.length]!]
    if (slot === 'postname') return talk.name
    const [question, answers] = talk.asks[Math.floor(this.operand / TOPICS.length) % talk.asks.length]!
    if (slot === 'postq') return question
    return slot === 'posta' ? contracted(answers[mix(this.writer, 64 + this.operand) % answers.length]!) : undefined
  }

  private planWord(slot: string): string | undefined {
    const { operand } = this
    const plan = this.about === About.plan ? planOf(operand) : nearPlan(operand)
    const isEvening = plan.hour >= EVENING_FROM
    const weekday = WEEKDAYS[plan.day]
    const thatDay = weekday ?? (plan.day === Day.tomorrow ? 'tomorrow' : isEvening ? 'tonight' : 'today')
    const far = operand >>> 6
    switch (slot) {
      case 'hour':
        return HOURS[plan.hour]
      case 'place':
        return PLACES[plan.place % PLACES.length]
      case 'reldate':
        return weekday === undefined ? thatDay : `on ${weekday}`
      case 'thatday':
        return thatDay
      case 'thatevening':
        return plan.day === Day.today ? 'tonight' : `${thatDay} evening`
      case 'dayof':
        return far === 2 ? 'today' : far === 1 ? 'yesterday' : far === 0 ? WEEKDAYS[operand & 7] : 'our date'
      default:
        return undefined
    }
  }

  private outing(): string | undefined {
    if (this.operand >= OUTING_WITH) return interestWord(this.operand - OUTING_WITH, 'do', this.writer, this.seed)
    const [what] = OUTINGS[this.operand % OUTINGS.length]!
    return what.replace('{sight}', () => personWord('sight', this.writer, this.city, this.seed) ?? 'the park')
  }
}

/** Day and hour of a plan from the number that says how near it is. */
function nearPlan(operand: number): { readonly day: number; readonly hour: number; readonly place: number } {
  const far = operand >>> 6
  return {
    day: far === 2 ? Day.today : far === 1 ? Day.tomorrow : (operand & 7) % 7,
    hour: (operand >>> 3) & 7,
    place: 0,
  }
}

const words = new Words()
const fill = (slot: string) => words.word(slot)

function part(text: string, about: number, operand: number, seed: number, isOwn: boolean, fact?: FactName): string {
  words.fact = fact
  words.about = about
  words.operand = operand
  words.seed = seed
  words.isOwn = isOwn
  return expand(text, seed, fill)
}

/** The tone of a message, from the mood of its statement; a refusal and a farewell have none. */
const TONE_OF_MOOD: Readonly<Record<number, number>> = {
  [M.nice]: Tone.soft,
  [M.fun]: Tone.fun,
  [M.good]: Tone.glad,
  [M.tired]: Tone.plain,
  [M.proud]: Tone.glad,
  [M.cozy]: Tone.soft,
  [M.sad]: Tone.plain,
  [M.wonder]: Tone.soft,
  [M.deep]: Tone.plain,
}
/** Choices, of which some people are never quite sure. */
const DOUBTED = new Uint8Array(STATEMENTS.length)
for (const group of [S.either, S.dish, S.travel]) DOUBTED[group] = 1

const TONELESS = [
  S.bye,
  S.byeNo,
  S.byeOff,
  S.cool,
  S.nudgeAgain,
  S.nudge,
  S.nudgeFirst,
  S.byeBack,
  S.changed,
  S.deep,
  S.miss,
  S.meetNo,
  S.againNo,
  S.callNo,
]

function toneOf(reaction: number, statement: number, question: number): number {
  if (question !== NO_LINE && questionKind(question) < 0) return Tone.plain
  if (statement !== NO_LINE) {
    const group = statementPart().group[statement]!
    // What ends in a question does not end in a laugh.
    if (question !== NO_LINE && statementPart().mood[statement] === M.fun) return Tone.soft
    return TONELESS.includes(group) ? Tone.plain : TONE_OF_MOOD[statementPart().mood[statement]!]!
  }
  if (reaction === NO_LINE) return Tone.plain
  const group = reactionPart().group[reaction]!
  if (group < R.greet) return TONE_OF_MOOD[group]!
  return group === R.sorry ? Tone.plain : Tone.soft
}

/** The text of a message: a function of the four integers alone. */
export function renderMessage(template: number, variant: number, operand: number, person: number): string {
  const reaction = reactionLine(template)
  const statement = statementLine(template)
  const question = questionLine(template)
  const salt = mix(saltOf(person), (template ^ operand) >>> 0)
  words.writer = variant >>> 0
  words.city = cityOf(person)
  words.person = nameOf(person)
  let text = ''
  if (reaction !== NO_LINE) {
    const about = ABOUT_REACTION[reactionPart().group[reaction]!]!
    const group = reactionPart().group[reaction]!
    const isOwn = about === About.pair
    const line = reactionPart().textOf(reaction)
    text = part(line, about, reactionOperand(operand), mix(salt, 101), isOwn, FACT_OF_REACTION[group])
  }
  if (statement !== NO_LINE) {
    const group = statementPart().group[statement]!
    const line = statementPart().textOf(statement)
    const told = FACT_OF_STATEMENT[group]
    const said = part(line, ABOUT_STATEMENT[group]!, statementOperand(operand), mix(salt, 102), true, told)
    const doubt = DOUBTED[group] === 1 && question === NO_LINE ? secondThought(words.writer, salt) : ''
    text = text === '' ? said : `${text} ${said}`
    text += doubt
  }
  if (question !== NO_LINE) {
    const kind = questionKind(question)
    const line = questionPart().textOf(question)
    const about = kind < 0 ? About.nothing : ABOUT_QUESTION[kind]!
    const asked = part(
      line,
      about,
      questionOperand(operand),
      mix(salt, 103),
      false,
      kind < 0 ? undefined : FACT_OF_QUESTION[kind],
    )
    text = text === '' ? asked : `${text} ${asked}`
  }
  return inVoice(polish(text), words.writer, salt, toneOf(reaction, statement, question))
}

/** What a message does in its thread: the kinds of question that it answers and asks, −1 for none. */
export interface MessageAct {
  readonly answers: number
  readonly asks: number
}

/** Groups of statements that answer a question of another name. */
const ANSWERS_TOO: Readonly<Record<number, Question>> = {
  [S.meetNo]: 'meet',
  [S.againNo]: 'again',
  [S.callNo]: 'call',
  [S.plansLate]: 'plans',
}

export function messageAct(template: number): MessageAct {
  const statement = statementLine(template)
  const question = questionLine(template)
  const group = statement === NO_LINE ? -1 : statementPart().group[statement]!
  const other = ANSWERS_TOO[group]
  const answers = other !== undefined ? Q[other] : group >= 0 && group < QUESTIONS.length ? group : -1
  return { answers, asks: question === NO_LINE ? -1 : questionKind(question) }
}

import { firstName } from '../../../names.ts'
import { placePack } from '../../../places.ts'
import { WORDS } from '../words/dictionaries.ts'
import { expand, mix } from '../words/expand.ts'
import { interestWord } from '../words/interest-words.ts'
import { polish } from '../words/polish.ts'
import { inVoice } from '../words/voice.ts'
import { CLOSING, OWNERS, type Owner, Q, QUESTIONS, S, STATEMENTS } from './kinds.ts'
import {
  BOUNCE_FROM,
  BOUNCE_LINES,
  QUESTION_PART,
  QUESTION_SPAN,
  REACTION_PART,
  STATEMENT_PART,
  STATEMENT_SPAN,
} from './lines.ts'
import { NO_LINE, questionLine, questionOperand, reactionLine, statementLine, statementOperand } from './pack.ts'
import { MEETING_PLACES, PAIRS, POST_NAMES } from './pairs.ts'

/** Groups whose operand is not an interest. */
const CITY_GROUPS = [S.openCity, S.city, S.spot]
const DATE_GROUPS = [S.day, S.place, S.confirm, S.dateSet, S.byeDate, S.banter]

/** Cities have the same id in all packs, and this one has them all. */
function cityName(city: number): string {
  return placePack('world').cities[city]?.name ?? 'town'
}

/** The words that the slots of one part take; `group` is a statement group (a question's code is its answers'). */
function slotWord(group: number, operand: number, person: number, seed: number, slot: string): string | undefined {
  if (slot === 'first') return firstName(person) || 'there'
  if (slot === 'nn') return String(10 + (mix(seed, 555) % 90))
  if (group === S.either) {
    const pair = PAIRS[operand % PAIRS.length]!
    const side = mix(seed, 77) & 1
    if (slot === 'this' || slot === 'pick') return pair[side]
    if (slot === 'that' || slot === 'other') return pair[1 - side]
  }
  if (CITY_GROUPS.includes(group)) return slot === 'city' ? cityName(operand) : undefined
  if (group === S.openPost) return slot === 'postname' ? POST_NAMES[operand] : undefined
  if (DATE_GROUPS.includes(group)) {
    if (slot === 'day') return WORDS.weekday![(operand & 7) % 7]
    return slot === 'place' ? MEETING_PLACES[(operand >>> 3) % MEETING_PLACES.length] : undefined
  }
  return interestWord(operand, slot)
}

function part(text: string | undefined, group: number, operand: number, person: number, seed: number): string {
  if (text === undefined) throw new Error(`there is no line of group ${STATEMENTS[group]} with this number`)
  return expand(text, seed, (slot) => slotWord(group, operand, person, seed, slot))
}

/** The text of a message: a function of the four integers alone. */
export function renderMessage(template: number, variant: number, operand: number, person: number): string {
  const reaction = reactionLine(template)
  const statement = statementLine(template)
  const question = questionLine(template)
  const parts: string[] = []
  if (reaction !== NO_LINE) parts.push(part(REACTION_PART.texts[reaction], -1, -1, person, mix(variant, 101)))
  if (statement !== NO_LINE) {
    const group = Math.floor(statement / STATEMENT_SPAN)
    parts.push(part(STATEMENT_PART.texts[statement], group, statementOperand(operand), person, mix(variant, 102)))
  }
  if (question !== NO_LINE) {
    const kind = Math.floor(question / QUESTION_SPAN)
    const line = question % QUESTION_SPAN
    const text = line >= BOUNCE_FROM ? BOUNCE_LINES[line - BOUNCE_FROM] : QUESTION_PART.texts[question]
    parts.push(part(text, kind === CLOSING ? -1 : kind, questionOperand(operand), person, mix(variant, 103)))
  }
  return inVoice(polish(parts.join(' ')), variant, 'emoji:chat')
}

/** What a message does in its thread. */
export interface MessageAct {
  /** Kind of question that it answers and that it asks, −1 for none: codes of `QUESTIONS`. */
  readonly answers: number
  readonly asks: number
  /** Whose interest the statement's and the question's operand must be. */
  readonly statementOwner: Owner
  readonly questionOwner: Owner
}

const REFUSALS: readonly (readonly [number, number])[] = [
  [S.meetNo, Q.meet],
  [S.againNo, Q.again],
]

export function messageAct(template: number): MessageAct {
  const statement = statementLine(template)
  const question = questionLine(template)
  const group = statement === NO_LINE ? -1 : Math.floor(statement / STATEMENT_SPAN)
  const kind = question === NO_LINE ? -1 : Math.floor(question / QUESTION_SPAN)
  const refused = REFUSALS.find(([refusal]) => refusal === group)
  return {
    answers: refused !== undefined ? refused[1] : group < QUESTIONS.length ? group : -1,
    asks: kind === CLOSING ? -1 : kind,
    statementOwner: statement === NO_LINE ? 'none' : OWNERS[STATEMENT_PART.owner[statement]!]!,
    questionOwner:
      question === NO_LINE || question % QUESTION_SPAN >= BOUNCE_FROM
        ? 'none'
        : OWNERS[QUESTION_PART.owner[question]!]!,
  }
}

import { ARCHETYPES, INTENTS } from '../../../vocabulary.ts'
import { ANSWERS } from './answers.ts'
import { CLOSING, OWNERS, QUESTIONS, REACTIONS, STATEMENTS } from './kinds.ts'
import { QUESTION_LINES } from './question-lines.ts'
import { REACTION_LINES } from './reaction-lines.ts'
import { STATEMENT_LINES } from './statement-lines.ts'

/**
 * The lines of conversation as columns. A line of the data files may begin with conditions and `> `: an owner of the
 * operand (`mine`, `theirs`, `theirsOnly`, `both`), intents of the writer, archetypes of the writer, `pursuit` (the
 * operand is something one takes up) or `activity` (it is something one does); several are set apart by spaces.
 */

/** Lines a group may hold. */
export const STATEMENT_SPAN = 32
export const REACTION_SPAN = 32
export const QUESTION_SPAN = 16
/** The last lines of each question's span are the bounces ("And you?"), common to all kinds. */
export const BOUNCES = 4
export const BOUNCE_FROM = QUESTION_SPAN - BOUNCES

/** One part's lines: group g, line i stands at g · span + i. */
export interface Lines {
  readonly span: number
  /** Lines in each group. */
  readonly sizes: Uint8Array
  readonly texts: readonly (string | undefined)[]
  /** Position in `OWNERS`. */
  readonly owner: Uint8Array
  /** Bit i: writers of intent i may say it; bit 8 + i: writers of archetype i. */
  readonly writers: Uint16Array
  /** The operand must be 1 something one takes up, 2 something one does; 0 for anything. */
  readonly practice: Uint8Array
}

const ALL_INTENTS = (1 << INTENTS.length) - 1
const ALL_ARCHETYPES = (1 << ARCHETYPES.length) - 1
const CONDITIONS = /^((?:[a-z]+(?:Only)?)(?: [a-zA-Z]+)*)> /

function readLines(groups: readonly (readonly string[])[], span: number): Lines {
  const length = groups.length * span
  const texts: (string | undefined)[] = new Array(length).fill(undefined)
  const owner = new Uint8Array(length)
  const writers = new Uint16Array(length)
  const practice = new Uint8Array(length)
  groups.forEach((lines, group) => {
    if (lines.length === 0 || lines.length > span)
      throw new Error(`group ${group} holds ${lines.length} lines, span ${span}`)
    lines.forEach((line, i) => {
      const at = group * span + i
      const tags = CONDITIONS.exec(line)?.[1]?.split(' ') ?? []
      let intents = 0
      let archetypes = 0
      for (const tag of tags) {
        if (OWNERS.includes(tag as never)) owner[at] = OWNERS.indexOf(tag as never)
        else if (INTENTS.includes(tag as never)) intents |= 1 << INTENTS.indexOf(tag as never)
        else if (ARCHETYPES.includes(tag as never)) archetypes |= 1 << ARCHETYPES.indexOf(tag as never)
        else if (tag === 'pursuit') practice[at] = 1
        else if (tag === 'activity') practice[at] = 2
        else throw new Error(`"${tag}" is no condition, in "${line}"`)
      }
      writers[at] = (intents || ALL_INTENTS) | ((archetypes || ALL_ARCHETYPES) << 8)
      texts[at] = line.replace(CONDITIONS, '')
    })
  })
  return { span, sizes: Uint8Array.from(groups, (lines) => lines.length), texts, owner, writers, practice }
}

export const STATEMENT_PART: Lines = readLines(
  STATEMENTS.map((name) => (name in ANSWERS ? ANSWERS[name as never] : STATEMENT_LINES[name as never])),
  STATEMENT_SPAN,
)
export const REACTION_PART: Lines = readLines(
  REACTIONS.map((name) => REACTION_LINES[name]),
  REACTION_SPAN,
)
/** Groups: the questions, then the closings. */
export const QUESTION_PART: Lines = readLines(
  [...QUESTIONS.map((name) => QUESTION_LINES[name]), QUESTION_LINES.closing],
  QUESTION_SPAN,
)
export const BOUNCE_LINES = QUESTION_LINES.bounce

if (BOUNCE_LINES.length !== BOUNCES || QUESTION_PART.sizes[CLOSING] === 0)
  throw new Error('bounces or closings are missing')

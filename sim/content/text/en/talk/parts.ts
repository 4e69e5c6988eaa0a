import { QUESTIONS, REACTIONS, STATEMENTS } from './kinds.ts'
import { type LineTable, readLines } from './line-table.ts'
import { ANSWER_LINES } from './lines/answers.ts'
import { BOUNCE_LINES, QUESTION_LINES } from './lines/questions.ts'
import { REACTION_LINES } from './lines/reactions.ts'
import { STATEMENT_LINES } from './lines/statements.ts'

/** The lines of the three parts. Groups of questions: the kinds, then for each kind the ways to return it. */
export const REACTION_PART = readLines(REACTIONS.map((name) => REACTION_LINES[name]))
export const STATEMENT_PART = readLines(
  STATEMENTS.map((name) => (name in ANSWER_LINES ? ANSWER_LINES[name as never] : STATEMENT_LINES[name as never])),
)
export const QUESTION_PART = readLines([
  ...QUESTIONS.map((name) => QUESTION_LINES[name]),
  ...QUESTIONS.map((name) => BOUNCE_LINES[name] ?? []),
])

/** The group in which the ways to return a question of a kind stand. */
export function bounceGroup(kind: number): number {
  return QUESTIONS.length + kind
}

/** Group of each line. */
function groupsOf(table: LineTable): Uint8Array {
  const groups = new Uint8Array(table.size)
  for (let group = 0; group + 1 < table.from.length; group++) {
    groups.fill(group, table.from[group]!, table.from[group + 1]!)
  }
  return groups
}
export const REACTION_GROUP = groupsOf(REACTION_PART)
export const STATEMENT_GROUP = groupsOf(STATEMENT_PART)
const QUESTION_GROUP = groupsOf(QUESTION_PART)

export function questionKind(line: number): number {
  return QUESTION_GROUP[line]! % QUESTIONS.length
}

export function isBounce(line: number): boolean {
  return QUESTION_GROUP[line]! >= QUESTIONS.length
}

if (REACTION_PART.size > 0x3fe || STATEMENT_PART.size > 0xffe || QUESTION_PART.size > 0x3fe)
  throw new Error('more lines than a template has numbers for')

import { QUESTIONS, REACTIONS, STATEMENTS } from './kinds.ts'
import { type LineTable, lazyTable } from './line-table.ts'
import { ANSWER_LINES } from './lines/answers/index.ts'
import { BOUNCE_LINES, CLOSING_LINES, QUESTION_LINES } from './lines/questions/index.ts'
import { REACTION_LINES } from './lines/reactions/index.ts'
import { STATEMENT_LINES } from './lines/statements/index.ts'

/** The lines of the three parts, as many as a template has numbers for: 1,022, 4,094 and 1,022. */
export const reactionPart: () => LineTable = lazyTable(() => REACTIONS.map((name) => REACTION_LINES[name]))
export const statementPart: () => LineTable = lazyTable(() =>
  STATEMENTS.map((name) => (name in ANSWER_LINES ? ANSWER_LINES[name as never] : STATEMENT_LINES[name as never])),
)
/** Groups of questions: the kinds, then for each kind the ways to return it, then words that end a message instead. */
export const questionPart: () => LineTable = lazyTable(() => [
  ...QUESTIONS.map((name) => QUESTION_LINES[name]),
  ...QUESTIONS.map((name) => BOUNCE_LINES[name] ?? []),
  CLOSING_LINES.forGood,
  CLOSING_LINES.untilThen,
])

/** The group in which the ways to return a question of a kind stand. */
export function bounceGroup(kind: number): number {
  return QUESTIONS.length + kind
}

/** Words of goodbye where a question would stand, which ask nothing. */
export const Closing = { forGood: 2 * QUESTIONS.length, untilThen: 2 * QUESTIONS.length + 1 } as const

/** Kind of question of a line, −1 for words of goodbye. */
export function questionKind(line: number): number {
  const group = questionPart().group[line]!
  return group >= Closing.forGood ? -1 : group % QUESTIONS.length
}

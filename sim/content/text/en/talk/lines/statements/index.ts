import type { Question, Statement } from '../../kinds.ts'
import { ANECDOTE_LINES } from '../anecdotes/index.ts'
import { ENDING_STATEMENTS } from './endings.ts'
import { OPENER_STATEMENTS } from './openers.ts'
import { PLAN_STATEMENTS } from './plans.ts'
import { SHARE_STATEMENTS } from './shares.ts'

/** Statements that answer no question, by group. Append-only; conditions and moods as in `../answers`. */
export const STATEMENT_LINES: Readonly<Record<Exclude<Statement, Question>, readonly string[]>> = {
  ...OPENER_STATEMENTS,
  ...SHARE_STATEMENTS,
  ...ANECDOTE_LINES,
  ...ENDING_STATEMENTS,
  ...PLAN_STATEMENTS,
}

import type { Question } from '../../kinds.ts'
import { INNER_QUESTIONS } from './inner.ts'
import { INTERESTS_QUESTIONS } from './interests.ts'
import { PERSON_QUESTIONS } from './person.ts'
import { PLANS_QUESTIONS } from './plans.ts'
import { SMALL_TALK_QUESTIONS } from './small-talk.ts'

/**
 * Questions by kind. Append-only. Conditions stand before `> `; see `../../line-table.ts`. What a line asks must have the
 * form that `QUESTION_FORMS` names for its kind.
 */
export const QUESTION_LINES: Readonly<Record<Question, readonly string[]>> = {
  ...SMALL_TALK_QUESTIONS,
  ...PERSON_QUESTIONS,
  ...INTERESTS_QUESTIONS,
  ...INNER_QUESTIONS,
  ...PLANS_QUESTIONS,
}
export { CLOSING_LINES } from './closings.ts'
export { BOUNCE_LINES } from './returned.ts'

import type { Question } from '../../kinds.ts'
import { INNER_ANSWERS } from './inner.ts'
import { INTERESTS_ANSWERS } from './interests.ts'
import { PERSON_ANSWERS } from './person.ts'
import { PLANS_ANSWERS } from './plans.ts'
import { SMALL_TALK_ANSWERS } from './small-talk.ts'
import { TALE_ANSWERS } from './tale.ts'

/**
 * Answers by kind of question, each in the form of its questions and about the facts of the one who answers. `~mood`
 * says how a line sounds (nice when it does not say). Append-only.
 */
export const ANSWER_LINES: Readonly<Record<Question, readonly string[]>> = {
  ...SMALL_TALK_ANSWERS,
  ...PERSON_ANSWERS,
  ...INTERESTS_ANSWERS,
  ...INNER_ANSWERS,
  ...PLANS_ANSWERS,
  ...TALE_ANSWERS,
}

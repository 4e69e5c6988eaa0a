import type { Reaction } from '../../kinds.ts'
import { MOOD_REACTIONS } from './moods.ts'
import { PERSON_REACTIONS } from './person.ts'
import { PLAN_REACTIONS } from './plans.ts'
import { TALK_REACTIONS } from './talk.ts'

/**
 * Reactions by what they answer to. `same` and `!same` say whether the reader's fact is the writer's too. A slot names
 * what was heard; with `my` before it, the writer's own. Append-only.
 */
export const REACTION_LINES: Readonly<Record<Reaction, readonly string[]>> = {
  ...MOOD_REACTIONS,
  ...PERSON_REACTIONS,
  ...TALK_REACTIONS,
  ...PLAN_REACTIONS,
}

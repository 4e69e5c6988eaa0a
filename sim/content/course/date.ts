import { Q, S } from './acts.ts'
import type { Draft } from './draft.ts'
import { Phase } from './memory.ts'

/** Chances that an invitation is accepted, and another one after the first date (chosen). */
const YES = 0.72
const AGAIN = 0.75
const DAYS = 7
/** Places to meet that two people know (chosen). */
const PLACES = 30

/** Questions that are asked anew for a second date. */
const PLANNING = (1 << Q.day) | (1 << Q.place) | (1 << Q.confirm) | (1 << Q.nice) | (1 << Q.again)

/** Answers a question about meeting and moves the plan on; false for a question that is not about meeting. */
export function answerDate(draft: Draft, kind: number, operand: number): boolean {
  const { memory, stream } = draft
  switch (kind) {
    case Q.meet:
      return stream.chance(YES) ? agree(draft, S.meet, operand) : decline(draft, S.meetNo)
    case Q.again:
      return stream.chance(AGAIN) ? agree(draft, S.again, -1) : decline(draft, S.againNo)
    case Q.day:
      memory.day = stream.nextInt(DAYS)
      memory.phase = memory.place >= 0 ? Phase.set : Phase.day
      memory.since = 0
      return draft.say(S.day, draft.dateOperand())
    case Q.place:
      memory.place = stream.nextInt(PLACES)
      memory.phase = Phase.set
      memory.since = 0
      return draft.say(S.place, draft.dateOperand())
    case Q.number:
      if (memory.phase < Phase.number) memory.phase = Phase.number
      return draft.say(S.number, -1)
    case Q.confirm:
      return draft.say(S.confirm, draft.dateOperand())
    default:
      return false
  }
}

function agree(draft: Draft, statement: number, operand: number): boolean {
  const { memory } = draft
  memory.phase = Phase.agreed
  memory.day = -1
  memory.place = -1
  memory.asked &= ~PLANNING
  return draft.say(statement, operand)
}

function decline(draft: Draft, statement: number): boolean {
  const { memory } = draft
  memory.phase = statement === S.againNo ? Phase.over : Phase.none
  memory.stage = statement === S.againNo ? 4 : 3
  memory.declined = 1
  memory.since = 0
  memory.asked &= ~(1 << Q.meet)
  return draft.say(statement, -1)
}

/** What there is to say about the date when nothing was asked. */
export function dateStatement(draft: Draft): void {
  const { memory, heard } = draft
  if (heard === S.place) draft.say(S.dateSet, draft.dateOperand())
  else if (memory.phase === Phase.number && draft.stream.chance(0.3)) draft.say(S.banter, -1)
}

/** Asks the next question of the plan, or keeps still while the plan is being made; false when other questions may come. */
export function chooseDateQuestion(draft: Draft, pending: number): boolean {
  const { memory, stream } = draft
  const { phase } = memory
  const free = pending < 0
  switch (phase) {
    case Phase.agreed:
      return (!free && stream.chance(0.3)) || draft.ask(Q.day, -1)
    case Phase.day:
      return (!free && stream.chance(0.4)) || draft.ask(Q.place, -1)
    case Phase.set:
      if (pending === Q.place) return true
      return !memory.hasAsked(Q.number) && stream.chance(0.7) && draft.ask(Q.number, -1)
    case Phase.number:
      return (
        memory.since >= 3 &&
        !memory.hasAsked(Q.confirm) &&
        stream.chance(0.4) &&
        draft.ask(Q.confirm, draft.dateOperand())
      )
    case Phase.after:
      if (!memory.hasAsked(Q.nice)) return draft.ask(Q.nice, -1)
      return !memory.hasAsked(Q.again) && stream.chance(0.6) && draft.ask(Q.again, -1)
    default:
      return false
  }
}

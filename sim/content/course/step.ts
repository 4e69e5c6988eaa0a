import type { Stream } from '../../kernel/index.ts'
import { Q, S } from './acts.ts'
import { answerDate, chooseDateQuestion, dateStatement } from './date.ts'
import { Draft, NO_WAY } from './draft.ts'
import { type Memory, Phase } from './memory.ts'
import { chooseOpener } from './openers.ts'
import { chooseQuestion } from './questions.ts'
import { chooseReaction } from './reactions.ts'
import type { Speaker } from './speaker.ts'

/**
 * What the writer does. `reply` and `farewell` come after a message of the other, `followUp` after an own message
 * without answer, `afterDate` after the two have met, whoever wrote last (else a thread lets eight messages pass and
 * takes it as done); it leaves open what was asked before the date.
 */
export const Move = { open: 0, reply: 1, followUp: 2, farewell: 3, afterDate: 4 } as const

/** Messages between the date being set and being over, when the model does not say (chosen). */
const DATE_AFTER = 8

/** What a step did: the acts of the message, for whoever puts them into words. */
export interface CourseStep {
  /** Statement act and what it is about, −1 for none. */
  readonly saidGroup: number
  readonly statementOperand: number
  /** Kind of the question that is asked, −1 for none. */
  readonly askedKind: number
  readonly memory: { readonly phase: number; readonly stage: number }
}

/** Reused by every call: nothing in it outlives one. */
const draft = new Draft()

/**
 * Takes a thread one message further: chooses the acts of the message, and with them how far the two have come. Reads
 * and updates the course's words in place. The result is reused by the next call.
 */
export function stepCourse(
  stream: Stream,
  move: number,
  words: Int32Array,
  offset: number,
  sender: Speaker,
  recipient: Speaker,
): CourseStep {
  draft.begin(stream, words, offset, sender, recipient)
  if (move === Move.open || draft.memory.count === 0) chooseOpener(draft)
  else if (move === Move.farewell) farewell(draft)
  else if (move === Move.reply) reply(draft)
  else if (move === Move.afterDate && dateIsAhead(draft.memory)) afterDate(draft)
  else followUp(draft)
  draft.memory.tick()
  draft.memory.store(words, offset)
  return draft
}

/** The waiting question stays open; without one, there is something new to say. */
function followUp(draft: Draft): void {
  const memory = draft.memory
  const { pending, pendingOperand, bounced } = memory
  if (dateIsAhead(memory)) draft.say(S.banter, -1)
  else if (memory.phase >= Phase.after) draft.share()
  else if (memory.nudges > 0) draft.say(S.lastNudge, -1)
  else draft.say(S.nudge, -1)
  if (memory.nudges < 3) memory.nudges++
  memory.pending = pending
  memory.pendingOperand = pendingOperand
  memory.bounced = bounced
}

/** Answers what waits for an answer, unless it is about meeting, then closes. */
function farewell(draft: Draft): void {
  const memory = draft.memory
  if (memory.pending >= 0 && memory.pending < Q.meet) {
    answer(draft)
    draft.close()
  } else if (dateIsAhead(memory)) draft.say(S.byeDate, draft.dateOperand())
  else if (memory.phase > Phase.none) draft.close()
  else draft.say(S.bye, -1)
  memory.pending = -1
  memory.bye = 1
}

function dateIsAhead(memory: Memory): boolean {
  return memory.phase === Phase.set || memory.phase === Phase.number
}

function afterDate(draft: Draft): void {
  const memory = draft.memory
  memory.nudges = 0
  memory.pending = -1
  memory.phase = Phase.after
  draft.say(S.afterDate, -1)
  chooseDateQuestion(draft, -1)
}

function reply(draft: Draft): void {
  const memory = draft.memory
  memory.nudges = 0
  if (memory.bye === 1) {
    draft.say(S.byeBack, -1)
    memory.pending = -1
    return
  }
  const pending = memory.pending
  advance(draft)
  if (pending >= 0) {
    chooseReaction(draft, false)
    answer(draft)
  } else if (dateIsAhead(memory) && memory.since >= DATE_AFTER) {
    afterDate(draft)
    return
  } else {
    chooseReaction(draft, true)
    dateStatement(draft)
  }
  const asked = memory.phase > Phase.none ? chooseDateQuestion(draft, pending) : false
  if (!asked) chooseQuestion(draft, pending)
  if (draft.statement === NO_WAY && draft.question === NO_WAY) draft.share()
}

/** Small talk gives way to interests, these to personal matters; planning begins with an invitation. */
function advance(draft: Draft): void {
  const memory = draft.memory
  if (memory.stage === 1 && memory.count >= 1 && draft.stream.chance(memory.count >= 3 ? 0.8 : 0.45)) memory.stage = 2
  else if (memory.stage === 2 && memory.count >= 4 && draft.stream.chance(memory.count >= 8 ? 0.7 : 0.35))
    memory.stage = 3
}

function answer(draft: Draft): void {
  const memory = draft.memory
  const kind = memory.pending
  const operand = memory.pendingOperand
  const bounced = memory.bounced
  memory.pending = -1
  memory.pendingOperand = -1
  memory.bounced = 0
  draft.answered = bounced === 1 ? -1 : kind
  if (kind >= Q.meet && answerDate(draft, kind, operand)) return
  if (kind === Q.other) draft.say(kind, draft.ownInterest())
  else draft.say(kind, kind === Q.city ? draft.sender.city : operand)
}

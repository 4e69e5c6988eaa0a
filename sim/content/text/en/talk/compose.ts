import type { Stream } from '../../../../kernel/index.ts'
import { S as CourseS, type CourseStep, Move, stepCourse } from '../../../course/index.ts'
import { TOPICS } from '../../../vocabulary.ts'
import { askKind, askOnInterest, askSomethingNew, followUpOn, isPlannable, returnQuestion } from './asks.ts'
import { Draft, Naming } from './draft.ts'
import { isTold, reactionTo } from './hearing.ts'
import { M, PLAN_FROM, Q, R, S } from './kinds.ts'
import { Plan } from './memory.ts'
import { factOf } from './own-fact.ts'
import { NO_LINE, packOperand, packPerson, packTemplate, SALTS } from './pack.ts'
import {
  answerPlan,
  goOnWithPlan,
  invites,
  isAhead,
  isMissed,
  isOn,
  isPast,
  lookForward,
  owesCall,
  postpone,
  sayAfter,
  sayMeanwhile,
} from './plan.ts'
import { neverAsks, Shape, shapeOf } from './shape.ts'
import { learnReasons, share } from './shares.ts'
import type { MessageDraft, Moment, Speaker } from './speaker.ts'

/** Chances to react to what was said, to announce a story as one's own, and to let another's stand (chosen). */
const REACTS = 0.94
const MY_TURN = 0.6
const LISTENS = 0.4

/** Reused by every call: nothing in it outlives one. */
const draft = new Draft()

/**
 * Composes the next message of a thread into `out`; reads and updates the thread's words in place. The course says what
 * kind of step it is, who invites whom and who agrees; the words are chosen here.
 */
export function composeMessage(
  stream: Stream,
  move: number,
  memory: Int32Array,
  offset: number,
  sender: Speaker,
  recipient: Speaker,
  moment: Moment,
  out: MessageDraft,
): void {
  const course = stepCourse(stream, move, memory, offset, sender, recipient)
  draft.begin(stream, memory, offset, sender, recipient, moment)
  if (move === Move.open || draft.memory.count === 0) open(draft, course)
  else if (move === Move.farewell) farewell(draft)
  else if (move === Move.reply) reply(draft, course)
  else followUp(draft)
  if (draft.memory.count > 0 && draft.memory.lastBy !== draft.side) draft.memory.replied = 1
  draft.memory.lastBy = draft.side
  if (draft.question === NO_LINE) draft.memory.dry++
  draft.memory.tick()
  draft.memory.store(memory, offset)
  out.template = packTemplate(draft.reaction, draft.statement, draft.question)
  out.operand = packOperand(draft.reactionOperand, draft.statementOperand, draft.questionOperand)
  out.variant = sender.writer
  out.person = packPerson(recipient.name, sender.city, stream.nextInt(SALTS))
}

/** Opens a thread on what the course picked from the reader's profile. */
function open(draft: Draft, course: CourseStep): void {
  const { stream, memory, recipient } = draft
  switch (course.saidGroup) {
    case CourseS.openBoth:
    case CourseS.openTheirs: {
      const interest = course.statementOperand
      draft.say(course.saidGroup === CourseS.openBoth ? S.openBoth : S.openTheirs, interest)
      memory.speakOf(interest)
      askOnInterest(draft, interest, draft.namesInterest() ? Naming.mustNot : Naming.must)
      return
    }
    case CourseS.openPost:
      draft.say(S.openPost, course.statementOperand)
      draft.ask(Q.post, course.statementOperand + TOPICS.length * stream.nextInt(2))
      return
    case CourseS.openCity: {
      draft.say(S.openCity, recipient.city)
      const kinds = [Q.years, Q.from, Q.spot]
      askKind(draft, kinds[stream.nextInt(kinds.length)]!)
      return
    }
    case CourseS.openBio:
      draft.say(S.openBio, -1)
      if (stream.chance(0.5)) askKind(draft, Q.hello)
      else askSomethingNew(draft)
      return
    default:
      draft.say(S.openHello, -1)
      if (stream.chance(0.75)) askKind(draft, Q.hello)
  }
}

/** A second message after silence, or word of how it was. What waits for an answer goes on waiting. */
function followUp(draft: Draft): void {
  const { memory, stream } = draft
  const { pending, pendingOperand, pendingBy } = memory
  if (isPast(draft)) {
    if (sayAfter(draft)) return
  } else if (isOn(draft)) sayMeanwhile(draft)
  else if (owesCall(draft)) postpone(draft)
  else if (pending >= PLAN_FROM && pendingBy === draft.side) {
    // Nobody changes the subject while an invitation waits for its answer.
    draft.say(memory.nudges > 0 ? S.nudgeAgain : S.nudge, -1)
  } else if (memory.plan === Plan.after) share(draft)
  // Who is about to meet or to talk does not wonder about silence.
  else if (memory.plan === Plan.set) {
    if (isAhead(draft) && memory.ahead === 0) lookForward(draft)
    else share(draft)
  } else if (memory.nudges > 0) draft.say(S.nudgeAgain, -1)
  else if (memory.cool > 0 || memory.declined > 0 || stream.chance(0.55))
    draft.say(memory.replied === 1 ? S.nudge : S.nudgeFirst, -1)
  else share(draft)
  if (memory.nudges < 3) memory.nudges++
  memory.pending = pending
  memory.pendingOperand = pendingOperand
  memory.pendingBy = pendingBy
  memory.waits = 1
}

/** The last message: answers what was asked, and goes. */
function farewell(draft: Draft): void {
  const { memory } = draft
  const asked = memory.pendingBy !== draft.side ? memory.pending : -1
  const operand = memory.pendingOperand
  memory.pending = -1
  memory.bye = 1
  const unsure =
    asked === Q.meet ||
    asked === Q.call ||
    asked === Q.again ||
    memory.plan === Plan.agreed ||
    memory.plan === Plan.day ||
    memory.plan === Plan.proposed
  const isPlanned = (memory.plan === Plan.set || memory.plan === Plan.now) && !isPast(draft) && !isMissed(draft)
  if (unsure) {
    draft.say(asked >= 0 && asked !== Q.day && asked !== Q.place && asked !== Q.callDay ? S.byeNo : S.byeOff, -1)
    memory.plan = Plan.over
  } else if (asked >= 0 && (asked !== Q.confirm || isPlanned)) {
    if (asked < PLAN_FROM) answer(draft, asked, operand)
    else draft.say(asked, asked === Q.confirm ? draft.nearOperand() : -1)
    draft.close(isPlanned)
  } else if (!isPlanned) draft.say(S.bye, -1)
  else if (memory.isCall === 1) draft.say(S.byeCall, draft.planOperand())
  else draft.say(S.byeDate, draft.nearOperand())
}

function reply(draft: Draft, course: CourseStep): void {
  const { memory } = draft
  memory.nudges = 0
  if (memory.bye === 1) {
    memory.pending = -1
    draft.say(S.byeBack, -1)
    return
  }
  // A question of one's own waits on when the other only wrote twice.
  const pending = memory.pending >= 0 && memory.pendingBy !== draft.side ? memory.pending : -1
  if (memory.cool > 0 && pending < 0) {
    beCool(draft)
    return
  }
  const operand = memory.pendingOperand
  const thanked = memory.thanked === 1
  memory.pending = -1
  memory.pendingOperand = -1
  memory.thanked = 0
  if (pending === Q.confirm && !isAhead(draft)) {
    // Asked too late: it has begun, or it is over.
    if (isPast(draft)) sayAfter(draft)
    else draft.say(S.onMyWay, -1)
    return
  }
  if (pending >= PLAN_FROM) {
    // Who asked and then wrote again has waited.
    if (isNudge(draft.heard)) draft.react(R.sorry)
    answerPlan(draft, course, pending)
    if (memory.told === S.moved || memory.told === S.callMoved) draft.reaction = NO_LINE
    return
  }
  if (pending < 0 && (isPast(draft) || isOn(draft))) {
    if (isPast(draft)) sayAfter(draft)
    else sayMeanwhile(draft)
    return
  }
  if (pending >= 0) {
    if (isPast(draft)) reactToMeeting(draft)
    else if (isOn(draft)) draft.react(R.meanwhile)
    else if (thanked) draft.react(R.alike)
    // Who let a call pass has nothing to say to it yet, and says sorry once: when another evening is named.
    else if (!owesCall(draft)) reactBeforeAnswer(draft, pending)
    answer(draft, pending, operand)
    // Whoever is about to meet or to talk asks the rest then.
    if (!isOn(draft)) goOn(draft, course, pending, operand)
  } else if (thanked) {
    draft.react(R.alike)
    goOn(draft, course, -1, -1)
  } else {
    if (goOnWithPlan(draft)) {
      // What settles or moves the plan is an answer by itself; beside anything else, what was said is heard first.
      if (draft.reaction === NO_LINE && !isPlanWord(memory.told)) reactToTold(draft)
      return
    }
    goOn(draft, course, -1, -1)
    reactToTold(draft)
  }
  if (draft.statement === NO_LINE && draft.question === NO_LINE && draft.reaction === NO_LINE) share(draft)
}

const NUDGES = [S.nudge, S.nudgeFirst, S.nudgeAgain]

function isNudge(group: number): boolean {
  return NUDGES.includes(group as never)
}

const PLAN_WORDS = [S.dateSet, S.callSet, S.moved, S.callMoved]

function isPlanWord(group: number): boolean {
  return PLAN_WORDS.includes(group as never)
}

/** A word on what was told, once it is known what follows: a story of one's own is announced as one. */
function reactToTold(draft: Draft): void {
  const { memory, stream, heard } = draft
  if (heard < 0) return
  const isTurn = isTold(heard) && isTold(memory.told) && draft.heardMood === M.fun && memory.mood === M.fun
  if (isTurn && stream.chance(MY_TURN)) draft.react(R.turn)
  else draft.react(reactionTo(heard, draft.heardMood), !draft.isKnown(heard))
}

/** A word on what the other said beside the question. */
function reactBeforeAnswer(draft: Draft, pending: number): void {
  const { stream, heard, memory } = draft
  if (memory.count === 1) {
    if (stream.chance(0.65)) draft.react(R.greet)
  } else if (memory.waits === 1 && isTold(heard)) {
    // The answer follows on something else, so it is said what it answers.
    draft.react(R.owed)
  } else if (heard >= 0 && !(heard === pending && isShort(pending)) && (isTold(heard) || stream.chance(REACTS)))
    draft.react(reactionTo(heard, draft.heardMood), heard !== pending && !draft.isKnown(heard))
}

/** What is answered in a word or two: said to another's, the two would run into each other. */
const SHORT = [Q.travel, Q.dish, Q.drink, Q.either, Q.years, Q.spot, Q.watch, Q.skill, Q.chrono, Q.home]

function isShort(kind: number): boolean {
  return SHORT.includes(kind as never)
}

/** The first word after they have met or talked is about that, whatever was asked before. */
function reactToMeeting(draft: Draft): void {
  const { memory } = draft
  memory.plan = Plan.after
  memory.thanked = 1
  draft.react(memory.isCall === 1 ? R.afterCall : R.afterDate, true, draft.nearOperand())
}

/** After a refusal: short, friendly, and nothing is asked. Who heard it takes it well, and who said it is thankful. */
function beCool(draft: Draft): void {
  const { memory } = draft
  memory.cool--
  if (memory.declinedBy !== draft.side) draft.react(R.sad)
  else draft.say(S.cool, -1)
}

function answer(draft: Draft, kind: number, operand: number): void {
  const { memory, side, sender } = draft
  memory.learn(side, kind)
  memory.toldBack = memory.returned
  if (kind === Q.years || kind === Q.from) draft.learnHome(side, sender)
  if (kind === Q.plans && !isPlannable(draft)) {
    draft.say(S.plansLate, draft.ownInterest())
    return
  }
  const fact = factOf(kind, sender)
  if (fact >= 0) draft.say(kind, fact)
  else if (kind === Q.other) answerOther(draft)
  else if (kind === Q.weekend || kind === Q.plans || kind === Q.ideal || kind === Q.proud || kind === Q.happy)
    draft.say(kind, draft.ownInterest())
  else if (!draft.namesThing() || !draft.say(kind, operand, false, Naming.must)) draft.say(kind, operand)
}

function answerOther(draft: Draft): void {
  const interest = draft.ownInterest()
  if (interest < 0) {
    share(draft)
    return
  }
  draft.say(Q.other, interest)
  draft.memory.speakOf(interest)
  learnReasons(draft, S.other)
}

/** What comes with the answer or the reaction: an invitation, a question back, a new subject, a story, or nothing. */
function goOn(draft: Draft, course: CourseStep, answered: number, operand: number): void {
  const { stream, sender, memory } = draft
  if (invites(draft, course)) return
  // What comes after a meeting is that it was good; other things can wait.
  if (answered < 0 && (draft.heard === S.afterDate || draft.heard === S.afterCall)) return
  const shape = shapeOf(draft)
  const talks = shape === Shape.stories || shape === Shape.quiet
  const silent = neverAsks(sender.writer)
  const hears = answered < 0 && isTold(draft.heard)
  // Two stories in a row are enough: then somebody wants to know more, or something else.
  const isDue = hears && memory.dry >= 2 && !silent
  const asks = silent ? 0.05 : (talks ? 0.28 : 0.42) + 0.3 * (sender.sociability - 0.5)
  const dull = answered < 0 ? (memory.count === 1 ? 0.45 : 0.12 * memory.dry) : 0
  if (!isDue && !stream.chance(asks + dull)) {
    const listens = hears && (memory.dry >= 2 || stream.chance(LISTENS))
    if (answered < 0 && !listens) share(draft)
    return
  }
  if (answered >= 0 && stream.chance(0.4) && returnQuestion(draft, answered, operand)) return
  if (stream.chance(hears ? 0.9 : 0.75) && followUpOn(draft)) return
  if (memory.plan === Plan.none || stream.chance(0.5)) askSomethingNew(draft)
}

import { weekday } from '../../../civil.ts'
import { Q as CourseQ, S as CourseS, type CourseStep, Phase } from '../../../course/index.ts'
import { Affords } from '../interests/affordances.ts'
import { AFFORDED } from '../interests/index.ts'
import type { Draft } from './draft.ts'
import { Q, R, S } from './kinds.ts'
import { Is } from './line-table.ts'
import { BARS_FROM, CAFES_FROM, HOURS_24, OUTINGS, RESTAURANTS_FROM } from './lines/topics.ts'
import { Plan } from './memory.ts'
import { PLACE_COUNT } from './plan-code.ts'
import { inSeason } from './situation.ts'

/**
 * The plan to meet, as they speak of it. Whether somebody asks and whether the other agrees is the course's; which day,
 * which hour, where, and that nobody speaks of afterwards before it is afterwards, is decided here. People of one
 * metropolitan area meet; others have a call.
 */

/** Hour, by place in `HOURS`, of a call in the evening. */
const CALL_HOUR = 7
/** Outings with an interest have this and more as operand. */
export const OUTING_WITH = 200
/** Minutes after the start at which a meeting is over, and before it at which they set out. */
const MEETING_MINUTES = 90
const SETS_OUT = 60
/** When an evening begins in which they may call, and when the call is over if nobody wrote about it. */
const EVENING = 18 * 60
const CALL_OVER_MINUTE = 22 * 60
/** Minutes after which a call that was announced is over. */
const CALL_MINUTES = 40
/** Minute of the next day until which the evening of a call may last for whoever lives up to seven hours farther east. */
const NIGHT_OVER = 5 * 60
/** Place of the bit in `setDay` that says who called, above the minute of the day. */
const CALLER = 11

/** Asks to meet if the course does, and if there is not a plan yet. */
export function invites(draft: Draft, course: CourseStep): boolean {
  const { memory } = draft
  if (course.askedKind === CourseQ.again && memory.plan === Plan.after && memory.isCall === 0)
    return draft.ask(Q.again, -1)
  if (course.askedKind !== CourseQ.meet || memory.plan !== Plan.none || memory.declined > 1) return false
  if (!draft.is(Is.near)) {
    // Who has said no to a call is not asked for one again.
    if (memory.declined > 0) return false
    memory.isCall = 1
    return draft.ask(Q.call, draft.recipient.city)
  }
  memory.isCall = 0
  memory.outing = chooseOuting(draft)
  return draft.ask(Q.meet, memory.outing)
}

/** Outings that name neither coffee nor tea, for who has just named one of them. */
const OTHER_OUTINGS = OUTINGS.flatMap(([what], outing) => (/\b(?:coffee|tea)\b/.test(what) ? [] : [outing]))

/** Something both like to do with others, in its season, or something anybody does. */
function chooseOuting(draft: Draft): number {
  const { stream, sender } = draft
  if (stream.chance(0.4)) {
    for (const interest of sender.interests) {
      if (isByDay(interest) && draft.shares(interest) && inSeason(interest, sender.city, draft.day))
        return OUTING_WITH + interest
    }
  }
  if (draft.namesDrink()) return OTHER_OUTINGS[stream.nextInt(OTHER_OUTINGS.length)]!
  const walks = sender.city >= 0 ? OUTINGS.length : 3
  return stream.nextInt(walks)
}

/** Whether two people who hardly know each other can do it by day: a walk or a museum, no camping and no stars. */
function isByDay(interest: number): boolean {
  const bits = AFFORDED[interest] ?? 0
  const has = (...all: readonly number[]) => all.every((bit) => (bits & bit) !== 0)
  if ((bits & (Affords.rare | Affords.seasonal | Affords.media | Affords.thing)) !== 0) return false
  if (has(Affords.outdoors)) return !has(Affords.monthly, Affords.quiet) && !has(Affords.craft, Affords.warmth)
  return has(Affords.place, Affords.quiet) && !has(Affords.body)
}

/** Answers a question about the plan. */
export function answerPlan(draft: Draft, course: CourseStep, kind: number): boolean {
  const { memory } = draft
  switch (kind) {
    case Q.meet:
    case Q.call:
      return accepts(course) ? agree(draft, kind) : decline(draft, kind === Q.meet ? S.meetNo : S.callNo)
    case Q.again:
      return course.memory.phase !== Phase.over ? agree(draft, kind) : decline(draft, S.againNo)
    case Q.day:
      chooseDay(draft)
      memory.plan = Plan.day
      return draft.say(S.day, draft.nearOperand())
    case Q.callDay:
      chooseEvening(draft)
      return draft.say(S.callDay, draft.nearOperand())
    case Q.place:
      if (isDayGone(draft)) return postpone(draft)
      choosePlace(draft)
      memory.plan = Plan.proposed
      return draft.say(S.place, draft.planOperand())
    case Q.confirm:
      return draft.say(S.confirm, draft.nearOperand())
    case Q.number:
      return draft.say(S.number, -1)
    default:
      return draft.say(S.nice, -1)
  }
}

function accepts(course: CourseStep): boolean {
  if (course.saidGroup === CourseS.meet) return true
  if (course.saidGroup === CourseS.meetNo) return false
  return course.memory.phase > Phase.none && course.memory.phase < Phase.over
}

function agree(draft: Draft, kind: number): boolean {
  const { memory } = draft
  memory.plan = Plan.agreed
  memory.confirmed = 0
  memory.ahead = 0
  if (!draft.say(kind, -1)) return false
  if (draft.stream.chance(0.6)) draft.ask(memory.isCall === 1 ? Q.callDay : Q.day, -1)
  return true
}

function decline(draft: Draft, statement: number): boolean {
  const { memory } = draft
  memory.plan = statement === S.againNo ? Plan.over : Plan.none
  memory.declined++
  memory.declinedBy = draft.side
  memory.cool = 2
  return draft.say(statement, -1)
}

/** One of the next days, at an hour that suits what they want to do. */
function chooseDay(draft: Draft): void {
  const { memory, stream } = draft
  const where = placeKind(memory.outing)
  memory.planDay = draft.day + 1 + stream.nextInt(4)
  // What they do by day waits for the weekend.
  if (memory.outing >= OUTING_WITH) memory.planDay = draft.day + daysToWeekend(draft)
  const today = weekday(memory.planDay)
  const isFree = today === 0 || today === 6
  if (where === 'c') memory.hour = isFree ? [0, 1, 4][stream.nextInt(3)]! : 5
  else if (where === 'l') memory.hour = 2 + stream.nextInt(2)
  else if (where === 'd') memory.hour = 6
  else if (where === 'r') memory.hour = isFree ? [2, 3, 6][stream.nextInt(3)]! : 6
  else memory.hour = 6 + stream.nextInt(2)
}

/** Days until the next Saturday or Sunday, one at least. */
function daysToWeekend({ day, stream }: Draft): number {
  const toSaturday = 6 - weekday(day)
  return toSaturday === 0 ? 1 : toSaturday === 6 ? 6 : toSaturday + stream.nextInt(2)
}

/** The evening of one of the next days. */
function chooseEvening(draft: Draft): void {
  const { memory } = draft
  memory.planDay = draft.day + 1 + draft.stream.nextInt(4)
  memory.hour = CALL_HOUR
  memory.plan = Plan.proposed
}

function placeKind(outing: number): 'c' | 'r' | 'l' | 'd' | 'b' {
  return outing >= OUTING_WITH ? 'c' : OUTINGS[outing % OUTINGS.length]![1]
}

function choosePlace(draft: Draft): void {
  const { memory, stream } = draft
  const where = placeKind(memory.outing)
  const from = where === 'c' ? CAFES_FROM : where === 'b' ? BARS_FROM : RESTAURANTS_FROM
  const to = where === 'c' ? RESTAURANTS_FROM : where === 'b' ? PLACE_COUNT : BARS_FROM
  const place = stream.nextInt(to - from)
  // Not where they met before.
  memory.place = from + (from + place === memory.place ? (place + 1) % (to - from) : place)
}

function setPlan(draft: Draft): void {
  draft.memory.plan = Plan.set
  draft.memory.setDay = draft.day
}

/** Whether the hour that was named has come before both had said yes to it. */
function isDayGone({ memory, day, minute }: Draft): boolean {
  return day > memory.planDay || (day === memory.planDay && minute >= (HOURS_24[memory.hour]! - 1) * 60)
}

/** Names another day, and the place with it. */
export function postpone(draft: Draft): boolean {
  if (draft.memory.isCall === 1) {
    chooseEvening(draft)
    return draft.say(S.callMoved, draft.nearOperand())
  }
  chooseDay(draft)
  choosePlace(draft)
  draft.memory.plan = Plan.proposed
  return draft.say(S.moved, draft.planOperand())
}

/** Whether the meeting lies behind them. */
export function isPast(draft: Draft): boolean {
  const { memory, day, minute } = draft
  if (memory.plan === Plan.now) return isCallOver(draft)
  if (memory.plan !== Plan.set) return false
  if (day !== memory.planDay) return day > memory.planDay
  return memory.isCall === 1 ? minute > CALL_OVER_MINUTE : minute > HOURS_24[memory.hour]! * 60 + MEETING_MINUTES
}

/** Nobody has called before the other has said yes. Then the other writes again, or it is over by the caller's clock. */
function isCallOver(draft: Draft): boolean {
  if (draft.memory.confirmed === 0) return false
  if (!isCaller(draft)) return true
  // Who has just read the yes calls now, late as it may have come.
  return draft.heard === S.callYes ? isNightOver(draft) : isHourOver(draft)
}

function isCaller({ memory, side }: Draft): boolean {
  return side === memory.setDay >>> CALLER
}

/** By the clock of the one who called. */
function isHourOver({ memory, day, minute }: Draft): boolean {
  return day > memory.planDay || minute > (memory.setDay & ((1 << CALLER) - 1)) + CALL_MINUTES
}

/**
 * By the clock of whoever writes: where the other lives it may be tomorrow already when the evening's call is announced.
 * The caller's clock is not known here, so people who live still farther east (other continents) move a call that was
 * announced a minute ago: nine in the evening in Los Angeles is the next afternoon in Tokyo.
 */
function isNightOver({ memory, day, minute }: Draft): boolean {
  return day > memory.planDay + 1 || (day === memory.planDay + 1 && minute > NIGHT_OVER)
}

/** Whether a call was announced and nobody said yes to it in time. */
export function isMissed(draft: Draft): boolean {
  const { memory } = draft
  if (memory.plan !== Plan.now || memory.confirmed === 1) return false
  return isCaller(draft) ? isHourOver(draft) : isNightOver(draft)
}

/** Whether it was the writer who let it pass, and names another evening. */
export function owesCall(draft: Draft): boolean {
  return isMissed(draft) && !isCaller(draft)
}

/** Whether it is about to begin, or going on. */
export function isOn(draft: Draft): boolean {
  const { memory, day, minute } = draft
  if (memory.plan === Plan.now) return !isPast(draft) && !isMissed(draft)
  if (memory.plan !== Plan.set || day !== memory.planDay || isPast(draft)) return false
  return minute >= (memory.isCall === 1 ? EVENING : HOURS_24[memory.hour]! * 60 - SETS_OUT)
}

/** What people write to each other then: that they are on their way, or whether now is a good time to call. */
export function sayMeanwhile(draft: Draft): boolean {
  const { memory, side, minute } = draft
  if (memory.isCall === 0) return draft.say(minute < HOURS_24[memory.hour]! * 60 ? S.soon : S.here, -1)
  if (memory.plan === Plan.set) {
    memory.plan = Plan.now
    memory.confirmed = 0
    memory.setDay = minute | (side << CALLER)
    return draft.say(S.callNow, -1)
  }
  if (isCaller(draft)) return draft.say(memory.confirmed === 1 ? S.callGo : S.callNow, -1)
  memory.confirmed = 1
  return draft.say(S.callYes, -1)
}

/** Says how it was, once, and may ask the other. */
export function sayAfter(draft: Draft): boolean {
  const { memory, stream } = draft
  memory.plan = Plan.after
  // Nobody says any more that it still holds.
  if (memory.pending === Q.confirm) memory.pending = -1
  if (!draft.say(memory.isCall === 1 ? S.afterCall : S.afterDate, draft.nearOperand())) return false
  if (stream.chance(0.5)) draft.ask(Q.nice, -1)
  return true
}

/** What the plan calls for next when nothing is to be answered; false when the talk goes on as it likes. */
export function goOnWithPlan(draft: Draft): boolean {
  const { memory, stream } = draft
  if (memory.plan === Plan.agreed) {
    draft.react(R.plan)
    return draft.ask(memory.isCall === 1 ? Q.callDay : Q.day, -1)
  }
  if (memory.plan === Plan.day) {
    if (isDayGone(draft)) return postpone(draft)
    draft.react(R.dayset)
    return draft.ask(Q.place, -1)
  }
  if (memory.plan === Plan.proposed) {
    if (isDayGone(draft)) return postpone(draft)
    setPlan(draft)
    if (memory.isCall === 1) return draft.say(S.callSet, draft.planOperand())
    draft.say(S.dateSet, draft.planOperand())
    if (memory.askedNumber === 0 && stream.chance(0.4)) askNumber(draft)
    return true
  }
  if (owesCall(draft)) return postpone(draft)
  return memory.plan === Plan.set && mentionPlan(draft)
}

function askNumber(draft: Draft): boolean {
  draft.memory.askedNumber = 1
  return draft.ask(Q.number, -1)
}

/** Now and then somebody asks whether it still holds, on a later day; or is glad about it. */
function mentionPlan(draft: Draft): boolean {
  const { memory, stream, day } = draft
  const days = memory.planDay - day
  const close = days <= 1 && day > memory.setDay + days && isAhead(draft)
  if (close && memory.confirmed === 0 && memory.isCall === 0 && stream.chance(0.6)) {
    memory.confirmed = 1
    return draft.ask(Q.confirm, draft.nearOperand())
  }
  if (memory.askedNumber === 0 && memory.isCall === 0 && isAhead(draft) && stream.chance(0.3)) return askNumber(draft)
  return memory.ahead === 0 && isAhead(draft) && stream.chance(0.3) && lookForward(draft)
}

/** Whether it is still to come, by a clear hour. */
export function isAhead(draft: Draft): boolean {
  const { memory, day, minute } = draft
  if (memory.plan !== Plan.set || day > memory.planDay) return false
  return day < memory.planDay || minute < (memory.isCall === 1 ? EVENING : HOURS_24[memory.hour]! * 60 - SETS_OUT)
}

export function lookForward(draft: Draft): boolean {
  const { memory } = draft
  memory.ahead = 1
  return memory.isCall === 1 ? draft.say(S.callAhead, -1) : draft.say(S.ahead, draft.nearOperand())
}

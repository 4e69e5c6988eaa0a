import { weekday } from '../../../civil.ts'
import { Affords } from '../interests/affordances.ts'
import { INTEREST_TEXTS } from '../interests/index.ts'
import { isNative, petCode, petOf, siblingsCode, siblingsOf, trait } from '../persona/persona.ts'
import { type Draft, factOf, Naming } from './draft.ts'
import { M, PLAN_FROM, Q, QUESTIONS, R, S, STATEMENTS } from './kinds.ts'
import { BOUNCE_LINES } from './lines/questions.ts'
import { PAIRS } from './lines/topics.ts'
import { Laugh } from './memory.ts'
import { NO_LINE } from './pack.ts'

/** What a conversation is like: drawn once from the two people, so that both keep to it. */
export const Shape = { mixed: 0, stories: 1, banter: 2, deep: 3, quiet: 4 } as const

export function shapeOf(draft: Draft): number {
  return trait((draft.sender.writer ^ draft.recipient.writer) >>> 0, 70, 5)
}

/** One person in eleven never asks (chosen). */
const SILENT_ONES = 11

export function neverAsks(writer: number): boolean {
  return trait(writer, 71, SILENT_ONES) === 0
}

/** Questions about the person, by how far the two have come. */
const SMALL = [
  Q.drink,
  Q.either,
  Q.chrono,
  Q.dish,
  Q.watch,
  Q.job,
  Q.either,
  Q.plans,
  Q.weekend,
  Q.spot,
  Q.years,
  Q.from,
]
const PERSONAL = [Q.siblings, Q.pets, Q.childhood, Q.travel, Q.skill, Q.home, Q.ideal, Q.happy, Q.looking]
const DEEP = [Q.changed, Q.proud, Q.looking, Q.childhood, Q.happy, Q.ideal]
const LIGHT = [Q.either, Q.drink, Q.chrono, Q.dish, Q.childhood, Q.skill]
const ON_INTEREST = [Q.start, Q.love, Q.often, Q.detail, Q.tip]

/** The reaction that a statement calls for when it does not go by its mood, by statement group; −1 for the mood. */
const TO = new Int8Array(STATEMENTS.length).fill(-1)
for (const name of ['openBoth', 'openTheirs', 'openPost', 'openCity', 'openBio', 'openHello'] as const)
  TO[S[name]] = R.greet
for (const name of QUESTIONS) if (name in R && R[name as never] >= M.deep) TO[S[name]] = R[name as never]!
TO[S.start] = R.story
for (const group of [S.jobAsk, S.cook, S.detail, S.close, S.miss, S.post, S.jobLike]) TO[group] = R.yes
for (const group of [S.nudge, S.nudgeAgain]) TO[group] = R.sorry
for (const group of [S.meet, S.call, S.again]) TO[group] = R.plan
for (const group of [S.day, S.callDay]) TO[group] = R.dayset
for (const group of [S.confirm, S.onMyWay]) TO[group] = R.eager
TO[S.petAsk] = R.fun
TO[S.shareMine] = R.fun
TO[S.shareLove] = R.love
TO[S.opinion] = R.agree
TO[S.shareCity] = R.sight
TO[S.cool] = R.fine
for (const group of [S.nice, S.afterDate, S.afterCall, S.kind, S.callback, S.backStory, S.backPet, S.backJob])
  TO[group] = R.thanks
for (const group of [S.ahead, S.callAhead, S.dateSet, S.callSet]) TO[group] = R.eager
TO[S.number] = R.number

/** Group of reactions to what was told, −1 for nothing told. */
export function reactionTo(heard: number, mood: number): number {
  if (heard < 0) return -1
  const group = TO[heard]!
  return group >= 0 ? group : mood
}

/** Whether a question of the kind can be put to the reader now. */
function askable(draft: Draft, kind: number): boolean {
  const { memory, side, recipient } = draft
  if (memory.knows(1 - side, kind)) return false
  const today = weekday(draft.day)
  switch (kind) {
    case Q.plans:
      return today >= 3 && today <= 5
    case Q.weekend:
      return today === 1 || (today === 0 && draft.minute > 1080) || today === 2
    case Q.years:
    case Q.from:
    case Q.spot:
      return recipient.city >= 0
    case Q.miss:
      return !isNative(recipient.writer)
    default:
      return true
  }
}

/** What the question is about. */
function subject(draft: Draft, kind: number): number {
  if (kind === Q.either) return draft.stream.nextInt(PAIRS.length)
  return kind === Q.years || kind === Q.from || kind === Q.spot ? draft.recipient.city : -1
}

export function askKind(draft: Draft, kind: number): boolean {
  return askable(draft, kind) && draft.ask(kind, subject(draft, kind))
}

/** Goes on about what was just told: what a question about it would be, keyed to what it was. */
export function followUpOn(draft: Draft): boolean {
  const { heard, heardOperand, recipient, memory, side } = draft
  const asks = (kind: number, operand: number) => !memory.knows(1 - side, kind) && draft.ask(kind, operand)
  // Who has just answered something cannot say "it" and mean what was told before.
  const isNear = draft.statement === NO_LINE
  switch (heard) {
    case S.job:
      if (!isNear) return false
      return draft.stream.chance(0.6) ? asks(Q.jobAsk, heardOperand) : asks(Q.jobLike, heardOperand)
    case S.jobAsk:
      return isNear && asks(Q.jobLike, heardOperand)
    case S.siblings:
      return (
        isNear && siblingsOf(siblingsCode(recipient.writer)).count > 0 && asks(Q.close, siblingsCode(recipient.writer))
      )
    case S.pets:
      return petOf(petCode(recipient.writer)).kind > 0 && asks(Q.petAsk, petCode(recipient.writer))
    case S.dish:
      return isNear && asks(Q.cook, heardOperand)
    case S.from:
      return isNear && !isNative(recipient.writer) && asks(Q.miss, heardOperand)
    case S.years:
      return !isNative(recipient.writer) && recipient.city >= 0 && asks(Q.from, recipient.city)
    case S.drink:
      return asks(Q.chrono, -1)
    case S.chrono:
      return asks(Q.drink, -1)
    case S.childhood:
      return asks(Q.job, -1)
    case S.start:
    case S.love:
    case S.often:
    case S.tip:
    case S.detail:
    case S.other:
    case S.shareMine:
    case S.shareLove:
      // A story may not have named what it was about, so the question does.
      return (
        heardOperand >= 0 &&
        recipient.interests.includes(heardOperand) &&
        askOnInterest(draft, heardOperand, heard === S.shareMine || !isNear ? Naming.must : Naming.mustNot)
      )
    default:
      return false
  }
}

/** One of the questions on an interest of the reader's that were not put to them yet. */
export function askOnInterest(draft: Draft, interest: number, naming: number): boolean {
  const { stream, memory, side } = draft
  const texts = INTEREST_TEXTS[interest]
  if (texts === undefined) return false
  const from = stream.nextInt(ON_INTEREST.length)
  for (let i = 0; i < ON_INTEREST.length; i++) {
    const kind = ON_INTEREST[(from + i) % ON_INTEREST.length]!
    if (memory.knows(1 - side, kind)) continue
    if (kind === Q.tip && (draft.shares(interest) || (texts.affordances & Affords.does) === 0)) continue
    if (!draft.ask(kind, interest, naming)) continue
    memory.speakOf(interest)
    return true
  }
  return false
}

/** Opens a new subject; a fresh interest of the reader's is one. */
export function askSomethingNew(draft: Draft): boolean {
  const { stream } = draft
  const shape = shapeOf(draft)
  const { count } = draft.memory
  if (stream.chance(count < 6 ? 0.45 : 0.25)) {
    const interest = draft.theirInterest()
    if (interest >= 0 && askOnInterest(draft, interest, Naming.must)) return true
  }
  const kinds =
    shape === Shape.deep && count >= 4
      ? DEEP
      : shape === Shape.banter && stream.chance(0.6)
        ? LIGHT
        : count >= 5 && stream.chance(0.6)
          ? PERSONAL
          : SMALL
  return askOneOf(draft, kinds) || askOneOf(draft, SMALL) || (count >= 4 && askOneOf(draft, PERSONAL))
}

function askOneOf(draft: Draft, kinds: readonly number[]): boolean {
  const from = draft.stream.nextInt(kinds.length)
  for (let i = 0; i < kinds.length; i++) if (askKind(draft, kinds[(from + i) % kinds.length]!)) return true
  return false
}

/** "And you?", where the question fits the one who asked. */
export function returnQuestion(draft: Draft, kind: number, operand: number): boolean {
  if (!(QUESTIONS[kind]! in BOUNCE_LINES) || draft.memory.knows(1 - draft.side, kind)) return false
  if (kind === Q.either) return draft.bounce(kind, operand)
  if (kind === Q.years || kind === Q.spot || kind === Q.from)
    return draft.recipient.city >= 0 && draft.bounce(kind, draft.recipient.city)
  return draft.bounce(kind, factOf(kind, draft.recipient) >= 0 ? -1 : operand)
}

/** What to share, with the weight of each by the shape of the conversation: mixed, stories, banter, deep, quiet. */
const SHARES: readonly (readonly [group: number, weights: readonly number[]])[] = [
  [S.shareMine, [4, 7, 3, 3, 3]],
  [S.shareLove, [3, 3, 2, 2, 3]],
  [S.shareJob, [1, 3, 2, 1, 1]],
  [S.sharePet, [1, 2, 2, 1, 1]],
  [S.shareDay, [4, 4, 4, 3, 5]],
  [S.shareCity, [2, 2, 1, 1, 2]],
  [S.opinion, [2, 1, 5, 1, 1]],
  [S.joke, [2, 2, 5, 1, 1]],
  [S.callback, [4, 4, 6, 3, 3]],
  [S.deep, [1, 1, 0, 5, 1]],
  [S.kind, [1, 1, 1, 2, 1]],
]

/** Something that the writer tells unasked; false when there is nothing new to say. */
export function share(draft: Draft): boolean {
  const { stream, memory } = draft
  const shape = shapeOf(draft)
  let tries = 4
  while (tries-- > 0) {
    let total = 0
    for (const [group, weights] of SHARES) total += isReady(draft, group) ? weights[shape]! : 0
    let draw = stream.next() * total
    for (const [group, weights] of SHARES) {
      if (!isReady(draft, group)) continue
      draw -= weights[shape]!
      if (draw >= 0) continue
      if (tell(draft, group)) return true
      break
    }
  }
  return draft.say(S.shareDay, -1) && memory.told >= 0
}

function isReady(draft: Draft, group: number): boolean {
  const { memory, side } = draft
  const { count, plan } = memory
  switch (group) {
    case S.shareJob:
      return count >= 3
    case S.callback:
      return memory.laughFor(side) !== Laugh.none
    case S.kind:
      return count >= 5 && plan !== 5
    case S.deep:
      return count >= 4
    case S.opinion:
    case S.joke:
      return count >= 2
    default:
      return true
  }
}

/** The mark of having told the story from work, beside the kinds of question. */
const JOB_STORY = PLAN_FROM

/** Whoever has said why need not be asked why. */
export function learnReasons(draft: Draft, group: number): void {
  if (group === S.shareMine) return
  draft.memory.learn(draft.side, Q.love)
  draft.memory.learn(draft.side, Q.start)
}

function tell(draft: Draft, group: number): boolean {
  const { memory, side, sender } = draft
  if (group === S.shareMine || group === S.shareLove) {
    const interest = draft.ownInterest()
    if (interest < 0 || !draft.say(group, interest, true)) return false
    memory.speakOf(interest)
    learnReasons(draft, group)
    return true
  }
  if (group === S.shareJob) {
    // There is one story from work, so it is told once.
    if (!memory.once(side, JOB_STORY)) return false
    return draft.say(group, factOf(Q.job, sender), true)
  }
  if (group === S.sharePet) {
    return draft.say(group, petCode(sender.writer), true)
  }
  if (group === S.callback) return pickUp(draft)
  return draft.say(group, -1, true)
}

/** Comes back to what the other told some time ago. */
function pickUp(draft: Draft): boolean {
  const { memory, side } = draft
  const laugh = memory.laughFor(side)
  const { laughOperand } = memory
  memory.laugh = Laugh.none
  if (laugh === Laugh.story) return draft.say(S.backStory, laughOperand, true)
  if (laugh === Laugh.pet) return draft.say(S.backPet, laughOperand, true)
  if (laugh === Laugh.job) return draft.say(S.backJob, laughOperand, true)
  return draft.say(S.callback, -1, true)
}

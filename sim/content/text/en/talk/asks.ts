import { weekday } from '../../../civil.ts'
import { Affords } from '../interests/affordances.ts'
import { AFFORDED } from '../interests/index.ts'
import { isNative, petCode, petOf, siblingsCode, siblingsOf } from '../persona/persona.ts'
import { type Draft, Naming } from './draft.ts'
import { Q, QUESTIONS, S } from './kinds.ts'
import { BOUNCE_LINES } from './lines/questions/index.ts'
import { PAIRS } from './lines/topics.ts'
import { factOf } from './own-fact.ts'
import { NO_LINE } from './pack.ts'
import { Shape, shapeOf } from './shape.ts'
import { COFFEE } from './situation.ts'

/** Questions about the person, by how far the two have come. */
const SMALL = [
  Q.either,
  Q.drink,
  Q.dish,
  Q.watch,
  Q.job,
  Q.either,
  Q.chrono,
  Q.watch,
  Q.plans,
  Q.weekend,
  Q.spot,
  Q.dish,
  Q.years,
  Q.job,
  Q.from,
]
const PERSONAL = [Q.siblings, Q.pets, Q.childhood, Q.travel, Q.skill, Q.home, Q.ideal, Q.happy, Q.looking]
const DEEP = [Q.changed, Q.proud, Q.looking, Q.childhood, Q.happy, Q.ideal]
const LIGHT = [Q.either, Q.chrono, Q.dish, Q.childhood, Q.skill]
/** The last, which is the plainest, comes when another has been asked. */
const ON_INTEREST = [Q.detail, Q.start, Q.tale, Q.love, Q.tip, Q.detail, Q.start, Q.detail, Q.often]

/** Whether a question of the kind can be put to the reader now. */
function askable(draft: Draft, kind: number, isNew = true): boolean {
  const { memory, side, recipient } = draft
  if (memory.knows(1 - side, kind)) return false
  // Who has just answered it returns it, and does not put it in new words.
  if (memory.told === kind && isNew) return false
  // Nor does anybody ask as if it were new what the other has asked before.
  if (isNew && memory.wasAsked(side, kind)) return false
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
    case Q.drink:
      return !recipient.interests.includes(COFFEE)
    default:
      return true
  }
}

/** Whether the weekend lies ahead, or has only begun. In another zone it may still be Tuesday when it is asked. */
export function isPlannable({ day }: Draft): boolean {
  return weekday(day) >= 2
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
    case S.childhood:
    case S.shareJob:
      return asks(Q.job, -1)
    case S.sharePet:
      return asks(Q.petAsk, heardOperand)
    case S.shareDay:
    case S.opinion:
    case S.joke:
      return isNear && draft.ask(Q.anecdote, heardOperand)
    case S.deep:
      return askKind(draft, Q.changed)
    case S.start:
    case S.love:
    case S.often:
    case S.tip:
    case S.detail:
    case S.other:
    case S.tale:
    case S.shareMine:
    case S.shareLove:
      // A story may not have named what it was about, so the question does.
      return (
        heardOperand >= 0 &&
        recipient.interests.includes(heardOperand) &&
        askOnInterest(draft, heardOperand, isFar(heard) || !isNear ? Naming.must : Naming.mustNot)
      )
    default:
      return false
  }
}

/** After a story, or an answer that names other things, an "it" would not be the interest. */
function isFar(heard: number): boolean {
  return heard === S.shareMine || heard === S.tale || heard === S.detail || heard === S.tip
}

/** One of the questions on an interest of the reader's that were not put to them yet. */
export function askOnInterest(draft: Draft, interest: number, naming: number): boolean {
  const { stream, memory, side } = draft
  const bits = AFFORDED[interest]
  if (bits === undefined) return false
  const from = stream.nextInt(ON_INTEREST.length - 1)
  for (let i = 0; i < ON_INTEREST.length; i++) {
    const kind = ON_INTEREST[(from + i) % ON_INTEREST.length]!
    if (memory.knows(1 - side, kind)) continue
    if (kind === Q.tip && (draft.shares(interest) || (bits & Affords.does) === 0)) continue
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
  if (!(QUESTIONS[kind]! in BOUNCE_LINES) || !askable(draft, kind, false)) return false
  if (kind === Q.either) return draft.bounce(kind, operand)
  if (kind === Q.years || kind === Q.spot || kind === Q.from)
    return draft.recipient.city >= 0 && draft.bounce(kind, draft.recipient.city)
  return draft.bounce(kind, factOf(kind, draft.recipient) >= 0 ? -1 : operand)
}

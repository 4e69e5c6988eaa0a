import { INTERESTS } from '../interests/interests.ts'
import { Q, S } from './acts.ts'
import type { Draft } from './draft.ts'

/** Questions of each stage: small talk, interests, personal. Those about an interest are chosen apart. */
const BY_STAGE: readonly (readonly number[])[] = [
  [],
  [Q.city, Q.spot, Q.food, Q.watch, Q.either, Q.weekend, Q.today],
  [Q.other, Q.travel, Q.food, Q.watch, Q.either, Q.weekend, Q.learn],
  [Q.work, Q.family, Q.grew, Q.looking, Q.happy, Q.friends, Q.ideal, Q.travel],
  [Q.today, Q.either, Q.happy, Q.learn, Q.friends, Q.work, Q.family, Q.grew],
]
/** Asked again and again in a long thread. */
const RECURRENT = (1 << Q.today) | (1 << Q.either) | (1 << Q.happy) | (1 << Q.weekend) | (1 << Q.watch)
const ON_INTEREST = [Q.start, Q.best, Q.often, Q.tips]
const INTEREST_KINDS = (1 << Q.start) | (1 << Q.best) | (1 << Q.often) | (1 << Q.tips)
/** Kinds that make sense as "And you?". */
const RETURNABLE =
  (1 << Q.hello) |
  (1 << Q.city) |
  (1 << Q.food) |
  (1 << Q.watch) |
  (1 << Q.either) |
  (1 << Q.weekend) |
  (1 << Q.work) |
  (1 << Q.family) |
  (1 << Q.grew) |
  (1 << Q.travel) |
  (1 << Q.looking) |
  (1 << Q.learn) |
  (1 << Q.happy) |
  (1 << Q.friends) |
  (1 << Q.ideal) |
  (1 << Q.other) |
  (1 << Q.today) |
  (1 << Q.spot)

/** Messages before somebody proposes to meet (chosen), fewer for those who want something casual. */
const MEET_FROM = [8, 7, 6, 8]
const DECLINED_PAUSE = 8
/** Either-or questions there are (chosen). */
const EITHER_OR = 30

/** Asks something back, goes on about what was told, or opens a new subject; the sociable ask more. */
export function chooseQuestion(draft: Draft, answered: number): void {
  const { stream, sender, memory } = draft
  if (memory.bye === 1) return
  const silent = answered < 0
  if (!stream.chance(0.38 + 0.4 * sender.sociability + (silent ? 0.25 : 0))) return
  if (draft.answered >= 0 && ((RETURNABLE >>> draft.answered) & 1) === 1 && stream.chance(0.45)) {
    const ofCity = draft.answered === Q.city || draft.answered === Q.spot
    const operand = ofCity ? draft.recipient.city : draft.answered === Q.either ? memory.toldOperand : -1
    draft.bounce(draft.answered, operand)
    return
  }
  if (invites(draft)) return
  const onWork = draft.heard === S.work && (silent || answered === Q.work)
  if (onWork && !memory.hasAsked(Q.workLike) && stream.chance(0.6) && draft.ask(Q.workLike, -1)) return
  if (memory.stage <= 2 && stream.chance(memory.stage === 1 ? 0.35 : 0.65) && askOnInterest(draft)) return
  askByStage(draft)
}

function invites(draft: Draft): boolean {
  const { memory, stream, sender } = draft
  if (memory.stage !== 3 || memory.phase !== 0 || memory.count < MEET_FROM[sender.intent]!) return false
  if (memory.declined === 1 && memory.since < DECLINED_PAUSE) return false
  if (!stream.chance(memory.count > 14 ? 0.6 : 0.3)) return false
  const interest = draft.theirInterest()
  const together = interest >= 0 && draft.shares(interest) && stream.chance(0.5)
  if (!draft.ask(Q.meet, together ? interest : -1)) return false
  memory.stage = 4
  return true
}

/** On the interest that the other just spoke of if it is theirs, else on a fresh one of theirs. */
function askOnInterest(draft: Draft): boolean {
  const { memory, stream, recipient } = draft
  const heard = draft.heard
  const going =
    heard === S.start ||
    heard === S.best ||
    heard === S.often ||
    heard === S.other ||
    heard === S.shareMine ||
    heard === S.shareBoth
  let interest = -1
  if (going && recipient.interests.includes(draft.heardOperand) && stream.chance(0.6)) interest = draft.heardOperand
  if (interest < 0) interest = draft.theirInterest()
  if (interest < 0 || INTERESTS[interest] === undefined) return false
  if ((memory.asked & INTEREST_KINDS) === INTEREST_KINDS) memory.asked &= ~INTEREST_KINDS
  const from = stream.nextInt(ON_INTEREST.length)
  for (let i = 0; i < ON_INTEREST.length; i++) {
    const kind = ON_INTEREST[(from + i) % ON_INTEREST.length]!
    if (!memory.hasAsked(kind) && draft.ask(kind, interest)) return true
  }
  return false
}

function askByStage(draft: Draft): void {
  const { memory, stream } = draft
  for (let stage = memory.stage; stage >= 1; stage--) {
    const kinds = BY_STAGE[stage]!
    const from = stream.nextInt(kinds.length)
    for (let i = 0; i < kinds.length; i++) {
      const kind = kinds[(from + i) % kinds.length]!
      if (memory.hasAsked(kind) || kind === draft.answered) continue
      if (askKind(draft, kind)) return
    }
  }
  memory.asked &= ~RECURRENT
  if (draft.statement < 0) askKind(draft, Q.today)
}

function askKind(draft: Draft, kind: number): boolean {
  if (kind === Q.city || kind === Q.spot) return draft.recipient.city >= 0 && draft.ask(kind, draft.recipient.city)
  return draft.ask(kind, kind === Q.either ? draft.stream.nextInt(EITHER_OR) : -1)
}

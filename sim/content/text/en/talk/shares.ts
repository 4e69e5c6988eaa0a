import { petCode } from '../persona/persona.ts'
import type { Draft } from './draft.ts'
import { isTold } from './hearing.ts'
import { PLAN_FROM, Q, S } from './kinds.ts'
import { Is } from './line-table.ts'
import { Laugh, Plan } from './memory.ts'
import { factOf } from './own-fact.ts'
import { shapeOf } from './shape.ts'

/** Chance that what was told is answered with something of its kind (chosen). */
const LIKE_FOR_LIKE = 0.5

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
  const { stream, memory, heard } = draft
  // One story brings up another of its kind; a thought does not.
  if (isTold(heard) && heard !== S.deep && stream.chance(LIKE_FOR_LIKE) && isReady(draft, heard) && tell(draft, heard))
    return true
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
  return !isSerious(heard) && draft.say(S.shareDay, -1) && memory.told >= 0
}

/** What one does not answer with a joke. */
function isSerious(heard: number): boolean {
  return heard === S.proud || heard === S.changed || heard === S.deep || heard === S.looking
}

function isReady(draft: Draft, group: number): boolean {
  const { memory, side } = draft
  const { count, plan } = memory
  if (isSerious(draft.heard))
    return group === S.kind ? count >= 5 && plan !== Plan.over : group === S.deep && draft.heard !== S.deep
  switch (group) {
    case S.shareJob:
      return count >= 3
    case S.callback:
      return memory.laughFor(side) !== Laugh.none
    case S.kind:
      return count >= 5 && plan !== Plan.over
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
  if (group === S.shareMine) {
    draft.memory.learn(draft.side, Q.tale)
    return
  }
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
  if (group === S.shareCity) {
    // One place is enough, and not the one that was spoken of.
    if (memory.knows(side, Q.spot) || (draft.is(Is.near) && memory.knows(1 - side, Q.spot))) return false
    if (!draft.say(group, -1, true)) return false
    memory.learn(side, Q.spot)
    if (draft.is(Is.near)) memory.learn(1 - side, Q.spot)
    return true
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

import { Q, R, S, STATEMENTS } from './acts.ts'
import type { Draft } from './draft.ts'
import { Phase } from './memory.ts'

/** The reaction that a statement calls for, by statement group; −1 for none. */
const TO = new Int8Array(STATEMENTS.length).fill(R.warm)
for (const group of [S.openBoth, S.openTheirs, S.openCity, S.openBio, S.openPost, S.openHello]) TO[group] = R.greet
for (const group of [S.start, S.best, S.often, S.tips, S.other, S.learn, S.shareMine, S.shareBoth, S.watch])
  TO[group] = R.interest
for (const group of [S.work, S.workLike]) TO[group] = R.work
for (const group of [S.family, S.grew]) TO[group] = R.family
for (const group of [S.city, S.spot]) TO[group] = R.city
for (const group of [S.bio, S.post, S.either, S.friends]) TO[group] = R.funny
for (const group of [S.meet, S.day, S.place, S.again]) TO[group] = R.plan
for (const group of [S.meetNo, S.againNo]) TO[group] = R.noWorries
for (const group of [S.nudge, S.lastNudge]) TO[group] = R.sorry
for (const group of [S.dateSet, S.banter, S.confirm]) TO[group] = R.date
for (const group of [S.nice, S.afterDate]) TO[group] = R.warm
for (const group of [S.bye, S.byeDate, S.byeBack, S.hello, S.today]) TO[group] = -1
TO[S.food] = R.tasty
TO[S.travel] = R.travel
TO[S.looking] = R.looking
TO[S.number] = R.number

/** Reacts to what the other told, more often when there is no question to answer. */
export function chooseReaction(draft: Draft, free: boolean): void {
  if (draft.heard < 0) return
  const group = TO[draft.heard]!
  if (group < 0) return
  const eager = free || group === R.sorry ? 0.75 : group === R.greet ? 0.5 : 0.2
  const planning = draft.memory.phase > Phase.none && draft.memory.pending >= Q.meet
  if (!planning && draft.stream.chance(eager + 0.2 * draft.sender.sociability)) draft.react(group)
}

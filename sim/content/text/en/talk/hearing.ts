import { M, QUESTIONS, R, S, STATEMENTS } from './kinds.ts'

/** The reaction that a statement calls for when it does not go by its mood, by statement group; −1 for the mood. */
const TO = new Int8Array(STATEMENTS.length).fill(-1)
for (const name of ['openBoth', 'openTheirs', 'openPost', 'openCity', 'openBio', 'openHello'] as const)
  TO[S[name]] = R.greet
for (const name of QUESTIONS) if (name in R && R[name as never] >= M.deep) TO[S[name]] = R[name as never]!
TO[S.start] = R.story
for (const group of [S.jobAsk, S.cook, S.close, S.miss, S.jobLike]) TO[group] = R.yes
for (const group of [S.detail, S.post]) TO[group] = R.pick
for (const group of [S.nudge, S.nudgeFirst, S.nudgeAgain]) TO[group] = R.sorry
for (const group of [S.meet, S.call, S.again]) TO[group] = R.plan
for (const group of [S.day, S.callDay, S.moved, S.callMoved]) TO[group] = R.dayset
for (const group of [S.confirm, S.onMyWay, S.soon, S.here, S.callNow, S.callYes, S.callGo]) TO[group] = R.eager
for (const group of [S.petAsk, S.sharePet]) TO[group] = R.petlike
TO[S.anecdote] = R.punch
for (const group of [S.shareDay, S.opinion, S.joke]) TO[group] = R.anecdote
for (const group of [S.shareMine, S.shareJob, S.tale]) TO[group] = R.tale
TO[S.shareLove] = R.love
TO[S.shareCity] = R.sight
TO[S.cool] = R.fine
for (const group of [S.nice, S.kind]) TO[group] = R.thanks
for (const group of [S.afterDate, S.afterCall]) TO[group] = R.alike
for (const group of [S.callback, S.backStory, S.backPet, S.backJob]) TO[group] = R.remembered
for (const group of [S.ahead, S.callAhead, S.dateSet, S.callSet]) TO[group] = R.eager
TO[S.number] = R.number

/** Group of reactions to what was told, −1 for nothing told. */
export function reactionTo(heard: number, mood: number): number {
  if (heard < 0) return -1
  // How somebody is goes by how it sounds, but is no news of a weekend.
  if (heard === S.hello) return mood === M.tired ? R.tired : R.well
  // Nobody laughs at what is added to something that was no joke.
  if (heard === S.anecdote && mood !== M.fun) return R.pick
  const group = TO[heard]!
  return group >= 0 ? group : mood
}

/** Groups of statements that tell something unasked, which others hear and may answer with something of their own. */
const TELLING = [S.shareMine, S.shareLove, S.shareJob, S.sharePet, S.shareDay, S.shareCity, S.opinion, S.joke, S.deep]

export function isTold(group: number): boolean {
  return TELLING.includes(group)
}

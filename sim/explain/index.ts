export type { Change } from './changes.ts'
export { type Explanation, type Moment, momentOf } from './explanation.ts'
export { explainDay, explainPost } from './feed.ts'
export { explainDecision } from './like.ts'
export { explainPair } from './match.ts'
export type { Observed } from './observed.ts'
export { Posts } from './posts.ts'
export type {
  AnswerRecord,
  DecisionRecord,
  MatchRecord,
  MessageRecord,
  OfferRecord,
  PlanRecord,
  PostName,
} from './records.ts'
export { explainAnswer, type Which } from './reply.ts'
export { type Watched, Witness } from './witness.ts'

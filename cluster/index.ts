/** The tasks of a run on many machines: planned, carried out anywhere in any order, judged by their manifests. */

export { type Finished, type FinishOptions, finishPlan, type MissingTask } from './finish.ts'
export { type ObjectStore, openObjects } from './objects/index.ts'
export { nameOf } from './plan/canonical.ts'
export { groupMarkets } from './plan/groups.ts'
export { makePlan, outputOf, type PlanOptions, planAt, readPlan } from './plan/make-plan.ts'
export { outcomeKey, type Plan, planName, type Task, taskOf } from './plan/plan.ts'
export { Standing } from './plan/standing.ts'
export * from './queue/index.ts'
export { carryOutShare, type ShareOptions, type ShareProgress, type ShareResult } from './share.ts'
export { TaskHand, type TaskOrder } from './tasks/carry-out.ts'
export { type Outcome, putOutcome } from './tasks/outcome.ts'
export { TaskThread } from './tasks/thread.ts'

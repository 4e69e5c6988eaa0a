/**
 * The tasks of a run, and the runs of an experiment, on many machines: carried out anywhere in any order, judged by what
 * they left.
 */

export { type ObjectStore, openObjects } from '../persist/index.ts'
export { type Batch, type BatchResult, batchOf, carryOutBatch, checkAlike, resultsOf } from './batches/batch.ts'
export { type Cut, cutIntoBatches, secondsOf, singles } from './batches/cut.ts'
export { checkVersions, planAt, readPlan } from './control/kept-plan.ts'
export { hasPlan, pointerOf } from './control/pointer.ts'
export { Standing } from './control/standing.ts'
export { type Finished, type FinishOptions, finishPlan, type MissingTask } from './finish.ts'
export { forgetPlan, forgetSuccess } from './forget-plan.ts'
export { makePlan, type PlanOptions } from './make-plan.ts'
export { nameOf } from './plan/canonical.ts'
export { groupMarkets } from './plan/groups.ts'
export { type Outcome, putOutcome, TASK_TABLES } from './plan/outcome.ts'
export { isSameDatabase, outputOf, placeHere, reached, urlOf } from './plan/output.ts'
export { placesOf } from './plan/places.ts'
export { type Output, outcomeKey, type Plan, planName, type Task, taskOf } from './plan/plan.ts'
export * from './queue/index.ts'
export { carryOutShare, type ShareOptions, type ShareProgress, type ShareResult } from './share.ts'
export { TaskHand, type TaskOrder } from './tasks/carry-out.ts'
export { writtenFile } from './tasks/file-target.ts'
export { type CountedGroup, decodeCounts, encodeCounts, type GroupCounts } from './tasks/group-counts.ts'
export { TaskThread } from './tasks/thread.ts'

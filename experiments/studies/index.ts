/** What an experiment runs and what follows from it: pure, for Node and the browser. Whoever calls says how to run. */
export { type Axis, DESIGNS, type Design, designPoints, parseAxis } from './axes.ts'
export { type CompareRow, type Comparison, compare } from './compare.ts'
export { DUMMY, type Factor, factorsOf, parametersBelow, pointAt, SEED } from './factors.ts'
export { type FactRow, type FirstDifference, firstDifference } from './first-difference.ts'
export { type ForkRow, type ForkRunner, type ForkStudy, fork } from './fork.ts'
export { MEASURES, type Measure, measureNamed, measuresOf, type Values } from './measures.ts'
export { type Effect, parseEffect, sizeOf } from './power/effect.ts'
export { type Contributions, PERSONAL_METRICS, type PersonalMetric, PersonMetrics } from './power/person-metrics.ts'
export {
  type Needed,
  type Part,
  type PowerOptions,
  type PowerRow,
  type PowerStudy,
  power,
  type TestRunner,
} from './power/power.ts'
export { runTest, type TestLook, type TestOutcome, type TestTask, TREATED, testInput } from './power/run-test.ts'
export { findTreatment, type Treatment, type TreatmentOptions } from './power/treatment.ts'
export { type ReplicateOptions, type ReplicateRow, type Replication, replicate } from './replicate.ts'
export { type ForkOutcome, type ForkTask, type Future, policyTree, runFork } from './run-fork.ts'
export { type Outcome, runTrial } from './run-trial.ts'
export { failuresOf, isStopped, measured, type Runner, sameThreadRunner, valuesOf } from './runner.ts'
export { fromUnit, toUnit } from './scales.ts'
export {
  type LeaderIndex,
  type MeasureSensitivity,
  type ScreenedFactor,
  type Sensitivity,
  type SensitivityOptions,
  sensitivity,
} from './sensitivity.ts'
export { changesOf, inputOf, type Point, type Setting, seedNames, type Trial, valueAt } from './setting.ts'
export { type Sweep, type SweepRow, sweep, sweepTrials } from './sweep.ts'
export { carryOut, type Task, type TaskResult } from './task.ts'
export type { Conflict, TunedParameter } from './tune/findings.ts'
export { bandTargets, isMet, parseTarget, type Target } from './tune/targets.ts'
export { type Tuned, type TuneOptions, tune } from './tune/tune.ts'

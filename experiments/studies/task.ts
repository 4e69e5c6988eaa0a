import { type FirstDifference, firstDifference } from './first-difference.ts'
import { runTest, type TestOutcome, type TestTask } from './power/run-test.ts'
import { type ForkOutcome, type ForkTask, runFork } from './run-fork.ts'
import { type Outcome, runTrial } from './run-trial.ts'
import type { Point, Setting, Trial } from './setting.ts'

/** What a worker can be asked for: plain data, so that it may be a thread, a page's worker or another machine. */
export type Task =
  | { readonly kind: 'trial'; readonly setting: Setting; readonly trial: Trial }
  | { readonly kind: 'fork'; readonly setting: Setting; readonly fork: ForkTask }
  | { readonly kind: 'test'; readonly setting: Setting; readonly test: TestTask }
  | {
      readonly kind: 'first-difference'
      readonly setting: Setting
      readonly seed: string
      readonly points: readonly [Point, Point]
    }

export type TaskResult = Outcome | ForkOutcome | TestOutcome | FirstDifference | null

/** Carries out a task on this thread. Throws what the simulation throws. */
export function carryOut(task: Task): TaskResult {
  switch (task.kind) {
    case 'trial':
      return runTrial(task.setting, task.trial)
    case 'fork':
      return runFork(task.setting, task.fork)
    case 'test':
      return runTest(task.setting, task.test)
    case 'first-difference':
      return firstDifference(task.setting, task.seed, task.points)
    default:
      throw new Error(`unknown task ${JSON.stringify(task satisfies never)}`)
  }
}

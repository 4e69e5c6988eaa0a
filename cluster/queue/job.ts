import { packageVersion } from '../../installation/index.ts'
import { ENGINE_VERSION } from '../../sim/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import type { Batch } from '../batches/batch.ts'
import { nameOf } from '../plan/canonical.ts'
import { LAYOUT, type Task } from '../plan/plan.ts'

/** What a queue carries of a task: no secret, and no more than it takes to find the rest. */
export interface TaskJob {
  /** Where plan and outcomes are kept, and where rows go, as every worker sees them. */
  readonly control: string
  readonly output: string
  readonly task: Task
  readonly versions: Versions
}

/** Runs of an experiment: all that they take, as their results are all that there is of them. */
export interface BatchJob {
  /** JSON of a `Batch`, as text for the reason of `BatchResult`. */
  readonly batch: string
  /** How many they are, for whoever counts what a queue holds: a batch of another version may not be read. */
  readonly runs: number
  readonly versions: Versions
}

export type AnyJob = TaskJob | BatchJob

export interface Versions {
  readonly mingle: string
  readonly engine: number
  readonly layout: number
}

export function versionsHere(): Versions {
  return { mingle: packageVersion(), engine: ENGINE_VERSION, layout: LAYOUT }
}

/**
 * Names of jobs must neither be numbers nor hold a colon. The same run may be written to two places at once: its tasks are the same, their
 * jobs are not.
 *
 * @param control where the plan is kept
 */
export function jobId({ id, pass }: Task, control: string): string {
  return `task-${pass}-${id}-${nameOf(control).slice(0, 8)}`
}

/** Batches of another version are others. */
export function batchJobId({ id }: Batch): string {
  const { mingle, engine } = versionsHere()
  return `batch-${mingle}-${engine}-${id}`
}

/** @throws MingleError ENGINE_DIFFERS, which names both versions */
export function checkJobVersions({ versions }: Pick<AnyJob, 'versions'>): void {
  const here = versionsHere()
  if (versions.mingle === here.mingle && versions.engine === here.engine && versions.layout === here.layout) return
  throw new MingleError(
    'ENGINE_DIFFERS',
    `the queue holds tasks of mingle ${versions.mingle} (engine ${versions.engine}, layout ${versions.layout}), this worker is mingle ${here.mingle} (engine ${here.engine}, layout ${here.layout}) and takes none of them: install mingle ${versions.mingle} here; where their run was given up, 'mingle cluster forget' takes them out of the queue`,
  )
}

import type { Task } from '../../experiments/index.ts'
import { type Batch, batchOf } from './batch.ts'

/** Chosen: by then neither the queue nor a worker's first seconds are felt. */
const BATCH_SECONDS = 60
/** Chosen: an experiment of some minutes spreads over as many workers. */
const LEAST_BATCHES = 16
/** Processor time of one core, about (docs/scale.md): of setting a person up, and of a day of one. */
const SECONDS_OF_A_PERSON = 50e-6
const SECONDS_OF_A_PERSON_DAY = 12e-6

/** A batch, and where its tasks stand in the whole. */
export interface Cut {
  readonly batch: Batch
  readonly at: readonly number[]
}

/**
 * Cuts tasks of one setting into batches of neighbours of about a minute. Where they are cut hangs on all of the tasks, so
 * that an experiment that goes on has the batches that it had; those known are then left out.
 */
export function cutIntoBatches(tasks: readonly Task[], known: ReadonlySet<number> = new Set()): Cut[] {
  const seconds = tasks.map(secondsOf)
  const total = seconds.reduce((sum, each) => sum + each, 0)
  // A little less: sums of equal numbers need not be equal.
  const enough = Math.min(BATCH_SECONDS, total / LEAST_BATCHES) * (1 - 1e-9)
  const cuts: number[][] = []
  let gathered = Number.POSITIVE_INFINITY
  seconds.forEach((each, at) => {
    if (gathered >= enough) {
      cuts.push([])
      gathered = 0
    }
    cuts.at(-1)!.push(at)
    gathered += each
  })
  const open = cuts.map((cut) => cut.filter((at) => !known.has(at))).filter((cut) => cut.length > 0)
  return open.map((at) => ({ at, batch: batchOf(at.map((each) => tasks[each]!)) }))
}

/** The tasks of a batch one by one. */
export function singles({ at }: Cut, tasks: readonly Task[]): Cut[] {
  return at.map((each) => ({ at: [each], batch: batchOf([tasks[each]!]) }))
}

/** About how long a task takes on one core. */
export function secondsOf(task: Task): number {
  const { count = 100 } = task.setting.input
  const { days } = task.setting
  switch (task.kind) {
    case 'trial':
      return lived(count, days)
    case 'fork':
      return lived(count, task.fork.atDay + task.fork.policies.length * (days - task.fork.atDay))
    case 'test':
      return lived(task.test.people?.count ?? count, task.test.days.at(-1) ?? days)
    case 'first-difference':
      return 2 * lived(count, days)
    default:
      return task satisfies never
  }
}

function lived(people: number, days: number): number {
  return people * (SECONDS_OF_A_PERSON + days * SECONDS_OF_A_PERSON_DAY)
}

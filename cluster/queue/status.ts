import type { Job } from 'bullmq'
import { openObjects } from '../../persist/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { readPlan } from '../control/kept-plan.ts'
import { Standing } from '../control/standing.ts'
import { connectBroker } from './brokers/connect.ts'
import type { FailedTask } from './coordinate.ts'
import type { AnyJob, BatchJob, TaskJob } from './job.ts'

/** Jobs that are looked at to find out which runs a queue works for. */
const MOST_JOBS = 1000

export interface QueueStatus {
  readonly queue: string
  /** Tasks by state: waiting, active, delayed, completed, failed. */
  readonly tasks: Readonly<Record<string, number>>
  readonly workers: readonly string[]
  readonly failed: readonly FailedTask[]
  /** Of experiments: batches that the queue has, those of them that failed, and the runs in them. */
  readonly experiments: { readonly batches: number; readonly failed: number; readonly runs: number }
  /** By the manifests of the runs that the queue has tasks of, where they can be seen from here. */
  readonly runs: readonly RunStatus[]
  readonly advice: readonly string[]
}

export interface RunStatus {
  readonly plan: string
  readonly seed: string | null
  readonly tasks: number
  readonly counted: number
  readonly written: number
}

/** How a queue stands, and the runs that it works for. */
export async function queueStatus(queueUrl: string): Promise<QueueStatus> {
  const broker = await connectBroker(queueUrl)
  const queue = broker.queue<AnyJob>()
  try {
    const tasks = await queue.getJobCounts('wait', 'active', 'delayed', 'completed', 'failed')
    const workers = (await queue.getWorkers()).flatMap(({ rawname, addr = '' }) => {
      const name = nameIn(rawname)
      return name === undefined ? [] : [`${name} ${addr}`.trim()]
    })
    const found = await queue.getJobs(['active', 'wait', 'delayed', 'failed', 'completed'], 0, MOST_JOBS)
    const hasFailed = ({ failedReason, finishedOn }: Job) => Boolean(failedReason && finishedOn)
    const jobs = found.filter((job): job is Job<TaskJob> => job !== undefined && 'task' in job.data)
    const batches = found.filter((job): job is Job<BatchJob> => job !== undefined && 'batch' in job.data)
    const failed = jobs.filter(hasFailed)
    const plans = [...new Set(jobs.map(({ data }) => data.control))]
    return {
      queue: broker.url,
      tasks,
      workers,
      failed: failed.map(({ data: { task }, failedReason }) => {
        return { pass: task.pass, group: task.group, reason: failedReason }
      }),
      experiments: {
        batches: batches.length,
        failed: batches.filter(hasFailed).length,
        runs: batches.reduce((sum, { data }) => sum + data.runs, 0),
      },
      runs: await Promise.all(plans.map(runStatus)),
      advice: broker.advice,
    }
  } finally {
    await queue.close()
    await broker.close()
  }
}

/**
 * A worker names its connection `bull:<queue in base64>:w:<name>`; in PostgreSQL `<queue>:w:<name>`, without an address. There the package
 * takes every session that is called as the queue is for a worker, as all of ours are.
 */
function nameIn(rawname: string | undefined): string | undefined {
  return rawname?.split(':w:')[1]
}

/** How a run stands, where its plan can be seen from here: other machines have folders mounted, and passwords, that this one lacks. */
async function runStatus(control: string): Promise<RunStatus> {
  const unseen = { plan: control, seed: null, tasks: 0, counted: 0, written: 0 }
  return standingOf(control).then(
    (seen) => seen ?? unseen,
    (error) => {
      if (error instanceof MingleError) return unseen
      throw error
    },
  )
}

async function standingOf(control: string): Promise<RunStatus | null> {
  const objects = await openObjects(control)
  try {
    const plan = await readPlan(objects)
    if (!plan) return null
    const standing = new Standing(plan, objects)
    const { length } = plan.groups
    const uncounted = await standing.open(standing.counting)
    const writing = await standing.writing()
    return {
      plan: control,
      seed: plan.config.seed,
      tasks: length,
      counted: length - uncounted.length,
      written: writing ? length - (await standing.open(writing)).length : 0,
    }
  } finally {
    await objects.close()
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { Queue } from 'bullmq'
import type { ObjectStore } from '../../persist/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { openDays } from '../control/open-days.ts'
import { persistently } from '../control/persistently.ts'
import { Standing } from '../control/standing.ts'
import { type Finished, finishPlan } from '../finish.ts'
import type { Plan, Task } from '../plan/plan.ts'
import { largestFirst } from '../plan/shares.ts'
import type { Broker } from './brokers/broker.ts'
import { connectBroker } from './brokers/connect.ts'
import { jobId, type TaskJob, versionsHere } from './job.ts'
import { withPatience } from './patience.ts'

/** Chosen: between two looks at the manifests. */
const LOOK_MS = 1000
/** Between two looks at whether the queue still has what is open. */
const ASK_MS = 2000
/** Tasks that are asked about, or submitted, at once. */
const AT_ONCE = 200
/** Attempts of a task that throws; a worker that dies costs none of these. */
const ATTEMPTS = 5

export interface CoordinateOptions {
  /** Where the output lies as this machine reaches it, a database with its password; default: as the plan says. */
  readonly where?: string | undefined
  readonly allowProduction?: boolean | undefined
  readonly signal?: AbortSignal
  readonly onProgress?: (pass: 1 | 2, done: number, of: number) => void
  readonly onLine?: (line: string) => void
}

/** A task that was given up for good. */
export interface FailedTask {
  readonly pass: 1 | 2
  readonly group: number
  readonly reason: string
}

export interface Coordinated {
  /** Null as long as tasks are missing: they failed. */
  readonly finished: Finished | null
  readonly failed: readonly FailedTask[]
}

/**
 * Has a plan carried out by whatever workers take tasks from a queue. What is done is judged by the manifests alone: a task
 * without one is submitted, and again when the queue knows it no more. The queue may be emptied, killed or cut off, and this
 * process too, at any moment; the same call goes on.
 */
export async function coordinate(
  plan: Plan,
  control: ObjectStore,
  queueUrl: string,
  options: CoordinateOptions = {},
): Promise<Coordinated> {
  const broker = await connectBroker(queueUrl)
  for (const line of broker.advice) options.onLine?.(line)
  const standing = new Standing(plan, control)
  const submitter = new Submitter(standing, control.url, broker, options)
  try {
    for (;;) {
      const counting = await untilDone(standing, standing.counting, submitter, options)
      if (counting.length > 0) return { finished: null, failed: counting }
      await openDays(standing, options.where)
      const tasks = (await standing.writing())!
      const writing = await untilDone(standing, tasks, submitter, options)
      if (writing.length > 0) return { finished: null, failed: writing }
      const finished = await finishedPersistently(plan, control, options)
      // Missing once more: files were lost since their manifests were put.
      if (finished.missing.length === 0) {
        await submitter.takeBack([...standing.counting, ...tasks])
        return { finished, failed: [] }
      }
      options.onLine?.(
        `${finished.missing.length} tasks are to be carried out again: what they left is not there any more`,
      )
      standing.forget()
    }
  } finally {
    await submitter.close()
  }
}

/** A server that is just being restarted has been there: it is waited for. */
function finishedPersistently(
  plan: Plan,
  control: ObjectStore,
  { where, allowProduction }: CoordinateOptions,
): Promise<Finished> {
  const finish = () => finishPlan(plan, control, { where, allowProduction })
  return plan.output.kind === 'database' ? persistently(finish, 'the same command goes on') : finish()
}

/** Waits until all tasks of a pass have manifests. @returns those that failed for good */
async function untilDone(
  standing: Standing,
  tasks: readonly Task[],
  submitter: Submitter,
  { signal, onProgress }: CoordinateOptions,
): Promise<readonly FailedTask[]> {
  submitter.begin()
  for (;;) {
    const open = await standing.open(tasks)
    onProgress?.(tasks[0]!.pass, tasks.length - open.length, tasks.length)
    if (open.length === 0) return []
    const failed = await submitter.submit(largestFirst(open, standing.plan))
    if (failed.length === open.length) return failed
    await sleep(LOOK_MS, undefined, signal && { signal }).catch(() => {
      throw new MingleError(
        'INTERRUPTED',
        'stopped; workers go on with what was submitted, and the same command goes on',
      )
    })
  }
}

/** Sees to it that the queue has what is open. */
class Submitter {
  readonly #queue: Queue<TaskJob>
  readonly #standing: Standing
  readonly #broker: Broker
  readonly #data: Omit<TaskJob, 'task'>
  readonly #options: CoordinateOptions
  /** What failed in this call, by job; what failed before is tried again. */
  #failed = new Map<string, FailedTask>()
  #asked = Number.NEGATIVE_INFINITY
  #first = true
  #silent = false

  constructor(standing: Standing, control: string, broker: Broker, options: CoordinateOptions) {
    this.#standing = standing
    this.#broker = broker
    this.#options = options
    this.#data = { control, output: standing.plan.output.where, versions: versionsHere() }
    this.#queue = broker.queue()
  }

  /** Before the tasks of another pass. */
  begin(): void {
    this.#asked = Number.NEGATIVE_INFINITY
    this.#first = true
    this.#failed.clear()
  }

  /** Submits those of the open tasks that the queue does not have. @returns those that failed for good */
  async submit(open: readonly Task[]): Promise<readonly FailedTask[]> {
    if (performance.now() - this.#asked >= ASK_MS) {
      const lacking = await withPatience(() => this.#lacking(open))
      // One that the queue has no more, as it is done, may have left its manifest since these were looked at.
      const todo = lacking && (this.#first ? lacking : await this.#standing.open(lacking))
      const answered = todo !== undefined && (await withPatience(() => this.#put(todo))) !== undefined
      if (!answered && !this.#silent) {
        this.#options.onLine?.(`${this.#broker.url} does not answer; what workers finish counts all the same`)
      }
      this.#silent = !answered
      this.#asked = performance.now()
    }
    return open.flatMap((task) => this.#failed.get(this.#jobOf(task)) ?? [])
  }

  /** Takes out of the queue what it still has of tasks that are done, as of a worker that died before it could say so. */
  async takeBack(tasks: readonly Task[]): Promise<void> {
    await withPatience(async () => {
      for (let at = 0; at < tasks.length; at += AT_ONCE)
        await Promise.all(tasks.slice(at, at + AT_ONCE).map((task) => this.#takeBack(task)))
    })
  }

  async #takeBack(task: Task): Promise<void> {
    const job = await this.#queue.getJob(this.#jobOf(task))
    // Whoever is at it holds its lock, and finds that all is done.
    if (job && !(await job.isCompleted())) await job.remove().catch(() => {})
  }

  async close(): Promise<void> {
    await withPatience(() => this.#queue.close())
    await this.#broker.close()
  }

  #jobOf(task: Task): string {
    return jobId(task, this.#data.control)
  }

  /** Those of some tasks that the queue does not have. */
  async #lacking(open: readonly Task[]): Promise<Task[]> {
    const lacking: Task[] = []
    for (let at = 0; at < open.length; at += AT_ONCE) {
      const part = open.slice(at, at + AT_ONCE)
      const each = await Promise.all(part.map((task) => this.#lacks(task)))
      lacking.push(...part.filter((_, i) => each[i]))
    }
    return lacking
  }

  /** @returns how many tasks there were */
  async #put(todo: readonly Task[]): Promise<number> {
    for (let at = 0; at < todo.length; at += AT_ONCE) {
      await this.#queue.addBulk(
        todo.slice(at, at + AT_ONCE).map((task) => ({
          name: `pass-${task.pass}`,
          data: { ...this.#data, task },
          opts: {
            jobId: this.#jobOf(task),
            attempts: ATTEMPTS,
            backoff: { type: 'exponential', delay: 500 },
            removeOnComplete: { age: 3600 },
          },
        })),
      )
    }
    if (todo.length > 0 && !this.#first) {
      this.#options.onLine?.(`${todo.length} ${todo.length === 1 ? 'task' : 'tasks'} submitted again`)
    }
    this.#first = false
    return todo.length
  }

  /** Whether a task is to be submitted. A job that ended without leaving a manifest is removed first. */
  async #lacks(task: Task): Promise<boolean> {
    const job = await this.#queue.getJob(this.#jobOf(task))
    if (!job) return !this.#failed.has(this.#jobOf(task))
    const state = await job.getState()
    if (state === 'failed' && !this.#first) {
      const failed = { pass: task.pass, group: task.group, reason: job.failedReason ?? 'unknown' }
      if (!this.#failed.has(job.id!)) {
        this.#options.onLine?.(`pass ${task.pass}, group ${task.group} failed for good: ${failed.reason}`)
      }
      this.#failed.set(job.id!, failed)
      return false
    }
    if (state !== 'failed' && state !== 'completed') return state === 'unknown'
    await job.remove()
    return true
  }
}

import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Job } from 'bullmq'
import { openObjects } from '../../persist/index.ts'
import { raiseCompilerBudget, raiseCompilerBudgetFor } from '../../run/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import type { Batch } from '../batches/batch.ts'
import { planOfTask } from '../control/kept-plan.ts'
import { persistentObjects } from '../control/persistent-objects.ts'
import { placeHere } from '../plan/output.ts'
import { type Plan, planName, type Task, taskOf } from '../plan/plan.ts'
import { type Scratch, ScratchFolder } from '../tasks/kept/scratch.ts'
import { TaskThread } from '../tasks/thread.ts'
import { connectBroker } from './brokers/connect.ts'
import { type AnyJob, type BatchJob, checkJobVersions, type TaskJob } from './job.ts'
import { UnseenPlaces } from './unseen.ts'

/** A worker that dies costs an attempt; chosen so high that a bad night does not fail a task for good. */
const MOST_STALLS = 20
/** For another worker to take a task that this one must not, and between two tries to reach a broker. */
const BACK_MS = 1000
/** Chosen: how long a task is put back whose place is not seen here. No other is taken in its stead for longer: those that see it have the lead. */
const UNSEEN_MS = 200
/** Chosen: how much later, since one that waits at the queue learns of a task that is due some 0.1 s after one that comes and asks. */
const LEAD_MS = 400
const LOOK_MS = 250
const CLOSING_MS = 5000
const LOCK_SECONDS = 30

/** Codes of what another attempt would not change. */
const HOPELESS: ReadonlySet<string> = new Set(['BAD_INPUT', 'IDS_TAKEN', 'NOT_DETERMINISTIC', 'RUN_MOVED'])

export interface WorkerOptions {
  /** Tasks at once, each on a thread of its own; default 1. */
  readonly threads?: number | undefined
  /** Seconds that a task stays this worker's without a sign of life; default 30. */
  readonly lockSeconds?: number | undefined
  /** A database with its password, which no queue carries, for runs that are written into it. */
  readonly databaseUrl?: string | undefined
  /** Room for days that pass 2 then need not live through again, in the temporary folder; default 2,048, 0: none. */
  readonly scratchMegabytes?: number | undefined
  /** Ends after so many seconds without a task; default: never. */
  readonly idleSeconds?: number | undefined
  /** Ends when the tasks under way are done. */
  readonly signal?: AbortSignal
  readonly onLine?: (line: string) => void
}

export interface WorkerResult {
  readonly carriedOut: number
  readonly failed: number
  readonly rows: number
}

/**
 * Takes tasks from a queue and carries them out, until it is told to stop. Those whose place this machine does not see stay there for
 * others: of a run that is long gone, or of one that others see.
 * @throws MingleError ENGINE_DIFFERS when the queue holds tasks of another version, NOT_HERE at the end when it had none but such
 */
export async function workOn(queueUrl: string, options: WorkerOptions = {}): Promise<WorkerResult> {
  const { threads = 1, lockSeconds = LOCK_SECONDS, idleSeconds = Number.POSITIVE_INFINITY, signal, onLine } = options
  const { DelayedError, UnrecoverableError } = await import('bullmq')
  const broker = await connectBroker(queueUrl)
  for (const line of broker.advice) onLine?.(line)
  const result = { carriedOut: 0, failed: 0, rows: 0 }
  const idle = Array.from({ length: threads }, () => new TaskThread())
  const folder = new ScratchFolder(options.scratchMegabytes, threads)
  const underWay = new Map<string, AbortController>()
  const plans = new KnownPlans()
  const unseen = new UnseenPlaces()
  let refusal: Error | undefined
  let lastSign = performance.now()

  const putBack = async (job: Job<AnyJob>, token: string | undefined, milliseconds: number): Promise<never> => {
    await job.moveToDelayed(Date.now() + milliseconds, token)
    throw new DelayedError()
  }
  const leaveUnseen = (job: Job<AnyJob>, token: string | undefined): Promise<never> =>
    putBack(job, token, UNSEEN_MS).finally(() => sleep(UNSEEN_MS + LEAD_MS))
  const carryOut = async (job: Job<AnyJob>, token?: string) => {
    try {
      checkJobVersions(job.data)
    } catch (error) {
      refusal = error as Error
      return putBack(job, token, BACK_MS)
    }
    if (!isBatch(job) && unseen.isRecent(job.data as TaskJob)) return leaveUnseen(job, token)
    try {
      return await attempt(job)
    } catch (error) {
      if ((error as MingleError).code !== 'NOT_HERE') throw error
      if (unseen.note(job.data as TaskJob, error as Error)) onLine?.((error as Error).message)
      return leaveUnseen(job, token)
    }
  }
  const attempt = async (job: Job<AnyJob>) => {
    const thread = idle.pop()!
    const lost = new AbortController()
    underWay.set(job.id!, lost)
    const name = nameOf(job.data)
    try {
      const { rows, left } = isBatch(job)
        ? await carryOutRuns(job, thread, lost.signal)
        : await carryOutTask(job.data as TaskJob, plans, thread, lost.signal, folder.scratch, options)
      result.carriedOut++
      result.rows += rows
      onLine?.(`${name}: done${rows > 0 ? `, ${rows} rows` : ''}`)
      lastSign = performance.now()
      return left
    } catch (error) {
      const { code, message } = error as MingleError
      if (code === 'NOT_HERE') throw error
      lastSign = performance.now()
      if (lost.signal.aborted) onLine?.(`${name}: given up, its lock was lost`)
      else {
        result.failed++
        onLine?.(`${name}: failed (attempt ${job.attemptsMade + 1}): ${message}`)
      }
      throw HOPELESS.has(code) ? new UnrecoverableError(`${code}: ${message}`) : error
    } finally {
      underWay.delete(job.id!)
      idle.push(thread)
    }
  }
  const worker = broker.worker<AnyJob>(carryOut, {
    name: `${hostname()}-${process.pid}`,
    concurrency: threads,
    lockDuration: lockSeconds * 1000,
    stalledInterval: lockSeconds * 1000,
    maxStalledCount: MOST_STALLS,
    runRetryDelay: BACK_MS,
  })
  let said = ''
  worker.on('error', ({ message }) => {
    if (message !== said) onLine?.(`queue: ${message}`)
    said = message
  })
  // Another may have the task by now: what is half-done here is worth nothing.
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) underWay.get(id)?.abort()
  })
  try {
    while (!signal?.aborted && !refusal) {
      if (underWay.size === 0 && performance.now() - lastSign > idleSeconds * 1000) break
      await sleep(LOOK_MS)
    }
    await worker.pause(true)
    while (underWay.size > 0) await sleep(LOOK_MS)
    // A broker that is gone answers nothing, and its tasks are taken back by their locks.
    const closed = new AbortController()
    await Promise.race([worker.close(), sleep(CLOSING_MS, undefined, closed).catch(() => {})])
    closed.abort()
  } finally {
    await Promise.all(idle.map((thread) => thread.dismiss()))
    folder.close()
    await broker.close()
  }
  if (refusal) throw refusal
  if (unseen.first && result.carriedOut === 0 && result.failed === 0) throw unseen.first
  return result
}

/** What came of a job: rows written, and what the queue keeps of it. */
interface CarriedOut {
  readonly rows: number
  readonly left: unknown
}

async function carryOutTask(
  data: TaskJob,
  plans: KnownPlans,
  thread: TaskThread,
  signal: AbortSignal,
  scratch: Scratch | null,
  options: WorkerOptions,
): Promise<CarriedOut> {
  const { task } = data
  const [control, output] = [located(data.control, options), located(data.output, options)]
  const plan = await plans.of(task, control, output)
  const order = { plan, task, control, output, patience: options.lockSeconds ?? LOCK_SECONDS, scratch }
  const outcome = await thread.carryOut(order, undefined, signal)
  return { rows: outcome.pass === 2 ? outcome.rows : 0, left: { group: task.group } }
}

async function carryOutRuns(job: Job<BatchJob>, thread: TaskThread, signal: AbortSignal): Promise<CarriedOut> {
  raiseCompilerBudget()
  const left = await thread.carryOut(JSON.parse(job.data.batch) as Batch, undefined, signal)
  // Stays beside those of other attempts, also where this one has lost its lock: the experiment compares them.
  await job.log(left.sha256)
  return { rows: 0, left }
}

function isBatch(job: Job<AnyJob>): job is Job<BatchJob> {
  return 'batch' in job.data
}

function nameOf(data: AnyJob): string {
  if (!('batch' in data)) return `pass ${data.task.pass}, group ${data.task.group}`
  const { id } = JSON.parse(data.batch) as Batch
  return `batch ${id.slice(0, 8)} of ${data.runs} ${data.runs === 1 ? 'run' : 'runs'}`
}

/** A place that a queue names, as this machine reaches it. */
function located(place: string, { databaseUrl }: WorkerOptions): string {
  return databaseUrl === undefined ? place : placeHere(place, databaseUrl)
}

/** Plans that tasks came from, each read once, and again where another is kept there by now. */
class KnownPlans {
  readonly #plans = new Map<string, Plan>()

  async of(task: Task, control: string, output: string): Promise<Plan> {
    const known = this.#plans.get(control)
    if (known && belongs(task, known)) return known
    const objects = persistentObjects(await openObjects(control), { reached: this.#plans.has(control) })
    try {
      const plan = await planOfTask(objects, output)
      if (!belongs(task, plan)) {
        throw new MingleError('BAD_INPUT', `${objects.url} holds another plan than the one that this task is of`)
      }
      raiseCompilerBudgetFor(plan.config.count, plan.days)
      this.#plans.set(control, plan)
      return plan
    } finally {
      await objects.close()
    }
  }
}

function belongs({ id, pass, group, places }: Task, plan: Plan): boolean {
  return taskOf(planName(plan), pass, group, places).id === id
}

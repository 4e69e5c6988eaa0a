import { setTimeout as sleep } from 'node:timers/promises'
import type { ObjectStore } from '../persist/index.ts'
import { raiseCompilerBudgetFor } from '../run/index.ts'
import { MingleError } from '../sim/kernel/index.ts'
import { openDays } from './control/open-days.ts'
import { Standing } from './control/standing.ts'
import type { Pass, Plan, Task } from './plan/plan.ts'
import { largestFirst, shareOf } from './plan/shares.ts'
import { checkRun } from './tasks/check-place.ts'
import { type Scratch, ScratchFolder } from './tasks/kept/scratch.ts'
import { TaskThread } from './tasks/thread.ts'

/** Chosen: between two looks at whether the others have counted; the first is sooner, as shares end close together. */
const [FIRST_LOOK_MS, LOOK_MS] = [50, 500]

export interface ShareOptions {
  /** Which share, from 0, of how many. */
  readonly part: number
  readonly parts: number
  /** One pass alone; default: both, and between them the others' counts are waited for. */
  readonly pass?: Pass | undefined
  /** Where the output lies, if not where the plan says; a database with its password. */
  readonly where?: string | undefined
  /** The plan's place as this machine reaches it; default: as the plan is read from. */
  readonly controlUrl?: string | undefined
  /** Tasks at once, each on a thread of its own; default 1. */
  readonly threads?: number | undefined
  /** Seconds that another who carries out the same task may say nothing before it is ended (databases); default 30. */
  readonly patience?: number | undefined
  /** Seconds to wait for the others' counts; default: without end. */
  readonly waitSeconds?: number | undefined
  /** Room for days that pass 2 then need not live through again, in the temporary folder; default 2,048, 0: none. */
  readonly scratchMegabytes?: number | undefined
  readonly signal?: AbortSignal
  readonly onProgress?: (share: ShareProgress) => void
}

export interface ShareProgress {
  readonly pass: Pass
  /** Tasks of the share that are done, of how many; what has begun counts in part. */
  readonly done: number
  readonly of: number
  /** Tasks of other shares that are waited for. */
  readonly waiting: number
}

export interface ShareResult {
  /** Tasks carried out by this call, and those that were done before. */
  readonly carriedOut: number
  readonly before: number
  readonly rows: number
}

/**
 * Carries out a share of a plan's tasks. Any number of these may run at once, on any machines that see both folders,
 * and any of them again: what has its manifest is left alone.
 *
 * @throws MingleError NOT_HERE or BAD_INPUT when the place of the rows is not seen from here, or knows no such run; NOT_COUNTED when pass 2 was asked for, or waited for, and counts of other shares are missing
 */
export async function carryOutShare(plan: Plan, control: ObjectStore, options: ShareOptions): Promise<ShareResult> {
  await checkRun(plan, options.where ?? plan.output.where)
  raiseCompilerBudgetFor(plan.config.count, plan.days)
  const standing = new Standing(plan, control)
  const result = { carriedOut: 0, before: 0, rows: 0 }
  const threads = Array.from({ length: options.threads ?? 1 }, () => new TaskThread())
  // Who goes after pass 1 takes along what was kept.
  const folder = new ScratchFolder(options.pass === 1 ? 0 : options.scratchMegabytes, threads.length)
  const hands = { threads, scratch: folder.scratch }
  try {
    if (options.pass !== 2) await carryOutTasks(standing, standing.counting, control, options, hands, result)
    if (options.pass === 1) return result
    const tasks = await writingTasks(standing, options)
    await openDays(standing, options.where)
    await carryOutTasks(standing, tasks, control, options, hands, result)
    return result
  } finally {
    await Promise.all(threads.map((thread) => thread.dismiss()))
    folder.close()
  }
}

/** Who carries out the tasks of a share, and what they keep between its passes. */
interface Hands {
  readonly threads: readonly TaskThread[]
  readonly scratch: Scratch | null
}

async function carryOutTasks(
  standing: Standing,
  tasks: readonly Task[],
  control: ObjectStore,
  { part, parts, where, controlUrl, patience, signal, onProgress }: ShareOptions,
  { threads, scratch }: Hands,
  result: { carriedOut: number; before: number; rows: number },
): Promise<void> {
  const { plan } = standing
  const mine = shareOf(tasks, plan, part, parts)
  const todo = largestFirst(await standing.open(mine), plan)
  let done = mine.length - todo.length
  result.before += done
  const underWay = new Map<TaskThread, number>()
  const tell = () => {
    const begun = [...underWay.values()].reduce((sum, share) => sum + share, 0)
    onProgress?.({ pass: tasks[0]!.pass, done: done + begun, of: mine.length, waiting: 0 })
  }
  const work = async (thread: TaskThread): Promise<void> => {
    for (let task = todo.shift(); task && !signal?.aborted; task = todo.shift()) {
      const output = where ?? plan.output.where
      const order = { plan, task, control: controlUrl ?? control.url, output, patience, scratch, reached: true }
      const told = (share: number, of: number) => {
        underWay.set(thread, share / of)
        tell()
      }
      const outcome = await thread.carryOut(order, told, signal).catch((error) => {
        throw signal?.aborted ? interrupted() : error
      })
      underWay.delete(thread)
      if (outcome.pass === 2) result.rows += outcome.rows
      result.carriedOut++
      done++
      tell()
    }
    if (signal?.aborted) throw interrupted()
  }
  // What fails first ends the others' threads, whose tasks can be carried out again.
  await Promise.all(threads.map(work))
}

/** Tasks of pass 2, once everybody has counted. */
async function writingTasks(standing: Standing, options: ShareOptions): Promise<Task[]> {
  const { pass, waitSeconds = Number.POSITIVE_INFINITY, signal, onProgress } = options
  const until = performance.now() + waitSeconds * 1000
  for (let look = FIRST_LOOK_MS; ; look = Math.min(look * 2, LOOK_MS)) {
    const tasks = await standing.writing()
    if (tasks) return tasks
    const open = await standing.open(standing.counting)
    if (pass === 2 || performance.now() >= until) {
      const groups = open.map(({ group }) => group)
      throw new MingleError(
        'NOT_COUNTED',
        `pass 1 of ${groups.length} of ${standing.plan.groups.length} tasks is missing (${groups.slice(0, 10).join(', ')}${groups.length > 10 ? ', …' : ''}), and ids follow from all of them: carry out --pass 1 of every part first`,
      )
    }
    onProgress?.({ pass: 2, done: 0, of: standing.plan.groups.length, waiting: open.length })
    await sleep(look, undefined, signal && { signal }).catch(() => {
      throw interrupted()
    })
  }
}

function interrupted(): MingleError {
  return new MingleError('INTERRUPTED', 'stopped; the same command goes on with what is open')
}

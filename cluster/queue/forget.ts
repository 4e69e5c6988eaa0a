import type { Job } from 'bullmq'
import { badInput } from '../../sim/kernel/index.ts'
import { connectBroker } from './brokers/connect.ts'
import type { AnyJob, TaskJob } from './job.ts'

/** Tasks that are removed at once. */
const AT_ONCE = 200

/**
 * Takes the tasks of a plan out of a queue: its run was given up, so that whoever took one could only leave it. What is under way stays.
 *
 * @param plan its place, as `queueStatus` names it
 * @returns how many went
 * @throws MingleError BAD_INPUT when the queue has none of that plan
 */
export async function forgetTasks(queueUrl: string, plan: string): Promise<number> {
  const broker = await connectBroker(queueUrl)
  const queue = broker.queue<AnyJob>()
  try {
    const found = await queue.getJobs(['active', 'wait', 'delayed', 'failed', 'completed'], 0, -1)
    const tasks = found.filter((job): job is Job<TaskJob> => job !== undefined && 'task' in job.data)
    const theirs = tasks.filter(({ data }) => data.control === plan)
    if (theirs.length === 0) {
      const others = [...new Set(tasks.map(({ data }) => data.control))]
      throw badInput(
        `${broker.url} has no tasks of a plan in ${plan}; it has ${others.length > 0 ? `those of ${others.join(', ')}` : 'none at all'}`,
      )
    }
    let gone = 0
    for (let at = 0; at < theirs.length; at += AT_ONCE) {
      const went = await Promise.all(theirs.slice(at, at + AT_ONCE).map(removed))
      gone += went.filter(Boolean).length
    }
    return gone
  } finally {
    await queue.close()
    await broker.close()
  }
}

/** @returns false for one that a worker holds by its lock */
async function removed(job: Job): Promise<boolean> {
  try {
    await job.remove()
  } catch {
    if (await job.isActive()) return false
    // Its worker let go of it meanwhile; or the queue is away, which is told now.
    await job.remove()
  }
  return true
}

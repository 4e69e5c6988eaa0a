/** Worker thread: carries out the tasks and batches it is given, one after the other, until its port is closed. */
import { parentPort } from 'node:worker_threads'
import { type Batch, carryOutBatch } from '../batches/batch.ts'
import { TaskHand, type TaskOrder } from './carry-out.ts'
import type { TaskNews } from './thread.ts'

const port = parentPort
if (port === null) throw new Error('cluster/tasks/worker is started as a worker thread')

const hand = new TaskHand()
port.on('message', async (order: TaskOrder | Batch) => {
  const say = (news: TaskNews) => port.postMessage(news)
  try {
    const told = (done: number, of: number) => say({ done, of })
    say({ outcome: 'tasks' in order ? carryOutBatch(order, told) : await hand.carryOut(order, told) })
  } catch (error) {
    const fault = error instanceof Error ? error : new Error(String(error))
    const own = 'code' in fault && typeof fault.code === 'string' ? fault.code : 'TASK_FAILED'
    // Whoever gave the order had read its plan: a store that does not answer now fails the attempt, and refuses nothing.
    const code = own === 'NO_STORE' ? 'STORE_UNREACHABLE' : own
    say({ code, message: fault.message, stack: fault.stack ?? '' })
  }
})

/** Worker thread: carries out one task after another until its port is closed. */
import { parentPort } from 'node:worker_threads'
import { carryOut, type Task, type TaskResult } from '../studies/index.ts'

export interface TaskAnswer {
  readonly result?: TaskResult
  readonly error?: string
}

const port = parentPort
if (port === null) throw new Error('experiments/pool/worker is started by the pool, as a worker thread')

port.on('message', (task: Task) => {
  let answer: TaskAnswer
  try {
    answer = { result: carryOut(task) }
  } catch (error) {
    answer = { error: error instanceof Error ? error.message : String(error) }
  }
  port.postMessage(answer)
})

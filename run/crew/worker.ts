/** Worker thread: makes its markets from the task it is given, then answers orders until its port is closed. */
import { parentPort, workerData } from 'node:worker_threads'
import { memoryOfBlocks, memoryOfLedger } from '../../persist/index.ts'
import { loadExtension } from '../extension/index.ts'
import { buffersOf, memoryOf } from './day-memory.ts'
import { MarketGroup } from './group.ts'
import type { Answer, FailureAnswer, MarketTask, Order } from './task.ts'

const port = parentPort
if (port === null) throw new Error('run/worker is started by the run driver, as a worker thread')

const group = await makeGroup()
port.on('message', (order: Order) => {
  try {
    if (group instanceof Error) throw group
    const answer = group.answer(order)
    port.postMessage(answer, memoryOfAnswer(answer))
  } catch (error) {
    port.postMessage(failure(error))
  }
})

/** Made at once, while the people are still being written; what goes wrong is told with the first order. */
async function makeGroup(): Promise<MarketGroup | Error> {
  try {
    const task = workerData as MarketTask
    const loaded = task.extension === undefined ? undefined : await loadExtension(task.extension)
    const made = new MarketGroup(task, loaded?.extension)
    // The thread keeps its data for life: what the markets have taken in need not lie there once more.
    delete (workerData as { states?: unknown }).states
    return made
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** The memory of an answer's columns, which moves to the driver instead of being copied. */
function memoryOfAnswer(answer: Answer): ArrayBuffer[] {
  if (answer.order === 'day') return memoryOf(answer.markets)
  if (answer.order === 'make') return memoryOfBlocks(answer.blocks)
  if (answer.order === 'enrol') return [...new Set([...memoryOfBlocks(answer.blocks), ...memoryOfLedger(answer)])]
  if (answer.order === 'save')
    return buffersOf(answer.states.flatMap(({ simulation, metrics }) => [simulation, metrics]))
  if (answer.order === 'tally') return buffersOf(answer.tallies.flatMap(({ vectors }) => Object.values(vectors)))
  return []
}

function failure(error: unknown): FailureAnswer {
  const fault = error instanceof Error ? error : new Error(String(error))
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : 'SIMULATION_FAILED'
  return { order: 'failure', code, message: fault.message, stack: fault.stack ?? '' }
}

/** Worker thread: makes its markets from the task it is given, then answers orders until its port is closed. */
import { parentPort, workerData } from 'node:worker_threads'
import { MarketGroup } from './group.ts'
import type { Answer, FailureAnswer, MarketTask, Order } from './task.ts'

const port = parentPort
if (port === null) throw new Error('run/worker is started by the run driver, as a worker thread')

const group = makeGroup()
port.on('message', (order: Order) => {
  try {
    if (group instanceof Error) throw group
    const answer = group.answer(order)
    port.postMessage(answer, buffersOf(answer))
  } catch (error) {
    port.postMessage(failure(error))
  }
})

/** Made at once, while the people are still being written; what goes wrong is told with the first order. */
function makeGroup(): MarketGroup | Error {
  try {
    return new MarketGroup(workerData as MarketTask)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** The memory of an answer's columns, which moves to the driver instead of being copied. */
function buffersOf(answer: Answer): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  const add = (view: unknown): void => {
    if (ArrayBuffer.isView(view) && view.buffer instanceof ArrayBuffer) buffers.add(view.buffer)
  }
  if (answer.order === 'day') {
    for (const market of answer.markets) {
      add(market.order)
      add(market.digests)
      for (const table of Object.values(market.tables)) Object.values(table).forEach(add)
    }
  } else if (answer.order === 'save') {
    for (const state of answer.states) [state.simulation, state.metrics].forEach(add)
  } else if (answer.order === 'tally') {
    for (const tally of answer.tallies) Object.values(tally.vectors).forEach(add)
  }
  return [...buffers]
}

function failure(error: unknown): FailureAnswer {
  const fault = error instanceof Error ? error : new Error(String(error))
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : 'SIMULATION_FAILED'
  return { order: 'failure', code, message: fault.message, stack: fault.stack ?? '' }
}

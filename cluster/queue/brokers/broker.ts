import type { Processor, Queue, Worker, WorkerOptions } from 'bullmq'
import { MingleError } from '../../../sim/kernel/index.ts'

/** Chosen: a broker that was never there is a wrong URL, and not waited for any longer. */
export const FIRST_ANSWER_MS = 10_000
/** All queues' keys begin so, and lie beside whatever else is in the broker. */
export const QUEUE_NAME = 'mingle'

/** Who keeps a queue: a Redis, or a PostgreSQL. */
export interface Broker {
  /** Without its password. */
  readonly url: string
  /** What its settings put at risk, in lines to show. */
  readonly advice: readonly string[]
  /** The queue, for whoever submits and asks. What goes wrong on its connection is told by what is called next. */
  queue<Data>(): Queue<Data>
  worker<Data>(carryOut: Processor<Data>, options: Omit<WorkerOptions, 'connection'>): Worker<Data>
  close(): Promise<void>
}

/** Nobody is there, or nobody who answers in time. */
export function noBroker(shown: string, why: string): MingleError {
  return new MingleError('NO_BROKER', `there is no queue at ${shown} (${why}); is the broker running?`)
}

export async function withinTime<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} seconds`)), ms)
  })
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}

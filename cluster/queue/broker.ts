import { setTimeout as sleep } from 'node:timers/promises'
import type { Processor, Queue, Worker, WorkerOptions } from 'bullmq'
import { openObjects, redactUrl } from '../../persist/index.ts'
import { badInput, MingleError } from '../../sim/kernel/index.ts'

/** Chosen: a broker that was never there is a wrong URL, and not waited for any longer. */
export const FIRST_ANSWER_MS = 10_000
/** Chosen: a broker that refuses because it is being restarted is back by then. */
const RESTART_MS = 5000
const AGAIN_MS = 300
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

/**
 * Connects to the broker of a queue.
 * @throws MingleError BAD_INPUT for a URL that is none, or a broker that cannot be relied on; NO_BROKER where nothing answers
 */
export async function connectBroker(url: string): Promise<Broker> {
  const shown = redactUrl(url)
  const connect = await kindOf(url, shown)
  return patiently(() => connect(url, shown))
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const until = performance.now() + RESTART_MS; ; ) {
    try {
      return await work()
    } catch (error) {
      if ((error as MingleError).code !== 'NO_BROKER' || performance.now() > until) throw error
      await sleep(AGAIN_MS)
    }
  }
}

/**
 * Looks whether a queue is there and can be relied on, before anything hangs on it. Makes nothing.
 * @throws MingleError as `connectBroker`
 */
export async function checkQueue(url: string): Promise<void> {
  const shown = redactUrl(url)
  await kindOf(url, shown)
  if (/^redis/i.test(url)) return (await connectBroker(url)).close()
  const { awayOrAsItIs } = await import('./postgres-broker.ts')
  await patiently(async () => {
    const database = await openObjects(url.split('#')[0]!)
    try {
      await database.get('')
    } catch (error) {
      throw awayOrAsItIs(error, shown)
    } finally {
      await database.close()
    }
  })
}

async function kindOf(url: string, shown: string): Promise<(url: string, shown: string) => Promise<Broker>> {
  if (/^rediss?:\/\//i.test(url)) return (await import('./redis-broker.ts')).connectRedis
  if (/^postgres(ql)?:\/\//i.test(url)) return (await import('./postgres-broker.ts')).connectPostgres
  throw badInput(
    `'${shown}' is no queue: expected redis://host:6379 (rediss:// with TLS), or postgresql://host/database`,
  )
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

import {
  type BackendFactory,
  type ConnectionOptions,
  createPostgresBackend,
  Queue,
  runMigrations,
  Worker,
} from 'bullmq'
import { isNetworkFault, isServerAway, isUnknownName, type SessionPool, sessionPool } from '../../../persist/index.ts'
import { badInput, MingleError } from '../../../sim/kernel/index.ts'
import { type Broker, FIRST_ANSWER_MS, noBroker, QUEUE_NAME, withinTime } from './broker.ts'

/** Where the package keeps its tables, beside whatever else the database holds. */
const SCHEMA = 'bullmq'
const NOT_ALLOWED = '42501'
/** Connections of a process: one that listens, the others for what is asked at once. */
const CONNECTIONS = 6

/**
 * Chosen: the package takes the times of locks from the clocks of its clients. One that is ahead by more than a lock takes tasks from
 * those who are at them, and keeps everybody from taking back what a dead worker held.
 */
const MOST_OFF_SECONDS = 5

/** The same queue in a PostgreSQL. @param shown the URL without its password */
export async function connectPostgres(url: string, shown: string): Promise<Broker> {
  const { pool, close } = await withinTime(FIRST_ANSWER_MS, () => sessionPool(url, SCHEMA, CONNECTIONS)).catch(
    (error) => {
      throw awayOrAsItIs(error, shown)
    },
  )
  try {
    await prepare(pool, shown)
  } catch (error) {
    await close()
    throw awayOrAsItIs(error, shown)
  }
  const backend = createPostgresBackend as unknown as BackendFactory
  const connection = pool as unknown as ConnectionOptions
  return {
    url: shown,
    advice: [],
    queue: () => {
      const queue = new Queue(QUEUE_NAME, { connection }, backend as never)
      queue.on('error', () => {})
      return queue as never
    },
    worker: (carryOut, options) =>
      new Worker(QUEUE_NAME, carryOut, { ...options, connection }, backend as never) as never,
    close,
  }
}

async function prepare(pool: SessionPool['pool'], shown: string): Promise<void> {
  const asked = Date.now()
  const { rows } = await pool.query<{ now: string }>('SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now')
  const off = ((asked + Date.now()) / 2 - Number(rows[0]!.now)) / 1000
  if (Math.abs(off) > MOST_OFF_SECONDS) {
    throw badInput(
      `this machine's clock is ${Math.abs(off).toFixed(0)} s ${off > 0 ? 'ahead of' : 'behind'} that of ${shown}, and a queue in PostgreSQL goes by the clocks of its workers: set it (NTP), or take a Redis`,
    )
  }
  const client = await pool.connect()
  try {
    await runMigrations(client, SCHEMA)
  } catch (error) {
    if ((error as { code?: string }).code !== NOT_ALLOWED) throw error
    throw badInput(
      `the queue's tables cannot be made in ${shown} (${(error as Error).message}); this user needs GRANT CREATE ON DATABASE, or a schema '${SCHEMA}' of its own`,
    )
  } finally {
    client.release()
  }
}

/** A server that is away, or just starting or ending, is no broker; what else is wrong is told as it is. */
export function awayOrAsItIs(error: unknown, shown: string): unknown {
  const { code = '', message } = ((error as Error).cause ?? error) as { code?: string; message: string }
  const isAway =
    isServerAway(code) ||
    (isNetworkFault(code) && !isUnknownName(code)) ||
    (!code && /^Connection terminated/.test(message))
  return error instanceof MingleError && !isAway ? error : noBroker(shown, message)
}

import type { ConnectionOptions } from 'bullmq'
import { redactUrl } from '../../persist/index.ts'
import { badInput, MingleError } from '../../sim/kernel/index.ts'

/** Chosen: a connection that says nothing for so long, though it was asked, is taken for dead. */
const SILENCE_MS = 60_000
/** Chosen: a broker that was never there is a wrong URL, and not waited for. */
const FIRST_ANSWER_MS = 10_000
/** All queues' keys begin so, and lie beside whatever else is in the broker. */
export const QUEUE_NAME = 'mingle'

/** A broker's connections, as BullMQ takes them. */
export interface Broker {
  /** Without its password. */
  readonly url: string
  readonly connection: ConnectionOptions
  /** What its settings put at risk, in lines to show. */
  readonly advice: readonly string[]
  close(): Promise<void>
}

/**
 * Connects to the broker of a queue.
 * @throws MingleError BAD_INPUT for a URL that is none, or a Redis that may throw tasks away; NO_BROKER where nothing answers
 */
export async function connectBroker(url: string): Promise<Broker> {
  if (!/^rediss?:\/\//i.test(url)) {
    throw badInput(`'${redactUrl(url)}' is no queue: expected redis://host:6379 (rediss:// with TLS)`)
  }
  const { Redis } = await import('ioredis')
  const client = new Redis(url, {
    maxRetriesPerRequest: null,
    lazyConnect: true,
    keepAlive: 10_000,
    socketTimeout: SILENCE_MS,
    connectTimeout: FIRST_ANSWER_MS,
    retryStrategy: (times) => Math.min(times * 200, 3000),
  })
  const connections = [client]
  const duplicate = client.duplicate.bind(client)
  client.duplicate = (...given) => {
    connections.push(duplicate(...given))
    return connections.at(-1)!
  }
  let broken = 'no answer'
  client.on('error', (error) => {
    broken = error.message
  })
  const shown = redactUrl(url)
  try {
    const advice = await withinTime(FIRST_ANSWER_MS, async () => {
      await client.connect()
      return settingsOf(client, shown)
    })
    return { url: shown, connection: client, advice, close: async () => connections.forEach(end) }
  } catch (error) {
    end(client)
    if (error instanceof MingleError && error.code === 'BAD_INPUT') throw error
    const why = (error as Error).message === '' ? broken : (error as Error).message
    throw new MingleError('NO_BROKER', `there is no queue at ${shown} (${why}); is the broker running?`)
  }
}

/** The package leaves the timer of a silent connection behind, and with it the process, until its time is up. */
function end(client: { disconnect(): void }): void {
  client.disconnect()
  clearTimeout((client as { socketTimeoutTimer?: NodeJS.Timeout }).socketTimeoutTimer)
}

interface Asking {
  config(command: 'GET', name: string): Promise<unknown>
}

async function settingsOf(client: Asking, url: string): Promise<string[]> {
  // Hosted brokers may not let anybody ask.
  const setting = async (name: string) => ((await client.config('GET', name).catch(() => [])) as readonly string[])[1]
  const [policy, appends] = [await setting('maxmemory-policy'), await setting('appendonly')]
  if (policy !== undefined && policy !== 'noeviction') {
    throw badInput(
      `the Redis at ${url} throws keys away when its memory is full (maxmemory-policy ${policy}), so tasks too; set it: redis-cli config set maxmemory-policy noeviction`,
    )
  }
  return appends === 'no'
    ? [
        `${url} keeps no append-only file: when it restarts, tasks under way are submitted again, which costs time and no row. To save that: redis-cli config set appendonly yes`,
      ]
    : []
}

async function withinTime<T>(ms: number, work: () => Promise<T>): Promise<T> {
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

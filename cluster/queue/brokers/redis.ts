import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { badInput, MingleError } from '../../../sim/kernel/index.ts'
import { type Broker, FIRST_ANSWER_MS, noBroker, QUEUE_NAME, withinTime } from './broker.ts'

/** Chosen: a connection that says nothing for so long, though it was asked, is taken for dead. */
const SILENCE_MS = 60_000

/** @param shown the URL without its password */
export async function connectRedis(url: string, shown: string): Promise<Broker> {
  checkUrl(url, shown)
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
  let advice: readonly string[]
  try {
    advice = await withinTime(FIRST_ANSWER_MS, async () => {
      await client.connect()
      return settingsOf(client, shown)
    })
  } catch (error) {
    end(client)
    if (error instanceof MingleError && error.code === 'BAD_INPUT') throw error
    const refusal = [(error as Error).message, broken].find((why) => /^(NOAUTH|WRONGPASS|NOPERM)/.test(why))
    if (refusal !== undefined) {
      throw badInput(
        `${shown} refuses the user name or password (${refusal.replace(/\.$/, '')}); give both before the host of its URL, as user:password@host`,
      )
    }
    throw noBroker(shown, /^$|closed/.test((error as Error).message) ? broken : (error as Error).message)
  }
  return {
    url: shown,
    advice,
    queue: () => {
      const queue = new Queue(QUEUE_NAME, { connection: client })
      queue.on('error', () => {})
      return queue as never
    },
    worker: (carryOut, options) => new Worker(QUEUE_NAME, carryOut, { ...options, connection: client }),
    close: async () => connections.forEach(end),
  }
}

/** The client takes whatever it is given, and fails later in words of its own. */
function checkUrl(url: string, shown: string): void {
  const path = URL.canParse(url) ? new URL(url).pathname : null
  if (path !== null && /^\/?\d*$/.test(path)) return
  throw badInput(
    `'${shown}' is no queue: expected redis://host:6379, with a port up to 65535, and a database by its number (redis://host:6379/1)`,
  )
}

/** The package leaves the timer of a silent connection behind, and with it the process, until its time is up. */
function end(client: { disconnect(): void }): void {
  client.disconnect()
  clearTimeout((client as { socketTimeoutTimer?: NodeJS.Timeout }).socketTimeoutTimer)
}

interface Asking {
  readonly options: { readonly db?: number | undefined }
  select(database: number): Promise<unknown>
  config(command: 'GET', name: string): Promise<unknown>
}

async function settingsOf(client: Asking, url: string): Promise<string[]> {
  // One that is not there leaves the client in another, which it says to nobody.
  const { db = 0 } = client.options
  await client.select(db).catch((error) => {
    if (!/DB index/i.test(error.message)) throw error
    throw badInput(`the Redis at ${url} has no database ${db} (${error.message}); name one that it has, such as 0`)
  })
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

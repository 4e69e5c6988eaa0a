import { setTimeout as sleep } from 'node:timers/promises'
import { openObjects, redactUrl } from '../../../persist/index.ts'
import { badInput, type MingleError } from '../../../sim/kernel/index.ts'
import type { Broker } from './broker.ts'

/** Chosen: a broker that refuses because it is being restarted is back by then. */
const RESTART_MS = 5000
const AGAIN_MS = 300

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
  const { awayOrAsItIs } = await import('./postgres.ts')
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
  if (/^rediss?:\/\//i.test(url)) return (await import('./redis.ts')).connectRedis
  if (/^postgres(ql)?:\/\//i.test(url) && URL.canParse(url)) return (await import('./postgres.ts')).connectPostgres
  throw badInput(
    `'${shown}' is no queue: expected redis://host:6379 (rediss:// with TLS), or postgresql://host/database`,
  )
}

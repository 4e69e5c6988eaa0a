import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { PATIENCE_MS } from '../patience.ts'

/** Chosen: a server that says nothing for so long, though it was asked, is taken for gone. */
const ANSWER_MS = 30_000
const CLOSE_MS = 5000

export interface SessionPool {
  readonly pool: pg.Pool
  /** Waits for a server that is gone no longer than some seconds, and keeps no process alive for it. */
  close(): Promise<void>
}

/**
 * A pool of sessions for a package that keeps tables of its own in a schema. The driver is loaded with the first.
 *
 * @param most connections
 * @throws MingleError BAD_INPUT when the server refuses, or is a pooler of transactions; CONNECTION_LOST when it cannot be reached
 */
export async function sessionPool(url: string, schema: string, most: number): Promise<SessionPool> {
  const { connect, poolOf, refuseHiddenPooler } = await import('./connection.ts')
  const { settledUrl } = await import('./tls.ts')
  const settled = await settledUrl(url)
  // The first one says in words what is wrong.
  await (await connect(settled)).end()
  await refuseHiddenPooler(settled)
  const patience = { query_timeout: ANSWER_MS, connectionTimeoutMillis: PATIENCE_MS, keepAlive: true }
  const pool = poolOf(settled, { max: most, ...patience }, schema)
  const clients = new Set<pg.PoolClient>()
  pool.on('connect', (client) => clients.add(client))
  pool.on('remove', (client) => clients.delete(client))
  return {
    pool,
    async close() {
      const closed = new AbortController()
      await Promise.race([pool.end(), sleep(CLOSE_MS, undefined, closed).catch(() => {})])
      closed.abort()
      for (const client of clients) (client as unknown as { unref(): void }).unref()
    },
  }
}

import { PrismaPg } from '@prisma/adapter-pg'
import { poolOf, splitUrl } from './connection.ts'

/** Prisma's adapter over a pool of our own. */
export function prismaAdapter(url: string, connections: number): PrismaPg {
  return new PrismaPg(poolOf(url, { max: connections }), { schema: splitUrl(url).schema, disposeExternalPool: true })
}

/**
 * The same over one connection that is never replaced, for the schema engine: its lock between processes is the
 * session's, so that nothing may follow on another one.
 */
export function loneAdapter(url: string): PrismaPg {
  const pool = poolOf(url, { max: 1, idleTimeoutMillis: 0 })
  pool.on('remove', () => {
    if (!pool.ending) pool.end().catch(() => {})
  })
  return new PrismaPg(pool, { schema: splitUrl(url).schema, disposeExternalPool: true })
}

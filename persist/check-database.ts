import type { Plan, Problem } from './mapping/index.ts'
import { openBackend } from './open.ts'

/** What a mapping would run into in a database: the tables as they are, not as the Prisma schema has them. */
export interface LiveFindings {
  /** The database, without its password. */
  readonly url: string
  readonly problems: readonly Problem[]
  readonly notes: readonly Problem[]
}

/**
 * Looks at the live database, and writes nothing. A run does the same before it is made.
 * @param plan without problems of its own
 * @throws MingleError BAD_INPUT when the database cannot be opened or is of another kind
 */
export async function checkDatabase(url: string, plan: Plan): Promise<LiveFindings> {
  const { liveFindings, sqlBackendOf } = await import('./mapping/index.ts')
  const backend = await openBackend(url, { mapping: plan })
  try {
    return { url: backend.url, ...(await liveFindings(await sqlBackendOf(backend, plan), plan)) }
  } finally {
    await backend.close()
  }
}

import type { Plan } from '../plan/plan.ts'
import type { SqlBackend } from '../sql/sql.ts'
import type { Site } from './site.ts'

/**
 * A site as jobs see it. What that takes is loaded by whoever asks for it.
 * @throws MingleError BAD_INPUT when the mapping cannot work, or does not fit the database
 */
export async function openSite(sql: SqlBackend, plan: Plan): Promise<Site> {
  const { Site } = await import('./site.ts')
  return Site.open(sql, plan)
}

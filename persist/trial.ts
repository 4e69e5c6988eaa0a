import { existsSync } from 'node:fs'
import type { Plan } from './mapping/index.ts'
import type { SqlBackend } from './mapping/sql/sql.ts'
import { openBackend } from './open.ts'
import type { OwnTable } from './own/index.ts'
import { parseDatabaseUrl } from './url.ts'

/**
 * A new SQLite file with the tables of a mapped site, to write a small run into: what is looked up is read from the site's
 * database, which nothing is written to.
 * @param own where the facts of the run's extension go
 * @returns the mapping onto the file
 * @throws MingleError BAD_INPUT when the mapping cannot work, or needs rows of a database that does not answer
 */
export async function trialSite(
  mapping: Plan,
  siteUrl: string,
  file: string,
  own: readonly OwnTable[] = [],
): Promise<Plan> {
  const { makeTrialSite, refuseAllProblems, withOwnFacts } = await import('./mapping/index.ts')
  const plan = own.length > 0 ? withOwnFacts(mapping, own) : mapping
  refuseAllProblems(plan)
  const place = parseDatabaseUrl(siteUrl)
  let site: SqlBackend | null = null
  let why = `there is no ${siteUrl}`
  try {
    if (place.kind !== 'sqlite' || existsSync(place.path)) {
      site = (await openBackend(siteUrl, { mapping: plan })) as SqlBackend
      await site.query('SELECT 1')
    }
  } catch (error) {
    why = (error as Error).message
    await site?.close().catch(() => {})
    site = null
  }
  try {
    return await makeTrialSite(plan, file, site, why)
  } finally {
    await site?.close()
  }
}

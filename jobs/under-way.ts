import { openSql, type Plan } from '../persist/index.ts'
import { endOfLastDay } from './as-of.ts'
import { JobDatabase } from './database/database.ts'
import { checkedHooks, type JobHooks } from './hooks.ts'
import { noteMoment } from './moments.ts'
import { JOBS } from './table.ts'

/** The name under which `seed_jobs` says that jobs are at work: its row goes when they have ended. */
const UNDER_WAY = 'jobs'

/** Notes that jobs are at work. @returns whether that was noted already: they were cut off */
export async function noteUnderWay(database: JobDatabase, asOf: number): Promise<boolean> {
  if (await isUnderWay(database)) return true
  await noteMoment(database, UNDER_WAY, asOf)
  return false
}

export async function noteEnded(database: JobDatabase): Promise<void> {
  await database.transaction(() => database.execute(`DELETE FROM seed_jobs WHERE job = '${UNDER_WAY}'`))
}

async function isUnderWay(database: JobDatabase): Promise<boolean> {
  return (await database.number(`SELECT count(*) FROM seed_jobs WHERE job = '${UNDER_WAY}'`)) > 0
}

/**
 * Whether jobs were cut off, or one of them has not been begun as of the end of the last day. Jobs that are the user's own
 * are theirs to know.
 */
export async function isDerivedOutstanding(
  databaseUrl: string,
  hooks: JobHooks = {},
  mapping?: Plan,
): Promise<boolean> {
  if (mapping && mapping.derived.length === 0) return false
  const backend = await openSql(databaseUrl, mapping)
  try {
    const runs = await backend.ledger.runs()
    if (runs.length === 0) return false
    const database = new JobDatabase(backend)
    if (await isUnderWay(database)) return true
    const own = checkedHooks(hooks)
    const asOf = database.moment(endOfLastDay(runs))
    const begun = await database.select({ job: 'text' }, `SELECT job FROM seed_jobs WHERE as_of = ${asOf}`)
    const due = JOBS.filter(({ name }) => !own.has(name))
    // Under a mapping, some jobs may have nothing to write.
    if (mapping) return due.length > 0 && !due.some(({ name }) => begun.job.includes(name))
    return due.some(({ name }) => !begun.job.includes(name))
  } finally {
    await backend.close()
  }
}

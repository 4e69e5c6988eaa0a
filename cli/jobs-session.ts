import type { JobsRequest } from '../jobs/index.ts'
import { Interrupt } from './interrupt.ts'
import { mappedDatabase, readsReference } from './mapping.ts'
import { configFile, databaseUrl, type Flags } from './options/flags.ts'
import { placeWords } from './session.ts'

/**
 * Runs jobs on the database that the options name, with progress and Ctrl-C, and reports what they did.
 * @returns exit code 0, or 130 when it was interrupted
 */
export async function jobsSession(flags: Flags, request: JobsRequest): Promise<number> {
  const { redactUrl, refuseProduction } = await import('../persist/index.ts')
  const { runJobs } = await import('../jobs/index.ts')
  const { ProgressView } = await import('./reports/progress.ts')
  const { jobsJson, printJobs } = await import('./reports/jobs-report.ts')
  const database = await mappedDatabase(databaseUrl(flags), configFile(flags))
  refuseProduction(database.url, flags.allowProduction === true)
  const view = new ProgressView()
  const interrupt = new Interrupt(() => view.say('Stopping after the current batch; Ctrl-C again ends at once.'))
  try {
    const result = await readsReference(database, () =>
      runJobs(database.url, {
        ...request,
        mapping: database.mapping,
        hooks: database.hooks,
        signal: interrupt.signal,
        onProgress: view.step,
      }),
    )
    view.stop()
    if (flags.json === true) console.log(JSON.stringify(jobsJson(result)))
    else printJobs(result)
    if (result.status === 'finished') return 0
    process.stderr.write(`Stopped. To go on: mingle jobs${placeWords(redactUrl(database.url), configFile(flags))}\n`)
    return 130
  } finally {
    view.stop()
    interrupt.release()
  }
}

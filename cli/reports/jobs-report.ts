import type { Job, JobsResult } from '../../jobs/index.ts'
import { printTable } from './table.ts'

/** What each job did, as a table. */
export function printJobs({ asOf, jobs }: JobsResult): void {
  printTable(
    ['job', 'rows', 'added', 'changed', 'removed', 'seconds', ''],
    jobs.map((job) => [
      job.job,
      job.rows,
      job.inserted,
      job.updated,
      job.deleted,
      job.seconds.toFixed(2),
      [
        job.status === 'done' ? '' : WORDS[job.status],
        job.lacks ? `not mapped: ${job.lacks.join(', ')}` : '',
        job.without ? `without ${job.without.join(', ')}` : '',
        job.kept > 0 ? `${job.kept} rows of others stay` : '',
      ]
        .filter(Boolean)
        .join('; '),
    ]),
  )
  console.log('')
  console.log(`as of ${new Date(asOf).toISOString()}`)
}

const WORDS = { hook: 'your own', stopped: 'STOPPED', 'not mapped': '' } as const

/** What each job reads and writes. */
export function printJobTable(jobs: readonly Job[]): void {
  printTable(
    ['job', 'reads', 'writes', 'after', 'computes'],
    jobs.map(({ name, inputs, outputs, after, summary }) => [
      name,
      inputs.join(', '),
      outputs.join(', '),
      after.join(', '),
      summary,
    ]),
  )
}

/** The result as plain data. */
export function jobsJson({ status, asOf, jobs, seconds }: JobsResult): Record<string, unknown> {
  const rounded = (value: number) => Math.round(value * 1000) / 1000
  return {
    status,
    asOf: new Date(asOf).toISOString(),
    jobs: jobs.map((job) => ({ ...job, seconds: rounded(job.seconds) })),
    seconds: rounded(seconds),
  }
}

import type { CAC } from 'cac'
import { jobsSession } from '../../jobs-session.ts'
import { typed } from '../../options/arguments.ts'
import { refuseBeside } from '../../options/beside.ts'
import type { Flags } from '../../options/flags.ts'
import { jobOptions, jobsRequest } from '../../options/job-flags.ts'

export function registerJobs(cli: CAC): void {
  const command = cli.command('jobs', 'Compute the derived tables from the database: scores, search, traits, trends')
  command.option('--list', 'Say what each job reads, writes and computes, and do nothing')
  command.option('--only <names>', 'Some jobs, separated by commas (default: all)')
  jobOptions(command)
  command.example('  $ mingle jobs --database-url file:./mingle.db')
  command.example('  $ mingle jobs --only searchable-user,match-scores --as-of 2024-01-31')
  command.example('  $ mingle jobs --list')
  command.action(jobs)
}

/** Options of the computing. */
const OF_COMPUTING = [
  'databaseUrl',
  'config',
  'asOf',
  'top',
  'userBatchSize',
  'candidateBatchSize',
  'pauseMs',
  'halfLifeHours',
  'allowProduction',
]

async function jobs(flags: Flags): Promise<number> {
  if (flags.list === true) refuseBeside(flags, '--list', 'computes nothing', OF_COMPUTING)
  const only = typed(flags.only, '--only')
  const names = only?.split(',').map((name) => name.trim())
  const request = await jobsRequest(flags, names)
  if (flags.list !== true) return jobsSession(flags, request)
  const { jobs: chosen = [] } = request
  if (flags.json === true) console.log(JSON.stringify({ jobs: chosen.map(({ run: _, ...declared }) => declared) }))
  else (await import('../../reports/jobs-report.ts')).printJobTable(chosen)
  return 0
}

import type { CAC } from 'cac'
import { jobsSession } from '../../jobs-session.ts'
import type { Flags } from '../../options/flags.ts'
import { jobOptions, jobsRequest } from '../../options/job-flags.ts'

export function registerJob(cli: CAC): void {
  const command = cli.command('job <name>', 'Compute one of the derived tables; mingle jobs --list names the jobs')
  jobOptions(command)
  command.example('  $ mingle job match-scores --user-batch-size 100 --candidate-batch-size 500 --pause-ms 50')
  command.example('  $ mingle job trending --half-life-hours 48')
  command.action(job)
}

async function job(name: string, flags: Flags): Promise<number> {
  return jobsSession(flags, await jobsRequest(flags, [name]))
}

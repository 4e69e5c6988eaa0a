import type { CAC } from 'cac'
import {
  databaseOptions,
  databaseUrl,
  drive,
  driveOptions,
  type Flags,
  runChoice,
  runOption,
  skipJobsOption,
} from '../flags.ts'
import { withStore } from '../session.ts'

export function registerResume(cli: CAC): void {
  const command = cli.command('resume', 'Continue a run that was cut off, to the rows it would have had')
  runOption(command, 'The run (default: the only unfinished one in the database)')
  skipJobsOption(driveOptions(databaseOptions(command)))
  command.example('  $ mingle resume')
  command.example('  $ mingle resume --run-seed demo-2024 --database-url file:./mingle.db')
  command.action(resume)
}

async function resume(flags: Flags): Promise<number> {
  const choice = runChoice(flags)
  const driving = { ...drive(flags), jobs: flags.skipJobs !== true }
  const { resumeRun } = await import('../../run/index.ts')
  return withStore(databaseUrl(flags), driving, undefined, false, (store, options) => resumeRun(store, choice, options))
}

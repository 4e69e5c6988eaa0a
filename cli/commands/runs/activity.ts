import type { CAC } from 'cac'
import {
  databaseOptions,
  databaseUrl,
  days,
  daysOption,
  drive,
  driveOptions,
  type Flags,
  runChoice,
  runOption,
  skipJobsOption,
  startDate,
} from '../../options/flags.ts'
import { withStore } from '../../session.ts'

export function registerActivity(cli: CAC): void {
  const command = cli.command('activity', 'Simulate days for people who are there already')
  runOption(command, 'The run (default: the only one in the database)')
  daysOption(command, 'Days to simulate (default: 30)')
  command.option(
    '--start-date <YYYY-MM-DD>',
    'First of these days (default: the one that comes next); until then time passes untold',
  )
  skipJobsOption(driveOptions(databaseOptions(command)))
  command.example('  $ mingle activity --run-seed demo-2024 --days 30')
  command.example('  $ mingle activity --run-seed demo-2024 --start-date 2024-02-01 --days 30   # February on')
  command.action(activity)
}

async function activity(flags: Flags): Promise<number> {
  const choice = runChoice(flags)
  const driving = { ...drive(flags), jobs: flags.skipJobs !== true }
  const extension = { days: days(flags), startDate: startDate(flags) }
  const { extendRun } = await import('../../../run/index.ts')
  return withStore(databaseUrl(flags), driving, undefined, false, (store, options) =>
    extendRun(store, choice, extension, options),
  )
}

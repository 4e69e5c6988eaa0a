import type { CAC } from 'cac'
import { typedList } from '../../options/arguments.ts'
import {
  databaseOptions,
  databaseUrl,
  days,
  daysOption,
  drive,
  driveOptions,
  type Flags,
  join,
  runChoice,
  runOption,
  skipJobsOption,
} from '../../options/flags.ts'
import { withStore } from '../../session.ts'

export function registerExtend(cli: CAC): void {
  const command = cli.command('extend', 'Add days to a complete run, as if it had been that long from the start')
  runOption(command, 'The run (default: the only one in the database)')
  daysOption(command, 'Days to add (default: 30)')
  command.option('--join <n>', 'People who join at the start of the first added day (default: 0)')
  command.option('--set <policy.path=value>', 'Change the policy from the first added day on; may be repeated')
  skipJobsOption(driveOptions(databaseOptions(command)))
  command.example('  $ mingle extend --run-seed demo-2024 --days 30')
  command.example('  $ mingle extend --days 30 --join 200 --database-url file:./mingle.db')
  command.example('  $ mingle extend --days 30 --set policy.like.nearKm=30 --set policy.arrivals.perDay=5')
  command.action(extend)
}

async function extend(flags: Flags): Promise<number> {
  const choice = runChoice(flags)
  const driving = { ...drive(flags), jobs: flags.skipJobs !== true }
  const extension = { days: days(flags), join: join(flags), set: typedList(flags.set, '--set') }
  const { extendRun } = await import('../../../run/index.ts')
  return withStore(databaseUrl(flags), driving, undefined, false, (store, options) =>
    extendRun(store, choice, extension, options),
  )
}

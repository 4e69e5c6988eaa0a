import type { CAC } from 'cac'
import {
  databaseOptions,
  databaseUrl,
  days,
  daysOption,
  drive,
  driveOptions,
  type Flags,
  join,
  runSeed,
  seedOption,
  skipJobsOption,
} from '../flags.ts'
import { withStore } from '../session.ts'

export function registerExtend(cli: CAC): void {
  const command = cli.command('extend', 'Add days to a complete run, as if it had been that long from the start')
  seedOption(command, 'The run (default: the only one in the database)')
  daysOption(command, 'Days to add (default: 30)')
  command.option('--join <n>', 'People who join at the start of the first added day (default: 0)')
  skipJobsOption(driveOptions(databaseOptions(command)))
  command.example('  $ mingle extend --run-seed demo-2024 --days 30')
  command.example('  $ mingle extend --days 30 --join 200 --database-url file:./mingle.db')
  command.action(extend)
}

async function extend(flags: Flags): Promise<number> {
  const seed = runSeed(flags)
  const driving = { ...drive(flags), jobs: flags.skipJobs !== true }
  const extension = { days: days(flags), join: join(flags) }
  const { extendRun } = await import('../../run/index.ts')
  return withStore(databaseUrl(flags), driving, undefined, false, (store, options) =>
    extendRun(store, seed, extension, options),
  )
}

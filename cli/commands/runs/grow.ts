import type { CAC } from 'cac'
import { MingleError } from '../../../sim/kernel/index.ts'
import { typed } from '../../options/arguments.ts'
import {
  databaseOptions,
  databaseUrl,
  drive,
  driveOptions,
  type Flags,
  MOST_DAYS,
  MOST_PEOPLE,
  runChoice,
  runOption,
  skipJobsOption,
} from '../../options/flags.ts'
import { wholeNumber } from '../../options/values.ts'
import { withStore } from '../../session.ts'

export function registerGrow(cli: CAC): void {
  const command = cli.command('grow', 'Let more people join a complete run, on the day that comes next')
  runOption(command, 'The run (default: the only one in the database)')
  command.option('--count <n>', 'People who join (needed)')
  command.option('--days <n>', 'Days to simulate with them (default: none; mingle extend adds days)')
  skipJobsOption(driveOptions(databaseOptions(command)))
  command.example('  $ mingle grow --count 500')
  command.example('  $ mingle grow --run-seed demo-2024 --count 200 && mingle extend --run-seed demo-2024 --days 30')
  command.action(grow)
}

async function grow(flags: Flags): Promise<number> {
  const choice = runChoice(flags)
  const driving = { ...drive(flags), jobs: flags.skipJobs !== true }
  const count = typed(flags.count, '--count')
  if (count === undefined) {
    throw new MingleError('BAD_INPUT', 'grow needs --count, the people who join: mingle grow --count 500')
  }
  const days = typed(flags.days, '--days')
  if (days === undefined && flags.snapshotDir !== undefined) {
    throw new MingleError(
      'BAD_INPUT',
      'states are of days, and grow adds none by itself; leave --snapshot-dir out, or add --days',
    )
  }
  const extension = {
    join: wholeNumber(count, '--count', 1, MOST_PEOPLE),
    days: days === undefined ? 0 : wholeNumber(days, '--days', 0, MOST_DAYS),
  }
  const { extendRun } = await import('../../../run/index.ts')
  return withStore(databaseUrl(flags), driving, undefined, false, (store, options) =>
    extendRun(store, choice, extension, options),
  )
}

import type { CAC } from 'cac'
import { MingleError } from '../../../sim/kernel/index.ts'
import { refuseBeside } from '../../options/beside.ts'
import { runSettings } from '../../options/configured.ts'
import { withOwnContent } from '../../options/content.ts'
import {
  activityDays,
  databaseOptions,
  databaseUrl,
  daysOption,
  drive,
  driveOptions,
  type Flags,
  newRunOptions,
  runSeed,
  scenarioName,
  seedOption,
  settingOptions,
  skipJobsOption,
} from '../../options/flags.ts'
import { repeatCommand } from '../../repeat.ts'
import { withStore } from '../../session.ts'

export function registerRun(cli: CAC): void {
  const command = cli.command(
    'run',
    'Create people, simulate their days and compute what derives from them, into a database',
  )
  seedOption(command, 'Name of the run: the same seed gives the same rows (default: drawn and printed)')
  settingOptions(command)
  daysOption(command, 'Days to simulate (default: 30)')
  command.option('--activity-days <n>', 'The same as --days')
  command.option(
    '--dry-run',
    'Tell rows, disk, memory, seconds and three people of it from a short sample; write nothing',
  )
  command.option(
    '--cluster <queue>',
    'Have it carried out by the workers of a queue (mingle worker), into files or PostgreSQL: redis://… or postgresql://…',
  )
  command.option('--skip-activity', 'Write the people alone; mingle activity adds days')
  newRunOptions(skipJobsOption(driveOptions(databaseOptions(command))))
  command.example('  $ mingle run --run-seed demo-2024 --count 1000 --days 90 --start-date 2024-01-01')
  command.example('  $ mingle run --count 50 --days 7 --database-url file:./small.db --json')
  command.example('  $ mingle run --scenario moderation --run-seed content-1')
  command.example('  $ mingle run --count 500 --women 0.35 --set policy.like.nearKm=30 --writer none')
  command.example('  $ mingle run --count 100000 --days 90 --dry-run               # how large, how long, does it fit')
  command.example('  $ mingle run --count 100000 --cluster redis://broker:6379 --database-url parquet:/shared/out')
  command.action(run)
}

/** What matters only where something is written, or by whom. */
const OF_WRITING = [
  'cluster',
  'batchSize',
  'pauseMs',
  'allowProduction',
  'intoExisting',
  'partition',
  'snapshotDir',
  'watch',
]

async function run(flags: Flags): Promise<number> {
  if (flags.dryRun === true) refuseBeside(flags, '--dry-run', 'writes nothing', OF_WRITING)
  if (flags.skipActivity === true) {
    refuseBeside(flags, '--skip-activity', 'writes no days', ['days', 'activityDays', 'snapshotDir'])
    refuseBeside(flags, '--skip-activity', 'leaves nothing to spread', ['cluster'])
  }
  const given = runSeed(flags)
  const driving = { ...drive(flags), jobs: flags.skipJobs !== true }
  if (flags.dryRun === true && driving.writer === 'prisma') {
    throw new MingleError('BAD_INPUT', '--dry-run measures the usual writer; leave --writer prisma out, or --dry-run')
  }
  const asked = activityDays(flags)
  const { configFromSettings, configuredValues, drawSeed, scenarioNamed, startRun } = await import(
    '../../../run/index.ts'
  )
  const scenario = scenarioName(flags)
  const isAsked = flags.days !== undefined || flags.activityDays !== undefined
  const length = (!isAsked && scenario !== undefined && scenarioNamed(scenario).days) || asked
  const chosen = await withOwnContent(flags, await runSettings(flags, given ?? drawSeed()))
  const config = configFromSettings(chosen)
  const days = flags.skipActivity === true ? 0 : length
  if (flags.dryRun === true) return (await import('../../forecast.ts')).forecastSession(flags, driving, config, days)
  if (flags.cluster !== undefined) {
    return (await import('../../cluster/session.ts')).clusterSession(flags, driving, config, days)
  }
  const repeat =
    given === undefined
      ? repeatCommand(days > 0 ? 'run' : 'profiles', chosen, days || undefined, configuredValues(chosen))
      : undefined
  return withStore(databaseUrl(flags), driving, repeat, true, (store, options) =>
    startRun(store, config, days, options),
  )
}

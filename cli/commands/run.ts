import type { CAC } from 'cac'
import {
  databaseOptions,
  databaseUrl,
  days,
  daysOption,
  drive,
  driveOptions,
  type Flags,
  runSeed,
  seedOption,
  settingOptions,
  settings,
} from '../flags.ts'
import { withStore } from '../session.ts'

export function registerRun(cli: CAC): void {
  const command = cli.command('run', 'Create people and simulate their days into a database')
  seedOption(command, 'Name of the run: the same seed gives the same rows (default: drawn and printed)')
  settingOptions(command)
  daysOption(command, 'Days to simulate (default: 30)')
  command.option('--skip-activity', 'Write the people alone; mingle activity adds days')
  driveOptions(databaseOptions(command))
  command.example('  $ mingle run --run-seed demo-2024 --count 1000 --days 90 --start-date 2024-01-01')
  command.example('  $ mingle run --count 50 --days 7 --database-url file:./small.db --json')
  command.example('  $ mingle run --count 500 --women 0.35 --set policy.like.nearKm=30 --writer none')
  command.action(run)
}

async function run(flags: Flags): Promise<number> {
  const given = runSeed(flags)
  const driving = drive(flags)
  const length = days(flags)
  const { configFromSettings, drawSeed, startRun } = await import('../../run/index.ts')
  const seed = given ?? drawSeed()
  const config = configFromSettings(settings(flags, seed))
  const drawn = given === undefined ? seed : undefined
  return withStore(databaseUrl(flags), driving, drawn, (store, options) =>
    startRun(store, config, flags.skipActivity === true ? 0 : length, options),
  )
}

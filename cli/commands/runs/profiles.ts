import type { CAC } from 'cac'
import { runSettings } from '../../options/configured.ts'
import { withOwnContent } from '../../options/content.ts'
import {
  databaseOptions,
  databaseUrl,
  drive,
  type Flags,
  newRunOptions,
  runSeed,
  seedOption,
  settingOptions,
  writeOptions,
} from '../../options/flags.ts'
import { repeatCommand } from '../../repeat.ts'
import { withStore } from '../../session.ts'

export function registerProfiles(cli: CAC): void {
  const command = cli.command('profiles', 'Create the people of a run, without any activity')
  seedOption(command, 'Name of the run: the same seed gives the same people (default: drawn and printed)')
  settingOptions(command)
  newRunOptions(writeOptions(databaseOptions(command)))
  command.example('  $ mingle profiles --run-seed demo-2024 --count 500 --start-date 2024-01-01')
  command.example('  $ mingle activity --run-seed demo-2024 --days 30')
  command.action(profiles)
}

async function profiles(flags: Flags): Promise<number> {
  const given = runSeed(flags)
  const driving = drive(flags)
  const { configFromSettings, configuredValues, drawSeed, startRun } = await import('../../../run/index.ts')
  const chosen = await withOwnContent(flags, await runSettings(flags, given ?? drawSeed()))
  const config = configFromSettings(chosen)
  const repeat =
    given === undefined ? repeatCommand('profiles', chosen, undefined, configuredValues(chosen)) : undefined
  return withStore(databaseUrl(flags), driving, repeat, true, (store, options) => startRun(store, config, 0, options))
}

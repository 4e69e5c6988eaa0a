import type { CAC } from 'cac'
import { MingleError } from '../../../sim/kernel/index.ts'
import { typed } from '../../options/arguments.ts'
import { runSettings } from '../../options/configured.ts'
import { withOwnContent } from '../../options/content.ts'
import { configOption, type Flags, MOST_PEOPLE, personOptions, runSeed, seedOption } from '../../options/flags.ts'
import { wholeNumber } from '../../options/values.ts'

export function registerUser(cli: CAC): void {
  const command = cli.command('user', 'Make one person again from the seed and print the profile as JSON')
  seedOption(command, 'The run (needed)')
  command.option('--user-id <k>', 'Number of the person within the run, from 1 (needed)')
  configOption(personOptions(command))
  command.example('  $ mingle user --run-seed demo-2024 --user-id 123')
  command.action(user)
}

async function user(flags: Flags): Promise<number> {
  const seed = runSeed(flags)
  const id = typed(flags.userId, '--user-id')
  if (seed === undefined || id === undefined) {
    throw new MingleError(
      'BAD_INPUT',
      'user needs --run-seed and --user-id: mingle user --run-seed demo-2024 --user-id 1',
    )
  }
  const k = wholeNumber(id, '--user-id', 1, MOST_PEOPLE)
  const { configFromSettings, describePerson } = await import('../../../run/index.ts')
  const given = await withOwnContent(flags, await runSettings(flags, seed))
  // Nobody's profile depends on how many others there are.
  const config = configFromSettings({ ...given, count: given.count ?? k })
  console.log(JSON.stringify(describePerson(config, k), null, 2))
  return 0
}

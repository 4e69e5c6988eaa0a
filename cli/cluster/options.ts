import type { Plan } from '../../cluster/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { keepSecret } from '../failure.ts'
import { configuredExtension } from '../mapping.ts'
import { typed } from '../options/arguments.ts'
import { configFile, extensionFile, type Flags } from '../options/flags.ts'

/** @throws MingleError BAD_INPUT when the run would live by an extension, of which tasks know nothing */
export async function refuseExtension(flags: Flags): Promise<void> {
  const file = extensionFile(flags) ?? (await configuredExtension(configFile(flags)))
  if (file === undefined || file === 'off') return
  throw new MingleError(
    'BAD_INPUT',
    `a run with an extension (${file}) is carried out by one machine: 'mingle run' without --cluster; --extension off makes it without`,
  )
}

/**
 * Where the output lies as this machine reaches it, when it is told: a folder may be mounted elsewhere, and a database wants the
 * password that no plan keeps. `DATABASE_URL` counts for a database alone.
 */
export async function outputHere(flags: Flags, { output }: Plan): Promise<string | undefined> {
  const { isSameDatabase, reached } = await import('../../cluster/index.ts')
  const given = typed(flags.databaseUrl, '--database-url')
  if (given !== undefined) {
    keepSecret(given)
    return reached(output, given)
  }
  const { DATABASE_URL: usual } = process.env
  return usual && output.kind === 'database' && isSameDatabase(usual, output.where) ? usual : undefined
}

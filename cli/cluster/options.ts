import { relative } from 'node:path'
import type { Command } from 'cac'
import type { Plan } from '../../cluster/index.ts'
import { DEFAULT_URL } from '../../run/advice/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { keepSecret } from '../failure.ts'
import { configuredExtension, siteParameters } from '../mapping.ts'
import { typed } from '../options/arguments.ts'
import { configFile, databaseUrl, extensionFile, type Flags } from '../options/flags.ts'

/**
 * @param told what is said of the file that it names
 * @throws MingleError BAD_INPUT when the run would live by an extension, of which tasks and experiments know nothing
 */
export async function refuseExtension(flags: Flags, told = ofOneMachine): Promise<void> {
  const file = extensionFile(flags) ?? (await configuredExtension(configFile(flags)))
  if (file === undefined || file === 'off') return
  throw new MingleError('BAD_INPUT', told(file))
}

function ofOneMachine(file: string): string {
  return `a run with an extension (${file}) is carried out by one machine: 'mingle run' without --cluster; --extension off makes it without`
}

/**
 * Where a run of tasks goes, as the command line, the environment or the configuration say.
 * @throws MingleError BAD_INPUT when the configuration has a mapping or an extension, of which tasks know nothing
 */
export async function tasksUrl(flags: Flags): Promise<string> {
  await refuseExtension(flags)
  const { url, mapping } = await configuredUrl(flags)
  if (mapping !== undefined) {
    throw new MingleError(
      'BAD_INPUT',
      `${relative(process.cwd(), mapping)} maps facts to a site's own models, which one machine alone does: 'mingle run' without --cluster; ` +
        "--config off has tasks write Mingle's own tables",
    )
  }
  return url
}

/** The URL that the command line, the environment or the configuration name, and the configuration's file where it has a mapping. */
export async function configuredUrl(flags: Flags): Promise<{ readonly url: string; readonly mapping?: string }> {
  const given = databaseUrl(flags)
  const found = await siteParameters(configFile(flags))
  if (found === null) return { url: given }
  const { file, maps, database } = found
  if (database !== undefined) keepSecret(database)
  return { url: given === DEFAULT_URL ? (database ?? given) : given, ...(maps && { mapping: file }) }
}

/** Of `task run` and `plan finish`. */
export function placeOption(command: Command): Command {
  return command.option(
    '--database-url <url>',
    'The place that the plan writes to, where this machine reaches it otherwise than the one that planned; a database with its password',
  )
}

/**
 * Where the output lies as this machine reaches it, when it is told: a folder may be mounted elsewhere, and a database wants the
 * password that no plan keeps: that of the plan's own place, where it lies in the same database, or of `DATABASE_URL`.
 *
 * @param control where the plan lies
 */
export async function outputHere(flags: Flags, { output }: Plan, control: string): Promise<string | undefined> {
  const { isSameDatabase, reached } = await import('../../cluster/index.ts')
  const given = typed(flags.databaseUrl, '--database-url')
  if (given !== undefined) {
    keepSecret(given)
    return reached(output, given)
  }
  if (output.kind !== 'database') return undefined
  const known = [control.split('#')[0]!, process.env.DATABASE_URL ?? '']
  return known.find((url) => isSameDatabase(url, output.where) && url.split('#')[0] !== output.where)
}

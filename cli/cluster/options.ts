import type { Plan } from '../../cluster/index.ts'
import { keepSecret } from '../failure.ts'
import { typed } from '../options/arguments.ts'
import type { Flags } from '../options/flags.ts'
import { wholeNumber } from '../options/values.ts'

/** Of `task run` and `worker`. */
export const SCRATCH =
  'Room in the temporary folder for days of pass 1, which pass 2 then need not live through again (default: 2048, at most a quarter of what is free; 0: none)'
const MOST_MEGABYTES = 1_000_000_000

/** @throws MingleError BAD_INPUT */
export function scratchMegabytes(flags: Flags): number | undefined {
  const given = typed(flags.scratch, '--scratch')
  return given === undefined ? undefined : wholeNumber(given, '--scratch', 0, MOST_MEGABYTES)
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

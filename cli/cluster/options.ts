import type { Plan } from '../../cluster/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import { typed } from '../arguments.ts'
import type { Flags } from '../flags.ts'

/** Where the output lies on this machine, when it is told: the same folder may be mounted elsewhere. */
export function outputFolder(flags: Flags, { output }: Plan): string | undefined {
  const given = typed(flags.databaseUrl, '--database-url')
  if (given === undefined) return undefined
  const [, format, path] = /^([a-z0-9]+):(.+)$/i.exec(given) ?? []
  if (format?.toLowerCase() === output.format && path !== undefined) return path
  throw new MingleError(
    'BAD_INPUT',
    `the plan writes ${output.format} files, got --database-url ${given}; name the same folder as this machine sees it, as ${output.format}:./folder`,
  )
}

import type { CAC } from 'cac'
import { MingleError } from '../../sim/kernel/index.ts'

/**
 * Looks whether the command got what it cannot do without.
 * @throws MingleError BAD_INPUT naming what is missing, with an example of the command's
 */
export function checkRequired({ matchedCommand: command, args }: CAC): void {
  const required = command?.args.filter((arg) => arg.required) ?? []
  if (command === undefined || args.length >= required.length) return
  const missing = required.slice(args.length).map(({ value }) => `<${value}>`)
  const [example] = command.examples
  const such = typeof example === 'string' ? `such as: ${example.replace(/^\s*\$\s*|\s+#.*$/g, '')}; ` : ''
  const given = args.length > 0 ? ` after ${args.map((arg) => `'${arg}'`).join(', ')}` : ''
  throw new MingleError(
    'BAD_INPUT',
    `${command.name} needs ${missing.join(' and ')}${given}, ${such}'mingle ${command.name} --help' says more`,
  )
}

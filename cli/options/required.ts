import type { CAC } from 'cac'
import { MingleError } from '../../sim/kernel/index.ts'

/**
 * Looks whether the command got what it cannot do without.
 * @throws MingleError BAD_INPUT naming what is missing, with an example of the command's
 */
export function checkRequired({ matchedCommand: command, args }: CAC): void {
  const required = command?.args.filter((arg) => arg.required) ?? []
  const empty = required.find((_, i) => args[i] === '')
  if (command === undefined || (args.length >= required.length && !empty)) return
  const missing = (empty ? [empty] : required.slice(args.length)).map(({ value }) => `<${value}>`)
  const [example] = command.examples
  const such = typeof example === 'string' ? `such as: ${example.replace(/^\s*\$\s*|\s+#.*$/g, '')}; ` : ''
  const after = args.length > 0 ? ` after ${args.map((arg) => `'${arg}'`).join(', ')}` : ''
  const given = empty ? ', got an empty one' : after
  throw new MingleError(
    'BAD_INPUT',
    `${command.name} needs ${missing.join(' and ')}${given}, ${such}'mingle ${command.name} --help' says more`,
  )
}

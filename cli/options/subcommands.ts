import type { CAC, Command } from 'cac'
import { MingleError } from '../../sim/kernel/index.ts'

/** The commands whose names are two words, by the first of them: `plan run` and `plan finish`. */
export function subcommands(cli: CAC, first: string | undefined): readonly Command[] {
  return cli.commands.filter(({ name }) => name.startsWith(`${first} `))
}

/**
 * Joins the two words of such a name into one argument, as which the parser knows it: each of these commands has options, arguments
 * and help of its own.
 *
 * @param args sealed: option values are no words of their own
 * @throws MingleError BAD_INPUT when the first word is followed by none that there is
 */
export function joinName(cli: CAC, args: readonly string[]): string[] {
  const [at, next] = args.flatMap((argument, i) => (argument.startsWith('-') ? [] : [i]))
  const [first, second] = [args[at ?? -1], args[next ?? -1]]
  const known = subcommands(cli, first)
  if (known.length === 0) return [...args]
  if (known.some(({ name }) => name === `${first} ${second}`)) {
    return args.flatMap((argument, i) => (i === at ? [`${first} ${second}`] : i === next ? [] : [argument]))
  }
  const names = known.map(({ name }) => `'${name.slice(first!.length + 1)}'`).join(' and ')
  const got = second === undefined ? 'nothing' : `'${second}'`
  throw new MingleError('BAD_INPUT', `${first} is followed by ${names}, got ${got}; 'mingle ${first} --help' says more`)
}

/**
 * @param word the command that is meant; undefined: none
 * @throws MingleError BAD_INPUT when there is none of that name; it names them all
 */
export function checkCommand(cli: CAC, word: string | undefined): void {
  if (word === undefined || cli.commands.some(({ name }) => name === word)) return
  const names = [...new Set(cli.commands.map(({ name }) => name.split(' ')[0]))].join(', ')
  throw new MingleError('BAD_INPUT', `unknown command '${word}'; 'mingle --help' lists the commands: ${names}`)
}

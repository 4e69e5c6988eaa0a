import { type CAC, cac } from 'cac'
import { MingleError } from '../sim/kernel/index.ts'
import { derivedCommands } from './commands/derived/index.ts'
import { inspectCommands } from './commands/inspect/index.ts'
import { machinesCommands } from './commands/machines/index.ts'
import { runsCommands } from './commands/runs/index.ts'
import { siteCommands } from './commands/site/index.ts'
import { studiesCommands } from './commands/studies/index.ts'
import { reportFailure } from './failure.ts'
import { camelCase, dashed, type OptionTable, sealValues } from './options/arguments.ts'
import { checkRequired } from './options/required.ts'
import { checkCommand, joinName, subcommands } from './options/subcommands.ts'

/** All commands. Their files load what is heavy only when they are carried out, so that help comes at once. */
export function commandLine(): CAC {
  const cli = cac('mingle')
  cli.usage('<command> [options]')
  runsCommands(cli)
  machinesCommands(cli)
  derivedCommands(cli)
  inspectCommands(cli)
  studiesCommands(cli)
  siteCommands(cli)
  cli.option('--debug', 'Show the stack trace of an error')
  cli.option('-v, --version', 'Print the version')
  cli.help((sections) =>
    sections
      .filter((section) => !section.title?.startsWith('For more info'))
      // The parser's own word for an option such as --no-open, whose absence is what is meant.
      .map((section) => ({ ...section, body: section.body.replaceAll(' (default: true)', '') })),
  )
  cli.example('  $ mingle run --run-seed demo-2024 --count 1000 --days 90   # fills ./mingle.db')
  cli.example('  $ mingle run --help                                        # options and examples of a command')
  return cli
}

/** For help, or for the version. */
const ASKS = /^(--help|-h|--version|-v)$/

/**
 * Carries out one command line.
 *
 * @param argv as `process.argv`: the program's arguments start at the third
 * @returns the exit code: 0 done, 1 failed, 2 refused input, 130 interrupted
 */
export async function main(argv: readonly string[]): Promise<number> {
  const args = argv.slice(2)
  const debug = args.includes('--debug')
  try {
    const cli = commandLine()
    const words = sealValues(args, optionsOf(cli))
    const [first, second] = words.filter((word) => !word.startsWith('-'))
    if (second === undefined && words.some((word) => word === '--help' || word === '-h')) {
      const known = subcommands(cli, first)
      for (const command of known) command.outputHelp()
      if (known.length > 0) return 0
    }
    const joined = joinName(cli, words)
    // The parser answers these without a look at the command.
    if (words.some((word) => ASKS.test(word)))
      checkCommand(
        cli,
        joined.find((word) => !word.startsWith('-')),
      )
    cli.parse([...argv.slice(0, 2), ...joined], { run: false })
    if (cli.options.help === true) return 0
    if (cli.options.version === true) {
      const { packageVersion } = await import('../installation/index.ts')
      console.log(packageVersion())
      return 0
    }
    if (cli.matchedCommand === undefined) {
      checkCommand(cli, cli.args[0])
      const unknown = Object.keys(cli.options).find((name) => name !== '--' && name !== 'debug')
      if (unknown !== undefined)
        throw new MingleError(
          'BAD_INPUT',
          `unknown option '--${dashed(unknown)}' without a command; see 'mingle --help'`,
        )
      cli.outputHelp()
      return 0
    }
    checkRequired(cli)
    return ((await cli.runMatchedCommand()) as number | undefined) ?? 0
  } catch (error) {
    return await reportFailure(error, debug)
  }
}

/** @throws Error when two commands use one name with and without a value */
export function optionsOf(cli: CAC): OptionTable {
  const table = new Map<string, { takesValue: boolean }>()
  for (const option of [cli.globalCommand, ...cli.commands].flatMap((command) => command.options)) {
    const takesValue = option.isBoolean !== true
    for (const name of option.names) {
      // `--no-open` is known by that name alone: there is no `--open` to leave out.
      const key = camelCase(option.negated ? `no-${name}` : name)
      if (table.has(key) && table.get(key)!.takesValue !== takesValue) throw new Error(`--${name} means two things`)
      table.set(key, { takesValue })
    }
  }
  return table
}

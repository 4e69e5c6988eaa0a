import { existsSync, realpathSync } from 'node:fs'
import { argv, exit } from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/** A benchmark was called wrongly. The message says what was given, what is expected and what to do. */
export class Misuse extends Error {}

/** Options by name: with a value, or without. */
type OptionKinds = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>

/** A whole number from the command line. @param otherwise what it is when not given; without it, it must be given */
export function whole(what: string, word: string | undefined, least: number, otherwise?: number): number {
  if (word === undefined && otherwise !== undefined) return otherwise
  const number = Number(word)
  if (word === undefined || !/^\d+$/.test(word) || number < least || !Number.isSafeInteger(number)) {
    const given = word === undefined ? 'nothing' : `'${word}'`
    throw new Misuse(`${what} is ${given}, expected a whole number of at least ${least}`)
  }
  return number
}

/** One of some names from the command line. */
export function oneOf<Name extends string>(what: string, word: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === word)
  if (found === undefined) throw new Misuse(`${what} is '${word}', expected one of ${names.join(', ')}`)
  return found
}

/** Words and options; what is not in `options` is refused. @param most how many words are taken */
export function parse<Options extends OptionKinds>(
  args: readonly string[],
  options: Options,
  most = Infinity,
): {
  values: { [Name in keyof Options]?: Options[Name]['type'] extends 'string' ? string : boolean }
  words: string[]
} {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    if (positionals.length > most) throw new Misuse(`'${positionals[most]}' is one word too many, expected ${most}`)
    return { values: values as never, words: positionals }
  } catch (error) {
    if (error instanceof Misuse) throw error
    // Only the first sentence: the others tell how to pass a file whose name begins with a dash.
    const [said] = (error as Error).message.split(/\. |\.?\n/)
    throw new Misuse(said!.charAt(0).toLowerCase() + said!.slice(1))
  }
}

/**
 * Runs a benchmark when its file is the program, with what stands behind it on the command line, and ends with the code
 * that it returns, if any; wrongly called: one line, how to call it, and code 2. Does nothing where the file is imported.
 */
export async function program(url: string, usage: string, main: (args: readonly string[]) => unknown): Promise<void> {
  if (!isProgram(url)) return
  const args = argv.slice(2)
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage)
    return
  }
  try {
    const code = await main(args)
    if (typeof code === 'number') process.exitCode = code
  } catch (error) {
    if (!(error instanceof Misuse)) throw error
    console.error(`${error.message}. Usage: ${usage.split('\n')[0]}`)
    exit(2)
  }
}

function isProgram(url: string): boolean {
  return argv[1] !== undefined && existsSync(argv[1]) && realpathSync(argv[1]) === fileURLToPath(url)
}

/** What may hold a secret that no error must show: the arguments, the environment's URL and whatever `keepSecret` was told. */
const secrets: string[] = [
  ...process.argv.slice(2).flatMap((argument) => [argument, argument.slice(argument.indexOf('=') + 1)]),
  process.env.DATABASE_URL ?? '',
]

/** Codes of what is refused before anything is done. */
const REFUSALS: ReadonlySet<unknown> = new Set(['BAD_INPUT', 'ENGINE_DIFFERS'])

/** Tells of a URL that came from elsewhere. */
export function keepSecret(url: string): void {
  secrets.push(url)
}

/**
 * Prints an error as one clear line on stderr, several problems as a line each (with its stack when `debug`) and returns the exit code: 2 for input that
 * was refused, 130 for an interruption, 1 for a failure.
 */
export async function reportFailure(error: unknown, debug: boolean): Promise<number> {
  const fault = error instanceof Error ? error : new Error(String(error))
  const said = await hidden(messageOf(fault))
  // A list of problems is read line by line.
  console.error(`mingle: ${'asLines' in fault ? said.trim() : oneLine(said)}`)
  if (debug) console.error(await hidden(fault.stack ?? '(no stack)'))
  else if (!isOurs(fault)) console.error('mingle: this was not expected; --debug shows where it happened')
  if ('code' in fault && fault.code === 'INTERRUPTED') return 130
  return isRefusal(fault) ? 2 : 1
}

/** Without passwords. What hides them is loaded only where there may be one. */
async function hidden(text: string): Promise<string> {
  if (![text, ...secrets].some((each) => /@|=|:\/\//.test(each))) return text
  const { withoutSecrets } = await import('../persist/index.ts')
  return withoutSecrets(text, secrets)
}

/** The parser's own complaints, said in our words. */
function messageOf(fault: Error): string {
  if (fault.name !== 'CACError') return fault.message
  const unknown = /^Unknown option `(.+)`$/.exec(fault.message)
  if (unknown) return `unknown option ${unknown[1]}; add --help for the command's options`
  const unused = /^Unused args: (.+)$/.exec(fault.message)
  if (unused) return `unexpected ${unused[1]!.replaceAll('`', "'")}; values belong to options, such as --count 100`
  return fault.message.replaceAll('`', "'")
}

function isRefusal(fault: Error): boolean {
  return fault.name === 'CACError' || ('code' in fault && REFUSALS.has(fault.code))
}

function isOurs(fault: Error): boolean {
  return fault.name === 'CACError' || fault.name === 'MingleError'
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').trim()
}

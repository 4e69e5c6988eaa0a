import { packageRoot } from '../installation/index.ts'
import { dashed } from './options/arguments.ts'

/** What may hold a secret that no error must show: the arguments, the environment's URL and whatever `keepSecret` was told. */
const secrets: string[] = [
  ...process.argv.slice(2).flatMap((argument) => [argument, argument.slice(argument.indexOf('=') + 1)]),
  process.env.DATABASE_URL ?? '',
]

/** What a machine lacks, or somebody took away, in the middle of work: nothing that the program could have known. */
const OF_THE_MACHINE: Readonly<Record<string, string>> = {
  ENOSPC: 'make room there, and try again',
  EDQUOT: 'make room there, and try again',
  EFBIG: 'the file system takes no file as large as that; name another place',
  EIO: 'the disk does not answer; look at it, and try again',
  EMFILE: 'too many files are open; raise the limit (ulimit -n), and try again',
  ENFILE: 'too many files are open on this machine; try again later',
  EACCES: 'see that it is yours to use, and try again',
  EPERM: 'see that it is yours to use, and try again',
  EROFS: 'the file system is read-only; name another place',
  ENOENT: 'see what became of it, and try again',
  EEXIST: 'another has that name; see what it is, and try again',
  EISDIR: 'it is a folder; see what it is for, and try again',
  ESTALE: 'the share it lies on was mounted anew; try again',
  ENOTDIR: 'a part of the path is a file; name another place',
}

/** Codes of what is refused before anything is done: what a command says, or a server that it names and that never answered. */
const REFUSALS: ReadonlySet<unknown> = new Set([
  'BAD_INPUT',
  'ENGINE_DIFFERS',
  'NOT_HERE',
  'NO_BROKER',
  'NO_STORE',
  'RUN_EXISTS',
])

/** Tells of a URL that came from elsewhere. */
export function keepSecret(url: string): void {
  secrets.push(url)
}

/** Errors that say how to go on; of others the same command goes on, or began as if it had not. */
const advised = new WeakSet<Error>()

/** Adds how to go on. @param advice as it follows the message */
export function withAdvice<E extends Error>(error: E, advice: string): E {
  error.message += advice
  advised.add(error)
  return error
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
  if ('code' in fault && fault.code === 'DISK_FULL' && !advised.has(fault)) {
    return `${fault.message}, then the same command again`
  }
  const advice = ofTheMachine(fault)
  if (advice !== undefined) return `${fault.message}; ${advice}`
  if (fault.name !== 'CACError') return fault.message
  const unknown = /^Unknown option `(.+)`$/.exec(fault.message)
  if (unknown) return `unknown option ${dashed(unknown[1]!)}; add --help for the command's options`
  const unused = /^Unused args: (.+)$/.exec(fault.message)
  if (unused) return `unexpected ${unused[1]!.replaceAll('`', "'")}; values belong to options, such as --count 100`
  return fault.message.replaceAll('`', "'")
}

function isRefusal(fault: Error): boolean {
  return fault.name === 'CACError' || ('code' in fault && REFUSALS.has(fault.code))
}

function isOurs(fault: Error): boolean {
  return fault.name === 'CACError' || fault.name === 'MingleError' || ofTheMachine(fault) !== undefined
}

/** What to do about a file or a folder that the machine refused; undefined for all else. */
function ofTheMachine(fault: Error): string | undefined {
  const { code, syscall, path } = fault as NodeJS.ErrnoException
  // A file that the package itself lacks is no matter of the user's.
  if (path?.startsWith(packageRoot())) return undefined
  const isFile = syscall !== undefined && (path !== undefined || /^(write|fsync|fdatasync|ftruncate)$/.test(syscall))
  return isFile && code !== undefined ? OF_THE_MACHINE[code] : undefined
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').trim()
}

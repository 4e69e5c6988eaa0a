/**
 * Prints an error as one clear line on stderr (with its stack when `debug`) and returns the exit code: 2 for input that
 * was refused, 1 for a failure.
 */
export function reportFailure(error: unknown, debug: boolean): number {
  const fault = error instanceof Error ? error : new Error(String(error))
  console.error(`mingle: ${oneLine(messageOf(fault))}`)
  if (debug) console.error(fault.stack ?? '(no stack)')
  else if (!isOurs(fault)) console.error('mingle: this was not expected; --debug shows where it happened')
  return isRefusal(fault) ? 2 : 1
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
  return fault.name === 'CACError' || ('code' in fault && fault.code === 'BAD_INPUT')
}

function isOurs(fault: Error): boolean {
  return fault.name === 'CACError' || fault.name === 'MingleError'
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').trim()
}

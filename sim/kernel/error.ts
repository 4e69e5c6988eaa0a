/**
 * The root of every error this project throws on purpose. `code` says which kind it is: `BAD_INPUT` is the caller's
 * to mend (the command line ends with exit code 2), any other is a failure (exit code 1). The message says what was
 * given, what was expected and what to do.
 */
export class MingleError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'MingleError'
    this.code = code
  }
}

/** A `MingleError` of code `BAD_INPUT`. */
export function badInput(message: string): MingleError {
  return new MingleError('BAD_INPUT', message)
}

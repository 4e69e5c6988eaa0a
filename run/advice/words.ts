/** A word as a shell takes it. */
export function quoted(word: string): string {
  return /^[\w./-][\w./:=@%+,-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** An option and its value as a shell, and our own command line, take them: a value may begin with a dash. */
export function optionWords(option: string, value: string): string {
  return value.startsWith('-') ? `${option}=${quoted(value)}` : `${option} ${quoted(value)}`
}

/** The option that names a run. */
export function seedWords(seed: string): string {
  return optionWords('--run-seed', seed)
}

export const DEFAULT_URL = 'file:./mingle.db'

/**
 * The option that names a database, with a space before it; none for the default one. A password is never printed.
 *
 * @param redacted the URL with its password as `***`
 */
export function databaseWords(redacted: string): string {
  if (redacted === DEFAULT_URL) return ''
  return ` --database-url ${redacted.includes('***') ? '"$DATABASE_URL"' : quoted(redacted)}`
}

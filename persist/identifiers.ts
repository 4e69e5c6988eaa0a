export type Dialect = 'sqlite' | 'postgresql' | 'mysql'

/** A name of a table, column or schema as a statement takes it, whatever characters it has. */
export function quoted(name: string, dialect: Dialect = 'sqlite'): string {
  return dialect === 'mysql' ? `\`${name.replaceAll('`', '``')}\`` : `"${name.replaceAll('"', '""')}"`
}

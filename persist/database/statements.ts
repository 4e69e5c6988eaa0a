import type { Dialect } from '../identifiers.ts'

/** A database that takes statements. Placeholders are its own. */
export interface SqlPlace {
  readonly dialect: Dialect
  query(sql: string, values?: readonly unknown[]): Promise<unknown[][]>
  execute(sql: string, values?: readonly unknown[]): Promise<void>
}

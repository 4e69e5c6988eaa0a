import type { TableShape } from '../batch.ts'
import type { Backend } from '../database/backend.ts'
import type { Model } from './metadata.ts'

/** A backend that also takes statements: what a mapping needs beyond the contract. Placeholders are the database's own. */
export interface SqlBackend extends Backend {
  readonly dialect: Dialect
  query(sql: string, values?: readonly unknown[]): Promise<unknown[][]>
  execute(sql: string, values?: readonly unknown[]): Promise<void>
}

export type Dialect = 'sqlite' | 'postgresql'

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function tableOf({
  schema,
  table,
}: Pick<TableShape, 'table'> & { readonly schema?: string | null | undefined }): string {
  return schema ? `${quoted(schema)}.${quoted(table)}` : quoted(table)
}

export function modelTable(model: Model): string {
  return tableOf(model)
}

/** Builds one statement: values become placeholders. */
export class Statement {
  readonly values: unknown[] = []
  readonly dialect: Dialect

  constructor(dialect: Dialect) {
    this.dialect = dialect
  }

  /** A placeholder for a value. */
  value(value: unknown): string {
    this.values.push(value)
    return this.dialect === 'sqlite' ? '?' : `$${this.values.length}`
  }

  /** A column as text: PostgreSQL's own spelling, before a driver has ideas about it. */
  asText(column: string): string {
    return this.dialect === 'sqlite' ? quoted(column) : `${quoted(column)}::text`
  }
}

/** Columns of a table as the database has them; none when there is no such table. */
export async function liveColumns(backend: SqlBackend, model: Model): Promise<Set<string>> {
  const rows =
    backend.dialect === 'sqlite'
      ? await backend.query('SELECT name FROM pragma_table_info(?)', [model.table])
      : await backend.query(
          'SELECT column_name FROM information_schema.columns WHERE table_schema = coalesce($1, current_schema()) AND table_name = $2',
          [model.schema, model.table],
        )
  return new Set(rows.map(([name]) => String(name)))
}

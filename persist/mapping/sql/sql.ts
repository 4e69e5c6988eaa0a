import type { ColumnKind, TableShape } from '../../batch.ts'
import type { Backend } from '../../database/backend.ts'
import { type Dialect, quoted } from '../../identifiers.ts'
import type { Model } from '../metadata/metadata.ts'
import type { PlannedColumn } from '../plan/plan.ts'

export { type Dialect, quoted }

/** A backend that also takes statements: what a mapping needs beyond the contract. Placeholders are the database's own. */
export interface SqlBackend extends Backend {
  readonly dialect: Dialect
  query(sql: string, values?: readonly unknown[]): Promise<unknown[][]>
  /** @param again the same statement, for when the connection broke and nobody knows whether it was carried out */
  execute(sql: string, values?: readonly unknown[], again?: string): Promise<void>
  /** Rows that a statement should have of a reference table's facts, where the database is treated gently. */
  rowsAtOnce?(table: string): number
}

/** A schema of MySQL is a database. */
export function tableOf(
  { schema, table }: Pick<TableShape, 'table'> & { readonly schema?: string | null | undefined },
  dialect: Dialect,
): string {
  return schema ? `${quoted(schema, dialect)}.${quoted(table, dialect)}` : quoted(table, dialect)
}

export function modelTable(model: Model, dialect: Dialect): string {
  return tableOf(model, dialect)
}

/** Values of one statement: what every database takes, with room to spare. */
export const VALUES_PER_STATEMENT = 30_000

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
    return this.dialect === 'postgresql' ? `$${this.values.length}` : '?'
  }

  /** A placeholder for a value of a column. @param value as a batch has it */
  valueOf(column: Pick<PlannedColumn, 'kind' | 'bytes'>, value: string | number | null): string {
    const placeholder = this.value(written(this.dialect, column.kind, value))
    return column.bytes && value !== null ? `unhex(${placeholder})` : placeholder
  }

  name(column: string): string {
    return quoted(column, this.dialect)
  }
}

/** A value of a batch as a parameter of a statement. */
export function written(dialect: Dialect, kind: ColumnKind, value: string | number | null): string | number | null {
  if (value === null || (typeof value === 'number' && Number.isNaN(value))) return null
  if (kind === 'time') {
    const iso = new Date(value).toISOString()
    // SQLite: as Prisma's own adapter writes it, so that the site's comparisons hold.
    return dialect === 'mysql' ? iso.slice(0, 23).replace('T', ' ') : iso.replace('Z', '+00:00')
  }
  return kind === 'date' && dialect === 'sqlite' ? `${value}T00:00:00.000+00:00` : value
}

/** A column as the database itself spells it, before a driver or a session has ideas about it. */
export function readable(dialect: Dialect, { field, kind, bytes }: PlannedColumn, name: string): string {
  const native = field.native?.[0]
  if (dialect === 'postgresql') return native === 'Timestamptz' ? `(${name} AT TIME ZONE 'UTC')::text` : `${name}::text`
  // An adapter makes text of whatever a column declared as a time holds.
  if (dialect === 'sqlite' && kind === 'int' && field.type === 'DateTime') return `(${name} + 0)`
  if (dialect === 'sqlite') return bytes ? `CASE WHEN ${name} IS NOT NULL THEN lower(hex(${name})) END` : name
  if (bytes) return `lower(hex(${name}))`
  if (kind === 'json') return `CAST(${name} AS CHAR)`
  // Single-precision numbers are rounded to six digits when they are spelled, and bits come as bytes.
  return native === 'Float' || native === 'Bit' ? `(${name} + 0e0)` : name
}

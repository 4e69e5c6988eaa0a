import { LEDGER } from '../../ledger/tables.ts'
import { migrations } from '../../migrate/folder.ts'
import { SEED_JOBS } from '../../rows/derived.ts'
import { findField, type Metadata, type Model } from '../metadata/metadata.ts'
import { quoted } from '../sql/sql.ts'

const TYPES: Readonly<Record<string, string>> = {
  Int: 'INTEGER',
  BigInt: 'BIGINT',
  Boolean: 'BOOLEAN',
  DateTime: 'DATETIME',
  Float: 'REAL',
  Decimal: 'DECIMAL',
  Json: 'JSONB',
  Bytes: 'BLOB',
}

/**
 * A schema as SQLite would have it: no types that another database has alone, and one file for all its schemas, whose tables are
 * called as reports call them.
 */
export function inSqlite(metadata: Metadata): Metadata {
  const models = metadata.models.map((model) => ({
    ...model,
    table: model.schema === null ? model.table : `${model.schema}.${model.table}`,
    schema: null,
    fields: model.fields.map((field) => ({ ...field, native: null })),
  }))
  return { ...metadata, provider: 'sqlite', models }
}

/** Statements that make the ledger's tables, and those of models with their keys and uniques alone: nothing refers to anything. */
export function tablesOf(models: readonly Model[]): string[] {
  const ledger = new Set<string>([...Object.values(LEDGER), SEED_JOBS].map(({ table }) => table))
  const own = models.filter(({ table, view }) => !view && !ledger.has(table))
  return [...ledgerTables(), ...own.map(tableOf)]
}

function ledgerTables(): string[] {
  return migrations('sqlite')
    .flatMap(({ sql }) => sql.replaceAll(/^--.*$/gm, '').split(/;\s*\n/))
    .filter((statement) => /^\s*CREATE (?:TABLE|(?:UNIQUE )?INDEX "\w+" ON) "seed_/.test(statement))
}

function tableOf(model: Model): string {
  const { table, fields, primaryKey, uniques } = model
  const counted = fields.find(({ default: by, name }) => by === 'autoincrement' && primaryKey.join() === name)
  const column = (name: string) => quoted(findField(model, name)!.column)
  const list = (names: readonly string[]) => names.map(column).join(', ')
  const lines = fields.map((field) =>
    field === counted
      ? `${quoted(field.column)} INTEGER PRIMARY KEY AUTOINCREMENT`
      : `${quoted(field.column)} ${field.list ? 'TEXT' : (TYPES[field.type] ?? 'TEXT')}`,
  )
  if (!counted && primaryKey.length > 0) lines.push(`PRIMARY KEY (${list(primaryKey)})`)
  for (const unique of uniques) lines.push(`UNIQUE (${list(unique)})`)
  return `CREATE TABLE ${quoted(table)} (${lines.join(', ')})`
}

import { rmSync } from 'node:fs'
import Database from 'libsql'
import {
  checkPlan,
  ledgerModels,
  type Metadata,
  type MingleConfig,
  type Model,
  openStore,
  type Plan,
  planMapping,
  problemText,
  type RunStore,
  validateMapped,
} from '../../../persist/index.ts'
import { LEDGER } from '../../../persist/ledger/tables.ts'
import { migrationSql } from '../../../persist/migrate/make.ts'
import { mysqlSql } from '../../../persist/migrate/mysql-schema.ts'
import { configFromSettings, startRun } from '../../../run/index.ts'

type Provider = 'sqlite' | 'postgresql' | 'mysql'

const TYPES: Readonly<Record<Provider, Readonly<Record<string, string>>>> = {
  sqlite: {
    Int: 'INTEGER',
    BigInt: 'BIGINT',
    Boolean: 'BOOLEAN',
    DateTime: 'DATETIME',
    Float: 'REAL',
    Decimal: 'DECIMAL',
    Json: 'JSONB',
    Bytes: 'BLOB',
  },
  postgresql: {
    Int: 'INTEGER',
    BigInt: 'BIGINT',
    Boolean: 'BOOLEAN',
    DateTime: 'TIMESTAMP(3)',
    Float: 'DOUBLE PRECISION',
    Decimal: 'DECIMAL(65,30)',
    Json: 'JSONB',
    Bytes: 'BYTEA',
  },
  mysql: {
    Int: 'INTEGER',
    BigInt: 'BIGINT',
    Boolean: 'BOOLEAN',
    DateTime: 'DATETIME(3)',
    Float: 'DOUBLE',
    Decimal: 'DECIMAL(65,30)',
    Json: 'JSON',
    Bytes: 'LONGBLOB',
  },
}

/** The statements that make the tables of metadata (see `schema`), the ledger's first: what `prisma migrate` would do. */
export async function tablesOf(metadata: Metadata, provider: Provider = 'sqlite'): Promise<string[]> {
  const ledger = `datasource db {\n provider = "${provider}"\n}\n${ledgerModels(provider)}`
  const quoted = (sql: string) => (provider === 'mysql' ? sql.replaceAll('"', '`') : sql)
  const known = new Set<string>(Object.values(LEDGER).map(({ table }) => table))
  const models = metadata.models.filter(({ table }) => !known.has(table))
  return [
    ...(provider === 'mysql'
      ? statementsOf(await mysqlSql(null, ledger))
      : [await migrationSql(provider, null, ledger)]),
    ...models.map((model) => quoted(tableOf(model, provider))),
    ...(provider === 'sqlite'
      ? []
      : models.flatMap(foreignKeys).map((key) => deferred(quoted(key.statement), provider))),
  ]
}

function statementsOf(sql: string): string[] {
  return sql
    .replaceAll(/^--.*$/gm, '')
    .split(/;\n/)
    .filter((text) => text.trim() !== '')
}

function deferred(statement: string, provider: Provider): string {
  return provider === 'postgresql' ? `${statement} DEFERRABLE` : statement
}

function tableOf(model: Model, provider: Provider): string {
  const counted = model.fields.find(({ default: by }) => by === 'autoincrement')
  const inline = provider === 'sqlite' && counted !== undefined && model.primaryKey.join() === counted.name
  const column = (name: string) => `"${model.fields.find((field) => field.name === name)!.column}"`
  const isKey = (name: string) =>
    [model.primaryKey, ...model.uniques, ...model.relations.map(({ from }) => from)].some((of) => of.includes(name))
  const lines = model.fields.map((field) => {
    const { type, required, default: by, native, list } = field
    if (field === counted && inline) return `"${field.column}" INTEGER PRIMARY KEY AUTOINCREMENT`
    if (field === counted && provider === 'mysql')
      return `"${field.column}" ${TYPES.mysql[type]} NOT NULL AUTO_INCREMENT`
    if (field === counted && provider === 'postgresql')
      return `"${field.column}" ${type === 'BigInt' ? 'BIGSERIAL' : 'SERIAL'}`
    const own = provider !== 'sqlite' && native ? NATIVE[provider][native[0]!] : undefined
    const size = native && /Char$/.test(native[0]!) ? `VARCHAR(${native[1]})` : own
    const text = provider === 'mysql' ? 'VARCHAR(1000)' : 'TEXT'
    const short = provider === 'mysql' && (isKey(field.name) || by !== null) ? 'VARCHAR(191)' : undefined
    const kept = (size ?? TYPES[provider][type] ?? short ?? text) + (list ? '[]' : '')
    const now = provider === 'mysql' ? 'CURRENT_TIMESTAMP(3)' : 'CURRENT_TIMESTAMP'
    const filled = by === 'now' ? ` DEFAULT ${now}` : by === 'value' ? ` DEFAULT ${VALUES[type] ?? "'value'"}` : ''
    return `"${field.column}" ${kept}${required ? ' NOT NULL' : ''}${filled}`
  })
  if (!inline && model.primaryKey.length > 0) lines.push(`PRIMARY KEY (${model.primaryKey.map(column).join(', ')})`)
  for (const fields of model.uniques) lines.push(`UNIQUE (${fields.map(column).join(', ')})`)
  if (provider === 'sqlite') lines.push(...foreignKeys(model).map(({ clause }) => clause))
  const characters = provider === 'mysql' ? ' DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci' : ''
  return `CREATE TABLE "${model.table}" (${lines.join(', ')})${characters}`
}

const VALUES: Readonly<Record<string, string>> = { Int: '0', BigInt: '0', Boolean: 'false', Float: '0' }
const NATIVE: Readonly<Record<'postgresql' | 'mysql', Readonly<Record<string, string>>>> = {
  postgresql: { Real: 'REAL', Date: 'DATE', Uuid: 'UUID', Timestamptz: 'TIMESTAMPTZ(3)' },
  mysql: { Date: 'DATE' },
}

function foreignKeys({ table, relations }: Model): { clause: string; statement: string }[] {
  return relations
    .filter(({ from }) => from.length > 0)
    .map(({ from, to, model }) => {
      const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ')
      const clause = `FOREIGN KEY (${quoted(from)}) REFERENCES "${model}" (${quoted(to)})`
      return { clause, statement: `ALTER TABLE "${table}" ADD ${clause}` }
    })
}

/** The plan of a mapping in which check finds nothing. */
export function soundPlan(metadata: Metadata, map: MingleConfig['map']): Plan {
  const plan = planMapping({ schema: '.', map }, metadata)
  const problems = [...plan.problems, ...checkPlan(plan)]
  if (problems.length > 0) throw new Error(problems.map(problemText).join('\n'))
  return plan
}

/** A new SQLite file with the tables of metadata and rows of the site's own. */
export async function siteFile(file: string, metadata: Metadata, rows: readonly string[] = []): Promise<void> {
  rmSync(file, { force: true })
  const db = new Database(file)
  for (const sql of await tablesOf(metadata)) db.exec(sql)
  for (const sql of rows) db.exec(sql)
  db.close()
}

/** Rows of a query on an SQLite file, as objects. */
export function ask(file: string, sql: string): Record<string, unknown>[] {
  const db = new Database(file)
  try {
    return db.prepare(sql).all() as Record<string, unknown>[]
  } finally {
    db.close()
  }
}

export interface Attached {
  readonly file: string
  readonly plan: Plan
  readonly store: RunStore
  readonly runId: number
}

/** A short run of a few people through a mapping, verified. */
export async function attached(
  file: string,
  metadata: Metadata,
  map: MingleConfig['map'],
  { rows = [], count = 60, days = 4, seed = 'site', gently = false }: Settings = {},
): Promise<Attached> {
  const plan = soundPlan(metadata, map)
  await siteFile(file, metadata, rows)
  const writer = gently ? ({ writer: 'prisma', batchSize: 100, pauseMs: 0 } as const) : {}
  const store = await openStore(`file:${file}`, { mapping: plan, intoExisting: true, ...writer })
  const config = configFromSettings({ seed, count })
  await startRun(store, config, days, { workers: 0 })
  const run = (await store.findRun(seed))!
  return { file, plan, store, runId: run.id }
}

interface Settings {
  readonly rows?: readonly string[]
  readonly count?: number
  readonly days?: number
  readonly seed?: string
  readonly gently?: boolean
}

/** Verify's verdict, and validate's checks that failed. */
export async function verdict({ store, runId, file, plan }: Attached) {
  const { difference } = await store.verify(runId)
  await store.close()
  const { checks, unchecked } = await validateMapped(`file:${file}`, plan)
  return { difference, failed: checks.filter(({ ok }) => !ok).map(({ name }) => name), unchecked }
}

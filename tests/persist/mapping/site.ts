import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { packageRoot } from '../../../installation/index.ts'
import { type LoadedMapping, loadMapping, type Metadata, type Plan, planMapping } from '../../../persist/index.ts'
import { migrationSql } from '../../../persist/migrate/make.ts'
import type { startMariadb } from '../servers/mariadb-server.ts'
import { query } from '../servers/postgres-server.ts'

export const SCHEMAS = join(packageRoot(), 'tests', 'fixtures', 'schemas')

export type Mariadb = Awaited<ReturnType<typeof startMariadb>>

/** A fixture's configuration, planned. */
export function fixture(name: string): Promise<LoadedMapping> {
  return loadMapping(join(SCHEMAS, name, 'mingle.config.ts'))
}

/** The same on SQLite or PostgreSQL, whichever it was not made for: without what the other knows alone. */
export async function planOn(provider: 'sqlite' | 'postgresql', name: string): Promise<Plan> {
  const { config, plan } = await fixture(name)
  if (plan.metadata.provider === provider) return plan
  const models = plan.metadata.models.map((model) => ({
    ...model,
    schema: null,
    fields: model.fields.map((field) => ({ ...field, native: null })),
  }))
  return planMapping(config, { ...plan.metadata, provider, models } satisfies Metadata)
}

/** The SQL that makes a fixture's tables in an empty database: the whole schema, be it one file or a folder. */
export async function tablesSql(provider: 'sqlite' | 'postgresql', name: string): Promise<string> {
  // The engine loses quotes within names.
  const text = schemaOf(join(SCHEMAS, name)).replaceAll('\\"', '¶')
  if (text.includes(`provider = "${provider}"`)) return (await migrationSql(provider, null, text)).replaceAll('¶', '""')
  const plain = text
    .replace(/provider = "(sqlite|postgresql)"/, `provider = "${provider}"`)
    .replaceAll(/^ *schemas +=.*$| @db\.\w+(\([\d, ]+\))?|^ *@@schema\(.*$/gm, '')
  return migrationSql(provider, null, plain)
}

function schemaOf(path: string): string {
  if (statSync(path).isFile()) return readFileSync(path, 'utf8')
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.prisma'))
  return files
    .sort()
    .map((file) => readFileSync(join(path, file), 'utf8'))
    .join('\n')
}

/** Lookup rows that the sites had before. */
export const HOBBIES = ['Hiking', 'Yoga', 'Running', 'Camping']

const SNAKE_ROWS = [
  "INSERT INTO sexes VALUES (10, 'female'), (20, 'male'), (30, 'other')",
  "INSERT INTO tags (tag_no, label, origin) VALUES (7, 'Hiking', 'site'), (900, 'knitting by moonlight', 'site')",
]

/** An SQLite file with the tables of `snake`, its lookup rows, and rows of the site's own. */
export async function prepareSnake(file: string): Promise<void> {
  await fillFile(file, await tablesSql('sqlite', 'snake'), SNAKE_ROWS)
}

/** The tables of `swipes` in an empty PostgreSQL database. */
export async function prepareSwipes(url: string): Promise<void> {
  await query(url, await tablesSql('postgresql', 'swipes'))
  for (const name of HOBBIES) await query(url, `INSERT INTO people."Hobby" VALUES (gen_random_uuid(), '${name}')`)
}

/** An SQLite file with the tables of a fixture. */
export async function prepareFile(file: string, name: string): Promise<void> {
  if (name === 'snake') return prepareSnake(file)
  if (name === 'weird') return fillFile(file, await tablesSql('sqlite', name), [])
  const hobbies = HOBBIES.map((hobby) => `INSERT INTO "Hobby" VALUES ('the site''s ${hobby}', '${hobby}')`)
  await fillFile(file, await tablesSql('sqlite', name), hobbies)
}

/** The tables of a fixture in an empty PostgreSQL database. */
export async function preparePostgres(url: string, name: string): Promise<void> {
  if (name === 'swipes') return prepareSwipes(url)
  await query(url, await tablesSql('postgresql', name))
  for (const row of SNAKE_ROWS) await query(url, row)
}

/** The tables of `snake-mysql` or `swipes-mysql` in an empty database of MariaDB. */
export async function prepareMariadb(server: Mariadb, database: string, name: string): Promise<void> {
  const tables = readFileSync(join(SCHEMAS, name, 'tables.sql'), 'utf8')
  // In lower case: to the database it is the same word.
  const hobbies = HOBBIES.map((hobby) => `INSERT INTO Hobby VALUES (uuid(), '${hobby.toLowerCase()}')`)
  for (const sql of [...tables.split(/;\n/), ...(name === 'snake-mysql' ? SNAKE_ROWS : hobbies)]) {
    if (/^\s*\w/.test(sql.replaceAll(/^--.*$/gm, ''))) await server.query(database, sql)
  }
}

async function fillFile(file: string, tables: string, rows: readonly string[]): Promise<void> {
  const db = new Database(file)
  db.exec(tables)
  for (const row of rows) db.exec(row)
  db.close()
}

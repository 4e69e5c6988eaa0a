import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { type LoadedMapping, loadMapping } from '../../../persist/index.ts'
import { migrationSql } from '../../../persist/migrate/make.ts'
import { query } from '../postgres-server.ts'

export const SCHEMAS = join(import.meta.dirname, '../../fixtures/schemas')

/** A fixture's configuration, planned. */
export function fixture(name: string): Promise<LoadedMapping> {
  return loadMapping(join(SCHEMAS, name, 'mingle.config.ts'))
}

/** The SQL that makes a fixture's tables in an empty database: the whole schema, be it one file or a folder. */
export async function tablesSql(provider: 'sqlite' | 'postgresql', name: string): Promise<string> {
  return migrationSql(provider, null, schemaOf(join(SCHEMAS, name)))
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

/** An SQLite file with the tables of `snake`, its lookup rows, and rows of the site's own. */
export async function prepareSnake(file: string): Promise<void> {
  const db = new Database(file)
  db.exec(await tablesSql('sqlite', 'snake'))
  db.exec(`
    INSERT INTO sexes VALUES (10, 'female'), (20, 'male'), (30, 'other');
    INSERT INTO tags (tag_no, label, origin) VALUES (7, 'Hiking', 'site'), (900, 'knitting by moonlight', 'site');`)
  db.close()
}

/** The tables of `swipes` in an empty PostgreSQL database. */
export async function prepareSwipes(url: string): Promise<void> {
  await query(url, await tablesSql('postgresql', 'swipes'))
  for (const name of HOBBIES) await query(url, `INSERT INTO people."Hobby" VALUES (gen_random_uuid(), '${name}')`)
}

import { badInput } from '../../../sim/kernel/index.ts'
import { PROVIDERS, type Provider } from '../../migrate/folder.ts'
import { ledgerModels } from '../metadata/ledger-models.ts'
import { findPrismaSchema, type PrismaSchema } from './site/prisma-schema.ts'

export interface SchemaSqlOptions {
  /** The Prisma schema, a file or a folder; by default where Prisma looks from the current folder. */
  readonly schema?: string
  /** The schema as the database has it already; by default the database is empty. */
  readonly since?: string
}

/**
 * The SQL that makes the tables of a Prisma schema, as `prisma migrate diff` has it, by Prisma's own engine in WebAssembly:
 * nothing is downloaded, and no database is asked. That of MySQL and MariaDB is translated from PostgreSQL's.
 * @throws MingleError BAD_INPUT when there is no such schema, or the engine refuses it
 */
export async function schemaSql({ schema, since }: SchemaSqlOptions = {}): Promise<string> {
  const to = findPrismaSchema(process.cwd(), schema)
  const provider = providerOf(to)
  const from = since === undefined ? null : findPrismaSchema(process.cwd(), since)
  try {
    return await sqlOf(provider, from && withoutUrls(from), withoutUrls(to))
  } catch (error) {
    throw badInput(`Prisma's engine cannot read ${to.path}: ${(error as Error).message}`)
  }
}

/** The SQL that makes the ledger's tables in the database of a schema. @throws MingleError BAD_INPUT when there is no such schema */
export async function ledgerSql(project: string, schema?: string): Promise<string> {
  const site = findPrismaSchema(project, schema)
  const provider = providerOf(site)
  const place = ledgersPlace(site)
  const schemas = place === null ? '' : `  schemas  = ["${place}"]\n`
  const ledger = `datasource db {\n  provider = "${provider}"\n${schemas}}\n${ledgerModels(provider, place)}`
  return sqlOf(provider, null, ledger)
}

function providerOf({ provider }: PrismaSchema): Provider {
  if (PROVIDERS.includes(provider as Provider)) return provider as Provider
  throw badInput(`Mingle fills SQLite, PostgreSQL, MySQL and MariaDB; the schema's provider is '${provider}'`)
}

/** The PostgreSQL schema of the ledger's tables, where a site has several. */
export function ledgersPlace({ schemas }: PrismaSchema): string | null {
  if (schemas.length === 0) return null
  return schemas.includes('public') ? 'public' : schemas[0]!
}

async function sqlOf(provider: Provider, from: string | null, to: string): Promise<string> {
  if (provider === 'mysql') return (await import('../../migrate/mysql-schema.ts')).mysqlSql(from, to)
  return (await import('../../migrate/diff.ts')).migrationSql(provider, from, to)
}

/** Prisma 7 refuses the URLs that schemas of Prisma 5 and 6 hold. */
function withoutUrls({ text }: PrismaSchema): string {
  return text.replace(/^\s*datasource\s+\w+\s*\{[\s\S]*?^\s*\}/m, (block) =>
    block.replaceAll(/^\s*(url|directUrl|shadowDatabaseUrl)\s*=.*$/gm, ''),
  )
}

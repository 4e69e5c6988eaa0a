import { badInput } from '../../../sim/kernel/index.ts'
import { findPrismaSchema, type PrismaSchema } from './prisma-schema.ts'

export interface SchemaSqlOptions {
  /** The Prisma schema, a file or a folder; by default where Prisma looks from the current folder. */
  readonly schema?: string
  /** The schema as the database has it already; by default the database is empty. */
  readonly since?: string
}

/**
 * The SQL that makes the tables of a Prisma schema of SQLite or PostgreSQL, as `prisma migrate diff` has it, by Prisma's own
 * engine in WebAssembly: nothing is downloaded, and no database is asked.
 * @throws MingleError BAD_INPUT when there is no such schema, or the engine refuses it
 */
export async function schemaSql({ schema, since }: SchemaSqlOptions = {}): Promise<string> {
  const to = findPrismaSchema(process.cwd(), schema)
  const { provider } = to
  if (provider !== 'sqlite' && provider !== 'postgresql') {
    throw badInput(`Prisma's engine in WebAssembly knows SQLite and PostgreSQL; the schema's provider is '${provider}'`)
  }
  const from = since === undefined ? null : findPrismaSchema(process.cwd(), since)
  const { migrationSql } = await import('../../migrate/diff.ts')
  try {
    return await migrationSql(provider, from && withoutUrls(from), withoutUrls(to))
  } catch (error) {
    throw badInput(`Prisma's engine cannot read ${to.path}: ${(error as Error).message}`)
  }
}

/** Prisma 7 refuses the URLs that schemas of Prisma 5 and 6 hold. */
function withoutUrls({ text }: PrismaSchema): string {
  return text.replace(/^\s*datasource\s+\w+\s*\{[\s\S]*?^\s*\}/m, (block) =>
    block.replaceAll(/^\s*(url|directUrl|shadowDatabaseUrl)\s*=.*$/gm, ''),
  )
}

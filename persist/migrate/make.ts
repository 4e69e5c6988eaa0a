/**
 * `npm run migrate:make -- <name> [--since <folder of the former schemas>]` writes one migration per provider, without
 * any server: from nothing, or from the schemas as they were. Review the SQL before committing it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { absentPostgres, mysqlFromPostgres } from './dialect.ts'
import { type DiffTarget, NO_FILTER, startSchemaEngine } from './engine.ts'
import { lockfile, PROVIDERS, type Provider, schemaFolder, schemaText } from './folder.ts'

/** SQL from one schema to another; `from` null is the empty database. */
export async function migrationSql(provider: Provider, from: string | null, to: string): Promise<string> {
  if (provider === 'mysql') {
    const [before, after] = [from, to].map((text) => text && asPostgres(text))
    return mysqlFromPostgres(await migrationSql('postgresql', before ?? null, after!))
  }
  const factory = provider === 'sqlite' ? new PrismaLibSql({ url: ':memory:' }) : absentPostgres()
  const engine = await startSchemaEngine(factory, to)
  const target = (content: string): DiffTarget => ({
    tag: 'schemaDatamodel',
    files: [{ path: 'schema.prisma', content }],
  })
  const source: DiffTarget = from === null ? { tag: 'empty' } : target(from)
  const result = await engine.diff({ from: source, to: target(to), script: true, exitCode: null, filters: NO_FILTER })
  engine.free()
  return result.stdout ?? ''
}

/** MySQL's schema in PostgreSQL's words, a plain `String` being VARCHAR(191) as Prisma makes it on MySQL. */
function asPostgres(schema: string): string {
  return schema
    .replace('provider = "mysql"', 'provider = "postgresql"')
    .replaceAll(/^( {2}\w+ +String\??(?!.*@db\.).*)$/gm, '$1 @db.VarChar(191)')
}

async function make(name: string, since: string | null): Promise<void> {
  const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  for (const provider of PROVIDERS) {
    const before = since === null ? null : readFileSync(join(since, provider, 'schema.prisma'), 'utf8')
    const sql = await migrationSql(provider, before, schemaText(provider))
    const folder = join(schemaFolder(provider), 'migrations', `${stamp}_${name}`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'migration.sql'), sql)
    writeFileSync(join(folder, '..', 'migration_lock.toml'), lockfile(provider))
    console.log(join(folder, 'migration.sql'))
  }
}

const [name, flag, since] = process.argv.slice(2)
if (process.argv[1]?.endsWith('make.js') && name) await make(name, flag === '--since' && since ? since : null)

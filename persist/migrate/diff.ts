import { PrismaLibSql } from '@prisma/adapter-libsql'
import { absentPostgres, mysqlFromPostgres } from './dialect.ts'
import { type DiffTarget, NO_FILTER, startSchemaEngine } from './engine.ts'
import type { Provider } from './folder.ts'

/** SQL from one schema to another; `from` null is the empty database. */
export async function migrationSql(provider: Provider, from: string | null, to: string): Promise<string> {
  if (provider === 'mysql') {
    const [before, after] = [from, to].map((text) => text && asPostgres(text))
    const tables = Array.from((from ?? '').matchAll(/@@map\("(\w+)"\)/g), ([, table]) => table!)
    return mysqlFromPostgres(await migrationSql('postgresql', before ?? null, after!), tables)
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

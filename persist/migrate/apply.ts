import { createHash, randomUUID } from 'node:crypto'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import { NO_FILTER, startSchemaEngine } from './engine.ts'
import { migrationList, migrations, type Provider } from './folder.ts'

/**
 * Applies the committed migrations that a database lacks, by Prisma's own engine: `prisma migrate status` and `deploy`
 * agree afterwards.
 *
 * @param where how to call the database in an error
 * @returns names of the migrations that were applied
 * @throws MingleError BAD_INPUT when the database holds tables that no migration of ours made
 */
export async function migrate(
  provider: Provider,
  factory: SqlMigrationAwareDriverAdapterFactory,
  where: string,
): Promise<string[]> {
  const engine = await startSchemaEngine(factory)
  const migrationsList = migrationList(provider)
  try {
    const apply = () => engine.applyMigrations({ migrationsList, filters: NO_FILTER })
    const { appliedMigrationNames } = await apply().catch(async (error) => {
      if (!/P3009|failed migration/i.test(`${error?.code} ${error?.message}`)) throw error
      // A killed process left a migration half-way: it was undone with its connection, its record was not.
      const { failedMigrationNames } = await engine.diagnoseMigrationHistory({
        migrationsList,
        optInToShadowDatabase: false,
        filters: NO_FILTER,
      })
      for (const migrationName of failedMigrationNames) await engine.markMigrationRolledBack({ migrationName })
      return apply()
    })
    return appliedMigrationNames
  } catch (error) {
    throw explained(error, where)
  } finally {
    engine.free()
  }
}

function explained(error: unknown, where: string): MingleError {
  const { code, message } = error as { code?: string; message?: string }
  const text = message ?? String(error)
  if (code === 'P3005' || /not empty/i.test(text)) {
    return badInput(
      `${where} holds tables that Mingle did not make; name an empty database, or map Mingle onto yours ('mingle init')`,
    )
  }
  return new MingleError('MIGRATION_FAILED', `cannot bring the tables of ${where} up to date: ${text}`)
}

/** What applying plain SQL takes of a client. */
interface RawClient {
  $queryRawUnsafe<T>(sql: string, ...values: unknown[]): PromiseLike<T>
  $executeRawUnsafe(sql: string, ...values: unknown[]): PromiseLike<number>
}

/** As Prisma's own engine creates it on MySQL. */
const MYSQL_MIGRATIONS = `CREATE TABLE _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at DATETIME(3),
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at DATETIME(3),
  started_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3), applied_steps_count INTEGER UNSIGNED NOT NULL DEFAULT 0
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`

/**
 * The same for MySQL and MariaDB, which the engine in WebAssembly does not know: the committed SQL is executed and
 * recorded as the engine would record it.
 */
export async function migrateMysql(client: RawClient, where: string): Promise<string[]> {
  const tables = await client.$queryRawUnsafe<{ name: string }[]>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = database()',
  )
  const names = tables.map(({ name }) => name)
  if (!names.includes('_prisma_migrations')) {
    if (names.length > 0) throw explained({ code: 'P3005' }, where)
    await client.$executeRawUnsafe(MYSQL_MIGRATIONS)
  }
  const rows = await client.$queryRawUnsafe<{ name: string }[]>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL',
  )
  const applied: string[] = []
  for (const { name, sql } of migrations('mysql')) {
    if (rows.some((row) => row.name === name)) continue
    for (const statement of sql.split(/;\n/)) {
      if (/^\s*(?:--[^\n]*\n\s*)*\S/.test(statement.replaceAll(/^--.*$/gm, '')))
        await client.$executeRawUnsafe(statement)
    }
    await client.$executeRawUnsafe(
      'INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) VALUES (?, ?, now(3), ?, 1)',
      randomUUID(),
      createHash('sha256').update(sql).digest('hex'),
      name,
    )
    applied.push(name)
  }
  return applied
}

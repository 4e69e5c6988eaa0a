import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import { NO_FILTER, startSchemaEngine } from './engine.ts'
import { migrationList, type Provider } from './folder.ts'

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
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrationList(provider),
      filters: NO_FILTER,
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

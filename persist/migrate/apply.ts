import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import { type AtomicFactory, atomically } from './atomic.ts'
import { NO_FILTER, type SchemaEngine, startSchemaEngine } from './engine.ts'
import { type Migration, migrationList, migrations, type Provider } from './folder.ts'
import { type Left, RECORDS, refuseOccupied } from './occupied.ts'

/** Enough for another process that migrates at the same time, without a lock between the two (SQLite). */
const ATTEMPTS = 3

/**
 * Applies the committed migrations that a database lacks, by Prisma's own engine: `prisma migrate status` and `deploy`
 * agree afterwards. Whoever is cut off leaves a migration undone as a whole, which the next call begins anew.
 *
 * @param adapters of connections that are used for nothing else: they are closed here
 * @param where how to call the database in an error
 * @returns names of the migrations that were applied
 * @throws MingleError BAD_INPUT when the database holds tables or migrations that are not ours, or this user may make none;
 *   nothing was written then
 */
export async function migrate(
  provider: Provider,
  adapters: SqlMigrationAwareDriverAdapterFactory,
  where: string,
): Promise<string[]> {
  const atomic = atomically(provider, adapters)
  let engine: SchemaEngine | undefined
  try {
    const tables = await atomic.tables()
    // Without a record, the engine refuses tables by itself.
    if (tables.has(RECORDS)) refuseOccupied(provider, tables, await atomic.records())
    const refusal = tables.size === 0 ? await atomic.refusal() : null
    if (refusal !== null) throw badInput(`${where}: ${refusal}. Nothing was written`)
    engine = await startSchemaEngine(atomic.factory)
    const request = { migrationsList: migrationList(provider), filters: NO_FILTER }
    for (let attempt = 1; ; attempt++) {
      try {
        return (await engine.applyMigrations(request)).appliedMigrationNames
      } catch (error) {
        if (attempt === ATTEMPTS || isOccupied(error) || !(await settled(provider, engine, atomic))) throw error
      }
    }
  } catch (error) {
    throw explained(passedOn(error) ? error : (atomic.fault() ?? error), where)
  } finally {
    engine?.free()
    await atomic.dispose()
  }
}

/**
 * Settles the records of migrations that were begun and not recorded as finished: applied when what they make is there
 * (Prisma's own tool commits the record apart), rolled back otherwise.
 *
 * @returns whether there was such a record, so that applying may be tried again
 */
async function settled(provider: Provider, engine: SchemaEngine, atomic: AtomicFactory): Promise<boolean> {
  const migrationsList = migrationList(provider)
  const request = { migrationsList, optInToShadowDatabase: false, filters: NO_FILTER }
  const { failedMigrationNames } = await engine.diagnoseMigrationHistory(request)
  const there = await atomic.objects()
  for (const migrationName of failedMigrationNames) {
    const migration = migrations(provider).find(({ name }) => name === migrationName)
    if (!migration) continue
    const made = objectsOf(migration)
    const missing = made.filter((name) => !there.has(name))
    if (missing.length > 0 && missing.length < made.length) throw halfMade(migration, made.length, missing)
    if (made.length > 0 && missing.length === 0) await engine.markMigrationApplied({ migrationName, migrationsList })
    else await engine.markMigrationRolledBack({ migrationName })
  }
  return failedMigrationNames.length > 0
}

/** Names of the tables, types and indexes that a migration makes. */
function objectsOf({ sql }: Migration): string[] {
  return Array.from(sql.matchAll(/^CREATE (?:TABLE|TYPE|INDEX|UNIQUE INDEX) "(\w+)"/gm), ([, name]) => name!)
}

function halfMade({ name }: Migration, all: number, missing: readonly string[]): MingleError {
  return new MingleError(
    'MIGRATION_FAILED',
    `migration ${name} was cut off half-way by an earlier version of Mingle, or by another tool that does not apply it as ` +
      `a whole: of its ${all} tables, types and indexes ${missing.length} are missing (${missing[0]} first); ` +
      'empty the database, then start again',
  )
}

export function explained(error: unknown, where: string): MingleError {
  if (error instanceof MingleError) return error
  const text = (error as Error).message ?? String(error)
  if (isOccupied(error)) {
    return badInput(
      `${where} holds tables that Mingle did not make; name an empty database, or map Mingle onto yours ('mingle init')` +
        leftWords((error as { left?: Left }).left),
    )
  }
  const explanation = `cannot bring the tables of ${where} up to date: ${text}`
  return Object.assign(new MingleError('MIGRATION_FAILED', explanation), { cause: error })
}

/** How to be rid of what an earlier Mingle left in a site's database. */
function leftWords(left: Left | undefined): string {
  if (!left || left.migrations.length === 0) return ''
  const [name] = left.migrations
  const tables =
    left.tables.length === 0
      ? ''
      : `; of the tables that it makes there are ${left.tables.join(', ')}: drop those that are not yours`
  return (
    `. An earlier start of Mingle began its migration ${name} there, and its record keeps 'prisma migrate deploy' from ` +
    `working: 'npx prisma migrate resolve --rolled-back ${name}' settles that${tables}`
  )
}

/** Whether a database holds what we did not make. */
function isOccupied(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return code === 'P3005' || /not empty/i.test(message ?? '')
}

/** Whether an error of the engine says itself what is wrong. */
function passedOn(error: unknown): boolean {
  return !/^External error id/.test((error as Error).message ?? '')
}

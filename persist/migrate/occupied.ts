import { migrations, type Provider } from './folder.ts'

/** Where Prisma records migrations: ours, or those of the site. */
export const RECORDS = '_prisma_migrations'

/** A record of a migration. */
export interface Recorded {
  readonly name: string
  /** Whether it was finished, and not rolled back since. */
  readonly finished: boolean
  readonly rolledBack: boolean
}

/** What an earlier Mingle left in a site's database: until its guard was mended, it began its migrations there. */
export interface Left {
  /** Names of migrations whose records stand unfinished. */
  readonly migrations: readonly string[]
  /** Tables of theirs that are there, be they the site's own of the same name. */
  readonly tables: readonly string[]
}

/**
 * Refuses the database of a site before anything is written to it. Prisma's engine asks only whether there are tables
 * and no record of migrations, so a site that uses Prisma itself would be let through.
 *
 * Once a migration of ours is finished the database is ours, and tables that were added to it later do no harm.
 *
 * @param tables names of all tables, read before `recorded`: another process may be migrating
 * @throws Error with code P3005, as Prisma's engine says that a database is not empty, and with what was `left` there
 */
export function refuseOccupied(provider: Provider, tables: Iterable<string>, recorded: readonly Recorded[]): void {
  const ours = migrations(provider)
  const finished = ours.filter(({ name }) => recorded.some((record) => record.finished && record.name === name))
  if (finished.length === ours.length) return
  const foreign = recorded.some(({ name }) => !ours.some((migration) => migration.name === name))
  if (foreign || (finished.length === 0 && !areOurs())) {
    throw Object.assign(new Error('the database is not empty'), { code: 'P3005', left: left() })
  }

  function left(): Left {
    const open = ours.filter(({ name }) =>
      recorded.some((record) => record.name === name && !record.finished && !record.rolledBack),
    )
    const made = new Set(open.flatMap(({ sql }) => tablesOf(sql)))
    return { migrations: open.map(({ name }) => name), tables: Array.from(tables).filter((name) => made.has(name)) }
  }

  /** Whether all tables are those of migrations that were begun. */
  function areOurs(): boolean {
    const begun = ours.filter(({ name }) => recorded.some((record) => record.name === name))
    const made = new Set([RECORDS, ...begun.flatMap(({ sql }) => tablesOf(sql))])
    return Array.from(tables).every((name) => made.has(name))
  }
}

function tablesOf(sql: string): string[] {
  return Array.from(sql.matchAll(/^CREATE TABLE ["`](\w+)["`]/gm), ([, name]) => name!)
}

import { parseDatabaseUrl } from '../../persist/index.ts'
import { badInput } from '../../sim/kernel/index.ts'
import type { Estimate } from './estimate.ts'

/** Prisma reads SQLite's `Int` as 32 bits; ids elsewhere have 64. */
const GREATEST_OF_SQLITE = 2 ** 31 - 1

/** @throws MingleError BAD_INPUT when a table would have more rows than its database's ids go */
export function checkIdWidth(rows: Readonly<Record<string, Estimate>>, databaseUrl: string): void {
  if (parseDatabaseUrl(databaseUrl).kind !== 'sqlite') return
  const found = Object.entries(rows).find(([, { value }]) => value > GREATEST_OF_SQLITE)
  if (!found) return
  throw badInput(
    `the run would have some ${found[1].value} rows in ${found[0]}, and ids in SQLite end at ${GREATEST_OF_SQLITE} (2³¹ − 1): take PostgreSQL, MySQL or files, whose ids go further, such as --database-url parquet:./out`,
  )
}

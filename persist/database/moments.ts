import type { Dialect } from '../identifiers.ts'
import { type DerivedTable, SEED_JOBS, WRITTEN_BY } from '../rows/derived.ts'
import { batchOf } from '../rows/read.ts'
import type { SqlPlace } from './statements.ts'

/** A column of times as whole epoch milliseconds, however the site's rows keep them. */
export function epochMs(dialect: Dialect, column: string): string {
  switch (dialect) {
    case 'sqlite':
      // Text as Prisma and SQLite write it, or whole milliseconds: a column may hold both.
      return `(CASE typeof(${column}) WHEN 'text' THEN CAST(round((julianday(${column}) - 2440587.5) * 86400000) AS INTEGER) ELSE ${column} END)`
    case 'postgresql':
      return `CAST(extract(epoch FROM ${column}) * 1000 AS BIGINT)`
    case 'mysql':
      return `(timestampdiff(MICROSECOND, '1970-01-01', ${column}) DIV 1000)`
    default:
      return dialect satisfies never
  }
}

/**
 * The moments as of which a job computed, in epoch ms. A row of one of its tables that has another is somebody else's.
 * @param job a name without quotes, as `WRITTEN_BY` has it
 */
export async function momentsOf(place: SqlPlace, job: string): Promise<Float64Array> {
  const rows = await place.query(
    `SELECT ${epochMs(place.dialect, 'as_of')} FROM ${SEED_JOBS.table} WHERE job = '${job}'`,
  )
  return batchOf({ table: '', key: '', order: [], columns: { at: 'float' } }, rows).columns.at as Float64Array
}

/** The condition that a row of a derived table is one that jobs wrote. */
export async function ofJobs(place: SqlPlace, table: DerivedTable): Promise<string> {
  const moments = await momentsOf(place, WRITTEN_BY[table])
  return moments.length === 0 ? '1 = 0' : `${epochMs(place.dialect, 'computed_at')} IN (${moments.join(', ')})`
}

import { DAY_MS } from '../../sim/content/index.ts'
import { badInput } from '../../sim/kernel/index.ts'
import type { Backend } from '../database/backend.ts'
import { ofJobs } from '../database/moments.ts'
import { quoted } from '../identifiers.ts'
import { DERIVED_TABLES, SEED_JOBS } from '../rows/derived.ts'
import { LOOKUPS } from '../rows/tables.ts'
import { type SqlPlace, sqlPlaceOf } from './sql-place.ts'

/** Rows by derived table that jobs wrote, or that others did; tables without any are left out. */
export async function derivedRows(backend: Backend, whose: 'jobs' | 'others'): Promise<Record<string, number>> {
  if (backend.derivedRows) return backend.derivedRows(whose)
  const place = placeOf(backend)
  const rows: Record<string, number> = {}
  for (const table of DERIVED_TABLES) {
    const own = await ofJobs(place, table)
    const where = whose === 'jobs' ? own : `(${own}) IS NOT TRUE`
    const [[count] = []] = await place.query(`SELECT count(*) FROM ${quoted(table, place.dialect)} WHERE ${where}`)
    if (Number(count) > 0) rows[table] = Number(count)
  }
  return rows
}

/** Removes the rows that jobs wrote into the derived tables, never those of others, and marks every interest, as of the end of the last day that any run has. */
export async function emptyDerived(backend: Backend, transaction: (work: () => Promise<void>) => Promise<void>) {
  if (backend.emptyDerived) return transaction(() => backend.emptyDerived!())
  const place = placeOf(backend)
  const ends = (await backend.ledger.runs()).map((run) => (run.startDay + run.lastDay + 1) * DAY_MS)
  const markedAt = ends.reduce((latest, end) => Math.max(latest, end), 0)
  await transaction(async () => {
    for (const table of DERIVED_TABLES) {
      const own = await ofJobs(place, table)
      await place.execute(`DELETE FROM ${quoted(table, place.dialect)} WHERE ${own}`)
    }
    await place.execute(`DELETE FROM ${quoted(SEED_JOBS.table, place.dialect)}`)
    await markInterests(backend, place, markedAt)
  })
}

/** Within a transaction: has the job compute what changes for it when people go. */
export async function markComputed(backend: Backend, markedAt: number): Promise<void> {
  const place = sqlPlaceOf(backend)
  if (!place) return
  const computed = await place.query(`SELECT 1 FROM ${quoted('interest_relationships', place.dialect)} LIMIT 1`)
  if (computed.length > 0) await markInterests(backend, place, markedAt)
}

async function markInterests(backend: Backend, place: SqlPlace, markedAt: number): Promise<void> {
  const rows = await place.query(`SELECT id FROM ${quoted('interests', place.dialect)} ORDER BY id`)
  if (rows.length === 0) return
  await backend.insertMissing({
    shape: LOOKUPS.interest_dirty,
    rows: rows.length,
    columns: {
      interest_id: Float64Array.from(rows, ([id]) => Number(id)),
      marked_at: Float64Array.from(rows, () => markedAt),
    },
  })
}

function placeOf(backend: Backend): SqlPlace {
  const place = sqlPlaceOf(backend)
  if (place) return place
  throw badInput(`${backend.url} has no derived tables: jobs compute them in SQLite, PostgreSQL, MySQL and MariaDB`)
}

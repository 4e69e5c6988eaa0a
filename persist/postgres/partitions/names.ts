import type pg from 'pg'
import { quoted } from '../../identifiers.ts'

/** Whether a table of the search path's schema is kept in partitions. */
export async function isPartitioned(client: pg.ClientBase, table: string): Promise<boolean> {
  const sql = "SELECT FROM pg_class WHERE oid = to_regclass($1) AND relkind = 'p'"
  return (await client.query(sql, [quoted(table)])).rows.length > 0
}

/** Partitions lie in a schema of their own, so that a site's tools find its tables alone. */
export async function partitionSchema(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ schema: string }>('SELECT current_schema() AS schema')
  return `${rows[0]!.schema}_days`
}

/** Of the rows that belong to no day of a run: the site's own. */
export function restOf(table: string): string {
  return `${table}_rest`
}

/** Of a day of a run, as the ledger numbers both. */
export function partitionOf(table: string, run: number, day: number): string {
  return `${table}_run_${run}_day_${day}`
}

/** The run and the day that a partition is of; null of one that is not named so. */
export function placeOf({
  table,
  name,
}: {
  readonly table: string
  readonly name: string
}): { readonly run: number; readonly day: number } | null {
  const [, run, day] = (name.startsWith(table) && /^_run_(\d+)_day_(\d+)$/.exec(name.slice(table.length))) || []
  return run === undefined ? null : { run: Number(run), day: Number(day) }
}

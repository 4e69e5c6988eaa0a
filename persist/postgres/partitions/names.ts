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

/** The day that a partition is of, where it is one of this run; otherwise null. */
export function dayOf({ table, name }: { readonly table: string; readonly name: string }, run: number): number | null {
  const own = partitionOf(table, run, 0).slice(0, -1)
  return name.startsWith(own) ? Number(name.slice(own.length)) : null
}

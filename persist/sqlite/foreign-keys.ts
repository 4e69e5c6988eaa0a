import type { ForeignKey } from '../database/foreign-keys.ts'
import { quoted } from '../identifiers.ts'
import type { Connection } from './connection.ts'

/** The foreign keys of a table that are of one column. */
export function readForeignKeys(connection: Connection, table: string): ForeignKey[] {
  const sql =
    'SELECT "from", "table", "to" FROM pragma_foreign_key_list(?) WHERE "to" IS NOT NULL GROUP BY id HAVING count(*) = 1'
  const rows = connection.prepare(sql).raw().all(table) as [string, string, string][]
  return rows.map(([column, parent, to]) => ({ column, parent: quoted(parent), parentColumn: quoted(to) }))
}

/** The first few values that no row of the parent has. */
export function missingParents(
  connection: Connection,
  { parent, parentColumn }: ForeignKey,
  values: readonly (number | string)[],
): unknown[] {
  const sql =
    'SELECT value FROM json_each(?) ' +
    `WHERE NOT EXISTS (SELECT 1 FROM ${parent} WHERE ${parentColumn} = json_each.value) LIMIT 3`
  return connection.prepare(sql).raw().all(JSON.stringify(values)).flat()
}

import type pg from 'pg'
import { rowsHang } from '../database/foreign.ts'
import { quoted } from '../identifiers.ts'

interface ForeignKey {
  /** As SQL spells them. */
  readonly child: string
  readonly parent: string
  readonly child_name: string
  readonly parent_name: string
  readonly columns: readonly string[]
  readonly parent_columns: readonly string[]
  readonly on_delete: string
}

/** Foreign keys in the schemas of the search path. */
const FOREIGN_KEYS = `
  SELECT c.conrelid::regclass::text AS child, c.confrelid::regclass::text AS parent,
         x.relname AS child_name, y.relname AS parent_name, c.confdeltype AS on_delete,
         (SELECT json_agg(a.attname ORDER BY u.n) FROM unnest(c.conkey) WITH ORDINALITY u(num, n)
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = u.num) AS columns,
         (SELECT json_agg(a.attname ORDER BY u.n) FROM unnest(c.confkey) WITH ORDINALITY u(num, n)
            JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = u.num) AS parent_columns
    FROM pg_constraint c JOIN pg_class x ON x.oid = c.conrelid JOIN pg_class y ON y.oid = c.confrelid
   WHERE c.contype = 'f' AND c.connamespace = ANY (SELECT oid FROM pg_namespace WHERE nspname = ANY (current_schemas(false)))`

/**
 * Does what the schema's cascades would do, by one scan a foreign key; the server's own take one look a removed row,
 * which without an index on the referring column is a scan each.
 * @throws MingleError ROWS_HANG when a foreign key of the site's own says that its rows must not be left behind
 */
export async function sweepOrphans(client: pg.Client, changed: ReadonlySet<string>): Promise<void> {
  const { rows: keys } = await client.query<ForeignKey>(FOREIGN_KEYS)
  let parents = new Set(changed)
  while (parents.size > 0) {
    const next = new Set<string>()
    for (const { child, parent, child_name, parent_name, columns, parent_columns, on_delete } of keys) {
      if (!parents.has(parent_name)) continue
      const there = columns.map((column) => `t.${quoted(column)} IS NOT NULL`).join(' AND ')
      const same = columns.map((column, i) => `p.${quoted(parent_columns[i]!)} = t.${quoted(column)}`).join(' AND ')
      const orphan = `${there} AND NOT EXISTS (SELECT 1 FROM ${parent} p WHERE ${same})`
      if (on_delete === 'n') {
        const set = columns.map((column) => `${quoted(column)} = NULL`).join(', ')
        await client.query(`UPDATE ${child} t SET ${set} WHERE ${orphan}`)
      } else if (on_delete === 'c') {
        const { rowCount } = await client.query(`DELETE FROM ${child} t WHERE ${orphan}`)
        if (rowCount) next.add(child_name)
      } else if ((await client.query(`SELECT 1 FROM ${child} t WHERE ${orphan} LIMIT 1`)).rows.length > 0) {
        throw rowsHang(child_name, columns, parent_name)
      }
    }
    parents = next
  }
}

import type pg from 'pg'

interface ForeignKey {
  readonly child: string
  readonly column: string
  readonly parent: string
  readonly parent_column: string
  readonly on_delete: string
}

/** Foreign keys of one column, in the schemas of the search path. */
const FOREIGN_KEYS = `
  SELECT c.conrelid::regclass::text AS child, a.attname AS "column",
         c.confrelid::regclass::text AS parent, b.attname AS parent_column, c.confdeltype AS on_delete
    FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
   WHERE c.contype = 'f' AND cardinality(c.conkey) = 1
     AND c.connamespace = ANY (SELECT oid FROM pg_namespace WHERE nspname = ANY (current_schemas(false)))`

/**
 * Does what the schema's cascades would do, by one scan a foreign key; the server's own take one look a removed row,
 * which without an index on the referring column is a scan each.
 */
export async function sweepOrphans(client: pg.Client, changed: ReadonlySet<string>): Promise<void> {
  const { rows: keys } = await client.query<ForeignKey>(FOREIGN_KEYS)
  let parents = new Set(changed)
  while (parents.size > 0) {
    const next = new Set<string>()
    for (const { child, column, parent, parent_column, on_delete } of keys) {
      if (!parents.has(parent.replace(/^.*\./, '').replaceAll('"', ''))) continue
      const orphan = `t."${column}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${parent} p WHERE p."${parent_column}" = t."${column}")`
      const sql =
        on_delete === 'n'
          ? `UPDATE ${child} t SET "${column}" = NULL WHERE ${orphan}`
          : `DELETE FROM ${child} t WHERE ${orphan}`
      const { rowCount } = await client.query(sql)
      if (rowCount && on_delete !== 'n') next.add(child.replace(/^.*\./, '').replaceAll('"', ''))
    }
    parents = next
  }
}

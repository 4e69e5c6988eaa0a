import type { Model } from '../../metadata/metadata.ts'
import { type Dialect, modelTable, type SqlBackend } from '../sql.ts'

type Asks = (backend: SqlBackend, model: Model, column: string) => Promise<boolean>

/**
 * Whether the database takes two texts of a column for one that differ in capitals alone: by the column's collation or type, or by a
 * unique over `lower(column)`. To most of MySQL's collations they are.
 */
export function foldsCase(backend: SqlBackend, model: Model, column: string): Promise<boolean> {
  return ASKS[backend.dialect](backend, model, column)
}

const ASKS: Readonly<Record<Dialect, Asks>> = {
  mysql: async () => true,
  async sqlite(backend, { table }, column) {
    const [collated] = await backend.query(
      `SELECT 1 FROM pragma_index_list(?) l, pragma_index_xinfo(l.name) i
       WHERE l."unique" = 1 AND i.key = 1 AND i.name = ? AND i.coll = 'NOCASE' COLLATE NOCASE LIMIT 1`,
      [table, column],
    )
    if (collated) return true
    const rows = await backend.query(
      "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql LIKE '%UNIQUE%'",
      [table],
    )
    return rows.some(([sql]) => inOneCase(String(sql), column))
  },
  async postgresql(backend, model, column) {
    const rows = await backend.query(
      `SELECT t.typname::text, coalesce(c.collisdeterministic, true)::text,
         coalesce((SELECT json_agg(pg_get_indexdef(i.indexrelid)) FROM pg_index i
           WHERE i.indrelid = a.attrelid AND i.indisunique), '[]')::text
       FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_collation c ON c.oid = a.attcollation
       WHERE a.attrelid = to_regclass($1::text) AND a.attname = $2::text`,
      [modelTable(model, 'postgresql'), column],
    )
    return rows.some(([type, deterministic, indexes]) => {
      const definitions = JSON.parse(String(indexes)) as string[]
      return type === 'citext' || deterministic === 'false' || definitions.some((sql) => inOneCase(sql, column))
    })
  },
}

/** `lower("name")`, `upper((name)::text)` and the like. */
function inOneCase(sql: string, column: string): boolean {
  const name = column.replaceAll(/[^\w]/g, '\\$&')
  return new RegExp(`\\b(?:lower|upper)\\s*\\(\\s*\\(?\\s*["\`[]?${name}["\`\\]]?(?![\\w$])`, 'i').test(sql)
}

import type { Connection } from './connection.ts'

interface ForeignKey {
  readonly child: string
  readonly column: string
  readonly parent: string
  readonly parentColumn: string
  readonly setNull: boolean
}

function foreignKeys(connection: Connection): ForeignKey[] {
  const tables = connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[]
  return tables.flatMap(({ name }) =>
    (
      connection.prepare(`PRAGMA foreign_key_list("${name}")`).all() as {
        table: string
        from: string
        to: string
        on_delete: string
      }[]
    ).map((key) => ({
      child: name,
      column: key.from,
      parent: key.table,
      parentColumn: key.to,
      setNull: key.on_delete === 'SET NULL',
    })),
  )
}

/**
 * Does what the schema's cascades would do after rows of some tables are gone: rows that refer to nothing are removed,
 * or let go of it. One scan a foreign key, where a cascade takes one look a removed row.
 */
export function sweepOrphans(connection: Connection, changed: ReadonlySet<string>): void {
  const keys = foreignKeys(connection)
  let parents = new Set(changed)
  while (parents.size > 0) {
    const next = new Set<string>()
    for (const { child, column, parent, parentColumn, setNull } of keys) {
      if (!parents.has(parent)) continue
      const orphan =
        `"${column}" IS NOT NULL AND NOT EXISTS ` +
        `(SELECT 1 FROM "${parent}" p WHERE p."${parentColumn}" = "${child}"."${column}")`
      const sql = setNull
        ? `UPDATE "${child}" SET "${column}" = NULL WHERE ${orphan}`
        : `DELETE FROM "${child}" WHERE ${orphan}`
      const { changes } = connection.prepare(sql).run()
      if (changes > 0 && !setNull) next.add(child)
    }
    parents = next
  }
}

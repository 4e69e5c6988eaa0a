import { rowsHang } from '../database/foreign.ts'
import { quoted } from '../identifiers.ts'
import type { Connection } from './connection.ts'

interface ForeignKey {
  readonly child: string
  readonly columns: readonly string[]
  readonly parent: string
  readonly parentColumns: readonly string[]
  readonly onDelete: string
}

interface Part {
  readonly id: number
  readonly table: string
  readonly from: string
  readonly to: string | null
  readonly on_delete: string
}

function foreignKeys(connection: Connection): ForeignKey[] {
  const tables = connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[]
  return tables.flatMap(({ name }) => {
    const parts = connection.prepare('SELECT * FROM pragma_foreign_key_list(?) ORDER BY id, seq').all(name) as Part[]
    return [...new Set(parts.map(({ id }) => id))].map((id) => {
      const own = parts.filter((part) => part.id === id)
      const { table, on_delete } = own[0]!
      const named = own.map(({ to }) => to).filter((to) => to !== null)
      return {
        child: name,
        columns: own.map(({ from }) => from),
        parent: table,
        parentColumns: named.length === own.length ? named : primaryKey(connection, table),
        onDelete: on_delete,
      }
    })
  })
}

function primaryKey(connection: Connection, table: string): string[] {
  const sql = 'SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk'
  return (connection.prepare(sql).all(table) as { name: string }[]).map(({ name }) => name)
}

/**
 * Does what the schema's cascades would do after rows of some tables are gone: rows that refer to nothing are removed,
 * or let go of it. One scan a foreign key, where a cascade takes one look a removed row.
 * @throws MingleError ROWS_HANG when a foreign key of the site's own says that its rows must not be left behind
 */
export function sweepOrphans(connection: Connection, changed: ReadonlySet<string>): void {
  const keys = foreignKeys(connection)
  let parents = new Set(changed)
  while (parents.size > 0) {
    const next = new Set<string>()
    for (const { child, columns, parent, parentColumns, onDelete } of keys) {
      if (!parents.has(parent)) continue
      const table = quoted(child)
      const there = columns.map((column) => `${table}.${quoted(column)} IS NOT NULL`).join(' AND ')
      const same = columns.map((column, i) => `p.${quoted(parentColumns[i]!)} = ${table}.${quoted(column)}`)
      const orphan = `${there} AND NOT EXISTS (SELECT 1 FROM ${quoted(parent)} p WHERE ${same.join(' AND ')})`
      if (onDelete === 'SET NULL') {
        const set = columns.map((column) => `${quoted(column)} = NULL`).join(', ')
        connection.prepare(`UPDATE ${table} SET ${set} WHERE ${orphan}`).run()
      } else if (onDelete === 'CASCADE') {
        const { changes } = connection.prepare(`DELETE FROM ${table} WHERE ${orphan}`).run()
        if (changes > 0) next.add(child)
      } else if (connection.prepare(`SELECT 1 FROM ${table} WHERE ${orphan} LIMIT 1`).get()) {
        throw rowsHang(child, columns, parent)
      }
    }
    parents = next
  }
}

import type { KeyRange } from '../database/backend.ts'
import { liesIn, rowsHang } from '../database/foreign.ts'
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

/** SQLite knows names whatever their case; only ASCII letters have one. */
function folded(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/**
 * Removes ranges and does what the schema's cascades would do: rows that referred to what went are removed, or let go of
 * it. One scan a foreign key, where a cascade takes one look a removed row. Rows that referred to nothing before stay.
 * @throws MingleError ROWS_HANG when a foreign key of the site's own says that its rows must not be left behind
 */
export function removeWithOrphans(
  connection: Connection,
  ranges: readonly KeyRange[],
  removeRange: (range: KeyRange) => void,
): void {
  const keys = foreignKeys(connection)
  /** Foreign keys whose parents went, and which of the child's rows (as `table`) referred to those. */
  const waiting: { key: ForeignKey; referred: string }[] = []
  let kept = 0
  /** Keeps what a foreign key may refer to of rows that are about to go. */
  const keep = (key: ForeignKey, where: string) => {
    const gone = `temp.mingle_gone_${kept++}`
    const columns = key.parentColumns.map((column, i) => `${quoted(column)} AS k${i}`).join(', ')
    connection.exec(`CREATE TABLE ${gone} AS SELECT ${columns} FROM ${quoted(key.parent)} WHERE ${where}`)
    const names = key.columns.map((column) => `${quoted(key.child)}.${quoted(column)}`).join(', ')
    waiting.push({ key, referred: `(${names}) IN (SELECT * FROM ${gone})` })
  }
  const referring = (table: string) => keys.filter(({ parent }) => folded(parent) === folded(table))

  for (const { table, key: id } of new Set(ranges.map(({ shape }) => shape))) {
    const own = ranges.filter(({ shape }) => shape.table === table)
    for (const key of referring(table)) {
      const column = key.columns[key.parentColumns.findIndex((name) => folded(name) === id)]
      if (column === undefined) keep(key, liesIn(quoted(id), own))
      // Text that refers to a number is compared as one.
      else waiting.push({ key, referred: liesIn(`CAST(${quoted(key.child)}.${quoted(column)} AS INTEGER)`, own) })
    }
  }
  for (const range of ranges) removeRange(range)

  for (let item = waiting.shift(); item; item = waiting.shift()) {
    const { child, columns, parent, parentColumns, onDelete } = item.key
    const table = quoted(child)
    const there = columns.map((column) => `${table}.${quoted(column)} IS NOT NULL`).join(' AND ')
    const same = columns.map((column, i) => `p.${quoted(parentColumns[i]!)} = ${table}.${quoted(column)}`)
    const orphan = `${there} AND NOT EXISTS (SELECT 1 FROM ${quoted(parent)} p WHERE ${same.join(' AND ')}) AND ${item.referred}`
    if (onDelete === 'SET NULL') {
      const set = columns.map((column) => `${quoted(column)} = NULL`).join(', ')
      connection.prepare(`UPDATE ${table} SET ${set} WHERE ${orphan}`).run()
    } else if (onDelete === 'CASCADE') {
      const before = waiting.length
      for (const key of referring(child)) keep(key, orphan)
      const { changes } = connection.prepare(`DELETE FROM ${table} WHERE ${orphan}`).run()
      if (changes === 0) waiting.length = before
    } else if (connection.prepare(`SELECT 1 FROM ${table} WHERE ${orphan} LIMIT 1`).get()) {
      throw rowsHang(child, columns, parent)
    }
  }
  for (let i = 0; i < kept; i++) connection.exec(`DROP TABLE temp.mingle_gone_${i}`)
}

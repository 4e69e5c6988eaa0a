import { type Connection, rowsOf } from './connection.ts'

export function hasTable(connection: Connection, name: string): boolean {
  return rowsOf(connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [name]).length > 0
}

export function isInUtf8(connection: Connection): boolean {
  return rowsOf(connection, 'PRAGMA encoding', [])[0]![0] === 'UTF-8'
}

export function hasTrigger(connection: Connection, table: string): boolean {
  const sql = "SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE"
  return rowsOf(connection, sql, [table]).length > 0
}

/** Whether rows have ids of their own, and nothing happens when one is inserted but indexes. */
export function isPlain(connection: Connection, table: string): boolean {
  const [columns] = rowsOf(
    connection,
    "SELECT count(*) FROM pragma_table_info(?) WHERE name = 'id' AND pk = 1 AND type = 'INTEGER' COLLATE NOCASE",
    [table],
  )
  const tables = "SELECT count(*) FROM pragma_table_list(?) WHERE type = 'table' AND wr = 0"
  const [kinds] = rowsOf(connection, tables, [table])
  return columns![0] === 1 && (kinds![0] as number) > 0 && !hasTrigger(connection, table)
}

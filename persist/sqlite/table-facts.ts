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
  return isRowid(connection, table, 'id') && !hasTrigger(connection, table)
}

/**
 * Whether a column is another name of SQLite's own row ids: INTEGER PRIMARY KEY, to the letter (a BIGINT is not, nor is one that
 * descends), in a table that has them (https://www.sqlite.org/lang_createtable.html#rowid).
 */
export function isRowid(connection: Connection, table: string, column: string): boolean {
  const keys =
    "SELECT name = ? COLLATE NOCASE AND type = 'INTEGER' COLLATE NOCASE FROM pragma_table_info(?) WHERE pk > 0"
  const found = rowsOf(connection, keys, [column, table])
  if (found.length !== 1 || found[0]![0] !== 1) return false
  const plain = "SELECT 1 FROM pragma_table_list(?) WHERE schema = 'main' AND type = 'table' AND wr = 0"
  const descends = "SELECT 1 FROM sqlite_master WHERE name = ? COLLATE NOCASE AND sql LIKE '%primary key desc%'"
  return rowsOf(connection, plain, [table]).length > 0 && rowsOf(connection, descends, [table]).length === 0
}

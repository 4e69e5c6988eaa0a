import { createHash } from 'node:crypto'
import Database from 'libsql'

/** Columns of the ledger that hold the wall clock, or who wrote. */
const WALL_CLOCK = ['claimed_by', 'claimed_until', 'created_at', 'updated_at']

export interface TableRows {
  readonly rows: number
  /** Over all rows in the order of their keys. */
  readonly digest: string
}

/** Every table of an SQLite file, row for row; the ledger's wall-clock columns are left out. */
export function tablesOf(file: string, leaveOut: readonly string[] = []): Record<string, TableRows> {
  const database = new Database(file, { readonly: true })
  try {
    const names = database
      .prepare(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_prisma%' escape '\\' order by name",
      )
      .all() as { name: string }[]
    const tables: Record<string, TableRows> = {}
    for (const { name } of names) {
      if (leaveOut.includes(name)) continue
      const columns = (database.pragma(`table_info("${name}")`) as { name: string; pk: number }[]).filter(
        (column) => !(name.startsWith('seed_run') && WALL_CLOCK.includes(column.name)),
      )
      const list = columns.map((column) => `"${column.name}"`).join(', ')
      const hash = createHash('sha256')
      let rows = 0
      for (const row of database.prepare(`select ${list} from "${name}" order by ${list}`).raw().iterate()) {
        hash.update(JSON.stringify(row))
        rows++
      }
      tables[name] = { rows, digest: hash.digest('hex') }
    }
    return tables
  } finally {
    database.close()
  }
}

/** One number from the database. */
export function count(file: string, sql: string): number {
  const database = new Database(file, { readonly: true })
  try {
    return (database.prepare(sql).raw().get() as unknown as number[])[0]!
  } finally {
    database.close()
  }
}

import type { TableBatch } from '../../batch.ts'
import { batchOf } from '../../rows/read.ts'
import type { DerivedRows } from '../plan/derived-rows.ts'
import type { PlannedColumn, PlannedTarget } from '../plan/plan.ts'
import type { Staging } from '../read/invert/index.ts'
import { quoted, type SqlBackend, Statement, tableOf } from '../sql/sql.ts'
import { updateRows } from '../write/statements.ts'
import { comparedColumns, type Deed } from './difference.ts'

/** Rows named in one condition. */
const ROWS_NAMED = 200
const ROWS_CHANGED = 100

/** Carries out what a comparison found, within a transaction of the caller's. */
export async function carryOut(
  sql: SqlBackend,
  target: PlannedTarget,
  { by, computedAt }: DerivedRows,
  deed: Deed,
  rows: TableBatch,
): Promise<void> {
  const table = tableOf(target.full, sql.dialect)
  switch (deed) {
    case 'remove':
      for (const { where, statement } of named(sql, by, rows)) {
        await sql.execute(`DELETE FROM ${table} WHERE ${where}`, statement.values)
      }
      return
    case 'renew': {
      const moment = rows.columns[computedAt.field.column]![0]!
      const set = (statement: Statement) =>
        `${statement.name(computedAt.field.column)} = ${statement.valueOf(computedAt, moment)}`
      for (const { where, statement, first } of named(sql, by, rows, set)) {
        await sql.execute(`UPDATE ${table} SET ${first} WHERE ${where}`, statement.values)
      }
      return
    }
    case 'change':
      return updateRows(sql, rows, by, comparedColumns(target, by), ROWS_CHANGED)
    case 'add':
      return sql.insert(rows)
    default:
      return deed satisfies never
  }
}

/** Conditions that name rows by whom or what they are about. @param before what stands before the condition, values included */
function* named(
  { dialect }: SqlBackend,
  by: readonly PlannedColumn[],
  rows: TableBatch,
  before: (statement: Statement) => string = () => '',
): Iterable<{ where: string; statement: Statement; first: string }> {
  for (let from = 0; from < rows.rows; from += ROWS_NAMED) {
    const statement = new Statement(dialect)
    const first = before(statement)
    const value = (column: PlannedColumn, row: number) =>
      statement.valueOf(column, rows.columns[column.field.column]![row]!)
    const name = (column: PlannedColumn) => statement.name(column.field.column)
    const conditions = Array.from({ length: Math.min(ROWS_NAMED, rows.rows - from) }, (_, i) =>
      by.map((column) => `${name(column)} = ${value(column, from + i)}`).join(' AND '),
    )
    yield { where: conditions.map((each) => `(${each})`).join(' OR '), statement, first }
  }
}

/** Some of the rows that a deed is to be done to, from the staged table that has them. */
export function stagedRows(
  staging: Staging,
  target: PlannedTarget,
  tables: { readonly there: string; readonly made: string; readonly deeds: string },
  deed: Deed,
  after: number,
  most: number,
): { readonly rows: TableBatch; readonly last: number } {
  const { there, made, deeds } = tables
  const columns = Object.keys(target.full.columns).map((name) => `x.${quoted(name)}`)
  const found = staging.db
    .prepare(
      `SELECT d.rowid, ${columns.join(', ')} FROM ${deeds} d JOIN ${deed === 'remove' ? there : made} x ON x.rowid = d.n
       WHERE d.deed = ? AND d.rowid > ? ORDER BY d.rowid LIMIT ?`,
    )
    .raw()
    .all(deed, after, most) as unknown as unknown[][]
  const batch = batchOf(
    target.full,
    found.map((row) => row.slice(1)),
  )
  return { rows: batch, last: Number(found.at(-1)?.[0] ?? after) }
}

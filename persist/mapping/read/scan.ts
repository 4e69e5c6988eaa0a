import { findField, type Model, uniquesOf } from '../metadata/metadata.ts'
import type { PlannedColumn } from '../plan/plan.ts'
import { modelTable, type SqlBackend, Statement } from '../sql/sql.ts'
import { plain, reading } from './select.ts'

const ROWS = 5000

/** A field as a column that is read, whatever the mapping says of it. Keys are numbers or texts; bytes are hex digits. */
export function keyColumn(model: Model, name: string, provider: string): PlannedColumn {
  const field = findField(model, name)!
  return {
    of: model.name,
    field,
    kind: field.type === 'Int' || field.type === 'BigInt' ? 'id' : 'text',
    producer: { from: 'constant', value: null },
    enumValues: null,
    cut: null,
    places: null,
    tick: 1,
    unix: false,
    bytes: field.type === 'Bytes' && provider !== 'postgresql',
    part: null,
  }
}

/**
 * All rows of a model, whoever wrote them, page by page in the order of a unique.
 * @param only a condition that makes use of the statement's values
 */
export async function* scan(
  sql: SqlBackend,
  model: Model,
  columns: readonly PlannedColumn[],
  only: (statement: Statement) => string = () => '',
): AsyncIterable<unknown[][]> {
  const { dialect } = sql
  const unique = uniquesOf(model).find((fields) => fields.every((name) => findField(model, name)?.required))
  const by = (unique ?? []).map((name) => keyColumn(model, name, dialect))
  for (let after: readonly (string | number)[] | null = null; ; ) {
    const statement: Statement = new Statement(dialect)
    const list = [...columns, ...by].map((column) => reading(statement, column)).join(', ')
    const where = [only(statement), after ? beyond(statement, by, after) : '']
      .filter(Boolean)
      .map((each) => `(${each})`)
    const order = by.map(({ field }) => `t.${statement.name(field.column)}`).join(', ')
    const text =
      `SELECT ${list} FROM ${modelTable(model, dialect)} t` +
      (where.length > 0 ? ` WHERE ${where.join(' AND ')}` : '') +
      (by.length > 0 ? ` ORDER BY ${order} LIMIT ${ROWS}` : '')
    const rows = await sql.query(text, statement.values)
    yield rows.map((row) => columns.map((column, c) => plain(column, row[c])))
    if (by.length === 0 || rows.length < ROWS) return
    after = rows.at(-1)!.slice(columns.length) as (string | number)[]
  }
}

/** Keys after the last one that was read. */
function beyond(statement: Statement, by: readonly PlannedColumn[], after: readonly (string | number)[]): string {
  const name = ({ field }: PlannedColumn) => `t.${statement.name(field.column)}`
  // Drivers hand 64-bit numbers over as texts.
  const value = (i: number) => statement.valueOf(by[i]!, by[i]!.kind === 'id' ? Number(after[i]) : String(after[i]))
  return by
    .map((column, i) => {
      const equal = by.slice(0, i).map((before, k) => `${name(before)} = ${value(k)}`)
      return `(${[...equal, `${name(column)} > ${value(i)}`].join(' AND ')})`
    })
    .join(' OR ')
}

import type { TableBatch } from '../../batch.ts'
import { batchOf } from '../../rows/read.ts'
import { tellsConstant, tellsPart } from '../plan/part.ts'
import type { KeyRule, PlannedColumn, PlannedTarget, Selector } from '../plan/plan.ts'
import { canonicalList } from '../rows/lists.ts'
import type { Key } from '../rows/values.ts'
import { modelTable, readable, type SqlBackend, Statement, tableOf } from '../sql/sql.ts'

/** Keys of a statement: what every database takes as parameters of one. */
const KEYS = 500
const ROWS = 5000

/** Numbers of a space, both ends included. */
export interface NumberRange {
  readonly first: number
  readonly last: number
}

export type KeyMaker = (rule: KeyRule, id: number, second?: number) => Key | null

/** The conditions by which a column holds the keys of some numbers, statement by statement. */
export function* holding(
  backend: SqlBackend,
  target: PlannedTarget,
  { column, rule }: Pick<Selector, 'column' | 'rule'>,
  ranges: readonly NumberRange[],
  keyOf: KeyMaker,
): Iterable<{ where: string; statement: Statement }> {
  const most = column.field.name === target.ownKey ? (target.target.most ?? 1) : 1
  for (const { first, last } of ranges) {
    if (rule.kind === 'number') {
      for (let from = first; from <= last; from += ROWS) {
        const statement = new Statement(backend.dialect)
        const name = statement.name(column.field.column)
        const low = from * rule.stride + rule.lane
        const high = Math.min(last, from + ROWS - 1) * rule.stride + rule.lane + most - 1
        let where = `${name} BETWEEN ${statement.value(low)} AND ${statement.value(high)}`
        if (rule.stride > 1) where += ` AND ${name} % ${rule.stride} BETWEEN ${rule.lane} AND ${rule.lane + most - 1}`
        yield { where, statement }
      }
      continue
    }
    for (let from = first; from <= last; from += KEYS) {
      const statement = new Statement(backend.dialect)
      const keys: string[] = []
      for (let id = from; id <= Math.min(last, from + KEYS - 1); id++) {
        for (let n = 0; n < most; n++) keys.push(statement.valueOf(column, keyOf(rule, id, n)))
      }
      yield { where: `${statement.name(column.field.column)} IN (${keys.join(',')})`, statement }
    }
  }
}

/** The conditions that find a target's rows among some numbers of its selector's space, statement by statement. */
export function* conditions(
  backend: SqlBackend,
  target: PlannedTarget,
  ranges: readonly NumberRange[],
  keyOf: KeyMaker,
  only = own,
): Iterable<{ where: string; statement: Statement }> {
  for (const { where, statement } of holding(backend, target, target.selector!, ranges, keyOf)) {
    yield { where: where + only(target, statement), statement }
  }
}

/**
 * What tells the target's rows from others of the model, where their keys do not: constants, and for a fold, that its part
 * is there.
 */
function own({ all, verb, unique, model, full, keyed }: PlannedTarget, statement: Statement): string {
  if (keyed === 'alone') return ''
  const constants = all.flatMap((column) => (column.field.column in full.columns ? hasConstant(column, statement) : []))
  if (verb === 'insert') return constants.map((each) => ` AND ${each}`).join('')
  const part = all.find((column) => column.field.column in full.columns && tellsPart(column, unique, model))
  return `${constants.map((each) => ` AND ${each}`).join('')}${part ? ` AND ${statement.name(part.field.column)} IS NOT NULL` : ''}`
}

/** The condition by which a row has the constant that the mapping gives it; none where it cannot be asked for. */
export function hasConstant(column: PlannedColumn, statement: Statement): string[] {
  const { producer, field, kind, enumValues } = column
  if (!tellsConstant(column) || producer.from !== 'constant') return []
  const { value } = producer
  if (kind === 'text') {
    const text = enumValues?.[String(value)] ?? String(value)
    return [`${spelled(statement, column)} = ${statement.value(text)}`]
  }
  if (typeof value === 'boolean' && statement.dialect === 'postgresql')
    return [`${statement.name(field.column)} = ${statement.value(value ? 1 : 0)}`]
  const number = statement.dialect === 'postgresql' ? String(value) : Number(value)
  return [`${spelled(statement, column)} = ${statement.value(number)}`]
}

function spelled(statement: Statement, column: PlannedColumn): string {
  return readable(statement.dialect, column, statement.name(column.field.column))
}

/** What is read of a column of `t`; of half a reference, the person in the row that is referred to. */
export function reading(statement: Statement, column: PlannedColumn): string {
  const { dialect } = statement
  const { field, part } = column
  if (!part) return readable(dialect, column, `t.${statement.name(field.column)}`)
  const by = readable(dialect, column, `r.${statement.name(part.by.column)}`)
  const is = `r.${statement.name(part.key.column)} = t.${statement.name(part.of.column)}`
  return `(SELECT ${by} FROM ${modelTable(part.model, dialect)} r WHERE ${is})`
}

/** The rows of a target, in any order. */
export async function* readRows(
  backend: SqlBackend,
  target: PlannedTarget,
  ranges: readonly NumberRange[],
  keyOf: KeyMaker,
): AsyncIterable<TableBatch> {
  const columns = Object.keys(target.full.columns).map((name) => target.all.find(({ field }) => field.column === name)!)
  for (const { where, statement } of conditions(backend, target, ranges, keyOf)) {
    const list = columns.map((column) => reading(statement, column)).join(', ')
    const sql = `SELECT ${list} FROM ${tableOf(target.full, backend.dialect)} t WHERE ${where}`
    const rows = await backend.query(sql, statement.values)
    yield batchOf(
      target.full,
      rows.map((row) => row.map((value, c) => plain(columns[c]!, value))),
    )
  }
}

/** How many rows there are; of a fold, whichever of its facts they hold. */
export async function countRows(
  backend: SqlBackend,
  target: PlannedTarget,
  ranges: readonly NumberRange[],
  keyOf: KeyMaker,
): Promise<number> {
  let count = 0
  const only = target.verb === 'fold' ? () => '' : own
  for (const { where, statement } of conditions(backend, target, ranges, keyOf, only)) {
    const [row] = await backend.query(
      `SELECT count(*) FROM ${tableOf(target.full, backend.dialect)} WHERE ${where}`,
      statement.values,
    )
    count += Number(row![0])
  }
  return count
}

/** PostgreSQL's words for truth values as numbers, and its lists as they were written. */
export function plain({ field, kind, places }: PlannedColumn, value: unknown): unknown {
  if (field.list && value !== null) return canonicalList(String(value), field)
  // A number of single precision is spelled by the few digits that tell it.
  if (places === -1 && value !== null) return Math.fround(Number(value))
  if (kind !== 'int') return value
  if (value === 'true') return 1
  return value === 'false' ? 0 : value
}

export async function deleteRows(
  backend: SqlBackend,
  target: PlannedTarget,
  ranges: readonly NumberRange[],
  keyOf: KeyMaker,
): Promise<void> {
  const table = tableOf(target.full, backend.dialect)
  const loose = target.all.filter(({ field }) => !field.required && !target.unique.includes(field.name))
  if (target.verb === 'update' && loose.length === 0) return
  const only = target.keyed === 'no' ? own : () => ''
  for (const { where, statement } of conditions(backend, target, ranges, keyOf, only)) {
    const set = loose.map(({ field, part }) => `${statement.name((part?.of ?? field).column)} = NULL`)
    const what =
      target.verb === 'update' ? `UPDATE ${table} SET ${[...new Set(set)].join(', ')}` : `DELETE FROM ${table}`
    await backend.execute(`${what} WHERE ${where}`, statement.values)
  }
}

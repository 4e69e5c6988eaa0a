import type { TableBatch } from '../batch.ts'
import { batchOf } from '../rows/read.ts'
import type { KeyRule, PlannedTarget } from './plan.ts'
import { quoted, type SqlBackend, Statement, tableOf } from './sql.ts'
import type { Key } from './values.ts'

/** Keys of a statement: what every database takes as parameters of one. */
const KEYS = 500
const ROWS = 5000

/** Numbers of a space, both ends included. */
export interface NumberRange {
  readonly first: number
  readonly last: number
}

export type KeyMaker = (rule: KeyRule, id: number, second?: number) => Key | null

/** The conditions that find a target's rows among some numbers of its selector's space, statement by statement. */
function* conditions(
  backend: SqlBackend,
  target: PlannedTarget,
  ranges: readonly NumberRange[],
  keyOf: KeyMaker,
  only = own,
): Iterable<{ where: string; statement: Statement }> {
  const { column, rule } = target.selector!
  const name = quoted(column.field.column)
  const most = column.field.name === target.model.primaryKey[0] ? (target.target.most ?? 1) : 1
  for (const { first, last } of ranges) {
    if (rule.kind === 'number') {
      for (let from = first; from <= last; from += ROWS) {
        const statement = new Statement(backend.dialect)
        const low = from * rule.stride + rule.lane
        const high = Math.min(last, from + ROWS - 1) * rule.stride + rule.lane + most - 1
        let where = `${name} BETWEEN ${statement.value(low)} AND ${statement.value(high)}`
        if (rule.stride > 1) where += ` AND ${name} % ${rule.stride} BETWEEN ${rule.lane} AND ${rule.lane + most - 1}`
        yield { where: where + only(target, statement), statement }
      }
      continue
    }
    for (let from = first; from <= last; from += KEYS) {
      const statement = new Statement(backend.dialect)
      const keys: string[] = []
      for (let id = from; id <= Math.min(last, from + KEYS - 1); id++) {
        for (let n = 0; n < most; n++) keys.push(statement.value(keyOf(rule, id, n)))
      }
      yield { where: `${name} IN (${keys.join(',')})${only(target, statement)}`, statement }
    }
  }
}

/** What tells the target's rows from others of the model: constants, and for a fold, that its part is there. */
function own({ all, verb, unique, model, full }: PlannedTarget, statement: Statement): string {
  const constants = all.flatMap((column) => {
    const { producer, field, kind, enumValues } = column
    if (producer.from !== 'constant' || !(field.column in full.columns)) return []
    const { value } = producer
    if (value === null) return []
    if (kind === 'text') {
      const text = enumValues?.[String(value)] ?? String(value)
      return [` AND ${statement.asText(field.column)} = ${statement.value(text)}`]
    }
    if (kind !== 'int' && kind !== 'id') return []
    const number = statement.dialect === 'sqlite' ? Number(value) : String(value)
    return [` AND ${statement.asText(field.column)} = ${statement.value(number)}`]
  })
  if (verb === 'insert') return constants.join('')
  const part = all.find(
    ({ field, producer }) =>
      field.column in full.columns &&
      !field.required &&
      !unique.includes(field.name) &&
      !model.primaryKey.includes(field.name) &&
      producer.from !== 'constant',
  )
  return `${constants.join('')}${part ? ` AND ${quoted(part.field.column)} IS NOT NULL` : ''}`
}

/** The rows of a target, in any order. */
export async function* readRows(
  backend: SqlBackend,
  target: PlannedTarget,
  ranges: readonly NumberRange[],
  keyOf: KeyMaker,
): AsyncIterable<TableBatch> {
  for (const { where, statement } of conditions(backend, target, ranges, keyOf)) {
    const columns = Object.keys(target.full.columns).map((name) => statement.asText(name))
    const sql = `SELECT ${columns.join(', ')} FROM ${tableOf(target.full)} WHERE ${where}`
    const rows = await backend.query(sql, statement.values)
    yield batchOf(
      target.full,
      rows.map((row) => row.map(plain)),
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
    const [row] = await backend.query(`SELECT count(*) FROM ${tableOf(target.full)} WHERE ${where}`, statement.values)
    count += Number(row![0])
  }
  return count
}

/** PostgreSQL's words for truth values, as numbers. */
function plain(value: unknown): unknown {
  if (value === 'true') return 1
  return value === 'false' ? 0 : value
}

export async function deleteRows(
  backend: SqlBackend,
  target: PlannedTarget,
  ranges: readonly NumberRange[],
  keyOf: KeyMaker,
): Promise<void> {
  for (const { where, statement } of conditions(backend, target, ranges, keyOf)) {
    if (target.verb !== 'update') {
      await backend.execute(`DELETE FROM ${tableOf(target.full)} WHERE ${where}`, statement.values)
      continue
    }
    const loose = target.all.filter(({ field }) => !field.required && !target.unique.includes(field.name))
    if (loose.length === 0) continue
    const set = loose.map(({ field }) => `${quoted(field.column)} = NULL`).join(', ')
    await backend.execute(`UPDATE ${tableOf(target.full)} SET ${set} WHERE ${where}`, statement.values)
  }
}

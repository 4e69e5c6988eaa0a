import { momentsOf } from '../../database/moments.ts'
import { type DerivedTable, SEED_JOBS, WRITTEN_BY } from '../../rows/derived.ts'
import { type Space, tableOfSpace } from '../config/sources.ts'
import { derivedRows } from '../plan/derived-rows.ts'
import type { Plan, PlannedTarget } from '../plan/plan.ts'
import { modelTable, type SqlBackend, Statement } from '../sql/sql.ts'
import { holding, type KeyMaker, type NumberRange } from './select.ts'

/** Rows that jobs wrote, or that others did, by the site's tables. */
export async function countDerived(
  sql: SqlBackend,
  plan: Plan,
  whose: 'jobs' | 'others',
): Promise<Record<string, number>> {
  const rows: Record<string, number> = {}
  for (const target of plan.derived) {
    const statement = new Statement(sql.dialect)
    const own = (await ofJobs(sql, target))(statement)
    const where = whose === 'jobs' ? own : `(${own}) IS NOT TRUE`
    const text = `SELECT count(*) FROM ${modelTable(target.model, sql.dialect)} WHERE ${where}`
    const [row] = await sql.query(text, statement.values)
    if (Number(row![0]) > 0) rows[target.model.table] = Number(row![0])
  }
  return rows
}

/** Removes, within a transaction, the rows that jobs wrote, and their moments. The site's own rows stay. */
export async function removeDerived(sql: SqlBackend, plan: Plan): Promise<void> {
  for (const target of plan.derived) {
    const statement = new Statement(sql.dialect)
    const where = (await ofJobs(sql, target))(statement)
    await sql.execute(`DELETE FROM ${modelTable(target.model, sql.dialect)} WHERE ${where}`, statement.values)
  }
  if (plan.derived.length > 0) await sql.execute(`DELETE FROM ${SEED_JOBS.table}`)
}

/**
 * Removes, within a transaction, the rows that jobs wrote about rows that are about to go.
 * @param tables reference tables of which rows go
 * @param whole all numbers that go, by space
 */
export async function removeDerivedOf(
  sql: SqlBackend,
  plan: Plan,
  tables: ReadonlySet<string>,
  whole: ReadonlyMap<Space, readonly NumberRange[]>,
  keyOf: KeyMaker,
): Promise<void> {
  for (const target of plan.derived) {
    const isOfJobs = await ofJobs(sql, target)
    for (const column of target.all) {
      const { producer } = column
      if (producer.from !== 'key' || producer.columns.length !== 1 || !('space' in producer.rule)) continue
      const space = producer.rule.space as Space
      if (producer.rule.kind === 'table' || !tables.has(tableOfSpace(space))) continue
      const { rule } = producer
      for (const { where, statement } of holding(sql, target, { column, rule }, whole.get(space) ?? [], keyOf)) {
        const text = `DELETE FROM ${modelTable(target.model, sql.dialect)} WHERE ${where} AND ${isOfJobs(statement)}`
        await sql.execute(text, statement.values)
      }
    }
  }
}

/** The condition that a row is one that jobs wrote. */
async function ofJobs(sql: SqlBackend, target: PlannedTarget): Promise<(statement: Statement) => string> {
  const how = derivedRows(target)
  const moments = await momentsOf(sql, WRITTEN_BY[target.facts.table as DerivedTable])
  if (!how || moments.length === 0) return () => '1 = 0'
  const { computedAt } = how
  return (statement) => {
    const values = Array.from(moments, (at) =>
      statement.valueOf(computedAt, Math.floor(at / computedAt.tick) * computedAt.tick),
    )
    return `${statement.name(computedAt.field.column)} IN (${values.join(', ')})`
  }
}

import type { Plan } from '../plan/plan.ts'
import { modelTable, quoted, type SqlBackend, Statement } from '../sql/sql.ts'

/** Tables that runs are written to and that hold rows; models of lookup rows are meant to hold some. */
export async function occupiedTables(backend: SqlBackend, { lookups, targets }: Plan): Promise<string[]> {
  const known = new Set([...lookups.values()].map(({ model }) => model.name))
  const asked = new Set<string>()
  const tables: string[] = []
  for (const { model, verb } of targets) {
    const table = modelTable(model, backend.dialect)
    if (verb === 'update' || known.has(model.name) || asked.has(table)) continue
    asked.add(table)
    const [row] = await backend.query(`SELECT 1 FROM ${table} LIMIT 1`)
    if (row) tables.push(table)
  }
  return tables
}

/**
 * The greatest number that a reference table's rows have: numbers of other runs are not given again, since what is made
 * of them (an e-mail address) must differ as well.
 */
export async function greatestNumber(backend: SqlBackend, plan: Plan, table: string): Promise<number> {
  const { dialect } = backend
  const statement = new Statement(dialect)
  const where = `table_name = ${statement.value(table)}`
  const [given] = await backend.query(`SELECT max(last_id) FROM seed_run_days WHERE ${where}`, statement.values)
  let greatest = Number(given![0] ?? 0)
  for (const { selector, facts, verb, model } of plan.targets) {
    if (facts.table !== table || selector?.scope !== 'step' || selector.rule.kind !== 'number' || verb === 'update')
      continue
    const column = quoted(selector.column.field.column, dialect)
    const [row] = await backend.query(`SELECT max(${column}) FROM ${modelTable(model, dialect)}`)
    greatest = Math.max(greatest, Math.ceil((Number(row![0] ?? 0) - selector.rule.lane) / selector.rule.stride))
  }
  return greatest
}

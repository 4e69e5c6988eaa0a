import { timeColumns, withIntegerTimes } from '../plan/integer-times.ts'
import type { Plan, PlannedTarget } from '../plan/plan.ts'
import { modelTable, quoted, type SqlBackend } from './sql.ts'

/**
 * The plan as the site's rows have it. SQLite has no type for times: Prisma 5 and 6 without a driver adapter keep integers,
 * adapters keep text unless they are told otherwise, and the one sorts before all of the other. So a column is filled as the
 * rows that are there have it; where there are none, as the site's other times are; else as the configuration or Prisma's
 * version says.
 */
export async function asKept(backend: SqlBackend, plan: Plan): Promise<Plan> {
  if (backend.dialect !== 'sqlite') return plan
  const { times } = plan
  if (times === 'text') return plan
  if (times === 'integer') return withIntegerTimes(plan, () => true)
  if (!(await backend.exists())) return plan
  const found = new Map<string, string>()
  for (const target of [...plan.lookups.values(), ...plan.targets, ...plan.derived]) {
    for (const { field } of timeColumns(target)) {
      const name = nameOf(target, field.column)
      if (!found.has(name)) found.set(name, await kindThere(backend, target, field.column))
    }
  }
  const kinds = [...found.values()].filter((kind) => kind === 'integer' || kind === 'text')
  const others = kinds.length > 0 ? (kinds.includes('integer') ? 'integer' : 'text') : plan.usualTimes
  return withIntegerTimes(plan, (target, { field }) => {
    const kind = found.get(nameOf(target, field.column))
    return (kind === 'integer' || kind === 'text' ? kind : others) === 'integer'
  })
}

function nameOf({ model }: PlannedTarget, column: string): string {
  return `${model.name} ${column}`
}

/** SQLite's word for what a column holds; nothing where it holds nothing, or is not there. */
async function kindThere(backend: SqlBackend, { model }: PlannedTarget, column: string): Promise<string> {
  const name = quoted(column, 'sqlite')
  const [there] = await backend.query('SELECT 1 FROM pragma_table_info(?) WHERE name = ?', [model.table, column])
  if (!there) return ''
  const sql = `SELECT typeof(${name}) FROM ${modelTable(model, 'sqlite')} WHERE ${name} IS NOT NULL ORDER BY rowid LIMIT 1`
  const [row] = await backend.query(sql).catch(() => [])
  return String(row?.[0] ?? '')
}

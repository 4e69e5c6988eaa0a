import type { TableShape } from '../../batch.ts'
import type { Plan, PlannedColumn, PlannedTarget } from './plan.ts'

/** Whether a column keeps its times, or dates, as whole milliseconds since 1970. */
export type IsInteger = (target: PlannedTarget, column: PlannedColumn) => boolean

/** Columns of SQLite that hold a DateTime. */
export function timeColumns({ all }: PlannedTarget): PlannedColumn[] {
  return all.filter(({ field }) => field.type === 'DateTime' && !field.list)
}

/** The plan for a site that keeps times as integers, as Prisma's own engine does in SQLite: these columns are numbers. */
export function withIntegerTimes(plan: Plan, isInteger: IsInteger): Plan {
  return {
    ...plan,
    targets: plan.targets.map((target) => changed(target, isInteger)),
    derived: plan.derived.map((target) => changed(target, isInteger)),
    lookups: new Map([...plan.lookups].map(([name, target]) => [name, changed(target, isInteger)])),
  }
}

function changed(target: PlannedTarget, isInteger: IsInteger): PlannedTarget {
  const numbers = timeColumns(target).filter((column) => isInteger(target, column))
  if (numbers.length === 0) return target
  const by = new Map(
    target.all.map((column) => [column, numbers.includes(column) ? { ...column, kind: 'int' as const } : column]),
  )
  const each = (columns: readonly PlannedColumn[]) => columns.map((column) => by.get(column)!)
  const names = new Set(numbers.map(({ field }) => field.column))
  const shape = (of: TableShape): TableShape => ({
    ...of,
    columns: Object.fromEntries(
      Object.entries(of.columns).map(([name, kind]) => [name, names.has(name) ? 'int' : kind]),
    ),
  })
  return {
    ...target,
    all: each(target.all),
    columns: each(target.columns),
    deferred: each(target.deferred),
    shape: shape(target.shape),
    full: shape(target.full),
  }
}

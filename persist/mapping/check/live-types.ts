import { type Problem, problem } from '../config/problem.ts'
import { placesOf, tickOf } from '../plan/field-kinds.ts'
import type { PlannedColumn, PlannedTarget } from '../plan/plan.ts'
import type { LiveTable } from '../sql/live/index.ts'
import type { Dialect } from '../sql/sql.ts'
import { columnProblems } from './column-checks.ts'

/** Columns that keep less than the Prisma schema says: shorter texts, smaller numbers, times without their thousandths. */
export function narrowerColumns(target: PlannedTarget, { columns }: LiveTable, dialect: Dialect): Problem[] {
  return target.all.flatMap((column) => {
    const live = columns.get(column.field.column)
    if (!live?.native || column.part) return []
    const as = { ...column, field: { ...column.field, native: live.native } }
    const known = new Set(columnProblems(target, column).map(({ message }) => message))
    const found = columnProblems(target, as).filter(({ message }) => !known.has(message))
    const lost = found.length > 0 ? found.map(({ message }) => message) : lostDigits(column, as, dialect)
    return lost.map((message) => {
      const { model, source } = target
      const says = `${message}: '${live.type}' in the database, which the Prisma schema does not say`
      const type = live.native!.length > 1 ? `${live.native![0]}(${live.native!.slice(1).join(', ')})` : live.native![0]
      const paste = `npx prisma migrate dev   # widens it; or @db.${type} in the schema, where it is meant so`
      return problem('not in the database', source, model.name, column.field.name, says, paste)
    })
  })
}

/** What a value loses on its way into a column of that kind, so that it would be found changed. */
function lostDigits(column: PlannedColumn, { field }: PlannedColumn, dialect: Dialect): string[] {
  const { kind, producer, tick, places } = column
  if (producer.from === 'constant') return []
  if (kind === 'time') {
    if (field.native![0] === 'Date') return ['the field keeps the day alone, facts have times']
    return tickOf(field, dialect) > tick ? ['the field keeps less of a second than facts have'] : []
  }
  if (kind === 'float' && placesOf(field) === -1 && places !== -1)
    return ['the field keeps numbers of single precision']
  return []
}

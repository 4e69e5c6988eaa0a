import { referenceOf, uniquesOf } from '../metadata/metadata.ts'
import { tellsPart } from '../plan/part.ts'
import type { Plan, PlannedColumn, PlannedTarget } from '../plan/plan.ts'
import { hasConstant } from '../read/select.ts'
import type { Statement } from '../sql/sql.ts'

/**
 * Which rows of a model are facts of a kind, whoever wrote them. A constant of the mapping tells where it says what a row is:
 * where it differs from another target's, is a foreign key, or part of a unique. Others (a default plan, a mark of test data)
 * tell nothing about the site's own rows.
 */
export function factsOnly(plan: Plan, target: PlannedTarget): (statement: Statement) => string {
  const { all, verb, unique, model } = target
  const telling = all.filter((column) => tells(plan, target, column))
  const part = verb === 'insert' ? undefined : all.find((column) => tellsPart(column, unique, model))
  return (statement) =>
    [
      ...telling.flatMap((column) => hasConstant(column, statement)),
      ...(part ? [`${statement.name(part.field.column)} IS NOT NULL`] : []),
    ].join(' AND ')
}

function tells(plan: Plan, { model }: PlannedTarget, { producer, field }: PlannedColumn): boolean {
  if (producer.from !== 'constant') return false
  if (referenceOf(model, field.name) || uniquesOf(model).some((fields) => fields.includes(field.name))) return true
  return plan.targets.some(
    (other) =>
      other.model.name === model.name &&
      other.all.some(
        ({ field: its, producer: by }) =>
          its.name === field.name && !(by.from === 'constant' && by.value === producer.value),
      ),
  )
}

import { type Problem, problem } from '../config/problem.ts'
import type { Plan, PlannedTarget } from '../plan/plan.ts'

/**
 * What works, but is hardly meant: times of which nothing is said, so that the database sets them to the moment at which the
 * rows are written, months of them to the same day.
 */
export function planNotes(plan: Plan): Problem[] {
  const made = plan.targets.filter(({ verb }) => verb !== 'update')
  return plan.order.flatMap((name) => {
    const targets = made.filter(({ model }) => model.name === name)
    const filled = new Set(
      plan.targets.filter(({ model }) => model.name === name).flatMap(({ all }) => all.map(({ field }) => field.name)),
    )
    const target = targets.find(({ facts }) => facts.time) ?? targets[0]
    if (!target) return []
    return target.model.fields
      .filter(({ name: field, type, default: by }) => type === 'DateTime' && by === 'now' && !filled.has(field))
      .map(({ name: field }) =>
        problem(
          'time of writing',
          target.source,
          name,
          field,
          "no fact's column goes there, so the database sets it to the moment of writing",
          lineFor(target, field),
        ),
      )
  })
}

function lineFor(target: PlannedTarget, field: string): string {
  const { time } = target.facts
  if (!time) return `set: { ${field}: new Date('2024-01-01') }`
  if (target.target.kind !== 'to') return `${field}: row.${time}`
  const others = target.all
    .filter(
      ({ producer, field: { updatedAt } }) => !updatedAt && producer.from === 'column' && producer.column === time,
    )
    .map((column) => column.field.name)
  const fields = [...others, field].map((each) => `'${each}'`)
  return `${time}: ${others.length > 0 ? `[${fields.join(', ')}]` : fields[0]},`
}

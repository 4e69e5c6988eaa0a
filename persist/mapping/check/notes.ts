import { type Problem, problem } from '../config/problem.ts'
import type { Plan, PlannedTarget } from '../plan/plan.ts'

/** What works, but is hardly meant, or only up to a point. */
export function planNotes(plan: Plan): Problem[] {
  return [...timesOfWriting(plan), ...shortKeys(plan)]
}

/**
 * Times of which nothing is said, so that the database sets them to the moment at which the
 * rows are written, months of them to the same day.
 */
function timesOfWriting(plan: Plan): Problem[] {
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

/** Where two of so many rows get the same key with a chance of 1 in 1,000, nobody needs to think of it. */
const ENOUGH_ROWS = 1e9
const CHANCE = 1 / 1000

/** Keys of few characters, of which two rows may get the same. */
function shortKeys(plan: Plan): Problem[] {
  const folds = plan.metadata.provider === 'mysql'
  return plan.targets.flatMap(({ all, model, source, verb, label }) =>
    all.flatMap(({ field, producer }) => {
      const own = producer.from === 'key' && (producer.ofRow || field.name === model.primaryKey[0])
      if (!own || verb === 'update' || producer.rule.kind !== 'text' || producer.rule.length === undefined) return []
      const { length } = producer.rule
      const rows = rowsUntilShared(length, folds)
      if (rows > ENOUGH_ROWS) return []
      const message =
        `the key has ${length} characters: of ${roundly(rows)} rows two get the same with a chance of 1 in 1,000, ` +
        `and the run then ends (${label}: a row with the same unique is there already)`
      return [
        problem(
          'short key',
          source,
          model.name,
          field.name,
          message,
          `@default(nanoid())   // 21 characters, or as many as you need`,
        ),
      ]
    }),
  )
}

/** Equal letters of a nanoid: one pair in 64; where capitals are no other letters, one in 35. @returns rows */
function rowsUntilShared(length: number, folds: boolean): number {
  const alike = folds ? (26 * 2 ** 2 + 12) / 64 ** 2 : 1 / 64
  return Math.sqrt((2 * CHANCE) / alike ** length)
}

/** Two digits of a number, in words where it is large. */
function roundly(number: number): string {
  const digits = Math.max(0, Math.floor(Math.log10(number)) - 1)
  return Math.floor(Math.floor(number / 10 ** digits) * 10 ** digits).toLocaleString('en-US')
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

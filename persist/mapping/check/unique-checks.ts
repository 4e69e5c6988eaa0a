import { type Problem, problem } from '../config/problem.ts'
import { uniquesOf } from '../metadata/metadata.ts'
import type { PlannedTarget } from '../plan/plan.ts'

/** Every unique of the model must hold more than one fact can share. */
export function uniqueProblems(target: PlannedTarget): Problem[] {
  const { model, verb, all, unique, source } = target
  if (verb !== 'insert') {
    const known = uniquesOf(model).some(
      (fields) => fields.length === unique.length && fields.every((name) => unique.includes(name)),
    )
    const filled = unique.every((name) => all.some(({ field }) => field.name === name))
    if (known && filled) return []
    const message = known
      ? `${verb} needs all of ${unique.join(', ')} mapped`
      : `${verb}: [${unique.join(', ')}] is no unique of the model`
    return [
      problem(
        'unique not satisfied',
        source,
        model.name,
        unique[0] ?? null,
        message,
        `@@unique([${unique.join(', ')}])`,
      ),
    ]
  }
  return uniquesOf(model).flatMap((fields) => {
    if (satisfied(target, fields)) return []
    const names = fields.join(', ')
    const pair = source === 'like' && fields.length === 2
    const last = model.fields.find(({ name }) => name === fields.at(-1))!
    const mapped = all.filter(({ field }) => fields.includes(field.name))
    const folds = !pair && mapped.length === fields.length && mapped.every(({ producer }) => producer.from === 'key')
    const number = last.type === 'Int' || last.type === 'BigInt'
    const ownRow = target.facts.own.map((name) => `row.${name}`)
    const made = number ? ownRow[0] : `\`${last.name}-${ownRow.map((each) => `\${${each}}`).join('-')}\``
    const paste = folds
      ? `{ fold: ['${fields.join("', '")}'] }`
      : pair
        ? `to('${model.name}', { low_user_id: '${fields[0]}', high_user_id: '${fields[1]}', … }, { where: { side: 'low' }, fold: ['${fields.join("', '")}'] })`
        : `set: { ${last.name}: (row) => ${made} }`
    const message = `no two rows may share ${names}, but two '${source}' facts can`
    return [problem('unique not satisfied', source, model.name, fields.at(-1)!, message, paste)]
  })
}

function satisfied({ all, facts, model, target, ownKey }: PlannedTarget, fields: readonly string[]): boolean {
  const columns: string[] = []
  for (const name of fields) {
    const [column, ...halves] = all.filter(({ field }) => field.name === name)
    const field = model.fields.find((candidate) => candidate.name === name)!
    // Left out: NULLs differ from one another, and so do values that the database makes.
    if (!column && (!field.required || field.default !== null)) return true
    if (!column) return true // Said already: unmapped.
    const { producer } = column
    // A function answers for itself.
    if (producer.from === 'function' || producer.from === 'returned') return true
    if (producer.from === 'column' && injective(producer.values) && column.cut === null) columns.push(producer.column)
    if (producer.from === 'find' && injective(producer.find.values)) columns.push(producer.column)
    for (const half of [column, ...halves]) if (half.producer.from === 'key') columns.push(...half.producer.columns)
  }
  if (target.most !== undefined && target.most > 1)
    return columns.length > 0 && ownKey !== null && fields.includes(ownKey)
  const own = facts.keys.some((key) => key.every((column) => columns.includes(column)))
  return own
}

/** Whether different values stay different. */
function injective(values: ReadonlyMap<string, unknown> | null): boolean {
  return values === null || new Set(values.values()).size === values.size
}

/** Rows that could not be removed or verified, since nothing tells them from others. */
export function foundAgain({ selector, source, model }: PlannedTarget): Problem[] {
  if (selector) return []
  const message =
    'no field holds the key of the row or of a row it belongs to, so a run could not be removed or verified'
  return [
    problem(
      'not found again',
      source,
      model.name,
      null,
      message,
      `id: '${model.primaryKey[0] ?? 'id'}', or map a person's id`,
    ),
  ]
}

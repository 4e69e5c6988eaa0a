import { LEDGER } from '../../ledger/tables.ts'
import { type Problem, problem } from '../config/problem.ts'
import { keyForm } from '../plan/keys/key-forms.ts'
import { matchFields } from '../plan/match-fields.ts'
import type { Plan, PlannedTarget } from '../plan/plan.ts'
import { columnProblems, lengthOfKeyProblems } from './column-checks.ts'
import { derivedProblems } from './derived-checks.ts'
import { impureFunctions } from './pure-functions.ts'
import { foundAgain, uniqueProblems } from './unique-checks.ts'

/** What a plan would run into, found from the metadata alone. */
export function checkPlan(plan: Plan): Problem[] {
  const targets = [...plan.lookups.values(), ...plan.targets]
  return [
    ...ledgerProblems(plan),
    ...targets.flatMap((target) => target.all.flatMap((column) => columnProblems(target, column))),
    ...targets.flatMap((target) => impureFunctions(plan, target)),
    ...plan.targets.flatMap((target) => [
      ...uniqueProblems(target),
      ...foundAgain(target),
      ...lostValues(plan, target),
    ]),
    ...[...plan.lookups.values()].flatMap(lookupProblems),
    ...doubled(plan),
    ...derivedProblems(plan),
  ]
}

/** The ledger's models must be in the schema: tables that it does not know look like drift to Prisma. */
function ledgerProblems({ metadata }: Plan): Problem[] {
  return Object.values(LEDGER).flatMap((shape) => {
    const model = metadata.models.find(({ table }) => table === shape.table)
    if (!model) {
      const message = `the ledger's table '${shape.table}' has no model: without it no run can be resumed, extended or removed`
      return [
        problem(
          'missing ledger',
          null,
          shape.table,
          null,
          message,
          'npx mingle init   # adds mingle.prisma, then: npx prisma migrate dev',
        ),
      ]
    }
    const missing = Object.keys(shape.columns).filter(
      (column) => !model.fields.some((field) => field.column === column),
    )
    return missing.map((column) =>
      problem(
        'missing ledger',
        null,
        model.name,
        column,
        `the ledger's column '${column}' is missing`,
        'npx mingle init   # writes mingle.prisma anew',
      ),
    )
  })
}

/** A dislike that looks like a like. */
function lostValues(plan: Plan, target: PlannedTarget): Problem[] {
  if (target.source !== 'like' || target.verb === 'update' || target.target.kind !== 'to') return []
  const tells = target.all.some(
    ({ producer }) =>
      (producer.from === 'column' && (producer.column === 'action' || producer.column === 'liked')) ||
      producer.from === 'function',
  )
  const where = (target.target.options.where ?? {}) as Record<string, unknown>
  if (tells || 'action' in where || 'liked' in where || plan.targets.length === 0) return []
  const message = "dislikes and likes become the same rows, since 'action' goes nowhere"
  const open = target.model.fields.find((field) => field.enum && !target.all.some((column) => column.field === field))
  const paste = open
    ? `action: as('${open.name}', { LIKE: '…', DISLIKE: '…' }),`
    : "{ where: { action: 'LIKE' } }, or { where: { action: ['LIKE', 'DISLIKE'] } } where both are meant"
  return [problem('lost value', 'like', target.model.name, open?.name ?? null, message, paste)]
}

function lookupProblems(target: PlannedTarget): Problem[] {
  const { model, source } = target
  if (model.primaryKey.length !== 1) {
    return [
      problem(
        'no key',
        source,
        model.name,
        null,
        'lookup rows need a key of one field',
        `id Int @id @default(autoincrement())`,
      ),
    ]
  }
  const keyLength = keyLengthProblems(target)
  if (keyLength.length > 0) return keyLength
  if (matchFields(target).length > 0) return []
  const name = Object.keys(target.facts.columns).find((column) => column === 'name' || column === 'slug') ?? 'position'
  return [
    problem(
      'unmapped required field',
      source,
      model.name,
      name,
      'nothing tells which row is which',
      `${name}: '…', with { match: '…' }`,
    ),
  ]
}

/** The keys that rows get which are added. */
function keyLengthProblems({ model, source, all, target }: PlannedTarget): Problem[] {
  const key = model.fields.find(({ name }) => name === model.primaryKey[0])
  if (key?.type !== 'String' || all.some(({ field }) => field === key)) return []
  const says = (code: Problem['code'], message: string, paste: string) => [
    problem(code, source, model.name, key.name, message, paste),
  ]
  return lengthOfKeyProblems(key, keyForm(key, target), says)
}

/** One person, two rows of one model. */
function doubled({ targets }: Plan): Problem[] {
  const user = targets.filter(({ source, verb }) => source === 'user' && verb === 'insert')
  return targets
    .filter(
      ({ source, verb, model }) =>
        source === 'profile' && verb === 'insert' && user.some((other) => other.model.name === model.name),
    )
    .map(({ model }) =>
      problem(
        'two rows for one',
        'profile',
        model.name,
        null,
        `'user' makes a ${model.name} for each person already`,
        `move the fields of 'profile' into user: to('${model.name}', { … })`,
      ),
    )
}

import { SEED_JOBS } from '../../rows/derived.ts'
import { type Problem, problem } from '../config/problem.ts'
import { aboutColumns, derivedRows } from '../plan/derived-rows.ts'
import type { Plan, PlannedTarget } from '../plan/plan.ts'
import { columnProblems } from './column-checks.ts'
import { impureFunctions } from './pure-functions.ts'
import { uniqueProblems } from './unique-checks.ts'

/** What jobs would run into as they write into models of the site. */
export function derivedProblems(plan: Plan): Problem[] {
  if (plan.derived.length === 0) return []
  return [
    ...jobLedger(plan),
    ...plan.derived.flatMap((target) => {
      const form = formProblems(plan, target)
      if (form.length > 0) return form
      return [
        ...target.all.flatMap((column) => columnProblems(target, column)),
        ...impureFunctions(plan, target),
        ...uniqueProblems(target),
        ...toldAgain(target),
      ]
    }),
  ]
}

/** Jobs note as of when they compute, which tells their rows from the site's. */
function jobLedger({ metadata }: Plan): Problem[] {
  const model = metadata.models.find(({ table }) => table === SEED_JOBS.table)
  const there =
    model && Object.keys(SEED_JOBS.columns).every((name) => model.fields.some(({ column }) => column === name))
  if (there) return []
  const message = `the ledger's table '${SEED_JOBS.table}' has no model: without it the rows that jobs wrote could not be told from the site's`
  const paste = 'npx mingle init   # adds it to mingle.prisma, then: npx prisma migrate dev'
  return [problem('missing ledger', null, SEED_JOBS.table, null, message, paste)]
}

function formProblems(plan: Plan, { source, model, target, verb }: PlannedTarget): Problem[] {
  const says = (message: string) => [
    problem('wrong type', source, model.name, null, message, `${source}: to('${model.name}', { … })`),
  ]
  if (verb !== 'insert')
    return says(`what jobs derive has rows of its own, and goes into none that are there: no ${verb}`)
  if (target.kind !== 'to') return says('what jobs derive becomes one row each')
  if (plan.targets.some((other) => other.model.name === model.name) || isLookup(plan, model.name)) {
    return says(`runs write into ${model.name} themselves; what jobs derive wants a model of its own`)
  }
  const beside = plan.derived.filter((other) => other.model.name === model.name)
  return beside.length > 1 ? says(`${beside.length} targets of what jobs derive go into ${model.name}`) : []
}

function isLookup({ lookups }: Plan, name: string): boolean {
  return [...lookups.values()].some(({ model }) => model.name === name)
}

function toldAgain(target: PlannedTarget): Problem[] {
  const { source, model, facts } = target
  if (derivedRows(target)) return []
  const says = (field: string | null, message: string, paste: string) =>
    problem('not found again', source, model.name, field, message, paste)
  if (aboutColumns(target)) {
    const time = model.fields.find(({ type }) => type === 'DateTime')
    const message =
      "no field says as of when a row was computed, so that the jobs' rows could not be told from the site's"
    const paste = time ? `computed_at: '${time.name}',` : 'computedAt DateTime   // in the Prisma schema'
    return [says(time?.name ?? null, message, paste)]
  }
  const own = facts.keys[0]!
  const fields = own.map((name) => {
    const column = target.all.find(({ producer }) => 'columns' in producer && producer.columns[0] === name)
    return column?.field.name ?? name
  })
  const message = `no unique of the model says what a row is about (${own.join(', ')})`
  return [says(null, message, `@@unique([${fields.join(', ')}])`)]
}

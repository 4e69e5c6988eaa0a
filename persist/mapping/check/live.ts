import { type Problem, problem } from '../config/problem.ts'
import type { Plan } from '../plan/plan.ts'
import { liveColumns, type SqlBackend } from '../sql/sql.ts'

/** Tables and columns that the mapping fills and the database does not have: the schema was not migrated. */
export async function liveProblems(backend: SqlBackend, plan: Plan): Promise<Problem[]> {
  const problems: Problem[] = []
  const seen = new Map<string, Set<string>>()
  for (const { model, all, source } of [...plan.lookups.values(), ...plan.targets]) {
    const there = seen.get(model.name) ?? (await liveColumns(backend, model))
    if (there.size === 0 && !seen.has(model.name)) {
      const message = `the database has no table '${model.table}'`
      problems.push(problem('not in the database', source, model.name, null, message, 'npx prisma migrate dev'))
    }
    seen.set(model.name, there)
    for (const field of there.size > 0 ? all.map(({ field, part }) => part?.of ?? field) : []) {
      if (there.has(field.column)) continue
      const message = `table '${model.table}' has no column '${field.column}'`
      problems.push(problem('not in the database', source, model.name, field.name, message, 'npx prisma migrate dev'))
      there.add(field.column)
    }
  }
  return problems
}

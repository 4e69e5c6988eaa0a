import { type Problem, problem } from '../config/problem.ts'
import { exampleRow } from '../plan/example.ts'
import type { Plan, PlannedTarget } from '../plan/plan.ts'
import { givesOthers } from '../rows/pure.ts'

const ROWS = 3

/** Functions that make two things of one fact: a run that is resumed or verified makes its rows anew, and must find them. */
export function impureFunctions(plan: Plan, target: PlannedTarget): Problem[] {
  const { source, model, facts, all } = target
  const differs = (make: (row: never) => unknown) =>
    Array.from({ length: ROWS }, (_, i) => i).some((i) => {
      try {
        return givesOthers(make, () => exampleRow(plan, facts.columns, i))
      } catch {
        // What it does with made-up rows is its own affair.
        return false
      }
    })
  const says = (field: string | null) =>
    problem(
      'impure function',
      source,
      model.name,
      field,
      'the function makes different values of the same fact (Math.random, the clock, a counter?); it must depend on the row alone',
      field === null ? '(row) => …   // of row alone' : `set: { ${field}: (row) => … }   // of row alone`,
    )
  const made = target.target.make
  return [
    ...(made && differs(made as (row: never) => unknown) ? [says(null)] : []),
    ...all.flatMap(({ producer, field }) =>
      producer.from === 'function' && differs(producer.make as (row: never) => unknown) ? [says(field.name)] : [],
    ),
  ]
}

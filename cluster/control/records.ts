import { isSameDatabase } from '../plan/output.ts'
import { type Plan, planName, type Task } from '../plan/plan.ts'

/** Beginning of the keys of the records that a plan's tasks leave in a database. */
export function recordsOf(plan: Plan): string {
  return `records-${planName(plan)}/`
}

export function recordKey(plan: Plan, { id }: Task): string {
  return `${recordsOf(plan)}${id}`
}

/** Beginning of the keys of a plan that lies in the database of its rows, under a name; none of one that lies elsewhere. */
export function planKeysIn(where: string, control: string): string[] {
  const [, ...fragment] = isSameDatabase(control, where) ? control.split('#') : []
  return fragment.length > 0 ? [`${fragment.join('#')}/`] : []
}

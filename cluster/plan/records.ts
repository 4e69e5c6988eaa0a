import { type Plan, planName, type Task } from './plan.ts'

/** Beginning of the keys of the records that a plan's tasks leave in a database. */
export function recordsOf(plan: Plan): string {
  return `records-${planName(plan)}/`
}

export function recordKey(plan: Plan, { id }: Task): string {
  return `${recordsOf(plan)}${id}`
}

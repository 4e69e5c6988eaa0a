import { dealMarkets } from '../../run/index.ts'
import type { Plan, Task } from './plan.ts'

/**
 * One share of some tasks of one pass, as their number in the plan goes: all shares together are all tasks, and have about as many people
 * each, since who is done waits for the others between the passes and at the end. Neighbours differ: a metropolis is a group by itself.
 *
 * @param part from 0
 */
export function shareOf(tasks: readonly Task[], { groups, people }: Plan, part: number, parts: number): Task[] {
  const numbers = groups.map((_, group) => group)
  const mine = new Set(dealMarkets(numbers, people, parts)[part])
  return tasks.filter(({ group }) => mine.has(group))
}

/** Tasks in the order in which they are best begun: what is begun last should not take long. */
export function largestFirst(tasks: readonly Task[], { people }: Plan): Task[] {
  return tasks.toSorted((a, b) => people[b.group]! - people[a.group]! || a.group - b.group)
}

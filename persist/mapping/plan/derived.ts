import type { DerivedTable } from '../../rows/derived.ts'
import type { Space } from '../config/sources.ts'
import type { Draft } from './drafts.ts'
import type { KeyRule, Plan, PlannedColumn, PlannedTarget } from './plan.ts'

/** The key of a row of a space, whoever made the row: the site's own rows follow no rule. */
export type SpacedRule = KeyRule & { readonly space: Space }

/** Where the mapping says that the rows of a derived table go; undefined where it does not. */
export function derivedTarget(plan: Plan, table: DerivedTable): PlannedTarget | undefined {
  return plan.derived.find(({ facts }) => facts.table === table)
}

/** What jobs derive is about rows of everybody's: a key that a column tells, in contrast to the row's own, which is a hash. */
export function spaced({ assignments, facts }: Draft, column: PlannedColumn): PlannedColumn {
  const { producer, field } = column
  if (producer.from !== 'key' || producer.columns.length !== 1) return column
  const given = assignments.some((assignment) => assignment.field === field.name)
  const space = facts.columns[producer.columns[0]!]!.space
  if (!given || space === undefined) return column
  const rule: SpacedRule = { ...producer.rule, space }
  return { ...column, producer: { ...producer, rule } }
}

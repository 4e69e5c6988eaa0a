import type { Space } from '../../config/sources.ts'
import type { Draft } from '../drafts.ts'
import { exampleRow } from '../example.ts'
import type { KeyRule, PlannedColumn, Selector } from '../plan.ts'

const ROWS = 3

/**
 * Fields in which a function gives the key of a row back, tried on made-up rows: by these, rows are found again that have no
 * other key (`rows('Response', ['userId', …], (row) => … userId: row.user_id …)`).
 */
export function givenKeys(
  { target, facts }: Draft,
  columns: readonly PlannedColumn[],
  primary: ReadonlyMap<Space, KeyRule>,
): Selector[] {
  const rows = Array.from({ length: ROWS }, (_, i) => exampleRow({ primary }, facts.columns, i))
  return columns.flatMap((column): Selector[] => {
    const make = makerOf(target, column)
    if (!make) return []
    try {
      const made = rows.map((row) => make(row))
      const told = Object.entries(facts.columns).find(([name, { space }]) => {
        const rule = space && primary.get(space)
        if (!rule || rule.kind === 'table' || made.some((values) => values.length === 0)) return false
        return made.every((values, i) => values.every((value) => value === rows[i]![name]))
      })
      if (!told) return []
      const [name, { space }] = told
      const scope = facts.own.length === 1 && facts.own[0] === name ? 'step' : 'run'
      return [{ column, rule: primary.get(space!)!, space: space!, scope }]
    } catch {
      return []
    }
  })
}

/** What a function puts into a field of each row that it makes. */
function makerOf(
  { make }: Draft['target'],
  { producer }: PlannedColumn,
): ((row: Record<string, unknown>) => readonly unknown[]) | null {
  if (producer.from === 'function') return (row) => [producer.make(row as never)]
  if (producer.from !== 'returned' || !make) return null
  return (row) => {
    const made = make(row as never) as Record<string, unknown> | readonly Record<string, unknown>[] | null
    return (Array.isArray(made) ? made : made ? [made] : []).map((each) => each[producer.name])
  }
}

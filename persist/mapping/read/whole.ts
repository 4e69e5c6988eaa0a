import type { LedgerDay } from '../../ledger/records.ts'
import type { Plan, PlannedTarget } from '../plan/plan.ts'

/** How many facts of a reference table with ids the ledger tells of. */
export function factsOf(days: readonly LedgerDay[], table: string): number {
  return sum(days.filter((row) => row.table === table).map(({ firstId, lastId }) => lastId - firstId + 1))
}

/** How many rows the targets of a reference table made. */
export function rowsOf(days: readonly LedgerDay[], table: string): number {
  return sum(days.filter((row) => row.table === table).map(({ rows }) => rows))
}

/**
 * Whether a target has a row for each of the facts that it takes. A function may leave some out: then the ledger's
 * counts tell.
 * @param days the run's committed rows of the ledger
 */
export function isWhole(plan: Plan, target: PlannedTarget, days: readonly LedgerDay[]): boolean {
  const skips = target.all.some(({ producer, field }) => {
    if (producer.from === 'find') return producer.find.missing === 'skip'
    if (producer.from !== 'key' || producer.rule.kind !== 'table' || !field.required) return false
    const { space } = producer.rule
    return [...plan.lookups.values()].some(
      ({ facts, target: { options } }) => facts.space === space && options.missing === 'skip',
    )
  })
  if (target.many) return false
  if (!skips && target.target.kind !== 'rows') return true
  const { table, space } = target.facts
  const beside = plan.targets.filter(({ source }) => source === target.source)
  if (space === null || beside.some((other) => other.target.options.where || (other.target.most ?? 1) > 1)) return false
  return rowsOf(days, table) === factsOf(days, table) * beside.length
}

type Values = Readonly<Record<string, string | number>>
type Wanted = Readonly<Record<string, string | number | readonly (string | number)[]>>

/**
 * Targets of which each takes some of a fact, none of them the same: by the values that they ask for.
 * @returns the values that none takes; null when two take the same, or when nothing tells
 */
export function partition(targets: readonly PlannedTarget[]): { readonly left: readonly Values[] } | null {
  if (targets.length === 0) return null
  const wheres = targets.map(({ target }) => (target.options.where ?? {}) as Wanted)
  const { columns } = targets[0]!.facts
  let combinations: Values[] = [{}]
  for (const name of new Set(wheres.flatMap((where) => Object.keys(where)))) {
    const values = columns[name]!.values ?? (name === 'liked' ? [0, 1] : null)
    if (!values) return null
    combinations = combinations.flatMap((given) => values.map((value) => ({ ...given, [name]: value })))
  }
  const takers = combinations.map(
    (given) =>
      wheres.filter((where) => Object.entries(where).every(([name, value]) => [value].flat().includes(given[name]!)))
        .length,
  )
  if (takers.some((count) => count > 1)) return null
  return { left: combinations.filter((_, i) => takers[i] === 0) }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

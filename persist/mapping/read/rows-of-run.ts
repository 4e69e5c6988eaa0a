import { isCommitted, type LedgerRun } from '../../ledger/records.ts'
import type { Plan, PlannedTarget } from '../plan/plan.ts'
import type { SqlBackend } from '../sql/sql.ts'
import { runRanges } from './ranges.ts'
import { countRows, type KeyMaker } from './select.ts'
import { factsOf, isWhole, partition, rowsOf } from './whole.ts'

/** Rows of a run by the user's own tables. The ledger counts by fact; what it does not tell is counted in the database. */
export async function rowsOfRun(
  sql: SqlBackend,
  plan: Plan,
  run: LedgerRun,
  keyOf: KeyMaker,
): Promise<Record<string, number>> {
  const days = (await sql.ledger.days(run.id)).filter((row) => isCommitted(row, run))
  const numbers = await runRanges(sql.ledger, run)
  const count = (target: PlannedTarget) => {
    const { scope, space } = target.selector!
    const own = days.filter((row) => row.table === target.facts.table && row.lastId >= row.firstId)
    const ranges = own.map(({ firstId, lastId }) => ({ first: firstId, last: lastId }))
    return countRows(sql, target, scope === 'run' ? (numbers.get(space) ?? []) : ranges, keyOf)
  }
  const rows: Record<string, number> = {}
  for (const model of plan.order) {
    const into = plan.targets.filter((target) => target.model.name === model && target.verb !== 'update')
    if (into.length === 0) continue
    const fold = into.find(({ verb }) => verb === 'fold')
    let total = 0
    if (fold?.selector) total = await count(fold)
    // Whatever else goes into a model with a fold goes into the rows that are there, but for rows with keys of their own.
    const own = fold?.selector ? into.filter((target) => laneOf(target) !== laneOf(fold)) : into
    for (const source of new Set(own.map((target) => target.source))) {
      total += await rowsOfFact(own.filter((target) => target.source === source))
    }
    const { schema, table } = into[0]!.model
    if (total > 0) rows[schema ? `${schema}.${table}` : table] = total
  }
  return rows

  /** Rows that the targets of one fact inserted into one model. */
  async function rowsOfFact(targets: readonly PlannedTarget[]): Promise<number> {
    const [{ facts, source }] = targets as readonly [PlannedTarget]
    const all = plan.targets.filter((other) => other.facts.table === facts.table && other.source === source)
    if (all.length === targets.length) return rowsOf(days, facts.table)
    if (facts.space !== null && targets.every((target) => isWhole(plan, target, days))) {
      const whole = targets.filter(({ target }) => !target.options.where)
      const some = targets.filter((target) => !whole.includes(target))
      if (some.length === 0) return factsOf(days, facts.table) * whole.length
      if (partition(some)?.left.length === 0) return factsOf(days, facts.table) * (whole.length + 1)
    }
    let total = 0
    const groups = new Set<string>()
    for (const target of targets) {
      if (target.selector && !groups.has(target.group)) total += await count(target)
      groups.add(target.group)
    }
    return total
  }
}

function laneOf({ selector, ownKey }: PlannedTarget): number {
  const own = selector?.column.field.name === ownKey
  return own && selector?.rule.kind === 'text' ? selector.rule.lane : 0
}

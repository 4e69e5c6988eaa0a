import { isCommitted, type LedgerDay, type LedgerRun } from '../../ledger/records.ts'
import { RowSum, wordsOfHex } from '../../rows/row-sum.ts'
import type { Difference, Verification } from '../../store.ts'
import type { Plan, PlannedTarget } from '../plan/plan.ts'
import { modelTable, type SqlBackend } from '../sql/sql.ts'
import { rangesOfDays } from './ranges.ts'
import { type KeyMaker, type NumberRange, readRows } from './select.ts'

/**
 * Compares the rows of a run with the ledger: fact by fact, day by day where the rows' keys tell the day, else as a
 * whole. Rows are read by the keys that the mapping gave them.
 */
export async function verifyMapped(
  backend: SqlBackend,
  plan: Plan,
  run: LedgerRun,
  keyOf: KeyMaker,
  progress: (day: number) => void,
): Promise<Verification> {
  const days = (await backend.ledger.days(run.id)).filter((row) => isCommitted(row, run))
  const whole = rangesOfDays(days)
  const ordered = days.sort((a, b) => a.day - b.day || (a.chunk || Infinity) - (b.chunk || Infinity))
  const byTable = new Map<string, PlannedTarget[]>()
  for (const target of oneOfEachGroup(plan.targets)) {
    const { table } = target.facts
    byTable.set(table, [...(byTable.get(table) ?? []), target])
  }
  const found = async (
    targets: readonly PlannedTarget[],
    ranges: (target: PlannedTarget) => readonly NumberRange[],
  ) => {
    const sum = new RowSum()
    for (const target of targets) {
      for await (const batch of readRows(backend, target, ranges(target), keyOf)) sum.add(batch, target.group)
    }
    return sum
  }
  let rows = 0
  let day = -1
  let difference: Difference | null = null
  for (const row of ordered) {
    const targets = byTable.get(row.table) ?? []
    if (row.day !== day) progress((day = row.day))
    if (targets.length === 0 || targets.some(({ selector }) => selector!.scope === 'run')) continue
    const range = row.lastId >= row.firstId ? [{ first: row.firstId, last: row.lastId }] : []
    const sum = await found(targets, () => range)
    rows += sum.rows
    difference = differenceOf(row.day, targets, [row], sum)
    if (difference) break
  }
  for (const [table, targets] of byTable) {
    if (difference || !targets.some(({ selector }) => selector!.scope === 'run')) continue
    const recorded = ordered.filter((row) => row.table === table)
    const own = recorded
      .filter((row) => row.lastId >= row.firstId)
      .map((row) => ({ first: row.firstId, last: row.lastId }))
    const sum = await found(targets, ({ selector }) =>
      selector!.scope === 'run' ? (whole.get(selector!.space) ?? []) : own,
    )
    rows += sum.rows
    difference = differenceOf(null, targets, recorded, sum)
  }
  const steps = new Set(ordered.map((row) => (row.chunk > 0 ? 'profiles' : `day ${row.day}`)))
  return { days: steps.size, rows, difference, foreignRows: await foreignRows(backend, plan) }
}

/** Rows that targets of one group made are read once. */
function oneOfEachGroup(targets: readonly PlannedTarget[]): PlannedTarget[] {
  return targets.filter(
    (target, i) => target.selector && !target.many && targets.findIndex(({ group }) => group === target.group) === i,
  )
}

function differenceOf(
  day: number | null,
  targets: readonly PlannedTarget[],
  recorded: readonly LedgerDay[],
  found: RowSum,
): Difference | null {
  const expected = new RowSum()
  for (const row of recorded) {
    if (row.rows > 0) expected.addSum({ words: wordsOfHex(row.contentDigest), rows: row.rows })
  }
  if (expected.rows === found.rows && expected.hex === found.hex) return null
  const table = [...new Set(targets.map(({ model }) => model.name))].join(', ')
  return { day, table, expectedRows: expected.rows, foundRows: found.rows }
}

/** Rows of each model beyond those that runs made; a model is left out where the ledger does not tell how many these are. */
async function foreignRows(backend: SqlBackend, plan: Plan): Promise<Record<string, number>> {
  const ledger: LedgerDay[] = []
  for (const run of await backend.ledger.runs()) {
    ledger.push(...(await backend.ledger.days(run.id)).filter((row) => isCommitted(row, run)))
  }
  const foreign: Record<string, number> = {}
  for (const name of plan.order) {
    const into = plan.targets.filter(({ model, verb }) => model.name === name && verb !== 'update')
    const own = into.map((target) => rowsMade(plan, target, ledger))
    if (into.length === 0 || own.includes(null)) continue
    const [row] = await backend.query(`SELECT count(*) FROM ${modelTable(into[0]!.model, backend.dialect)}`)
    const count = Number(row![0]) - own.reduce<number>((sum, rows) => sum + rows!, 0)
    if (count > 0) foreign[name] = count
  }
  return foreign
}

/** Rows that a target made in all runs; null when they cannot be told from the ledger, which counts by fact. */
function rowsMade(plan: Plan, target: PlannedTarget, ledger: readonly LedgerDay[]): number | null {
  const { facts, verb } = target
  const rows = ledger.filter(({ table }) => table === facts.table)
  const alone =
    plan.targets.filter((other) => other.facts.table === facts.table && other.source === target.source).length === 1
  if (alone && verb === 'insert') return rows.reduce((sum, row) => sum + row.rows, 0)
  if (verb === 'fold' || target.target.make || target.target.options.where || facts.space === null) return null
  return rows.reduce((sum, { firstId, lastId }) => sum + lastId - firstId + 1, 0)
}

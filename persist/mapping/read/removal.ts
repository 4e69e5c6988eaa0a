import type { KeyRange } from '../../database/backend.ts'
import { isCommitted, type LedgerDay, type LedgerRun } from '../../ledger/records.ts'
import { type Space, tableOfSpace } from '../config/sources.ts'
import type { Plan, PlannedColumn, PlannedTarget } from '../plan/plan.ts'
import { type SqlBackend, tableOf } from '../sql/sql.ts'
import { Hanging, type Reference } from './hanging.ts'
import { rangesOfDays } from './ranges.ts'
import { conditions, deleteRows, holding, type KeyMaker, type NumberRange } from './select.ts'

type Ranges = ReadonlyMap<string, readonly NumberRange[]>

/**
 * Removes rows of a run: children before parents, whatever the order of the facts.
 * @param ranges numbers of reference tables
 * @param whole all numbers that the run has in each space, for rows that only their person's key tells
 */
export async function removeRows(
  backend: SqlBackend,
  plan: Plan,
  ranges: readonly KeyRange[],
  whole: ReadonlyMap<Space, readonly NumberRange[]>,
  keyOf: KeyMaker,
): Promise<void> {
  const byTable = rangesByTable(ranges)
  const hanging = new Hanging(backend)
  const targets = childrenFirst(plan, byTable).filter(({ selector }) => selector !== null)
  const rangesOf = ({ selector, facts }: PlannedTarget) =>
    selector!.scope === 'step' ? byTable.get(facts.table)! : (whole.get(selector!.space) ?? [])
  const refuse = async (target: PlannedTarget, own?: (reference: Reference) => Promise<number>) => {
    if (target.verb !== 'update') await hanging.refuse(target, rangesOf(target), keyOf, own)
  }
  // What is removed without a transaction is gone: so all of it is asked about first.
  if (!backend.transactional) {
    const own = (reference: Reference) => ownRows(backend, targets, rangesOf, keyOf, reference)
    for (const target of targets) await refuse(target, own)
  }
  for (const target of targets) {
    await refuse(target)
    await deleteRows(backend, target, rangesOf(target), keyOf)
  }
}

/** Rows of the run in the table that a reference is in; of some that two targets share, perhaps twice. */
async function ownRows(
  backend: SqlBackend,
  targets: readonly PlannedTarget[],
  rangesOf: (target: PlannedTarget) => readonly NumberRange[],
  keyOf: KeyMaker,
  { schema, table, pairs }: Reference,
): Promise<number> {
  let rows = 0
  const groups = new Set<string>()
  for (const target of targets) {
    const { model, group, verb } = target
    if (model.table !== table || (model.schema ?? schema) !== schema || verb === 'update' || groups.has(group)) continue
    groups.add(group)
    for (const { where, statement } of conditions(backend, target, rangesOf(target), keyOf)) {
      const refers = pairs.map(([column]) => `${statement.name(column)} IS NOT NULL`).join(' AND ')
      const sql = `SELECT count(*) FROM ${tableOf(model, backend.dialect)} WHERE ${where} AND ${refers}`
      rows += Number((await backend.query(sql, statement.values))[0]![0])
    }
  }
  return rows
}

/**
 * Removes what a writer without transactions left of a step: rows that hold a number which this step gave. Others it
 * wrote are what the same step writes again, to the same values: rows of people that were there before, rows that facts
 * fold into, fields that are set. Of facts that no earlier step had, nothing stays.
 * @param ranges numbers that the step announced
 * @param ledger the run, and all that the ledger says of it
 */
export async function removeStep(
  backend: SqlBackend,
  plan: Plan,
  ranges: readonly KeyRange[],
  ledger: { readonly run: LedgerRun; readonly days: readonly LedgerDay[] },
  keyOf: KeyMaker,
): Promise<void> {
  const byTable = rangesByTable(ranges)
  const kept = new Set(
    ledger.days.filter((row) => isCommitted(row, ledger.run) && row.lastId >= row.firstId).map(({ table }) => table),
  )
  const whole = rangesOfDays(ledger.days)
  const all = childrenFirst(plan, byTable)
  for (const target of all) {
    const { selector, facts } = target
    if (selector?.scope !== 'run' || kept.has(facts.table)) continue
    await deleteRows(backend, target, whole.get(selector.space) ?? [], keyOf)
  }
  const targets = all.filter(({ selector, facts }) => selector?.scope !== 'run' || kept.has(facts.table))
  for (const target of targets) {
    for (const column of target.all.filter((candidate) => isLoose(target, candidate))) {
      await each(
        backend,
        target,
        column,
        byTable,
        keyOf,
        (table, where, name) => `UPDATE ${table} SET ${name} = NULL WHERE ${where}`,
      )
    }
  }
  for (const target of targets.filter(({ verb }) => verb !== 'update')) {
    for (const column of target.all.filter((candidate) => isOfNew(target, candidate))) {
      await each(backend, target, column, byTable, keyOf, (table, where) => `DELETE FROM ${table} WHERE ${where}`)
    }
  }
}

/** References that may be empty, and that a row which was there before may have been given. */
function isLoose(target: PlannedTarget, { field, part }: PlannedColumn): boolean {
  if (part || field.required || target.unique.includes(field.name)) return false
  return target.verb !== 'insert' || target.deferred.some((column) => column.field === field)
}

/** Numbers that a row has from its beginning. */
function isOfNew({ verb, unique, model, target, selector }: PlannedTarget, column: PlannedColumn): boolean {
  const { field, part } = column
  if (part) return false
  if (verb === 'insert') return selector?.scope === 'step' ? selector.column === column : true
  const kept = [...unique, ...model.primaryKey, ...(target.options.once ?? [])]
  return kept.includes(field.name)
}

async function each(
  backend: SqlBackend,
  target: PlannedTarget,
  column: PlannedColumn,
  byTable: Ranges,
  keyOf: KeyMaker,
  sql: (table: string, where: string, name: string) => string,
): Promise<void> {
  const { producer } = column
  if (producer.from !== 'key' || producer.columns.length !== 1 || producer.rule.kind === 'table') return
  const name = producer.columns[0]!
  const own = target.facts.own[0] === name
  const space = target.facts.columns[name]!.space!
  const numbers = byTable.get(own ? target.facts.table : tableOfSpace(space))
  if (!numbers) return
  const table = tableOf(target.shape, backend.dialect)
  for (const { where, statement } of holding(backend, target, { column, rule: producer.rule }, numbers, keyOf)) {
    await backend.execute(sql(table, where, statement.name(column.field.column)), statement.values)
  }
}

function rangesByTable(ranges: readonly KeyRange[]): Map<string, NumberRange[]> {
  const byTable = new Map<string, NumberRange[]>()
  for (const { shape, first, last } of ranges) {
    byTable.set(shape.table, [...(byTable.get(shape.table) ?? []), { first, last }])
  }
  return byTable
}

/** The targets whose facts have such rows; those that change rows before those that make them. */
function childrenFirst(plan: Plan, byTable: Ranges): PlannedTarget[] {
  const rank = ({ verb, model }: PlannedTarget) =>
    verb === 'update' ? plan.order.length : plan.order.indexOf(model.name)
  return plan.targets.filter(({ facts }) => byTable.has(facts.table)).sort((a, b) => rank(b) - rank(a))
}

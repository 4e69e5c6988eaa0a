import type { Plan, PlannedColumn, PlannedTarget } from '../plan/plan.ts'
import type { MappedBatch } from '../rows/translate.ts'
import type { SqlBackend } from '../sql/sql.ts'
import { foldsInTurn, merged } from './folds.ts'
import { refusal } from './refusal.ts'
import { insertRows, updateRows } from './statements.ts'

/**
 * Writes a step's rows: parents before children, then what folds, then what updates.
 * @param repeated whether a writer without transactions may have left rows of this step
 */
export async function writeRows(
  backend: SqlBackend,
  plan: Plan,
  pending: readonly MappedBatch[],
  repeated: boolean,
): Promise<void> {
  const rank = new Map(plan.order.map((model, i) => [model, i]))
  const verbs = { insert: 0, fold: 0, update: 1 } as const
  const ordered = foldsInTurn(pending)
    .filter(({ batch }) => batch.rows > 0)
    .map((rows, i) => ({
      rows,
      i,
      rank: rank.get(rows.target.model.name)! + verbs[rows.target.verb] * plan.order.length,
    }))
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
  for (const { rows } of ordered) {
    await said(rows.target, async () => {
      if (rows.target.verb === 'insert') await insert(backend, rows, repeated)
      else if (rows.target.verb === 'fold') await fold(backend, rows)
      else await update(backend, rows, rows.target.unique, rows.target.columns)
    })
  }
  for (const { rows } of ordered) {
    const { deferred, model } = rows.target
    if (deferred.length > 0) await said(rows.target, () => update(backend, rows, model.primaryKey, deferred))
  }
}

/** Whatever the database refuses is told with fact and model. */
async function said(target: PlannedTarget, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw refusal(error, target)
  }
}

/**
 * The bulk path, wherever there is one. A step that was announced without a transaction may be written once more after it
 * was cut off, by whichever writer: its own rows were removed by their numbers, and those that have none are left as they are.
 */
async function insert(backend: SqlBackend, { target, batch }: MappedBatch, repeated: boolean): Promise<void> {
  const looked = target.columns.some(({ part }) => part !== null)
  const action = repeated && target.selector?.scope === 'run' ? 'skip' : 'error'
  if (backend.transactional && !looked && action === 'error') return backend.insert(batch)
  await insertRows(backend, batch, target.columns, { action }, rowsOf(backend, target.facts.table))
}

async function fold(backend: SqlBackend, rows: MappedBatch): Promise<void> {
  const { target } = rows
  const { once = [] } = target.target.options
  const unique = columnsOf(target.all, target.unique)
  const made = target.all.filter(({ producer }) => producer.from === 'key' && producer.ofRow)
  const kept = new Set([
    ...unique,
    ...columnsOf(target.all, [...target.model.primaryKey, ...once]),
    ...made.map(({ field }) => field.column),
  ])
  const set = target.columns.map(({ field }) => field.column).filter((column) => !kept.has(column))
  const { batch } = merged(rows, kept)
  const conflict = { action: 'update', unique, set } as const
  await insertRows(backend, batch, target.columns, conflict, rowsOf(backend, target.facts.table))
}

async function update(
  backend: SqlBackend,
  rows: MappedBatch,
  by: readonly string[],
  columns: readonly PlannedColumn[],
): Promise<void> {
  const { target } = rows
  const keys = target.all.filter(({ field }) => by.includes(field.name))
  const changed = columns.filter((column) => !keys.includes(column))
  if (changed.length === 0) return
  const { full } = merged(rows, new Set(), columnsOf(target.all, by))
  await updateRows(backend, full, keys, changed, Math.min(100, rowsOf(backend, target.facts.table) ?? 100))
}

function rowsOf(backend: SqlBackend, table: string): number | undefined {
  return backend.rowsAtOnce?.(table)
}

function columnsOf(columns: readonly PlannedColumn[], fields: readonly string[]): string[] {
  return columns.filter(({ field }) => fields.includes(field.name)).map(({ field }) => field.column)
}

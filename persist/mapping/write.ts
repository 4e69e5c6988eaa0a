import type { TableBatch } from '../batch.ts'
import type { Plan, PlannedColumn } from './plan.ts'
import { quoted, type SqlBackend, tableOf } from './sql.ts'
import type { MappedBatch } from './translate.ts'

/** Writes a transaction's rows: parents before children, then what folds, then what updates. */
export async function writeRows(backend: SqlBackend, plan: Plan, pending: readonly MappedBatch[]): Promise<void> {
  const rank = new Map(plan.order.map((model, i) => [model, i]))
  const verbs = { insert: 0, fold: 0, update: 1 } as const
  const ordered = inTurn(pending)
    .filter(({ batch }) => batch.rows > 0)
    .map((rows, i) => ({
      rows,
      i,
      rank: rank.get(rows.target.model.name)! + verbs[rows.target.verb] * plan.order.length,
    }))
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
  for (const { rows } of ordered) {
    if (rows.target.verb === 'insert') await backend.insert(rows.batch)
    else if (rows.target.verb === 'fold') await fold(backend, plan, rows)
    else await update(backend, plan, rows, rows.target.unique, rows.target.columns)
  }
  for (const { rows } of ordered) {
    const { deferred, model } = rows.target
    if (deferred.length > 0) await update(backend, plan, rows, model.primaryKey, deferred)
  }
  if (backend.dialect === 'postgresql') for (const { rows } of ordered) await advance(backend, rows)
}

/**
 * Targets that fold one fact into one model take turns by time, not target by target, where a row keeps what its first
 * fact brought: each row's first fact goes ahead.
 */
function inTurn(pending: readonly MappedBatch[]): MappedBatch[] {
  const done = new Set<MappedBatch>()
  return pending.flatMap((rows) => {
    if (done.has(rows)) return []
    const { target } = rows
    const beside = pending.filter(
      (other) =>
        !done.has(other) &&
        other.target.verb === 'fold' &&
        other.target.source === target.source &&
        other.target.model === target.model &&
        !pending.slice(0, pending.indexOf(rows)).includes(other) &&
        (other === rows || other.target !== target),
    )
    if (target.verb !== 'fold' || beside.length < 2 || !beside.some((other) => other.target.target.options.once))
      return [rows]
    for (const other of beside) done.add(other)
    return firstAhead(beside)
  })
}

function firstAhead(beside: readonly MappedBatch[]): MappedBatch[] {
  const first = new Map<string, number>()
  const keys = beside.map(({ target, full }) => {
    const columns = columnsOf(target.all, target.unique).map((column) => full.columns[column]!)
    return Array.from({ length: full.rows }, (_, i) => columns.map((values) => values[i]).join('|'))
  })
  const at = (rows: MappedBatch, i: number) => (rows.index ? rows.index[i]! : i)
  beside.forEach((rows, b) => {
    keys[b]!.forEach((key, i) => {
      first.set(key, Math.min(first.get(key) ?? Infinity, at(rows, i)))
    })
  })
  const part = (ahead: boolean) =>
    beside.map((rows, b) =>
      sliced(
        rows,
        keys[b]!.flatMap((key, i) => ((first.get(key) === at(rows, i)) === ahead ? [i] : [])),
      ),
    )
  return [...part(true), ...part(false)]
}

function sliced(rows: MappedBatch, which: readonly number[]): MappedBatch {
  const slice = (batch: TableBatch): TableBatch => ({
    ...batch,
    rows: which.length,
    columns: Object.fromEntries(
      Object.entries(batch.columns).map(([name, values]) => [
        name,
        typeof values[0] === 'number'
          ? Float64Array.from(which, (i) => values[i] as number)
          : which.map((i) => values[i] as string | null),
      ]),
    ),
  })
  return { ...rows, batch: slice(rows.batch), full: slice(rows.full) }
}

/** Rows that the database matches with its own: they wait in a temporary table of the same columns. */
async function staged(
  backend: SqlBackend,
  plan: Plan,
  { target, full }: MappedBatch,
  columns: readonly string[],
): Promise<string> {
  const name = `mingle_${plan.targets.indexOf(target)}_${columns.length}`
  const list = columns.map(quoted).join(', ')
  await backend.execute(
    `CREATE TEMPORARY TABLE IF NOT EXISTS ${name} AS SELECT ${list} FROM ${tableOf(target.full)} WHERE 1 = 0`,
  )
  const kinds = Object.fromEntries(target.all.map(({ field, kind }) => [field.column, kind]))
  const shape = {
    table: name,
    key: columns[0]!,
    order: [columns[0]!],
    columns: Object.fromEntries(columns.map((column) => [column, kinds[column]!])),
  }
  await backend.insert({ ...full, shape } satisfies TableBatch)
  return name
}

async function fold(backend: SqlBackend, plan: Plan, rows: MappedBatch): Promise<void> {
  const { target } = rows
  const columns = target.columns.map(({ field }) => field.column)
  const unique = columnsOf(target.all, target.unique)
  const { once = [] } = target.target.options
  const kept = new Set([...unique, ...columnsOf(target.all, [...target.model.primaryKey, ...once])])
  const set = columns
    .filter((column) => !kept.has(column))
    .map((column) => `${quoted(column)} = excluded.${quoted(column)}`)
  const list = columns.map(quoted).join(', ')
  const from = await staged(backend, plan, rows, columns)
  const action = set.length > 0 ? `UPDATE SET ${set.join(', ')}` : 'NOTHING'
  await backend.execute(
    `INSERT INTO ${tableOf(target.shape)} (${list}) SELECT ${list} FROM ${from} WHERE true ` +
      `ON CONFLICT (${unique.map(quoted).join(', ')}) DO ${action}`,
  )
  await backend.execute(`DELETE FROM ${from}`)
}

async function update(
  backend: SqlBackend,
  plan: Plan,
  rows: MappedBatch,
  by: readonly string[],
  changed: readonly PlannedColumn[],
): Promise<void> {
  const { target } = rows
  const keys = columnsOf(target.all, by)
  const names = changed.map(({ field }) => field.column).filter((column) => !keys.includes(column))
  if (names.length === 0) return
  const from = await staged(backend, plan, rows, [...keys, ...names])
  const set = names.map((column) => `${quoted(column)} = v.${quoted(column)}`).join(', ')
  const where = keys.map((column) => `t.${quoted(column)} = v.${quoted(column)}`).join(' AND ')
  await backend.execute(`UPDATE ${tableOf(target.shape)} AS t SET ${set} FROM ${from} AS v WHERE ${where}`)
  await backend.execute(`DELETE FROM ${from}`)
}

function columnsOf(columns: readonly PlannedColumn[], fields: readonly string[]): string[] {
  return columns.filter(({ field }) => fields.includes(field.name)).map(({ field }) => field.column)
}

/** The site's own inserts go on above the ids that were written. */
async function advance(backend: SqlBackend, { target, batch }: MappedBatch): Promise<void> {
  for (const { field } of target.columns) {
    if (field.default !== 'autoincrement') continue
    const last = (batch.columns[field.column] as Float64Array)
      .subarray(0, batch.rows)
      .reduce((a, b) => Math.max(a, b), 0)
    await backend.query(
      `SELECT setval(s, $1::bigint) FROM (SELECT pg_get_serial_sequence($2, $3) AS s) q ` +
        'WHERE s IS NOT NULL AND $1::bigint > coalesce(pg_sequence_last_value(s::regclass), 0)',
      [last, tableOf(target.shape), field.column],
    )
  }
}

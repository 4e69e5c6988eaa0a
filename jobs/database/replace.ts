import type { ColumnValues, TableBatch, TableShape } from '../../persist/index.ts'
import type { JobDatabase } from './database.ts'

/** Rows of a derived table that a batch left as they were, added, changed or took away. */
export interface Changes {
  unchanged: number
  inserted: number
  updated: number
  deleted: number
  /** Rows in the way that no job wrote: they stay as they are. */
  kept: number
}

export function noChanges(): Changes {
  return { unchanged: 0, inserted: 0, updated: 0, deleted: 0, kept: 0 }
}

/** Groups of one key in one statement: databases bound how deep a condition may be. */
const GROUPS_PER_DELETE = 100

/**
 * Makes the job's own rows of a part of a derived table those that were computed: rows that are equal already are not
 * touched, so computing again changes nothing. A row whose `computed_at` is no moment of this job is somebody else's.
 *
 * @param where the part of the table, as a condition; all computed rows lie in it
 * @param own the moments as of which this job ever computed, in epoch ms
 * @param fresh whether the table had no rows when the job began, so that none is looked for
 */
export async function replaceRows(
  database: JobDatabase,
  shape: TableShape,
  where: string,
  computed: TableBatch,
  own: ReadonlySet<number>,
  fresh: boolean,
): Promise<Changes> {
  const changes = noChanges()
  const isDone = new Uint8Array(computed.rows)
  if (!fresh) {
    const there = await readRows(database, shape, where)
    const rowOf = new Map<string, number>()
    for (let row = 0; row < computed.rows; row++) rowOf.set(keyOf(computed, row), row)
    const gone: number[] = []
    for (let row = 0; row < there.rows; row++) {
      const at = rowOf.get(keyOf(there, row))
      if (!own.has((there.columns.computed_at as Float64Array)[row]!)) {
        if (at === undefined) continue
        isDone[at] = 1
        changes.kept++
      } else if (at === undefined) {
        gone.push(row)
        changes.deleted++
      } else if (isEqual(there, row, computed, at)) {
        isDone[at] = 1
        changes.unchanged++
      } else {
        gone.push(row)
        changes.updated++
      }
    }
    for (const sql of deletions(database, there, gone)) await database.execute(sql)
  }
  const fewer = without(computed, isDone)
  await database.insert(fewer)
  changes.inserted = fewer.rows - changes.updated
  return changes
}

/** Rows of a derived table, in the columns' order. */
export async function readRows(database: JobDatabase, shape: TableShape, where: string): Promise<TableBatch> {
  const names = Object.keys(shape.columns)
  const read = names.map((name) => {
    if (shape.columns[name] === 'time') return database.ms(name)
    // A Boolean is read as 0 or 1 everywhere.
    return name === 'has_bio' ? `CASE WHEN ${name} THEN 1 ELSE 0 END` : name
  })
  const kinds = Object.fromEntries(
    names.map((name) => [name, shape.columns[name] === 'time' ? 'float' : shape.columns[name]!]),
  )
  const { size, ...columns } = await database.select(
    kinds,
    `SELECT ${read.join(', ')} FROM ${shape.table} WHERE ${where}`,
  )
  return { shape, rows: size, columns: columns as unknown as Record<string, ColumnValues> }
}

function keyOf({ shape, columns }: TableBatch, row: number): string {
  const { order } = shape
  const first = columns[order[0]!]![row]!
  return order.length === 1 ? String(first) : `${first} ${columns[order[1]!]![row]!}`
}

function isEqual(a: TableBatch, rowA: number, b: TableBatch, rowB: number): boolean {
  for (const name in a.shape.columns) {
    const left = a.columns[name]![rowA]
    const right = b.columns[name]![rowB]
    if (left !== right && !(Number.isNaN(left) && Number.isNaN(right))) return false
  }
  return true
}

/** Statements that take rows away, by their keys. */
function* deletions(database: JobDatabase, { shape, columns }: TableBatch, rows: readonly number[]): Iterable<string> {
  const [key, second] = shape.order as readonly [string, string?]
  const keys = columns[key] as Float64Array
  const groups = new Map<number, number[]>()
  for (const row of rows) {
    const known = groups.get(keys[row]!)
    if (known) known.push(row)
    else groups.set(keys[row]!, [row])
  }
  const all = [...groups]
  for (let from = 0; from < all.length; from += GROUPS_PER_DELETE) {
    const some = all.slice(from, from + GROUPS_PER_DELETE)
    const conditions =
      second === undefined
        ? [`${key} IN (${some.map(([value]) => value).join(', ')})`]
        : some.map(([value, its]) => {
            const seconds = its.map((row) => database.literal(columns[second]![row]!))
            return `(${key} = ${value} AND ${second} IN (${seconds.join(', ')}))`
          })
    yield `DELETE FROM ${shape.table} WHERE ${conditions.join(' OR ')}`
  }
}

/** A batch without the rows that are marked. */
function without(batch: TableBatch, marked: Uint8Array): TableBatch {
  const left: number[] = []
  for (let row = 0; row < batch.rows; row++) if (marked[row] === 0) left.push(row)
  if (left.length === batch.rows) return batch
  const columns = Object.entries(batch.columns).map(([name, values]): [string, ColumnValues] => [
    name,
    Array.isArray(values)
      ? left.map((row) => values[row]!)
      : Float64Array.from(left, (row) => (values as Float64Array)[row]!),
  ])
  return { shape: batch.shape, rows: left.length, columns: Object.fromEntries(columns) }
}

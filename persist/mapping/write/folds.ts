import type { TableBatch } from '../../batch.ts'
import type { MappedBatch } from '../rows/translate.ts'

/**
 * Targets that fold one fact into one model take turns by time, not target by target, where a row keeps what its first
 * fact brought: each row's first fact goes ahead.
 */
export function foldsInTurn(pending: readonly MappedBatch[]): MappedBatch[] {
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
  const keys = beside.map((rows) => rowKeys(rows, uniqueColumns(rows)))
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

/**
 * Several facts of one row as one, as if they had come one after another: what is kept as it was is the first one's, all
 * else the last one's. PostgreSQL touches no row twice in one statement.
 * @param kept columns that a row keeps from its first fact
 * @param by columns that tell the row; by default the target's unique
 */
export function merged(rows: MappedBatch, kept: ReadonlySet<string>, by = uniqueColumns(rows)): MappedBatch {
  const firsts = new Map<string, number>()
  const lasts = new Map<string, number>()
  rowKeys(rows, by).forEach((key, i) => {
    if (!firsts.has(key)) firsts.set(key, i)
    lasts.set(key, i)
  })
  if (firsts.size === rows.full.rows) return rows
  const [first, last] = [[...firsts.values()], [...firsts.keys()].map((key) => lasts.get(key)!)]
  return { ...rows, batch: sliced(rows, last, first, kept).batch, full: sliced(rows, last, first, kept).full }
}

function uniqueColumns({ target }: MappedBatch): string[] {
  return target.all.filter(({ field }) => target.unique.includes(field.name)).map(({ field }) => field.column)
}

function rowKeys({ full }: MappedBatch, columns: readonly string[]): string[] {
  const values = columns.map((column) => full.columns[column]!)
  return Array.from({ length: full.rows }, (_, i) => values.map((column) => column[i]).join('|'))
}

/** Some rows of a batch. @param others the rows that `of` columns are taken from instead */
function sliced(
  rows: MappedBatch,
  which: readonly number[],
  others: readonly number[] = which,
  of: ReadonlySet<string> = new Set(),
): MappedBatch {
  const slice = (batch: TableBatch): TableBatch => ({
    ...batch,
    rows: which.length,
    columns: Object.fromEntries(
      Object.entries(batch.columns).map(([name, values]) => {
        const from = of.has(name) ? others : which
        return [
          name,
          typeof values[0] === 'number'
            ? Float64Array.from(from, (i) => values[i] as number)
            : from.map((i) => values[i] as string | null),
        ]
      }),
    ),
  })
  return { ...rows, batch: slice(rows.batch), full: slice(rows.full) }
}

import { badInput } from '../../../sim/kernel/index.ts'
import type { TableBatch } from '../../batch.ts'
import { RowSum } from '../../rows/row-sum.ts'
import type { MappedBatch } from '../rows/translate.ts'
import type { SqlBackend } from '../sql/sql.ts'
import { type KeyMaker, readRows } from './select.ts'

/**
 * Reads back one row that was just written: a trigger of the site, or a type that rounds, may have made another of it, and
 * `verify` would call every such row changed.
 * @throws MingleError BAD_INPUT with model, field and both values
 */
export async function refuseChanged(
  backend: SqlBackend,
  { target, full, index }: MappedBatch,
  facts: TableBatch,
  keyOf: KeyMaker,
): Promise<void> {
  const { selector, verb, many, facts: source } = target
  if (verb !== 'insert' || many || selector?.scope !== 'step' || (target.target.most ?? 1) > 1 || full.rows === 0)
    return
  const number = facts.columns[source.own[0]!]?.[index ? index[0]! : 0]
  if (typeof number !== 'number') return
  const written = firstRow(full)
  for await (const found of readRows(backend, target, [{ first: number, last: number }], keyOf)) {
    if (found.rows !== 1) return
    for (const name of Object.keys(full.shape.columns)) {
      if (sumOf(only(written, name)) === sumOf(only(found, name))) continue
      const { field } = target.all.find((column) => column.field.column === name)!
      const [given, kept] = [written, found].map((batch) => JSON.stringify(batch.columns[name]![0]))
      throw badInput(
        `${target.label}.${field.name}: the database keeps ${kept} where ${given} was written (a trigger of the site?), so 'verify' would ` +
          `call every row changed; let the mapping give what the database makes of it, leave the field out, or drop the trigger`,
      )
    }
  }
}

function firstRow({ shape, columns }: TableBatch): TableBatch {
  return {
    shape,
    rows: 1,
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [
        name,
        typeof values[0] === 'number' ? Float64Array.of(values[0]) : [values[0] as string | null],
      ]),
    ),
  }
}

function only({ shape, columns }: TableBatch, name: string): TableBatch {
  return {
    shape: { ...shape, columns: { [name]: shape.columns[name]! } },
    rows: 1,
    columns: { [name]: columns[name]! },
  }
}

function sumOf(batch: TableBatch): string {
  const sum = new RowSum()
  sum.add(batch, '')
  return sum.hex
}

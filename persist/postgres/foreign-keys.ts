import type pg from 'pg'
import { MingleError } from '../../sim/kernel/index.ts'
import type { TableBatch } from '../batch.ts'
import type { ForeignKey, TableFacts } from './table-facts.ts'

/** Numbers that lie this much further apart than there are rows are kept in a set, not a table of bytes. */
const SPREAD = 64

interface Referred {
  readonly key: ForeignKey
  readonly tables: Set<string>
  readonly values: Set<number | string>
}

/**
 * The foreign keys of a transaction's rows, checked once a referred row instead of once a referring one. What the
 * server's own triggers do for every row, `SELECT … FOR KEY SHARE` of the row referred to, takes three times as long as
 * writing the rows; a day refers to the same people and posts again and again.
 */
export class ForeignKeys {
  readonly #referred = new Map<string, Referred>()

  /** Notes what the rows of a batch refer to. */
  add({ shape, rows, columns }: TableBatch, { foreignKeys }: TableFacts): void {
    for (const key of foreignKeys) {
      const values = columns[key.column]
      if (values === undefined) continue
      const name = `${key.parent}.${key.parentColumn}`
      let referred = this.#referred.get(name)
      if (!referred) this.#referred.set(name, (referred = { key, tables: new Set(), values: new Set() }))
      referred.tables.add(shape.table)
      if (Array.isArray(values)) addTexts(referred.values, values, rows)
      else addNumbers(referred.values, values as Float64Array, rows)
    }
  }

  clear(): void {
    this.#referred.clear()
  }

  /**
   * Finds and locks, until the transaction ends, every row that was referred to.
   * @throws MingleError FOREIGN_KEY when one is not there
   */
  async check(client: pg.Client): Promise<void> {
    for (const { key, tables, values } of this.#referred.values()) {
      const { parent, parentColumn, parentType } = key
      // A sub-select that locks is carried out value by value: one look into the index each.
      const sql =
        `SELECT v::text FROM unnest($1::${parentType}[]) v ` +
        `WHERE NOT EXISTS (SELECT FROM ${parent} WHERE ${parentColumn} = v FOR KEY SHARE) LIMIT 3`
      const { rows } = await client.query<[string]>({ text: sql, values: [[...values]], rowMode: 'array' })
      if (rows.length === 0) continue
      const missing = rows.map(([value]) => value).join(', ')
      throw new MingleError(
        'FOREIGN_KEY',
        `rows of ${[...tables].join(', ')} refer to ${parent} with ${parentColumn} ${missing}, which is not there; ` +
          "was it deleted while the run was being written? Nothing of this day was written; 'mingle reset' starts over",
      )
    }
    this.clear()
  }
}

function addTexts(into: Set<number | string>, values: readonly (string | null)[], rows: number): void {
  for (let i = 0; i < rows; i++) {
    const value = values[i]!
    if (value !== null) into.add(value)
  }
}

function addNumbers(into: Set<number | string>, values: Float64Array, rows: number): void {
  let least = Infinity
  let greatest = -Infinity
  for (let i = 0; i < rows; i++) {
    const value = values[i]!
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  if (greatest - least > rows * SPREAD) {
    for (let i = 0; i < rows; i++) if (!Number.isNaN(values[i]!)) into.add(values[i]!)
    return
  }
  if (least > greatest) return
  const seen = new Uint8Array(greatest - least + 1)
  for (let i = 0; i < rows; i++) if (values[i]! >= least) seen[values[i]! - least] = 1
  for (let i = 0; i < seen.length; i++) if (seen[i] === 1) into.add(least + i)
}

import { MingleError } from '../../sim/kernel/index.ts'
import type { TableBatch } from '../batch.ts'
import { distinct } from '../blocks/distinct.ts'

/** A foreign key of one column; the parent's names are as SQL spells them. */
export interface ForeignKey {
  readonly column: string
  readonly parent: string
  readonly parentColumn: string
}

interface Referred<K> {
  readonly key: K
  readonly tables: Set<string>
  readonly values: Set<number | string>
}

/**
 * The foreign keys of a transaction's rows, checked once a referred row instead of once a referring one: looking up every
 * row takes longer than writing it, and a day refers to the same people and posts again and again.
 */
export class ForeignKeys<K extends ForeignKey = ForeignKey> {
  readonly #referred = new Map<string, Referred<K>>()

  /** Notes what the rows of a batch refer to. */
  add({ shape, rows, columns }: TableBatch, keys: readonly K[]): void {
    for (const key of keys) {
      const values = columns[key.column]
      if (values === undefined) continue
      const into = this.#valuesOf(key, shape.table)
      if (Array.isArray(values)) addTexts(into, values, rows)
      else for (const value of distinct(values as Float64Array, rows)) into.add(value)
    }
  }

  /** Notes what rows refer to, whose distinct values were found elsewhere. @param referred by column */
  addValues(table: string, keys: readonly K[], referred: Readonly<Record<string, Float64Array>>): void {
    for (const key of keys) {
      const into = this.#valuesOf(key, table)
      for (const value of referred[key.column] ?? []) into.add(value)
    }
  }

  #valuesOf(key: K, table: string): Set<number | string> {
    const name = `${key.parent}.${key.parentColumn}`
    let referred = this.#referred.get(name)
    if (!referred) this.#referred.set(name, (referred = { key, tables: new Set(), values: new Set() }))
    referred.tables.add(table)
    return referred.values
  }

  clear(): void {
    this.#referred.clear()
  }

  /**
   * @param missing of some values, the first few that no row of the parent has; it sees to it that the others stay until
   *   the transaction ends
   * @throws MingleError FOREIGN_KEY when there is one
   */
  async check(missing: (key: K, values: (number | string)[]) => Promise<unknown[]> | unknown[]): Promise<void> {
    for (const { key, tables, values } of this.#referred.values()) {
      const gone = values.size === 0 ? [] : await missing(key, [...values])
      if (gone.length === 0) continue
      const { parent, parentColumn } = key
      throw new MingleError(
        'FOREIGN_KEY',
        `rows of ${[...tables].join(', ')} refer to ${parent} with ${parentColumn} ${gone.join(', ')}, which is not there; ` +
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

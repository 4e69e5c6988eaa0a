import { Hash128, hex128 } from '../../sim/kernel/index.ts'
import type { ColumnKind, TableBatch, TableShape } from '../batch.ts'
import { RowSum } from './row-sum.ts'

const WORDS = 4096
const NULL_LOW = 0
/** No whole number below 2⁵³ has this high word. */
const NULL_HIGH = 0x7ff80000

/** The content digest of some rows of one table, as the ledger records it. */
export interface TableDigest {
  add(batch: TableBatch): void
  readonly rows: number
  /** 32 hex digits. */
  hex(): string
}

/** @param layout of the ledger (`LAYOUT`) */
export function tableDigest(layout: number, shape: TableShape): TableDigest {
  if (layout === 1) return new ContentDigest(shape)
  const sum = new RowSum()
  return {
    add: (batch) => sum.add(batch, shape.table),
    get rows() {
      return sum.rows
    },
    hex: () => sum.hex,
  }
}

/**
 * The content digest of layout 1: 128 bits over the columns, each by its values in row order. How the
 * rows are split over `add` calls does not matter, nor which typed array holds a number, nor how JSON is spaced.
 */
export class ContentDigest implements TableDigest {
  readonly #shape: TableShape
  readonly #columns: readonly { name: string; kind: ColumnKind; hash: Hash128 }[]
  readonly #buffer = new Int32Array(WORDS)
  readonly #double = new Float64Array(1)
  readonly #doubleWords = new Int32Array(this.#double.buffer)
  #rows = 0

  constructor(shape: TableShape) {
    this.#shape = shape
    this.#columns = Object.entries(shape.columns).map(([name, kind]) => ({ name, kind, hash: new Hash128() }))
  }

  add(batch: TableBatch): void {
    for (const { name, kind, hash } of this.#columns) {
      const values = batch.columns[name]
      if (values === undefined) throw new Error(`${this.#shape.table} has no column ${name} in this batch`)
      if (kind === 'id' || kind === 'int' || kind === 'time') this.#whole(hash, values as Float64Array, batch.rows)
      else if (kind === 'float') this.#floats(hash, values as Float64Array, batch.rows)
      else this.#texts(hash, values as readonly (string | null)[], batch.rows)
    }
    this.#rows += batch.rows
  }

  get rows(): number {
    return this.#rows
  }

  /** 32 hex digits. */
  hex(): string {
    const hash = new Hash128()
    hash.update(Int32Array.of(this.#rows))
    for (const column of this.#columns) hash.update(Int32Array.from(column.hash.digest()))
    return hex128(hash.digest())
  }

  #whole(hash: Hash128, values: Float64Array, rows: number): void {
    const buffer = this.#buffer
    let filled = 0
    for (let i = 0; i < rows; i++) {
      const value = values[i]!
      if (!Number.isNaN(value)) {
        buffer[filled] = value | 0
        buffer[filled + 1] = Math.floor(value / 4294967296)
      } else {
        buffer[filled] = NULL_LOW
        buffer[filled + 1] = NULL_HIGH
      }
      filled += 2
      if (filled === WORDS) {
        hash.update(buffer, filled)
        filled = 0
      }
    }
    hash.update(buffer, filled)
  }

  #floats(hash: Hash128, values: Float64Array, rows: number): void {
    for (let i = 0; i < rows; i++) {
      // -0 and 0 are one number to a database.
      this.#double[0] = values[i]! + 0
      hash.update(this.#doubleWords, 2)
    }
  }

  #texts(hash: Hash128, values: readonly (string | null)[], rows: number): void {
    const buffer = this.#buffer
    let filled = 0
    for (let i = 0; i < rows; i++) {
      const text = values[i]!
      const length = text === null ? -1 : text.length
      if (filled + length >= WORDS) {
        hash.update(buffer, filled)
        filled = 0
      }
      buffer[filled++] = length
      for (let at = 0; at < length; at++) {
        if (filled === WORDS) {
          hash.update(buffer, filled)
          filled = 0
        }
        buffer[filled++] = text!.charCodeAt(at)
      }
    }
    hash.update(buffer, filled)
  }
}

/** The content digest of one batch. */
export function contentDigest(batch: TableBatch, layout: number): string {
  const digest = tableDigest(layout, batch.shape)
  digest.add(batch)
  return digest.hex()
}

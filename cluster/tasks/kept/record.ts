import { digestTables, FACT_COLUMNS, FACT_KINDS, type FactTable, type MarketTables } from '../../../sim/facts/index.ts'
import { Hash128 } from '../../../sim/kernel/index.ts'

const KINDS = FACT_KINDS.length
const WORDS = 4
/** Words before the columns: rows and first of each kind, their digests, then the hash of all these. */
const HASHED = KINDS * 2 + KINDS * WORDS
const HEAD = HASHED + WORDS

/**
 * A market's day as one record of 32-bit words: what each kind has, its digests, their hash, and the columns in their order. The hash
 * covers the digests, and they the columns, which are not hashed again. The pieces are views where they can be.
 */
export function recordOf({ tables, digests }: MarketTables): Int32Array[] {
  const head = new Int32Array(HEAD)
  const pieces: Int32Array[] = [head]
  FACT_KINDS.forEach((kind, i) => {
    const table = tables[kind] as FactTable
    head[i * 2] = table.rows
    head[i * 2 + 1] = table.first
    if (table.rows > 0) for (const column of FACT_COLUMNS[kind]) pieces.push(columnOf(table, column))
  })
  head.set(digests, KINDS * 2)
  head.set(hashOf(head.subarray(0, HASHED)), HASHED)
  return pieces
}

/** @returns the day that a record holds; null when a bit of it is another than was written */
export function dayIn(words: Int32Array, market: number): MarketTables | null {
  if (words.length < HEAD || !isSame(hashOf(words.subarray(0, HASHED)), words.subarray(HASHED, HEAD))) return null
  const tables: Record<string, FactTable> = {}
  let at = HEAD
  FACT_KINDS.forEach((kind, i) => {
    const rows = words[i * 2]!
    const table: Record<string, number | Int32Array> = { rows, first: words[i * 2 + 1]! }
    for (const column of FACT_COLUMNS[kind]) {
      table[column] = words.subarray(at, at + rows)
      at += rows
    }
    tables[kind] = table as FactTable
  })
  if (words.length !== at) return null
  const day = { market, tables: tables as unknown as MarketTables['tables'] }
  const digests = digestTables(day.tables)
  return isSame(digests, words.subarray(KINDS * 2, HASHED)) ? { ...day, digests } : null
}

/** 128 bits in 4 words. */
export function hashOf(words: Int32Array): Uint32Array {
  const hash = new Hash128()
  hash.update(words)
  return hash.digest()
}

function isSame(words: Uint32Array, written: Int32Array): boolean {
  return words.every((word, i) => word === written[i]! >>> 0)
}

function columnOf(table: FactTable, name: string): Int32Array {
  return (table as unknown as Record<string, Int32Array>)[name]!
}

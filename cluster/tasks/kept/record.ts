import { digestTables, FACT_COLUMNS, FACT_KINDS, type FactTable, type MarketDay } from '../../../sim/facts/index.ts'

const KINDS = FACT_KINDS.length
const WORDS = 4
/** Words before the columns: rows and first of each kind, then the digests. */
const HEAD = KINDS * 2 + KINDS * WORDS

/**
 * A market's day as one record of 32-bit words: what each kind has, its digests, the columns in their order, and the order of the
 * facts, a byte each. The pieces are views where they can be.
 */
export function recordOf({ tables, order, digests }: MarketDay): NodeJS.ArrayBufferView[] {
  const head = new Int32Array(HEAD)
  const pieces: NodeJS.ArrayBufferView[] = [head]
  FACT_KINDS.forEach((kind, i) => {
    const table = tables[kind] as FactTable
    head[i * 2] = table.rows
    head[i * 2 + 1] = table.first
    if (table.rows > 0) for (const column of FACT_COLUMNS[kind]) pieces.push(columnOf(table, column))
  })
  head.set(digests, KINDS * 2)
  pieces.push(order, new Uint8Array(-order.length & 3))
  return pieces
}

/** @returns the day that a record holds; null when it is damaged: its facts are not those of its digests */
export function dayIn(words: Int32Array, market: number): MarketDay | null {
  const tables: Record<string, FactTable> = {}
  let at = HEAD
  let facts = 0
  FACT_KINDS.forEach((kind, i) => {
    const rows = words[i * 2]!
    const table: Record<string, number | Int32Array> = { rows, first: words[i * 2 + 1]! }
    for (const column of FACT_COLUMNS[kind]) {
      table[column] = words.subarray(at, at + rows)
      at += rows
    }
    tables[kind] = table as FactTable
    facts += rows
  })
  if (words.length !== at + Math.ceil(facts / WORDS)) return null
  const order = new Uint8Array(words.buffer, words.byteOffset + at * Int32Array.BYTES_PER_ELEMENT, facts)
  const day = { market, tables: tables as unknown as MarketDay['tables'], order }
  const digests = digestTables(day.tables)
  return digests.every((word, i) => word === words[KINDS * 2 + i]! >>> 0) ? { ...day, digests } : null
}

function columnOf(table: FactTable, name: string): Int32Array {
  return (table as unknown as Record<string, Int32Array>)[name]!
}

import { Hash128, hex128 } from '../kernel/index.ts'
import { type DayFacts, FACT_COLUMNS, FACT_KINDS, type MarketDay } from './kinds.ts'

const WORDS = 4

/**
 * The fact digest of one market and day: 128 bits a kind, over the kind's columns one after another, each in
 * sequence order. 4 words a kind, in the order of `FACT_KINDS`.
 */
export function digestTables(tables: MarketDay['tables']): Uint32Array {
  const words = new Uint32Array(FACT_KINDS.length * WORDS)
  FACT_KINDS.forEach((kind, index) => {
    const table = tables[kind] as unknown as Record<string, Int32Array> & { rows: number }
    if (table.rows === 0) return
    const hash = new Hash128()
    for (const column of FACT_COLUMNS[kind]) hash.update(table[column]!, table.rows)
    words.set(hash.digest(), index * WORDS)
  })
  return words
}

/** The fact digest of a whole day: per kind, the markets' digests chained in their fixed order. */
export function digestDay(facts: DayFacts): Uint32Array {
  const words = new Uint32Array(FACT_KINDS.length * WORDS)
  const item = new Int32Array(2 + WORDS)
  for (let kind = 0; kind < FACT_KINDS.length; kind++) {
    const hash = new Hash128()
    for (const day of facts.markets) {
      const rows = (day.tables[FACT_KINDS[kind]!] as { rows: number }).rows
      if (rows === 0) continue
      item[0] = day.market
      item[1] = rows
      for (let word = 0; word < WORDS; word++) item[2 + word] = day.digests[kind * WORDS + word]!
      hash.update(item, item.length)
    }
    words.set(hash.digest(), kind * WORDS)
  }
  return words
}

/** Chains the days' fact digests into the digest of a run. */
export class RunDigest {
  private state: Uint32Array<ArrayBufferLike> = new Uint32Array(WORDS)

  /** Adds the next day and returns its fact digest by kind (`digestDay`). */
  addDay(facts: DayFacts): Uint32Array {
    const words = digestDay(facts)
    this.add(facts.day, words)
    return words
  }

  /** Adds a day whose digest is known already, from a ledger. */
  add(day: number, words: Uint32Array): void {
    const hash = new Hash128()
    hash.update(Int32Array.from(this.state), WORDS)
    hash.update(Int32Array.of(day), 1)
    hash.update(Int32Array.from(words), words.length)
    this.state = hash.digest()
  }

  get hex(): string {
    return hex128(this.state)
  }
}

/** The day's fact digest as text by kind, the form that the ledger keeps. */
export function digestByKind(words: Uint32Array): Record<string, string> {
  const texts: Record<string, string> = {}
  FACT_KINDS.forEach((kind, index) => {
    texts[kind] = hex128(words.subarray(index * WORDS, index * WORDS + WORDS))
  })
  return texts
}

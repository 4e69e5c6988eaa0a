import { badInput, Hash128, hex128, textWords } from '../kernel/index.ts'
import { type DayFacts, FACT_COLUMNS, FACT_KINDS, type MarketSummary, type MarketTables } from './kinds.ts'

const WORDS = 4

/**
 * The fact digest of one market and day: 128 bits a kind, over the kind's columns one after another, each in
 * sequence order. 4 words a kind, in the order of `FACT_KINDS`.
 */
export function digestTables(tables: MarketTables['tables']): Uint32Array {
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

/** A market's day without its rows. */
export function withoutRows({ market, tables, digests, own }: MarketTables): MarketSummary {
  const rows = Uint32Array.from(FACT_KINDS, (kind) => (tables[kind] as { rows: number }).rows)
  return { market, rows, digests, ...(own && { own }) }
}

/** The days of each market as the markets of each day; all have the same number of days. */
export function byDay(markets: readonly (readonly MarketSummary[])[]): MarketSummary[][] {
  return (markets[0] ?? []).map((_, day) => markets.map((days) => days[day]!))
}

/**
 * The fact digest of a whole day: per kind, the markets' digests chained in their fixed order. An extension's kinds
 * follow, 4 words for each that has facts on this day, so that an extension without facts changes nothing.
 */
export function digestSummaries(markets: readonly MarketSummary[]): Uint32Array {
  const words: number[] = []
  for (let kind = 0; kind < FACT_KINDS.length; kind++) {
    const hash = new Hash128()
    for (const { market, rows, digests } of markets) chain(hash, market, rows[kind]!, digests, kind * WORDS)
    words.push(...hash.digest())
  }
  markets[0]?.own?.forEach(({ kind }, index) => {
    if (markets.every(({ own }) => own![index]!.rows === 0)) return
    const hash = new Hash128()
    hash.update(textWords(kind))
    for (const { market, own } of markets) chain(hash, market, own![index]!.rows, own![index]!.digest, 0)
    words.push(...hash.digest())
  })
  return Uint32Array.from(words)
}

function chain(hash: Hash128, market: number, rows: number, digests: Uint32Array, at: number): void {
  if (rows === 0) return
  hash.update(Int32Array.of(market, rows), 2)
  hash.update(Int32Array.from(digests.subarray(at, at + WORDS)), WORDS)
}

/** The fact digest of a whole day, as `digestSummaries` has it. */
export function digestDay(facts: DayFacts): Uint32Array {
  return digestSummaries(facts.markets.map(withoutRows))
}

/**
 * Chains the days' fact digests into the digest of a run. The chain begins with what the facts hang on, so that runs
 * without facts, or with the same few, are told apart by their seed and configuration.
 */
export class RunDigest {
  private state: Uint32Array<ArrayBufferLike>

  /** @param identity `runIdentity` of the run's configuration */
  constructor(identity: string) {
    const hash = new Hash128()
    hash.update(textWords(identity))
    this.state = hash.digest()
  }

  /** A chain that goes on from where another stood. @param hex its `hex`. @throws MingleError BAD_INPUT for any other text */
  static from(hex: string): RunDigest {
    if (!/^[0-9a-f]{32}$/.test(hex)) throw badInput(`'${hex}' is no digest of a run: it has 32 hexadecimal digits`)
    const digest = new RunDigest('')
    digest.state = Uint32Array.from({ length: WORDS }, (_, i) => Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16))
    return digest
  }

  /** Adds the next day and returns its fact digest by kind (`digestDay`). */
  addDay(facts: DayFacts): Uint32Array {
    return this.addSummaries(facts.day, facts.markets.map(withoutRows))
  }

  /** The same from the days' summaries. */
  addSummaries(day: number, markets: readonly MarketSummary[]): Uint32Array {
    const words = digestSummaries(markets)
    this.add(day, words)
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

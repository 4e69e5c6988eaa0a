import { digestByKind, FACT_KINDS } from '../sim/index.ts'

/** Digests of a day's facts, 32 hex digits by kind, in the order of `FACT_KINDS`. */
export function digestTexts(words: Uint32Array): string[] {
  const byKind = digestByKind(words)
  return FACT_KINDS.map((kind) => byKind[kind]!)
}

/** What `digestTexts` was made of. */
export function digestWords(texts: readonly string[]): Uint32Array {
  return Uint32Array.from(texts.join('').match(/.{8}/g) ?? [], (word) => Number.parseInt(word, 16))
}

import { digestByKind, FACT_KINDS, hex128 } from '../../sim/index.ts'

const WORDS = 4

/**
 * Digests of a day's facts, 32 hex digits by kind, in the order of `FACT_KINDS`; then those of an extension's kinds that
 * the day has facts of.
 */
export function digestTexts(words: Uint32Array): string[] {
  const byKind = digestByKind(words)
  const texts = FACT_KINDS.map((kind) => byKind[kind]!)
  for (let at = FACT_KINDS.length * WORDS; at < words.length; at += WORDS)
    texts.push(hex128(words.subarray(at, at + WORDS)))
  return texts
}

/** What `digestTexts` was made of. */
export function digestWords(texts: readonly string[]): Uint32Array {
  return Uint32Array.from(texts.join('').match(/.{8}/g) ?? [], (word) => Number.parseInt(word, 16))
}

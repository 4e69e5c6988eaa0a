import { Hash128, textWords } from '../../../sim/kernel/index.ts'

/** A whole number of so many bits, 33 to 53, that follows from a text. Keys rest on it, so it stays as it is. */
export function hashedNumber(text: string, bits: number): number {
  const hash = new Hash128()
  hash.update(textWords(text))
  const [high, low] = hash.digest() as unknown as [number, number]
  return (high >>> (64 - bits)) * 2 ** 32 + (low >>> 0)
}

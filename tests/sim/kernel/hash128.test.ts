import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Hash128, hex128, textWords } from '../../../sim/kernel/index.ts'

/** Words 0x9e3779b9 · (i + 1), hashed by the published C code (MurmurHash3_x86_128, seed 0, gcc). */
const VECTORS = [
  [0, '00000000000000000000000000000000'],
  [1, 'a6f7d9474ad6bbda4ad6bbda4ad6bbda'],
  [2, 'cef6857d777182e492f2288692f22886'],
  [3, '3a6ccc3159d15b15f87b68955b19cc8d'],
  [4, '46a477970ec6d72ab95a4663413d1e51'],
  [5, 'eaaa9983bb4d8c9c4c21411acbe17e0c'],
  [8, 'c0e596ccf729eced0c720908054c224b'],
  [11, '6d40e1a3a84bb8796b2d0315d316f20b'],
  [16, 'ac30059013ba0f23ee7a9cfd49485c91'],
] as const

describe('Hash128', () => {
  it.each(VECTORS)('hashes %i words as the reference does', (length, expected) => {
    const words = Int32Array.from({ length: 16 }, (_, i) => Math.imul(0x9e3779b9, i + 1))
    const hash = new Hash128()
    hash.update(words, length)
    expect(hex128(hash.digest())).toBe(expected)
  })

  it('does not depend on how the words are split, nor on a digest in between', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer(), { maxLength: 9 }), { maxLength: 9 }), (parts) => {
        const whole = new Hash128()
        whole.update(Int32Array.from(parts.flat()))
        const split = new Hash128()
        for (const part of parts) {
          split.update(Int32Array.from(part))
          split.digest()
        }
        expect(split.digest()).toEqual(whole.digest())
      }),
    )
  })

  it('tells texts apart by where they end', () => {
    const of = (...texts: string[]) => {
      const hash = new Hash128()
      for (const text of texts) hash.update(textWords(text))
      return hex128(hash.digest())
    }
    expect(new Set([of('ab', 'c'), of('a', 'bc'), of('abc'), of('', 'abc'), of('abc', '')]).size).toBe(5)
    expect(new Set(Array.from(of('a').matchAll(/.{8}/g), String)).size, 'lanes of a short text').toBe(4)
  })
})

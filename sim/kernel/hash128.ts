import { badInput } from './error.ts'

/**
 * MurmurHash3_x86_128 with seed 0 (Austin Appleby, public domain,
 * https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp) over a stream of 32-bit words, each taken as
 * its four little-endian bytes. How the words are split over `update` calls does not matter. It guards against
 * accidents, not against an adversary.
 */
const C1 = 0x239b961b
const C2 = 0xab0e9789 | 0
const C3 = 0x38b34ae5
const C4 = 0xa1e38b93 | 0

export class Hash128 {
  #h1 = 0
  #h2 = 0
  #h3 = 0
  #h4 = 0
  /** Words taken in so far. */
  #count = 0
  /** The last `#count` mod 4 words, which do not fill a block yet. */
  readonly #tail = new Int32Array(4)

  /** Takes in the first `length` words of `words`. */
  update(words: Int32Array, length: number = words.length): void {
    const tail = this.#tail
    let held = this.#count & 3
    this.#count += length
    let i = 0
    if (held !== 0) {
      while (held < 4 && i < length) tail[held++] = words[i++]!
      if (held < 4) return
      this.#block(tail, 0)
    }
    const end = length - 3
    for (; i < end; i += 4) this.#block(words, i)
    for (held = 0; i < length; i++) tail[held++] = words[i]!
  }

  /** The hash of all words so far: 4 words. More may follow. */
  digest(): Uint32Array {
    const tail = this.#tail
    const rest = this.#count & 3
    let h1 = this.#h1
    let h2 = this.#h2
    let h3 = this.#h3
    let h4 = this.#h4
    if (rest > 2) h3 ^= Math.imul(rotate(Math.imul(tail[2]!, C3), 17), C4)
    if (rest > 1) h2 ^= Math.imul(rotate(Math.imul(tail[1]!, C2), 16), C3)
    if (rest > 0) h1 ^= Math.imul(rotate(Math.imul(tail[0]!, C1), 15), C2)
    const bytes = (this.#count * 4) | 0
    h1 ^= bytes
    h2 ^= bytes
    h3 ^= bytes
    h4 ^= bytes
    h1 = (h1 + h2 + h3 + h4) | 0
    h2 = (h2 + h1) | 0
    h3 = (h3 + h1) | 0
    h4 = (h4 + h1) | 0
    h1 = scramble(h1)
    h2 = scramble(h2)
    h3 = scramble(h3)
    h4 = scramble(h4)
    h1 = (h1 + h2 + h3 + h4) | 0
    return Uint32Array.of(h1, h2 + h1, h3 + h1, h4 + h1)
  }

  #block(words: Int32Array, at: number): void {
    const h2 = this.#h2
    const h3 = this.#h3
    const h4 = this.#h4
    let h = this.#h1 ^ Math.imul(rotate(Math.imul(words[at]!, C1), 15), C2)
    const h1 = (Math.imul((rotate(h, 19) + h2) | 0, 5) + 0x561ccd1b) | 0
    h = h2 ^ Math.imul(rotate(Math.imul(words[at + 1]!, C2), 16), C3)
    this.#h2 = (Math.imul((rotate(h, 17) + h3) | 0, 5) + 0x0bcaa747) | 0
    h = h3 ^ Math.imul(rotate(Math.imul(words[at + 2]!, C3), 17), C4)
    this.#h3 = (Math.imul((rotate(h, 15) + h4) | 0, 5) + 0x96cd1c35) | 0
    h = h4 ^ Math.imul(rotate(Math.imul(words[at + 3]!, C4), 18), C1)
    this.#h4 = (Math.imul((rotate(h, 13) + h1) | 0, 5) + 0x32ac3b17) | 0
    this.#h1 = h1
  }
}

/** 32 lower-case hexadecimal digits of four 32-bit words. */
export function hex128(words: ArrayLike<number>): string {
  let text = ''
  for (let i = 0; i < 4; i++) text += (words[i]! >>> 0).toString(16).padStart(8, '0')
  return text
}

/**
 * The words of a text: its length, its UTF-16 code units, and zeros up to a whole block of four words, without which a
 * short text would leave some lanes of the hash alike. Different lists of texts never give the same words.
 * Throws `BAD_INPUT` for what is not a text: a number has no length, so that all numbers would be hashed alike.
 */
export function textWords(text: string): Int32Array {
  if (typeof text !== 'string') {
    throw badInput(
      `a seed or a name is a text, not ${String(text)} (${typeof text}); write '${String(text)}' in quotes`,
    )
  }
  const words = new Int32Array(Math.ceil((text.length + 1) / 4) * 4)
  words[0] = text.length
  for (let i = 0; i < text.length; i++) words[i + 1] = text.charCodeAt(i)
  return words
}

function rotate(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits))
}

function scramble(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

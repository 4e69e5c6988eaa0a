import { badInput } from '../error.ts'
import { Hash128, textWords } from '../hash128.ts'
import type { Stream } from './stream.ts'

const PERSON = 1
const DAY = 2
const OBJECT = 3
const ONE_PER_TWO_32 = 1 / 4294967296

/**
 * The keyed streams of one run. A key is (run seed, purpose, k, [day], [object]); equal keys give equal streams
 * wherever and whenever they are asked for, so no draw depends on the order of calls.
 *
 * Strings are hashed once: a run seed and a purpose's name give a 128-bit base. A key then absorbs (k, day, object,
 * arity) as one block into the base's four 32-bit lanes, in the way of MurmurHash3_x86_128.
 *
 * Distinct keys of one purpose never collide: every step is a bijection of 128 bits. Each operand goes through
 * multiplications by odd constants and a rotation, bijections of 32 bits; it enters a lane by exclusive or, and then
 * the lane is rotated, increased by another lane and taken times 5 (odd) plus a constant. Lane 1 is increased by the
 * base's lane 2, lane 2 by the base's lane 3, lane 3 by the base's lane 4, and lane 4 by the new lane 1; so from the
 * four new lanes one finds operand 1, 2 and 3 and, with lane 1 known, operand 4. The finish adds lanes to lanes (a
 * triangular matrix with ones on its diagonal) and scrambles each by shifts and odd products. All of it can be undone,
 * so different (k, day, object, arity) give different states. Only the one key in 2¹²⁸ whose state would be all zero
 * is moved; and between two purposes, whose bases are hashes, a collision has the chance of any two 128-bit hashes.
 */
export class StreamKeys {
  readonly #bases: Int32Array
  readonly #purposes: number

  /** @param purposes names, each different; a purpose's code is its position here, and only its name enters keys */
  constructor(runSeed: string, purposes: readonly string[]) {
    if (new Set(purposes).size !== purposes.length) throw badInput(`purposes must differ: ${purposes.join(', ')}`)
    this.#purposes = purposes.length
    this.#bases = new Int32Array(purposes.length * 4)
    for (let i = 0; i < purposes.length; i++) this.#bases.set(purposeBase(runSeed, purposes[i]!), i * 4)
  }

  /** Rekeys `stream` to person `k`'s own draws for a purpose (a code), and returns it. `k` is a 32-bit integer. */
  person(stream: Stream, purpose: number, k: number): Stream {
    return this.#key(stream, purpose, k, 0, 0, PERSON)
  }

  /** The same for one day, session or step of person `k`: any 32-bit ordinal. */
  day(stream: Stream, purpose: number, k: number, day: number): Stream {
    return this.#key(stream, purpose, k, day, 0, DAY)
  }

  /** The same for one object (another person, a post, a match: a 32-bit integer) on that day. */
  object(stream: Stream, purpose: number, k: number, day: number, object: number): Stream {
    return this.#key(stream, purpose, k, day, object, OBJECT)
  }

  /**
   * One number keyed as `object` is, a multiple of 2⁻³², 0 ≤ x < 1: for a decision that takes one draw. It costs a third
   * of a stream and is independent of the stream of the same key. The key is mixed with 64 bits, in the way of `#key`.
   */
  uniform(purpose: number, k: number, day: number, object: number): number {
    if (purpose >>> 0 >= this.#purposes) throw unknownPurpose(purpose, this.#purposes)
    const at = purpose << 2
    let h1 = this.#bases[at]! ^ spread(k)
    let h2 = this.#bases[at + 1]! ^ spread(day)
    h1 = (Math.imul((((h1 << 19) | (h1 >>> 13)) + h2) | 0, 5) + 0x561ccd1b) | 0
    h2 = (Math.imul((((h2 << 17) | (h2 >>> 15)) + h1) | 0, 5) + 0x0bcaa747) | 0
    h1 ^= spread(object)
    h1 = (Math.imul((((h1 << 15) | (h1 >>> 17)) + h2) | 0, 5) + 0x96cd1c35) | 0
    h2 = (h2 + h1) | 0
    return ((scramble(h1 + h2) + scramble(h2)) >>> 0) * ONE_PER_TWO_32
  }

  #key(stream: Stream, purpose: number, k: number, day: number, object: number, arity: number): Stream {
    // An unsigned comparison: a negative or broken code is caught as well.
    if (purpose >>> 0 >= this.#purposes) throw unknownPurpose(purpose, this.#purposes)
    const bases = this.#bases
    const at = purpose << 2
    const b2 = bases[at + 1]!
    const b3 = bases[at + 2]!
    const b4 = bases[at + 3]!

    let x = Math.imul(k, 0x239b961b)
    x = bases[at]! ^ Math.imul((x << 15) | (x >>> 17), 0xab0e9789)
    let h1 = (Math.imul((((x << 19) | (x >>> 13)) + b2) | 0, 5) + 0x561ccd1b) | 0
    x = Math.imul(day, 0xab0e9789)
    x = b2 ^ Math.imul((x << 16) | (x >>> 16), 0x38b34ae5)
    let h2 = (Math.imul((((x << 17) | (x >>> 15)) + b3) | 0, 5) + 0x0bcaa747) | 0
    x = Math.imul(object, 0x38b34ae5)
    x = b3 ^ Math.imul((x << 17) | (x >>> 15), 0xa1e38b93)
    let h3 = (Math.imul((((x << 15) | (x >>> 17)) + b4) | 0, 5) + 0x96cd1c35) | 0
    x = Math.imul(arity, 0xa1e38b93)
    x = b4 ^ Math.imul((x << 18) | (x >>> 14), 0x239b961b)
    let h4 = (Math.imul((((x << 13) | (x >>> 19)) + h1) | 0, 5) + 0x32ac3b17) | 0

    const sum = (h1 + h2 + h3 + h4) | 0
    h1 = scramble(sum)
    h2 = scramble(h2 + sum)
    h3 = scramble(h3 + sum)
    h4 = scramble(h4 + sum)
    h1 = (h1 + h2 + h3 + h4) | 0
    return stream.reset(h1, h2 + h1, h3 + h1, h4 + h1)
  }
}

/** The 128-bit base of a run seed and a purpose's name. */
function purposeBase(runSeed: string, purpose: string): Int32Array {
  const hash = new Hash128()
  hash.update(textWords(runSeed))
  hash.update(textWords(purpose))
  return Int32Array.from(hash.digest())
}

function unknownPurpose(purpose: number, purposes: number): Error {
  return badInput(`purpose ${purpose} is not one of 0…${purposes - 1}`)
}

/** A bijection of 32 bits, as MurmurHash3_x86_32 has it for each word. */
function spread(x: number): number {
  const h = Math.imul(x, 0xcc9e2d51)
  return Math.imul((h << 15) | (h >>> 17), 0x1b873593)
}

/** MurmurHash3's finish of 32 bits. */
function scramble(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

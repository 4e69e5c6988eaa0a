import { badInput } from '../error.ts'
import { exp } from '../math/index.ts'
import { negativeLog } from './negative-log.ts'
import { normalQuantile } from './normal-quantile.ts'

const TWO_32 = 4294967296
const ONE_PER_TWO_32 = 1 / TWO_32
/** Below this a product with a 32-bit number is exact in a double. */
const EXACT_FACTOR = 2097152

/**
 * A stream of random numbers: xoshiro128** 1.1 of David Blackman and Sebastiano Vigna (public domain,
 * https://prng.di.unimi.it/xoshiro128starstar.c), period 2¹²⁸ − 1. Its state is four 32-bit integers, not all zero.
 * Every distribution is made of additions, products and the portable functions of `math`, so it gives the same bits
 * on every machine. Draws per call are stated, since common random numbers hang on them.
 */
export class Stream {
  #s0: number
  #s1: number
  #s2: number
  #s3: number

  /** State of four 32-bit integers. All zero, the generator's one fixed point, is replaced by (1, 0, 0, 0). */
  constructor(s0 = 1, s1 = 0, s2 = 0, s3 = 0) {
    this.#s0 = s0 | 0
    this.#s1 = s1 | 0
    this.#s2 = s2 | 0
    this.#s3 = s3 | 0
    if ((s0 | s1 | s2 | s3) === 0) this.#s0 = 1
  }

  /** Starts anew from a state of four 32-bit integers, as the constructor does; nothing is allocated. */
  reset(s0: number, s1: number, s2: number, s3: number): this {
    this.#s0 = (s0 | s1 | s2 | s3) === 0 ? 1 : s0 | 0
    this.#s1 = s1 | 0
    this.#s2 = s2 | 0
    this.#s3 = s3 | 0
    return this
  }

  /** A signed 32-bit integer, all 2³² equally likely. One draw. */
  nextInt32(): number {
    const s1 = this.#s1
    const s2 = this.#s2 ^ this.#s0
    const s3 = this.#s3 ^ s1
    const five = Math.imul(s1, 5)
    this.#s1 = s1 ^ s2
    this.#s0 ^= s3
    this.#s2 = s2 ^ (s1 << 9)
    this.#s3 = (s3 << 11) | (s3 >>> 21)
    return Math.imul((five << 7) | (five >>> 25), 9)
  }

  /** An integer, 0 ≤ x < 2³². One draw. */
  nextUint32(): number {
    return this.nextInt32() >>> 0
  }

  /** A multiple of 2⁻³², 0 ≤ x < 1. One draw. */
  next(): number {
    return (this.nextInt32() >>> 0) * ONE_PER_TWO_32
  }

  /**
   * An integer, 0 ≤ x < n, each exactly equally likely, for integers 1 ≤ n ≤ 2³². One draw, and another with
   * probability below n / 2³² (Lemire, "Fast random integer generation in an interval", 2019).
   */
  nextInt(n: number): number {
    if (!((n | 0) === n && n > 0 && n <= EXACT_FACTOR)) return this.#nextWideInt(n)
    let product = (this.nextInt32() >>> 0) * n
    let low = product >>> 0
    if (low < n) {
      const biased = TWO_32 % n
      while (low < biased) {
        product = (this.nextInt32() >>> 0) * n
        low = product >>> 0
      }
    }
    return (product * ONE_PER_TWO_32) | 0
  }

  /** True with probability `p` (never for p ≤ 0, always for p ≥ 1). One draw. */
  chance(p: number): boolean {
    return this.next() < p
  }

  /** Normal. One draw, by inversion, so it rises with the uniform draw; at most 6.4 standard deviations out. */
  normal(mean = 0, sd = 1): number {
    return mean + sd * normalQuantile(this.#inside())
  }

  /** Exponential of the given mean, above 0, at most 22.9 means. One draw, by inversion. */
  exponential(mean: number): number {
    return mean * negativeLog(this.nextInt32())
  }

  /** e to the power of a normal of mean `mu` and standard deviation `sigma`: its median is e^mu. One draw. */
  lognormal(mu: number, sigma: number): number {
    return exp(this.normal(mu, sigma))
  }

  /** One of `items`, each equally likely. Throws `BAD_INPUT` if there are none. */
  choice<T>(items: readonly T[]): T {
    if (items.length === 0) throw badInput('choice needs at least one item, and was given none')
    return items[this.nextInt(items.length)]!
  }

  /** A copy of `items` in random order, each order equally likely (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    return this.sample(items, items.length)
  }

  /** `n` items of different positions in random order, each choice equally likely; 0 ≤ n ≤ items.length. */
  sample<T>(items: readonly T[], n: number): T[] {
    if (!(n >= 0 && n <= items.length && n === Math.floor(n))) {
      throw badInput(`sample of ${items.length} items takes an integer from 0 to ${items.length}, not ${n}`)
    }
    const pool = items.slice()
    for (let i = 0; i < n; i++) {
      const j = i + this.nextInt(pool.length - i)
      const taken = pool[j]!
      pool[j] = pool[i]!
      pool[i] = taken
    }
    pool.length = n
    return pool
  }

  /** The state: four signed 32-bit integers. */
  save(): readonly number[] {
    return [this.#s0, this.#s1, this.#s2, this.#s3]
  }

  /** Goes on from a saved state of four integers. */
  restore(state: ArrayLike<number>): void {
    if (state.length !== 4) throw badInput(`a stream's state is 4 integers, not ${state.length}`)
    this.reset(state[0]!, state[1]!, state[2]!, state[3]!)
  }

  /** `nextInt` where a product would not be exact: by rejection of the last, incomplete round of n. */
  #nextWideInt(n: number): number {
    if (!(n >= 1 && n <= TWO_32 && n === Math.floor(n))) {
      throw badInput(`nextInt takes an integer from 1 to 2^32, not ${n}`)
    }
    const fair = TWO_32 - (TWO_32 % n)
    let x = this.nextInt32() >>> 0
    while (x >= fair) x = this.nextInt32() >>> 0
    return x % n
  }

  /** 0 < x < 1: the middles of 2³² equal intervals. */
  #inside(): number {
    return ((this.nextInt32() >>> 0) + 0.5) * ONE_PER_TWO_32
  }
}

import { Hash128, textWords } from '../../../sim/kernel/index.ts'
import type { RuleForm } from '../plan/plan.ts'

const C1 = 0x239b961b
const C2 = 0xab0e9789 | 0
const C3 = 0x38b34ae5
const C4 = 0xa1e38b93 | 0
const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz'
/** Two digits of base 36 at once, the lower one first. */
const PAIR = 36 * 36
const PAIRS = Array.from({ length: PAIR }, (_, i) => BASE36[i % 36]! + BASE36[Math.floor(i / 36)]!)
const BASE64 = 'useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict'
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BYTES = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))
/** 2000-01-01: before whatever a site makes itself, so that its own later rows come after those of a run. */
const FIRST_MOMENT = 946_684_800_000
/** Characters of a nanoid that says nothing else, which are as many as there are bits for. */
const NANOID = 21
/** Keys kept for rows that are referred to again and again: people, recent posts. A power of two. */
const KEPT = 1 << 14

/** How a key is spelled. @see KeyRule */
export interface KeyShape {
  readonly form: RuleForm
  /** Of a nanoid. */
  readonly length?: number | undefined
}

/**
 * Text keys of a model's rows: a function of the run seed, the table and the row's number, so that they need no store
 * and no clock, and a run's rows are found again. One block of MurmurHash3 mixes the number in; that is a bijection,
 * so no two rows of a run and table share a key but by the few bits that a form leaves out.
 *
 * Forms that begin with a time (`cuid`, `ulid`, `uuid7`) begin with one that grows with the number, a millisecond a row: they are
 * chosen because such keys ascend, which pages of a list and indexes rely on. Those of a pair ascend with its first number, not from row to
 * row. When the row was made a number cannot tell.
 */
export class TextKeys {
  readonly #form: RuleForm
  readonly #length: number
  readonly #seed: Int32Array
  readonly #words = new Uint32Array(4)
  readonly #keptIds = new Float64Array(KEPT).fill(-1)
  readonly #kept: string[] = new Array(KEPT).fill('')

  constructor({ form, length = NANOID }: KeyShape, runSeed: string, table: string) {
    this.#form = form
    this.#length = length
    const hash = new Hash128()
    hash.update(textWords(runSeed))
    hash.update(textWords(table))
    this.#seed = Int32Array.from(hash.digest())
  }

  /** @param second the other half of a pair, or which of several rows; 0 when there is none */
  key(id: number, second = 0): string {
    if (second !== 0) return this.#make(id, second)
    const at = id & (KEPT - 1)
    if (this.#keptIds[at] !== id) {
      this.#kept[at] = this.#make(id, 0)
      this.#keptIds[at] = id
    }
    return this.#kept[at]!
  }

  #make(id: number, second: number): string {
    this.#mix(id | 0, Math.floor(id / 4294967296) | 0, second | 0, Math.floor(second / 4294967296) | 0)
    return this.#form === 'nanoid' && this.#length !== NANOID
      ? this.#nanoid()
      : FORMS[this.#form](this.#words, FIRST_MOMENT + id)
  }

  /** As long as it is told: what is beyond the bits of one block comes of further blocks. */
  #nanoid(): string {
    let text = nanoid(this.#words)
    while (text.length < this.#length) {
      const [a, b, c, d] = this.#words as unknown as [number, number, number, number]
      this.#mix(a | 0, b | 0, c | 0, d | 0)
      text += nanoid(this.#words)
    }
    return text.slice(0, this.#length)
  }

  #mix(a: number, b: number, c: number, d: number): void {
    const [s1, s2, s3, s4] = this.#seed as unknown as [number, number, number, number]
    let h1 = s1 ^ Math.imul(rotate(Math.imul(a, C1), 15), C2)
    h1 = (Math.imul((rotate(h1, 19) + s2) | 0, 5) + 0x561ccd1b) | 0
    let h2 = s2 ^ Math.imul(rotate(Math.imul(b, C2), 16), C3)
    h2 = (Math.imul((rotate(h2, 17) + s3) | 0, 5) + 0x0bcaa747) | 0
    let h3 = s3 ^ Math.imul(rotate(Math.imul(c, C3), 17), C4)
    h3 = (Math.imul((rotate(h3, 15) + s4) | 0, 5) + 0x96cd1c35) | 0
    let h4 = s4 ^ Math.imul(rotate(Math.imul(d, C4), 18), C1)
    h4 = (Math.imul((rotate(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0
    h1 = (h1 + h2 + h3 + h4) | 0
    h2 = scramble((h2 + h1) | 0)
    h3 = scramble((h3 + h1) | 0)
    h4 = scramble((h4 + h1) | 0)
    h1 = (scramble(h1) + h2 + h3 + h4) | 0
    const words = this.#words
    words[0] = h1
    words[1] = h2 + h1
    words[2] = h3 + h1
    words[3] = h4 + h1
  }
}

const FORMS: Readonly<Record<RuleForm, (words: Uint32Array, moment: number) => string>> = {
  uuid,
  /** 48 bits of time, version 7, the rest by hash. */
  uuid7(words, moment) {
    const high = Math.floor(moment / 0x10000) >>> 0
    const version = (words[1]! & 0xfff) | 0x7000
    const variant = ((words[2]! & 0x3fffffff) | 0x80000000) >>> 0
    return `${hex(high)}-${hex16(moment % 0x10000)}-${hex16(version)}-${hex16(variant >>> 16)}-${hex16(variant)}${hex(words[3]!)}`
  },
  hex: (words) => uuid(words).replaceAll('-', ''),
  cuid: (words, moment) => `c${(moment % 36 ** 8).toString(36).padStart(8, '0')}${base36(words, 18).slice(0, 16)}`,
  cuid2: (words) => BASE36[10 + (words[0]! % 26)]! + base36(words, 24).slice(1),
  ulid(words, moment) {
    let text = ''
    for (let i = 0; i < 16; i++) text = CROCKFORD[bits(words, i * 5, 5)]! + text
    for (let i = 0, rest = moment % 2 ** 48; i < 10; i++, rest = Math.floor(rest / 32))
      text = CROCKFORD[rest % 32]! + text
    return text
  },
  nanoid,
}

/** Version 8 of RFC 9562: what the bits are is the maker's own business. */
function uuid(words: Uint32Array): string {
  const b = words[1]!
  const c = words[2]!
  const version = ((b & 0xffff0fff) | 0x8000) >>> 0
  const variant = ((c & 0x3fffffff) | 0x80000000) >>> 0
  return `${hex(words[0]!)}-${hex16(version >>> 16)}-${hex16(version)}-${hex16(variant >>> 16)}-${hex16(variant)}${hex(words[3]!)}`
}

function nanoid(words: Uint32Array): string {
  let text = ''
  for (let i = 0; i < NANOID; i++) text += BASE64[bits(words, i * 6, 6)]!
  return text
}

function hex(word: number): string {
  return hex16(word >>> 16) + hex16(word)
}

function hex16(word: number): string {
  return BYTES[(word >>> 8) & 255]! + BYTES[word & 255]!
}

/** Six digits a word, the lowest first: 31 bits of its 32. @param digits a multiple of six */
function base36(words: Uint32Array, digits: number): string {
  let text = ''
  for (let at = 0; at < digits / 6; at++) {
    const word = words[at]!
    const rest = Math.floor(word / PAIR)
    text += PAIRS[word % PAIR]! + PAIRS[rest % PAIR]! + PAIRS[Math.floor(rest / PAIR) % PAIR]!
  }
  return text
}

/** `count` bits from bit `from`, counted from the lowest bit of the last word. */
function bits(words: Uint32Array, from: number, count: number): number {
  let value = 0
  for (let i = 0; i < count; i++) {
    const at = from + i
    if (at < 128) value |= ((words[3 - (at >> 5)]! >>> (at & 31)) & 1) << i
  }
  return value
}

function rotate(x: number, count: number): number {
  return (x << count) | (x >>> (32 - count))
}

function scramble(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

import { Hash128, textWords } from '../../sim/kernel/index.ts'
import type { ColumnKind, ColumnValues, TableBatch } from '../batch.ts'

const M1 = 0x85ebca6b
const M2 = 0xc2b2ae35 | 0

/**
 * A digest of rows in any order: the sum of their hashes, 4 words of 32 bits. Sums of parts add up, whoever made them, so
 * rows may be digested where they are made, market by market, and a run's rows be compared day by day, or as a whole.
 */
export class RowSum {
  readonly words = new Uint32Array(4)
  rows = 0

  /** @param group what kind of rows these are: equal rows of two groups count as different */
  add(batch: TableBatch, group: string): void {
    const salt = new Hash128()
    salt.update(textWords(group))
    const [s0, s1, s2, s3] = salt.digest() as unknown as [number, number, number, number]
    const columns = Object.entries(batch.shape.columns).map(([name, kind]) => [kind, batch.columns[name]!] as const)
    const words = this.words
    for (let from = 0; from < batch.rows; from += AT_ONCE) {
      const rows = Math.min(AT_ONCE, batch.rows - from)
      a.fill(s0)
      b.fill(s1)
      for (const [kind, values] of columns) mixColumn(kind, values, from, rows)
      let [w0, w1, w2, w3] = [0, 0, 0, 0]
      for (let i = 0; i < rows; i++) {
        const x = scramble(a[i]! ^ s2)
        const y = scramble(b[i]! ^ s3)
        w0 = (w0 + x) | 0
        w1 = (w1 + y) | 0
        w2 = (w2 + scramble((x + Math.imul(y, M1)) | 0)) | 0
        w3 = (w3 + scramble((y + Math.imul(x, M2)) | 0)) | 0
      }
      words[0]! += w0
      words[1]! += w1
      words[2]! += w2
      words[3]! += w3
    }
    this.rows += batch.rows
  }

  addSum(other: { readonly words: Uint32Array; readonly rows: number }): void {
    for (let i = 0; i < 4; i++) this.words[i]! += other.words[i]!
    this.rows += other.rows
  }

  /** 32 hex digits. */
  get hex(): string {
    return Array.from(this.words, (word) => word.toString(16).padStart(8, '0')).join('')
  }
}

export function wordsOfHex(hex: string): Uint32Array {
  return Uint32Array.from({ length: 4 }, (_, i) => Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16))
}

/** Rows that are hashed together, so few that their hashes stay near the processor. */
const AT_ONCE = 1024
/** Two words of each row's hash, column after column. */
const a = new Int32Array(AT_ONCE)
const b = new Int32Array(AT_ONCE)
const double = new Float64Array(1)
const doubleWords = new Int32Array(double.buffer)

/** Rows `from` … `from + rows - 1`. */
function mixColumn(kind: ColumnKind, values: ColumnValues, from: number, rows: number): void {
  if (kind === 'json') mixTexts((values as readonly (string | null)[]).slice(from, from + rows).map(canonical), 0, rows)
  else if (kind === 'text' || kind === 'date') mixTexts(values as readonly (string | null)[], from, rows)
  else if (values instanceof Float64Array) mixNumbers(values, from, rows)
  // One kind of array for the loop below: it sees no other.
  else mixNumbers(Float64Array.from((values as Int32Array).slice(from, from + rows), Number), 0, rows)
}

function mixTexts(values: readonly (string | null)[], from: number, rows: number): void {
  for (let i = 0; i < rows; i++) {
    const text = values[from + i]!
    let x = a[i]!
    let y = b[i]!
    const length = text === null ? -1 : text.length
    for (let at = 0; at < length; at++) {
      const code = text!.charCodeAt(at)
      x = Math.imul(x ^ code, 0x01000193)
      y = (Math.imul(y, 31) + code) | 0
    }
    a[i] = mix(x, length)
    b[i] = mix(y, length + 0x9e3779b9)
  }
}

function mixNumbers(values: Float64Array, from: number, rows: number): void {
  for (let i = 0; i < rows; i++) {
    // -0 and 0 are one number to a database; every NaN is NULL.
    const value = values[from + i]! + 0
    double[0] = Number.isNaN(value) ? Number.NaN : value
    const low = doubleWords[0]!
    const high = doubleWords[1]!
    a[i] = mix(mix(a[i]!, low), high)
    b[i] = mix(mix(b[i]!, high), low)
  }
}

const NUMBER = /^(?:0|[1-9]\d{0,8})$/

/** JSON with its keys in order: databases keep them in one of their own. */
function canonical(text: string | null): string | null {
  return text === null ? null : JSON.stringify(inOrder(JSON.parse(text)))
}

function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.some(isNested) ? value.map(inOrder) : value
  const keys = Object.keys(value)
  // An object keeps whole numbers in their order, whatever is done.
  const ordered = keys.every((key) => NUMBER.test(key)) || keys.every((key, i) => i === 0 || keys[i - 1]! < key)
  if (ordered && !Object.values(value).some(isNested)) return value
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]))
}

function isNested(value: unknown): boolean {
  return value !== null && typeof value === 'object'
}

function mix(h: number, word: number): number {
  const x = Math.imul((word << 15) | (word >>> 17), 0x1b873593) ^ h
  return (Math.imul((x << 13) | (x >>> 19), 5) + 0xe6546b64) | 0
}

function scramble(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), M1)
  h = Math.imul(h ^ (h >>> 13), M2)
  return h ^ (h >>> 16)
}

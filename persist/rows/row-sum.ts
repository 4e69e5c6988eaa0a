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
    const { rows } = batch
    const salt = new Hash128()
    salt.update(textWords(group))
    const [s0, s1, s2, s3] = salt.digest() as unknown as [number, number, number, number]
    const a = new Int32Array(rows).fill(s0)
    const b = new Int32Array(rows).fill(s1)
    for (const [name, kind] of Object.entries(batch.shape.columns)) mixColumn(a, b, kind, batch.columns[name]!, rows)
    const words = this.words
    for (let i = 0; i < rows; i++) {
      const x = scramble(a[i]! ^ s2)
      const y = scramble(b[i]! ^ s3)
      words[0]! += x
      words[1]! += y
      words[2]! += scramble((x + Math.imul(y, M1)) | 0)
      words[3]! += scramble((y + Math.imul(x, M2)) | 0)
    }
    this.rows += rows
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

const double = new Float64Array(1)
const doubleWords = new Int32Array(double.buffer)

function mixColumn(a: Int32Array, b: Int32Array, kind: ColumnKind, values: ColumnValues, rows: number): void {
  if (kind === 'text' || kind === 'date' || kind === 'json') {
    for (let i = 0; i < rows; i++) {
      const text = kind === 'json' ? canonical(values[i] as string | null) : (values[i] as string | null)
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
    return
  }
  for (let i = 0; i < rows; i++) {
    // -0 and 0 are one number to a database; every NaN is NULL.
    const value = (values[i] as number) + 0
    double[0] = Number.isNaN(value) ? Number.NaN : value
    const low = doubleWords[0]!
    const high = doubleWords[1]!
    a[i] = mix(mix(a[i]!, low), high)
    b[i] = mix(mix(b[i]!, high), low)
  }
}

/** JSON with its keys in order: databases keep them in one of their own. */
function canonical(text: string | null): string | null {
  if (text === null) return null
  return JSON.stringify(JSON.parse(text), (_, value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
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

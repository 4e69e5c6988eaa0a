import { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, writevSync } from 'node:fs'
import type { MarketTables } from '../../../sim/index.ts'
import { dayIn, hashOf, recordOf } from './record.ts'
import type { Room } from './room.ts'

/** Raised when what lies in a file changes. */
const FORMAT = 2
const MAGIC = 0x6d696e67
/** Behind the records: where each begins and the last one ends, then magic, format, markets and days, and the hash of these. All are doubles. */
const [NAMES, HASH] = [4, 4]

/** The days of a group's markets, one market's after the other's. */
export class GroupWriter {
  readonly #path: string
  readonly #markets: number
  readonly #days: number
  readonly #room: Room
  readonly #file: number
  readonly #begins: number[] = []
  #bytes = 0
  #isOpen = true

  /** @param path of the file, which is there once it is whole */
  constructor(path: string, markets: number, days: number, room: Room) {
    this.#path = path
    this.#markets = markets
    this.#days = days
    this.#room = room
    this.#file = openSync(partOf(path), 'w', 0o600)
  }

  /** Written so far. */
  get bytes(): number {
    return this.#bytes
  }

  /** @throws Error where there is no room for it */
  add(facts: MarketTables): void {
    this.#begins.push(this.#bytes)
    this.#write(recordOf(facts))
  }

  end(): void {
    const { length } = this.#begins
    if (length !== this.#markets * this.#days) throw new Error(`${length} days of ${this.#markets} × ${this.#days}`)
    const tail = new Float64Array(length + 1 + NAMES + HASH)
    tail.set(this.#begins)
    tail.set([this.#bytes, MAGIC, FORMAT, this.#markets, this.#days], length)
    tail.set(hashBefore(tail), tail.length - HASH)
    this.#write([tail])
    this.#close()
    renameSync(partOf(this.#path), this.#path)
  }

  abandon(): void {
    this.#close()
    rmSync(partOf(this.#path), { force: true })
  }

  /** Once: another thread may have been given the same number for a file of its own. */
  #close(): void {
    if (this.#isOpen) closeSync(this.#file)
    this.#isOpen = false
  }

  #write(pieces: readonly NodeJS.ArrayBufferView[]): void {
    const bytes = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
    if (!this.#room.takes(bytes)) throw new Error(`there is no room for ${bytes} bytes`)
    const written = writevSync(this.#file, pieces)
    // A disk that is full takes a part.
    if (written !== bytes) throw new Error(`${written} of ${bytes} bytes were written`)
    this.#bytes += bytes
  }
}

/** What a `GroupWriter` wrote. The file has no name any more: what it takes is free as soon as it is closed. */
export class GroupReader {
  readonly #file: number
  readonly #markets: readonly number[]
  readonly #days: number
  readonly #begins: Float64Array

  private constructor(file: number, markets: readonly number[], days: number, begins: Float64Array) {
    this.#file = file
    this.#markets = markets
    this.#days = days
    this.#begins = begins
  }

  /**
   * @param markets their ids, in the order of writing
   * @returns null when there is no such file, or not of these markets and days
   */
  static take(path: string, markets: readonly number[], days: number): GroupReader | null {
    let file: number
    try {
      file = openSync(path, 'r')
    } catch {
      return null
    }
    try {
      rmSync(path, { force: true })
      const records = markets.length * days
      const tail = new Float64Array(records + 1 + NAMES + HASH)
      const end = fstatSync(file).size - tail.byteLength
      if (end >= 0 && isWhole(file, tail, end)) {
        const of = tail.subarray(records + 1)
        const fits = [MAGIC, FORMAT, markets.length, days].every((value, i) => of[i] === value)
        const begins = tail.subarray(0, records + 1)
        const isAsWritten = hashBefore(tail).every((word, i) => of[NAMES + i] === word)
        if (fits && isAsWritten && begins[records] === end) return new GroupReader(file, markets, days, begins)
      }
    } catch {}
    closeSync(file)
    return null
  }

  /** @returns the group's markets on one day; null when they cannot be read */
  day(day: number): MarketTables[] | null {
    const read: MarketTables[] = []
    try {
      for (const [i, market] of this.#markets.entries()) {
        const at = i * this.#days + day
        const [begin, end] = [this.#begins[at]!, this.#begins[at + 1]!]
        const words = new Int32Array((end - begin) / Int32Array.BYTES_PER_ELEMENT)
        const facts = isWhole(this.#file, words, begin) ? dayIn(words, market) : null
        if (facts === null) return null
        read.push(facts)
      }
      return read
    } catch {
      return null
    }
  }

  close(): void {
    closeSync(this.#file)
  }
}

function partOf(path: string): string {
  return `${path}.part`
}

/** Of a tail up to where its own hash is. */
function hashBefore(tail: Float64Array): Uint32Array {
  return hashOf(new Int32Array(tail.buffer, 0, (tail.length - HASH) * 2))
}

/** Fills memory from a place in a file. */
function isWhole(file: number, into: NodeJS.ArrayBufferView, from: number): boolean {
  const { byteLength } = into
  return byteLength === 0 || readSync(file, into, 0, byteLength, from) === byteLength
}

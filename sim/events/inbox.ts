import { type People, wider } from '../agents/index.ts'

const SLOTS = 32

/** For each person up to 32 people who liked them and wait for an answer; a full inbox drops one for the next. */
export class Inbox {
  private from = new Int32Array(0)
  private counts = new Uint8Array(0)

  admit(people: People): void {
    const rows = people.k.length
    if (rows === this.counts.length) return
    this.from = wider(this.from, rows * SLOTS)
    this.counts = wider(this.counts, rows)
  }

  count(row: number): number {
    return this.counts[row]!
  }

  add(row: number, from: number): void {
    const count = this.counts[row]!
    if (count < SLOTS) {
      this.from[row * SLOTS + count] = from
      this.counts[row] = count + 1
    } else {
      this.from[row * SLOTS + (Math.imul(from, 0x9e3779b1) >>> 27)] = from
    }
  }

  /** Takes out the entry at this position, 0 … count − 1. */
  take(row: number, position: number): number {
    const base = row * SLOTS
    const last = this.counts[row]! - 1
    const from = this.from[base + position]!
    this.from[base + position] = this.from[base + last]!
    this.counts[row] = last
    return from
  }

  clear(): void {
    this.counts.fill(0)
  }

  get bytes(): number {
    return this.from.byteLength + this.counts.byteLength
  }
}

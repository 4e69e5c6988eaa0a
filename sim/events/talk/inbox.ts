import { type People, wider } from '../../agents/index.ts'

const SLOTS = 8

/**
 * For each person the last people who liked them and wait for an answer, up to 8: the newest is shown first. In a full
 * inbox a newcomer takes the place of an older one, who is not seen any more.
 */
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
    const base = row * SLOTS
    const count = this.counts[row]!
    if (count < SLOTS) {
      this.from[base + count] = from
      this.counts[row] = count + 1
      return
    }
    const top = base + SLOTS - 1
    this.from[base + (Math.imul(from, 0x9e3779b1) >>> 29)] = this.from[top]!
    this.from[top] = from
  }

  /** Takes out the newest entry; there must be one. */
  take(row: number): number {
    const last = this.counts[row]! - 1
    this.counts[row] = last
    return this.from[row * SLOTS + last]!
  }

  clear(): void {
    this.counts.fill(0)
  }

  get bytes(): number {
    return this.from.byteLength + this.counts.byteLength
  }
}

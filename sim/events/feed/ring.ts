/**
 * The last 2ⁿ entries pushed, of which recent ones are drawn more often: the age of an entry, as a share of all kept,
 * is the square of a uniform number.
 */
export class Ring {
  private entries: Int32Array
  private pushed = 0

  constructor(capacity: number) {
    let size = 16
    while (size < capacity) size *= 2
    this.entries = new Int32Array(size)
  }

  push(entry: number): void {
    this.entries[this.pushed & (this.entries.length - 1)] = entry
    this.pushed++
  }

  /** The entry that a uniform number `u`, 0 ≤ u < 1, stands for; −1 when there is none. */
  at(u: number): number {
    const kept = Math.min(this.pushed, this.entries.length)
    if (kept === 0) return -1
    const age = Math.min(kept - 1, (u * u * kept) | 0)
    return this.entries[(this.pushed - 1 - age) & (this.entries.length - 1)]!
  }

  /** The part of all `u` for which `at(u)` is this entry. */
  shareOf(entry: number): number {
    const kept = Math.min(this.pushed, this.entries.length)
    let share = 0
    for (let age = 0; age < kept; age++) {
      if (this.entries[(this.pushed - 1 - age) & (this.entries.length - 1)] !== entry) continue
      share += Math.sqrt((age + 1) / kept) - Math.sqrt(age / kept)
    }
    return share
  }

  clear(): void {
    this.pushed = 0
  }

  get bytes(): number {
    return this.entries.byteLength
  }
}

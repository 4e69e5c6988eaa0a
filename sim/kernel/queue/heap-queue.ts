import type { EventQueue } from './event-queue.ts'
import type { EventTable } from './event-table.ts'

/**
 * A four-ary heap in three columns (time, rank, slot), so that a comparison touches no event. A hole moves instead of
 * swaps, as in tinyqueue.
 */
export class HeapQueue implements EventQueue {
  readonly #table: EventTable
  #times = new Float64Array(64)
  #ranks = new Float64Array(64)
  #slots = new Int32Array(64)
  #length = 0

  constructor(table: EventTable) {
    this.#table = table
  }

  get length(): number {
    return this.#length
  }

  /** Time of the first slot; there must be one. */
  firstTime(): number {
    return this.#times[0]!
  }

  clear(): void {
    this.#length = 0
  }

  /** Whether the first slot comes before an event of that time and rank; there must be one. */
  isBefore(time: number, rank: number): boolean {
    const first = this.#times[0]!
    return first < time || (first === time && this.#ranks[0]! < rank)
  }

  push(slot: number): void {
    if (this.#length === this.#slots.length) this.#grow()
    const table = this.#table
    const times = this.#times
    const ranks = this.#ranks
    const slots = this.#slots
    const time = table.time(slot)
    const rank = table.rank(slot)
    let hole = this.#length++
    while (hole > 0) {
      const parent = (hole - 1) >> 2
      const other = times[parent]!
      if (other < time || (other === time && ranks[parent]! < rank)) break
      times[hole] = other
      ranks[hole] = ranks[parent]!
      slots[hole] = slots[parent]!
      hole = parent
    }
    times[hole] = time
    ranks[hole] = rank
    slots[hole] = slot
  }

  popBefore(time: number): number {
    if (this.#length === 0 || !(this.#times[0]! < time)) return -1
    const first = this.#slots[0]!
    const last = --this.#length
    if (last > 0) this.#sink(0, this.#times[last]!, this.#ranks[last]!, this.#slots[last]!)
    return first
  }

  compact(): void {
    const table = this.#table
    let length = 0
    for (let i = 0; i < this.#length; i++) {
      const slot = this.#slots[i]!
      if (table.isDead(slot)) {
        table.release(slot)
        continue
      }
      this.#times[length] = this.#times[i]!
      this.#ranks[length] = this.#ranks[i]!
      this.#slots[length++] = slot
    }
    this.#length = length
    for (let i = (length - 2) >> 2; i >= 0; i--) this.#sink(i, this.#times[i]!, this.#ranks[i]!, this.#slots[i]!)
  }

  slots(): Int32Array {
    return this.#slots.slice(0, this.#length)
  }

  /** Puts an entry at `at` or below it. */
  #sink(at: number, time: number, rank: number, slot: number): void {
    const times = this.#times
    const ranks = this.#ranks
    const slots = this.#slots
    const length = this.#length
    let hole = at
    for (let child = hole * 4 + 1; child < length; child = hole * 4 + 1) {
      const end = Math.min(child + 4, length)
      let best = child
      let bestTime = times[child]!
      for (let i = child + 1; i < end; i++) {
        const other = times[i]!
        if (other < bestTime || (other === bestTime && ranks[i]! < ranks[best]!)) {
          best = i
          bestTime = other
        }
      }
      if (time < bestTime || (time === bestTime && rank < ranks[best]!)) break
      times[hole] = bestTime
      ranks[hole] = ranks[best]!
      slots[hole] = slots[best]!
      hole = best
    }
    times[hole] = time
    ranks[hole] = rank
    slots[hole] = slot
  }

  #grow(): void {
    const capacity = this.#slots.length * 2
    const times = new Float64Array(capacity)
    const ranks = new Float64Array(capacity)
    const slots = new Int32Array(capacity)
    times.set(this.#times)
    ranks.set(this.#ranks)
    slots.set(this.#slots)
    this.#times = times
    this.#ranks = ranks
    this.#slots = slots
  }
}

import TinyQueue from 'tinyqueue'
import type { EventQueue } from './event-queue.ts'
import type { EventTable } from './event-table.ts'

/** The reference: a binary heap by the tinyqueue package, with the order as its comparator. */
export class TinyQueueQueue implements EventQueue {
  readonly #table: EventTable
  readonly #compare: (a: number, b: number) => number
  #heap: TinyQueue<number>

  constructor(table: EventTable) {
    this.#table = table
    this.#compare = (a, b) => table.time(a) - table.time(b) || table.rank(a) - table.rank(b)
    this.#heap = new TinyQueue<number>([], this.#compare)
  }

  push(slot: number): void {
    this.#heap.push(slot)
  }

  popBefore(time: number): number {
    const first = this.#heap.peek()
    if (first === undefined || !(this.#table.time(first) < time)) return -1
    this.#heap.pop()
    return first
  }

  compact(): void {
    const live: number[] = []
    for (const slot of this.#heap.data) {
      if (this.#table.isDead(slot)) this.#table.release(slot)
      else live.push(slot)
    }
    this.#heap = new TinyQueue<number>(live, this.#compare)
  }

  clear(): void {
    this.#heap = new TinyQueue<number>([], this.#compare)
  }

  slots(): Int32Array {
    return Int32Array.from(this.#heap.data)
  }
}
